//! Romanisation: every script that lists and payment messages carry, as lower-case ASCII.
//!
//! A word is cut where its script changes, and each part is read by the rules of its script, one
//! module for each. Where habits differ (yu/iu, kh/h, ts/c, vowels that are not written) the
//! sound key and the similarity of [`crate::sound`] bridge the rest.

mod arabic;
mod armenian;
mod cyrillic;
mod georgian;
mod greek;
mod han;
mod hangul;
mod hebrew;
mod indic;
mod kana;
mod latin;
mod thai;

pub use hebrew::{takes_geresh, GERESH};
pub use latin::special as special_latin;

/// One token of a word and the letters of the word it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Romanised.
    pub text: String,
    /// First letter, counted in the word.
    pub from: usize,
    /// One past the last letter.
    pub to: usize,
}

/// Scripts by what reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Latin, Cyrillic, Greek, Armenian, Coptic, Cherokee: the scripts that imitate each other.
    European,
    Arabic,
    Hebrew,
    Georgian,
    Indic,
    SouthEast,
    Hangul,
    Kana,
    Han,
    /// Digits and letters that nothing reads: they join any script.
    Neutral,
}

fn script(c: char) -> Script {
    match c {
        'a'..='z' | '\u{C0}'..='\u{58F}' | '\u{1E00}'..='\u{1FFF}' => Script::European,
        '\u{13A0}'..='\u{13FF}' | '\u{AB70}'..='\u{ABBF}' => Script::European,
        '\u{2C80}'..='\u{2CFF}' | '\u{A640}'..='\u{A69F}' => Script::European,
        '\u{5D0}'..='\u{5F4}' => Script::Hebrew,
        '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' => Script::Arabic,
        '\u{900}'..='\u{DFF}' => Script::Indic,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => {
            Script::SouthEast
        }
        '\u{10A0}'..='\u{10FF}' => Script::Georgian,
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => Script::Hangul,
        '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FF}' => Script::Kana,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => Script::Han,
        '\u{20000}'..='\u{323AF}' => Script::Han,
        _ => Script::Neutral,
    }
}

/// Whether marks of this script are part of the word: vowel signs, viramas, tone marks.
pub const fn is_letter_mark(c: char) -> bool {
    !matches!(c,
        '\u{964}' | '\u{965}' | '\u{970}' | '\u{DF4}' | '\u{E3F}' | '\u{E4F}' | '\u{E5A}'
        | '\u{E5B}' | '\u{104A}'..='\u{104F}' | '\u{17D4}'..='\u{17DB}')
        && matches!(c, '\u{900}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// The ASCII digit of a decimal digit of another script, or `None`.
pub fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 20] = [
        0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
        0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810,
    ];
    let u = c as u32;
    let zero = ZEROS.into_iter().find(|z| (*z..*z + 10).contains(&u))?;
    char::from_digit(u - zero, 10)
}

/// Whether two characters that stand apart are one letter when composed.
pub fn composes(composed: char) -> bool {
    cyrillic::letter(composed).is_some() || script(composed) == Script::Kana
}

/// Read one lower-case word. The pieces are in order and do not overlap; none is empty.
pub fn word(letters: &[char], out: &mut Vec<Piece>) {
    let mut from = 0;
    while from < letters.len() {
        let mut kind = script(letters[from]);
        let mut to = from + 1;
        while to < letters.len() {
            let next = script(letters[to]);
            if kind == Script::Neutral {
                // Nothing but digits so far: they belong to what follows, except before Han.
                if matches!(next, Script::Han | Script::Hangul) {
                    break;
                }
                kind = next;
            } else if next == Script::Neutral {
                if matches!(kind, Script::Han | Script::Hangul) {
                    break;
                }
            } else if next != kind {
                break;
            }
            to += 1;
        }
        let begin = out.len();
        read(kind, &letters[from..to], out);
        for piece in &mut out[begin..] {
            piece.from += from;
            piece.to += from;
        }
        from = to;
    }
}

fn read(kind: Script, part: &[char], out: &mut Vec<Piece>) {
    let text = match kind {
        Script::Arabic => return arabic::word(part, out),
        Script::Hangul => return hangul::word(part, out),
        Script::Han => return han::word(part, out),
        Script::European => european(part),
        Script::Hebrew => hebrew::spell(part),
        Script::Georgian => letters(part, georgian::letter),
        Script::Indic => indic::spell(part),
        Script::SouthEast => thai::spell(part),
        Script::Kana => kana::spell(part),
        Script::Neutral => part.iter().collect(),
    };
    if !text.is_empty() {
        out.push(Piece {
            text,
            from: 0,
            to: part.len(),
        });
    }
}

fn letters(part: &[char], letter: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(2 * part.len());
    for &c in part {
        match letter(c) {
            Some(latin) => out.push_str(latin),
            None => out.push(c),
        }
    }
    out
}

/// A word in Latin, Cyrillic, Greek, Armenian, or a mixture of them.
fn european(part: &[char]) -> String {
    let foreign = part.iter().any(|&c| !c.is_ascii());
    if !foreign {
        return part.iter().collect();
    }
    if !part.iter().any(char::is_ascii_alphabetic) {
        return spell(part);
    }
    if part
        .iter()
        .all(|&c| c.is_ascii() || latin::lookalike(c).is_some())
    {
        return part
            .iter()
            .map(|&c| latin::lookalike(c).unwrap_or(c))
            .collect();
    }
    // Letters that look like no Latin one: if every Latin letter looks Cyrillic, the word is.
    let cyrillic: Option<Vec<char>> = part
        .iter()
        .map(|&c| match c {
            'a'..='z' => latin::cyrillic_lookalike(c),
            other => Some(other),
        })
        .collect();
    if let Some(word) = cyrillic.filter(|w| w.iter().any(|&c| cyrillic::letter(c).is_some())) {
        return spell(&word);
    }
    let mut out = String::with_capacity(2 * part.len());
    for (i, &c) in part.iter().enumerate() {
        match latin::lookalike(c) {
            Some(l) => out.push(l),
            None => {
                spell_letter(part, i, cyrillic::Habit::Passport, &mut out);
            }
        }
    }
    out
}

/// Letter by letter, in the habit of the language.
fn spell(part: &[char]) -> String {
    let habit = cyrillic::habit(part);
    let mut out = String::with_capacity(2 * part.len());
    let mut i = 0;
    while i < part.len() {
        i += spell_letter(part, i, habit, &mut out);
    }
    out
}

/// Append the reading of the letter at `at`; returns how many letters were read.
fn spell_letter(part: &[char], at: usize, habit: cyrillic::Habit, out: &mut String) -> usize {
    let c = part[at];
    if let Some(&second) = part.get(at + 1) {
        let next = part.get(at + 2).copied();
        if let Some(pair) = greek::pair(c, second, at == 0, next) {
            out.push_str(pair);
            return 2;
        }
    }
    if let '\u{530}'..='\u{58F}' = c {
        if let Some((latin, read)) = armenian::letter(part, at) {
            out.push_str(latin);
            return read;
        }
    }
    let single = cyrillic::letter_in(habit, c).or_else(|| greek::letter(c));
    match single {
        Some(latin) => out.push_str(latin),
        None => match latin::lookalike(c).filter(|_| !c.is_ascii()) {
            // Letters of a script that is only met in disguise (Coptic, Cherokee).
            Some(l) => out.push(l),
            None => out.push(c),
        },
    }
    1
}

#[cfg(test)]
mod tests;
