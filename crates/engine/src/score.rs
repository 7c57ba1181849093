//! The one scorer: how well two token sequences name the same thing.
//!
//! The score of an alignment is `sum over pairs of value(a, b) - toll(a) - toll(b)` over all
//! tokens of both names, where `value(a, b) = 2 s(a, b) min(w(a), w(b))` and `toll(w) = 0.8 w`.
//! So an equal pair of weight `w` adds `0.4 w`, a missing word of weight `w` costs `0.8 w`, and
//! the sum is at least zero exactly where the agreeing weight is at least 80 % of all weight.
//! All numbers are integers in thousandths of natural log-odds.
//!
//! Equal tokens are paired first, left to right; what is left is paired one to one (or one to two
//! neighbours written together) so that the sum is largest, within a budget of steps.

use crate::distance;

/// Tokens of one name that take part; [`crate::text`] yields them in order of appearance.
pub const TOKENS_MAX: usize = 48;
/// Steps that the search for the best pairing may take before the best found so far stands.
pub const STEPS_MAX: u32 = 4_000;
/// Similarity of an initial and a word it may stand for, in thousandths.
pub const INITIAL_SIMILARITY: i32 = 600;
/// Similarity of a word and the same word written in two parts, in thousandths.
pub const JOIN_SIMILARITY: i32 = 950;
/// Shortest word that an edit is forgiven in, in letters.
pub const EDIT_LETTERS_MIN: usize = 4;
/// Shortest word that two edits are forgiven in, in letters.
pub const TWO_EDITS_LETTERS_MIN: usize = 8;

/// What a token of weight `w` costs before it is matched.
pub const fn toll(weight: i32) -> i32 {
    weight * 4 / 5
}

/// One token, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Romanised letters.
    pub letters: Vec<char>,
    /// Weight in milli.
    pub weight: i32,
    /// Whether it holds a digit: such tokens meet only when equal.
    pub digits: bool,
}

impl Word {
    /// A word from its text and weight.
    pub fn new(text: &str, weight: i32) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let digits = letters.iter().any(|c| c.is_numeric());
        Self {
            letters,
            weight,
            digits,
        }
    }

    /// Whether it is a single letter.
    pub fn is_initial(&self) -> bool {
        self.letters.len() == 1 && self.letters[0].is_ascii_alphabetic()
    }

    /// Whether edits in it are forgiven at all.
    pub fn is_editable(&self) -> bool {
        !self.digits && self.letters.len() >= EDIT_LETTERS_MIN
    }
}

/// How two tokens may meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// The same letters.
    Equal,
    /// One or two edits apart.
    Edit,
    /// One is an initial of the other.
    Initial,
    /// Two neighbours of the subject are one word of the listed name.
    Joined,
    /// One word of the subject is two neighbours of the listed name.
    Split,
}

/// One pairing of an alignment: ranges of tokens on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairing {
    /// First token of the subject.
    pub subject: usize,
    /// How many tokens of the subject (1 or 2).
    pub subject_count: usize,
    /// First token of the listed name.
    pub listed: usize,
    /// How many tokens of the listed name (1 or 2).
    pub listed_count: usize,
    /// How they meet.
    pub meeting: Meeting,
    /// What the meeting is worth, tolls not yet taken off.
    pub value: i32,
    /// Toll given back: the parts of a word written in two are one word, not two rare ones.
    pub refund: i32,
}

impl Pairing {
    const fn gain(&self) -> i32 {
        self.value + self.refund
    }
}

/// Similarity of two words by edits, in thousandths, or `None` where they are too far apart.
pub fn edit_similarity(a: &Word, b: &Word) -> Option<i32> {
    if !a.is_editable() || !b.is_editable() {
        return None;
    }
    let shorter = a.letters.len().min(b.letters.len());
    let longer = a.letters.len().max(b.letters.len());
    let most = if shorter >= TWO_EDITS_LETTERS_MIN {
        2
    } else {
        1
    };
    let d = distance::within(&a.letters, &b.letters, most)?;
    Some(1_000 - (1_000 * d / longer) as i32)
}

/// Toll given back where two neighbours of the subject are one listed word: they cost no more than
/// a word of the weight that counts.
pub fn refund(first: &Word, second: &Word, listed: i32) -> i32 {
    let counts = (first.weight + second.weight).min(listed);
    toll(first.weight) + toll(second.weight) - toll(counts)
}

/// Value of a meeting of similarity `s` between weights `a` and `b`.
pub const fn value(s: i32, a: i32, b: i32) -> i32 {
    let lighter = if a < b { a } else { b };
    (2 * s as i64 * lighter as i64 / 1_000) as i32
}

fn meet(a: &Word, b: &Word) -> Option<(Meeting, i32)> {
    if let Some(s) = edit_similarity(a, b) {
        return Some((Meeting::Edit, value(s, a.weight, b.weight)));
    }
    let initial = (a.is_initial() && b.letters.len() > 1 && a.letters[0] == b.letters[0])
        || (b.is_initial() && a.letters.len() > 1 && a.letters[0] == b.letters[0]);
    initial.then(|| {
        (
            Meeting::Initial,
            value(INITIAL_SIMILARITY, a.weight, b.weight),
        )
    })
}

fn is_join(one: &Word, first: &Word, second: &Word) -> bool {
    let n = first.letters.len();
    one.letters.len() == n + second.letters.len()
        && one.letters[..n] == first.letters[..]
        && one.letters[n..] == second.letters[..]
}

/// The outcome of aligning two names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    /// Sum of the values less all tolls, in milli.
    pub milli: i32,
    /// Whether both have the same tokens, in any order.
    pub exact: bool,
    /// Whether anything met other than initials.
    pub substantial: bool,
    /// Whether the search stopped at its budget.
    pub truncated: bool,
    /// The pairings, in order of the subject.
    pub pairings: Vec<Pairing>,
}

struct Search<'a> {
    options: &'a [Pairing],
    rest_best: Vec<i32>,
    best: i32,
    best_choice: Vec<usize>,
    choice: Vec<usize>,
    steps: u32,
}

impl Search<'_> {
    /// Branch over options in order; masks say which tokens are taken.
    fn run(&mut self, from: usize, subject: u64, listed: u64, sum: i32) {
        if sum > self.best {
            self.best = sum;
            self.best_choice.clone_from(&self.choice);
        }
        if self.steps >= STEPS_MAX {
            return;
        }
        self.steps += 1;
        for i in from..self.options.len() {
            if sum + self.rest_best[i] <= self.best {
                return;
            }
            let o = &self.options[i];
            let s = ((1_u64 << o.subject_count) - 1) << o.subject;
            let l = ((1_u64 << o.listed_count) - 1) << o.listed;
            if subject & s != 0 || listed & l != 0 {
                continue;
            }
            self.choice.push(i);
            self.run(i + 1, subject | s, listed | l, sum + o.gain());
            self.choice.pop();
        }
    }
}

/// Align two names. Tokens past [`TOKENS_MAX`] cost their toll and meet nothing.
pub fn align(subject: &[Word], listed: &[Word]) -> Alignment {
    let tolls: i32 = subject.iter().chain(listed).map(|w| toll(w.weight)).sum();
    let mut out = Alignment::default();
    let a = &subject[..subject.len().min(TOKENS_MAX)];
    let b = &listed[..listed.len().min(TOKENS_MAX)];
    let (mut taken_a, mut taken_b) = (0_u64, 0_u64);
    let mut sum = 0;
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            if taken_b >> j & 1 == 0 && x.letters == y.letters {
                taken_a |= 1 << i;
                taken_b |= 1 << j;
                let v = value(1_000, x.weight, y.weight);
                sum += v;
                out.pairings.push(pairing(i, 1, j, 1, Meeting::Equal, v));
                break;
            }
        }
    }
    out.exact = out.pairings.len() == subject.len()
        && out.pairings.len() == listed.len()
        && !subject.is_empty();
    if out.pairings.len() < a.len() && out.pairings.len() < b.len() {
        let options = find_options(a, b, taken_a, taken_b);
        sum += choose(&options, &mut out);
    }
    out.substantial = out.pairings.iter().any(|p| p.meeting != Meeting::Initial);
    out.pairings.sort_by_key(|p| p.subject);
    out.milli = sum - tolls;
    out
}

const fn pairing(
    subject: usize,
    subject_count: usize,
    listed: usize,
    listed_count: usize,
    meeting: Meeting,
    value: i32,
) -> Pairing {
    Pairing {
        subject,
        subject_count,
        listed,
        listed_count,
        meeting,
        value,
        refund: 0,
    }
}

fn find_options(a: &[Word], b: &[Word], taken_a: u64, taken_b: u64) -> Vec<Pairing> {
    let free = |mask: u64, i: usize| mask >> i & 1 == 0;
    let mut options = Vec::new();
    for (i, x) in a.iter().enumerate().filter(|(i, _)| free(taken_a, *i)) {
        for (j, y) in b.iter().enumerate().filter(|(j, _)| free(taken_b, *j)) {
            if let Some((meeting, v)) = meet(x, y) {
                options.push(pairing(i, 1, j, 1, meeting, v));
            }
            if let Some(next) = a.get(i + 1) {
                if free(taken_a, i + 1) && is_join(y, x, next) {
                    let v = value(JOIN_SIMILARITY, x.weight + next.weight, y.weight);
                    let mut joined = pairing(i, 2, j, 1, Meeting::Joined, v);
                    joined.refund = refund(x, next, y.weight);
                    options.push(joined);
                }
            }
            if let Some(next) = b.get(j + 1) {
                if free(taken_b, j + 1) && is_join(x, y, next) {
                    let v = value(JOIN_SIMILARITY, x.weight, y.weight + next.weight);
                    options.push(pairing(i, 1, j, 2, Meeting::Split, v));
                }
            }
        }
    }
    options.retain(|o| o.value > 0);
    options
}

fn choose(options: &[Pairing], out: &mut Alignment) -> i32 {
    match options {
        [] => 0,
        [only] => {
            out.pairings.push(*only);
            only.gain()
        }
        _ => {
            let mut sorted = options.to_vec();
            sorted.sort_by_key(|o| (-o.gain(), o.subject, o.listed));
            let mut rest_best = vec![0; sorted.len()];
            let mut sum = 0;
            for (i, o) in sorted.iter().enumerate().rev() {
                sum += o.gain();
                rest_best[i] = sum;
            }
            let mut search = Search {
                options: &sorted,
                rest_best,
                best: 0,
                best_choice: Vec::new(),
                choice: Vec::new(),
                steps: 0,
            };
            search.run(0, 0, 0, 0);
            out.truncated = search.steps >= STEPS_MAX;
            out.pairings
                .extend(search.best_choice.iter().map(|&i| sorted[i]));
            search.best
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        text.split(' ')
            .filter(|t| !t.is_empty())
            .map(|t| Word::new(t, 5_000))
            .collect()
    }

    fn milli(a: &str, b: &str) -> i32 {
        align(&words(a), &words(b)).milli
    }

    #[test]
    fn order_does_not_count_and_equal_is_best() {
        assert_eq!(milli("vladimir putin", "putin vladimir"), 4_000);
        assert!(align(&words("a b c"), &words("c b a")).exact);
        assert!(milli("vladimir putin", "vladimir putjn") < 4_000);
    }

    #[test]
    fn a_missing_word_costs_its_toll() {
        assert_eq!(milli("vladimir putin", "vladimir vladimirovich putin"), 0);
        assert!(milli("vladimir ivanov", "vladimir putin") < 0);
    }

    #[test]
    fn joined_and_split_words_meet() {
        assert!(milli("gazprom bank", "gazprombank") > 0);
        assert!(milli("gazprom bunk", "gazprombank") < 0);
        let light: Vec<Word> = vec![Word::new("gazprom", 5_000), Word::new("bank", 2_000)];
        let joined = vec![Word::new("gazprombank", 7_000)];
        assert!(align(&light, &joined).milli > 0);
        assert!(align(&joined, &light).milli > 0);
        assert_eq!(align(&light, &joined).pairings[0].meeting, Meeting::Joined);
    }

    #[test]
    fn the_parts_of_a_broken_word_cost_no_more_than_the_word() {
        let broken = vec![Word::new("servic", 9_000), Word::new("es", 9_000)];
        let whole = vec![Word::new("services", 4_000)];
        assert!(align(&broken, &whole).milli > 0);
    }

    #[test]
    fn numbers_are_not_edited() {
        assert!(align(&words("tanker 1234"), &words("tanker 1235")).milli < 0);
    }

    #[test]
    fn the_pairing_is_the_best_one() {
        // "marina" could take either; the best sum gives each its own.
        let out = align(&words("marina marino"), &words("marinb marinoo"));
        assert_eq!(out.pairings.len(), 2);
    }

    #[test]
    fn initials_weigh_little() {
        let a = vec![Word::new("v", 1_000), Word::new("putin", 8_000)];
        let b = vec![Word::new("vladimir", 5_000), Word::new("putin", 8_000)];
        let with = align(&a, &b);
        assert_eq!(with.pairings.len(), 2);
        assert!(with.milli < align(&b, &b).milli);
    }
}
