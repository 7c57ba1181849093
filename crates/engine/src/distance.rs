//! Edit distance between tokens: optimal string alignment, bounded.

/// Optimal string alignment distance (insert, delete, substitute, transpose neighbours) if it is
/// at most `most` (0 to 2), else `None`.
///
/// *Cost*: linear in the length for a common prefix and suffix, then 3 diagonals either side.
pub fn within(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let skip = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[skip..], &b[skip..]);
    let tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    if a.is_empty() || b.is_empty() {
        let d = a.len().max(b.len());
        return (d <= most).then_some(d);
    }
    if a.len().max(b.len()) == 1 {
        return (most >= 1).then_some(1);
    }
    if most <= 1 {
        let transposed = a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0];
        return (most == 1 && transposed).then_some(1);
    }
    osa(a, b, most)
}

fn osa(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let width = b.len() + 1;
    if width > 64 {
        // Longer than any word; such tokens meet only when they are equal.
        return None;
    }
    let mut before = [0_usize; 65];
    let mut last = [0_usize; 65];
    let mut now = [0_usize; 65];
    for (j, cell) in last.iter_mut().enumerate().take(width) {
        *cell = j;
    }
    for i in 1..=a.len() {
        now[0] = i;
        let mut best = i;
        for j in 1..width {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut d = (last[j] + 1).min(now[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                d = d.min(before[j - 2] + 1);
            }
            now[j] = d;
            best = best.min(d);
        }
        if best > most {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut now);
    }
    let d = last[b.len()];
    (d <= most).then_some(d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
        let a: Vec<char> = a.chars().collect();
        let b: Vec<char> = b.chars().collect();
        within(&a, &b, most)
    }

    #[test]
    fn textbook_cases() {
        assert_eq!(distance("putin", "putin", 0), Some(0));
        assert_eq!(distance("putin", "puttin", 1), Some(1));
        assert_eq!(distance("putin", "puitn", 1), Some(1));
        assert_eq!(distance("putin", "pauten", 1), None);
        assert_eq!(distance("putin", "pauten", 2), Some(2));
        assert_eq!(distance("mohammed", "muhammad", 2), Some(2));
        assert_eq!(distance("mohammed", "muhamad", 2), None);
        assert_eq!(distance("ca", "abc", 2), None);
        assert_eq!(distance("", "ab", 2), Some(2));
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_the_full_table(a in "[abc]{0,9}", b in "[abc]{0,9}") {
            let full = table(&a, &b);
            for most in 0..=2 {
                let expected = (full <= most).then_some(full);
                proptest::prop_assert_eq!(distance(&a, &b, most), expected);
            }
        }
    }

    fn table(a: &str, b: &str) -> usize {
        let a: Vec<char> = a.chars().collect();
        let b: Vec<char> = b.chars().collect();
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 {
                    j
                } else if j == 0 {
                    i
                } else {
                    let cost = usize::from(a[i - 1] != b[j - 1]);
                    let mut v = (d[i - 1][j] + 1)
                        .min(d[i][j - 1] + 1)
                        .min(d[i - 1][j - 1] + cost);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        v = v.min(d[i - 2][j - 2] + 1);
                    }
                    v
                };
            }
        }
        d[a.len()][b.len()]
    }
}
