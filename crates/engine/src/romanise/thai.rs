//! Thai, Lao, Khmer and Burmese, as far as letters alone tell.
//!
//! Vowels written before the consonant are moved behind it; vowels that are not written at all
//! are not guessed, the sound key does without them.

/// Latin letters of a word in one of these scripts.
pub fn spell(word: &[char]) -> String {
    match word
        .iter()
        .map(|&c| c as u32)
        .find(|u| (0xE00..0x1800).contains(u))
    {
        Some(0xE80..=0xEFF) => {
            let thai: Vec<char> = word.iter().map(|&c| as_thai(c)).collect();
            tai(&thai)
        }
        Some(0x1000..=0x109F) => burmese(word),
        Some(0x1780..=0x17FF) => khmer(word),
        _ => tai(word),
    }
}

/// A Lao letter as the Thai one at the same place, which has the same reading.
const fn as_thai(c: char) -> char {
    match c {
        'ຽ' => 'ย',
        'ົ' => '\u{E31}',
        'ຫ' => 'ห',
        'ຼ' => 'ล',
        'ໜ' => 'น',
        'ໝ' => 'ม',
        '\u{E80}'..='\u{EFF}' => match char::from_u32(c as u32 - 0x80) {
            Some(t) => t,
            None => c,
        },
        _ => c,
    }
}

/// A Thai consonant at the start and at the end of a syllable. Source: Royal Thai General
/// System (1999).
const fn consonant(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        'ก' => ("k", "k"),
        'ข'..='ฆ' => ("kh", "k"),
        'ง' => ("ng", "ng"),
        'จ' => ("ch", "t"),
        'ฉ' | 'ช' | 'ฌ' => ("ch", "t"),
        'ซ' | 'ศ' | 'ษ' | 'ส' => ("s", "t"),
        'ญ' => ("y", "n"),
        'ฎ' | 'ด' => ("d", "t"),
        'ฏ' | 'ต' => ("t", "t"),
        'ฐ'..='ฒ' | 'ถ'..='ธ' => ("th", "t"),
        'ณ' | 'น' => ("n", "n"),
        'บ' => ("b", "p"),
        'ป' => ("p", "p"),
        'ผ' | 'พ' | 'ภ' => ("ph", "p"),
        'ฝ' | 'ฟ' => ("f", "p"),
        'ม' => ("m", "m"),
        'ย' => ("y", "i"),
        'ร' => ("r", "n"),
        'ล' | 'ฬ' => ("l", "n"),
        'ว' => ("w", "o"),
        'ห' | 'ฮ' => ("h", ""),
        'อ' => ("", ""),
        _ => return None,
    })
}

const fn leading(c: char) -> Option<&'static str> {
    Some(match c {
        'เ' => "e",
        'แ' => "ae",
        'โ' => "o",
        'ใ' | 'ไ' => "ai",
        _ => return None,
    })
}

const fn following(c: char) -> Option<&'static str> {
    Some(match c {
        'ะ' | 'า' | '\u{E31}' => "a",
        'ำ' => "am",
        '\u{E34}' | '\u{E35}' => "i",
        '\u{E36}' | '\u{E37}' => "ue",
        '\u{E38}' | '\u{E39}' => "u",
        'ฤ' => "rue",
        'ฦ' => "lue",
        'ๅ' => "a",
        '\u{E4D}' => "am",
        _ => return None,
    })
}

fn tai(word: &[char]) -> String {
    const SILENCER: char = '\u{E4C}';
    // Tone marks, the short-vowel mark and silenced letters are not read.
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    for &c in word {
        match c {
            SILENCER => {
                if letters.last().is_some_and(|&l| following(l).is_some()) {
                    letters.pop();
                }
                letters.pop();
            }
            '\u{E47}'..='\u{E4B}' | '\u{E4E}' | '\u{E3A}' | 'ๆ' | 'ฯ' => {}
            _ => letters.push(c),
        }
    }
    let mut out = String::with_capacity(2 * word.len());
    let mut pending = "";
    let mut vowel_before = false;
    let mut i = 0;
    while i < letters.len() {
        let c = letters[i];
        i += 1;
        if let Some(vowel) = leading(c) {
            pending = vowel;
            vowel_before = false;
            continue;
        }
        if let Some((initial, last)) = consonant(c) {
            let next = letters.get(i).copied();
            if c == 'ร' && next == Some('ร') {
                out.push_str("an");
                i += 1;
                continue;
            }
            let vowel_next = next.is_some_and(|n| following(n).is_some());
            let ends = pending.is_empty()
                && !vowel_next
                && !out.is_empty()
                && next.is_none_or(|n| leading(n).is_some() || consonant(n).is_some())
                && vowel_before;
            if c == 'อ' && pending.is_empty() && !vowel_next && !out.is_empty() && !vowel_before {
                out.push('o');
                vowel_before = true;
                continue;
            }
            out.push_str(if ends { last } else { initial });
            vowel_before = !pending.is_empty();
            out.push_str(pending);
            pending = "";
            continue;
        }
        match following(c) {
            Some(vowel) => {
                if !out.ends_with(vowel) {
                    out.push_str(vowel);
                }
                vowel_before = true;
            }
            None => out.push(c),
        }
    }
    out.push_str(pending);
    out
}

/// Source: UN 2012 romanisation of Khmer, first reading of each sign, without marks.
fn khmer(word: &[char]) -> String {
    let mut out = String::with_capacity(2 * word.len());
    let mut bare = false;
    for &c in word {
        let (text, consonant) = match c {
            'ក' | 'គ' => ("k", true),
            'ខ' | 'ឃ' => ("kh", true),
            'ង' => ("ng", true),
            'ច' | 'ជ' => ("ch", true),
            'ឆ' | 'ឈ' => ("chh", true),
            'ញ' => ("nh", true),
            'ដ' | 'ឌ' => ("d", true),
            'ឋ' | 'ឍ' | 'ថ' | 'ធ' => ("th", true),
            'ណ' | 'ន' => ("n", true),
            'ត' | 'ទ' => ("t", true),
            'ប' => ("b", true),
            'ផ' | 'ភ' => ("ph", true),
            'ព' => ("p", true),
            'ម' => ("m", true),
            'យ' => ("y", true),
            'រ' => ("r", true),
            'ល' | 'ឡ' => ("l", true),
            'វ' => ("v", true),
            'ស' | 'ឝ' | 'ឞ' => ("s", true),
            'ហ' => ("h", true),
            'អ' => ("", true),
            'ឥ' | 'ឦ' => ("i", false),
            'ឧ'..='ឪ' => ("u", false),
            'ឫ' | 'ឬ' => ("rue", false),
            'ឯ' => ("e", false),
            'ឱ' | 'ឲ' => ("o", false),
            '\u{17B6}' => ("a", false),
            '\u{17B7}' | '\u{17B8}' => ("i", false),
            '\u{17B9}' | '\u{17BA}' => ("oe", false),
            '\u{17BB}' | '\u{17BC}' => ("u", false),
            '\u{17BD}' => ("uo", false),
            '\u{17BE}' => ("aeu", false),
            '\u{17BF}' | '\u{17C0}' => ("ie", false),
            '\u{17C1}' | '\u{17C2}' => ("e", false),
            '\u{17C3}' => ("ai", false),
            '\u{17C4}' => ("ao", false),
            '\u{17C5}' => ("au", false),
            '\u{17C6}' => ("m", false),
            '\u{17C7}' => ("h", false),
            '\u{1780}'..='\u{17FF}' => ("", false),
            other => {
                out.push(other);
                continue;
            }
        };
        // Two consonants without a sign between them carry the inherent vowel.
        if consonant && bare {
            out.push('a');
        }
        out.push_str(text);
        bare = consonant;
    }
    out
}

/// Source: BGN/PCGN 1970 romanisation of Burmese without marks; medials and finals as letters.
fn burmese(word: &[char]) -> String {
    let mut out = String::with_capacity(2 * word.len());
    let mut bare = false;
    for (i, &c) in word.iter().enumerate() {
        let killed = matches!(word.get(i + 1), Some('\u{103A}' | '\u{1039}'));
        let (text, consonant) = match c {
            'က' => ("k", true),
            'ခ' => ("kh", true),
            'ဂ' | 'ဃ' => ("g", true),
            'င' => ("ng", true),
            'စ' => ("s", true),
            'ဆ' => ("hs", true),
            'ဇ' | 'ဈ' => ("z", true),
            'ဉ' | 'ည' => ("ny", true),
            'ဋ' | 'တ' => ("t", true),
            'ဌ' | 'ထ' => ("ht", true),
            'ဍ' | 'ဎ' | 'ဒ' | 'ဓ' => ("d", true),
            'ဏ' | 'န' => ("n", true),
            'ပ' => ("p", true),
            'ဖ' => ("hp", true),
            'ဗ' | 'ဘ' => ("b", true),
            'မ' => ("m", true),
            'ယ' => ("y", true),
            'ရ' => ("y", true),
            'လ' | 'ဠ' => ("l", true),
            'ဝ' => ("w", true),
            'သ' | 'ဿ' => ("th", true),
            'ဟ' => ("h", true),
            'အ' => ("", true),
            'ဣ' | 'ဤ' => ("i", false),
            'ဥ' | 'ဦ' => ("u", false),
            'ဧ' => ("e", false),
            'ဩ' | 'ဪ' => ("aw", false),
            '\u{102B}' | '\u{102C}' => ("a", false),
            '\u{102D}' | '\u{102E}' => ("i", false),
            '\u{102F}' | '\u{1030}' => ("u", false),
            '\u{1031}' => ("e", false),
            '\u{1032}' => ("e", false),
            '\u{1036}' => ("n", false),
            '\u{103B}' | '\u{103C}' => ("y", false),
            '\u{103D}' => ("w", false),
            '\u{103E}' => ("h", false),
            '\u{1000}'..='\u{109F}' => continue,
            other => {
                out.push(other);
                continue;
            }
        };
        if consonant && bare && !killed {
            out.push('a');
        }
        out.push_str(text);
        bare = consonant && !killed;
    }
    out
}
