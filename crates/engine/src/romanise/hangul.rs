//! Hangul: one token for each syllable, in Revised Romanisation.

use super::Piece;

const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "h",
];

/// Syllables of a full personal name: a family name and two.
const FULL_NAME: usize = 3;

/// Whether the character is a precomposed syllable.
pub const fn is_syllable(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Latin letters of one syllable, or `None`. Source: Revised Romanisation (2000), each syllable
/// alone, without the assimilation between syllables that names do without.
pub fn syllable(c: char) -> Option<String> {
    if !is_syllable(c) {
        return None;
    }
    let index = (c as u32 - 0xAC00) as usize;
    let mut out = String::with_capacity(6);
    out.push_str(INITIALS[index / 588]);
    out.push_str(VOWELS[index % 588 / 28]);
    out.push_str(FINALS[index % 28]);
    Some(out)
}

/// One piece for each syllable; letters that are no syllable stay.
pub fn word(word: &[char], out: &mut Vec<Piece>) {
    for (i, &c) in word.iter().enumerate() {
        let text = match c {
            // Passports write these family names so, whatever the scheme says.
            '김' if i == 0 => "kim".to_owned(),
            '이' if i == 0 && word.len() == FULL_NAME => "lee".to_owned(),
            _ => syllable(c).unwrap_or_else(|| c.to_string()),
        };
        out.push(Piece {
            text,
            from: i,
            to: i + 1,
        });
    }
}
