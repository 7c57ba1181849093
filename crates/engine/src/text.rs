//! From a string to tokens: case, marks, invisible characters, punctuation, script.
//!
//! A token is a run of letters and digits, romanised and in lower case, with the place in the
//! source it came from. Apostrophes join (`O'Brien` is one token), every other punctuation
//! separates, and letters that stand alone between full stops are one word (`S.A.` is `sa`).

use crate::romanise::{self, Piece};
use unicode_normalization::char::{compose, decompose_compatible};

/// One token and the characters of the source it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Romanised, lower case.
    pub text: String,
    /// First character in the source, counted in code points.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Only one full stop since the last token.
    Stop,
    /// Anything else.
    Other,
}

struct Tokeniser {
    tokens: Vec<Token>,
    word: String,
    start: u32,
    end: u32,
    ascii: bool,
    gap: Gap,
    stops: u32,
    others: u32,
    /// Source place of each letter of a word that is not ASCII.
    places: Vec<u32>,
    letters: Vec<char>,
    pieces: Vec<Piece>,
}

/// Split a string into tokens.
pub fn tokenise(source: &str) -> Vec<Token> {
    let mut t = Tokeniser {
        tokens: Vec::with_capacity(8),
        word: String::new(),
        start: 0,
        end: 0,
        ascii: true,
        gap: Gap::Other,
        stops: 0,
        others: 1,
        places: Vec::new(),
        letters: Vec::new(),
        pieces: Vec::new(),
    };
    if !t.read_ascii(source) {
        t.tokens.clear();
        t.stops = 0;
        t.others = 1;
        t.read(source);
    }
    t.tokens
}

/// The tokens joined by blanks.
pub fn normalise(source: &str) -> String {
    let tokens = tokenise(source);
    let texts: Vec<&str> = tokens.iter().map(|t| t.text.as_str()).collect();
    texts.join(" ")
}

impl Tokeniser {
    fn read(&mut self, source: &str) {
        for (at, c) in source.chars().enumerate() {
            let at = at as u32;
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() {
                    self.push(c.to_ascii_lowercase(), at);
                } else if c == '\'' || c == '`' {
                    self.apostrophe(at);
                } else {
                    self.separate(c);
                }
            } else {
                self.push_wide(c, at);
            }
        }
        self.close();
    }

    /// The same a word at a time, as far as the string is ASCII; returns whether all of it is.
    fn read_ascii(&mut self, source: &str) -> bool {
        let bytes = source.as_bytes();
        let mut at = 0;
        while let Some(&c) = bytes.get(at) {
            if !c.is_ascii_alphanumeric() {
                match c {
                    b'.' => self.stops += 1,
                    b'\'' | b'`' => {}
                    128.. => return false,
                    _ => self.others += 1,
                }
                at += 1;
                continue;
            }
            let start = at;
            let mut end = at;
            let mut marks = false;
            while let Some(&c) = bytes.get(at) {
                at += 1;
                if c.is_ascii_alphanumeric() {
                    end = at;
                } else if c == b'\'' || c == b'`' {
                    marks = true;
                } else if c.is_ascii() {
                    at -= 1;
                    break;
                } else {
                    return false;
                }
            }
            let mut text = source.get(start..end).unwrap_or_default().to_owned();
            text.make_ascii_lowercase();
            if marks {
                text.retain(|c| c.is_ascii_alphanumeric());
            }
            self.gap = if self.stops == 1 && self.others == 0 {
                Gap::Stop
            } else {
                Gap::Other
            };
            self.finish(text, start as u32, end as u32);
            self.stops = 0;
            self.others = 0;
        }
        true
    }

    fn push(&mut self, c: char, at: u32) {
        if self.word.is_empty() {
            self.start = at;
            self.gap = if self.stops == 1 && self.others == 0 {
                Gap::Stop
            } else {
                Gap::Other
            };
        }
        self.word.push(c);
        self.end = at + 1;
        if !self.ascii {
            self.places.push(at);
        }
    }

    /// Push a letter of any script; from the first that is not ASCII on, places are kept.
    fn push_letter(&mut self, c: char, at: u32) {
        if self.ascii && !c.is_ascii() {
            self.ascii = false;
            self.places.clear();
            let n = self.word.len() as u32;
            // Apostrophes may stand between the letters so far; only the last must be exact.
            self.places.extend((0..n).map(|i| self.start + i));
            if let Some(last) = self.places.last_mut() {
                *last = self.end - 1;
            }
        }
        self.push(c, at);
    }

    fn separate(&mut self, c: char) {
        self.close();
        if c == '.' {
            self.stops += 1;
        } else {
            self.others += 1;
        }
    }

    /// An apostrophe joins; in Hebrew it stands for the geresh.
    fn apostrophe(&mut self, at: u32) {
        if !self.ascii {
            let last = self.word.chars().next_back();
            if last.is_some_and(romanise::takes_geresh) {
                self.push(romanise::GERESH, at);
            }
        }
    }

    fn push_wide(&mut self, c: char, at: u32) {
        if joins_silently(c) {
            if matches!(c, '\u{2019}' | '\u{5F3}' | '\u{B4}' | '\u{2032}') {
                self.apostrophe(at);
            }
            return;
        }
        if is_mark(c) {
            self.mark(c, at);
            return;
        }
        if keeps_form(c) {
            for l in c.to_lowercase() {
                self.push_letter(l, at);
            }
            return;
        }
        if let Some(digit) = romanise::digit(c) {
            self.push(digit, at);
            return;
        }
        decompose_compatible(c, |d| self.push_part(d, at));
    }

    /// One character of a compatibility decomposition.
    fn push_part(&mut self, d: char, at: u32) {
        if joins_silently(d) {
            return;
        }
        if is_mark(d) {
            self.mark(d, at);
            return;
        }
        if d.is_ascii() {
            if d.is_ascii_alphanumeric() {
                self.push(d.to_ascii_lowercase(), at);
            } else if d != '\'' {
                self.separate(d);
            }
            return;
        }
        for l in d.to_lowercase() {
            if let Some(latin) = romanise::special_latin(l) {
                for s in latin.chars() {
                    self.push(s, at);
                }
            } else if is_mark(l) {
                // A lower-casing that leaves a mark behind (capital I with dot).
            } else if matches!(l, '\u{1161}'..='\u{11FF}') {
                self.jamo(l, at);
            } else if l.is_alphanumeric() || romanise::is_letter_mark(l) {
                self.push_letter(l, at);
            } else {
                self.separate(l);
            }
        }
    }

    /// A combining mark: it makes another letter of a Cyrillic one or a kana, and vanishes
    /// elsewhere.
    fn mark(&mut self, mark: char, at: u32) {
        if self.ascii {
            return;
        }
        let Some(last) = self.word.chars().next_back() else {
            return;
        };
        // The two marks of kana come in a combining and a spacing form.
        let mark = match mark {
            '\u{309B}' => '\u{3099}',
            '\u{309C}' => '\u{309A}',
            other => other,
        };
        let Some(composed) = compose(last, mark).filter(|&c| romanise::composes(c)) else {
            return;
        };
        self.word.pop();
        self.word.push(composed);
        self.end = at + 1;
    }

    /// A vowel or final of Hangul written apart: part of the syllable before it.
    fn jamo(&mut self, part: char, at: u32) {
        let last = self.word.chars().next_back();
        match last.and_then(|l| compose(l, part)) {
            Some(syllable) => {
                self.word.pop();
                self.word.push(syllable);
                self.end = at + 1;
                // The syllable ends where its last part does.
                if let Some(place) = self.places.last_mut() {
                    *place = at;
                }
            }
            None => self.push_letter(part, at),
        }
    }

    fn close(&mut self) {
        if self.word.is_empty() {
            return;
        }
        if self.ascii {
            let text = self.word.as_str().to_owned();
            self.word.clear();
            let (start, end) = (self.start, self.end);
            self.finish(text, start, end);
        } else {
            self.close_wide();
        }
        self.stops = 0;
        self.others = 0;
    }

    /// Romanise the word; each piece of it is a token.
    fn close_wide(&mut self) {
        self.letters.clear();
        self.letters.extend(self.word.chars());
        self.word.clear();
        self.ascii = true;
        let mut pieces = std::mem::take(&mut self.pieces);
        romanise::word(&self.letters, &mut pieces);
        let alone = pieces.len() == 1;
        for piece in pieces.drain(..) {
            let start = self.places.get(piece.from).copied();
            let last = piece.to.checked_sub(1).and_then(|i| self.places.get(i));
            let end = if piece.to == self.letters.len() {
                self.end
            } else {
                last.map_or(self.end, |l| l + 1)
            };
            if !alone {
                self.gap = Gap::Other;
            }
            self.finish(piece.text, start.unwrap_or(self.start), end);
        }
        self.pieces = pieces;
    }

    #[inline]
    fn finish(&mut self, text: String, start: u32, end: u32) {
        let joins = self.gap == Gap::Stop && text.len() == 1;
        if joins && text.as_bytes()[0].is_ascii_alphabetic() {
            if let Some(last) = self.tokens.last_mut() {
                if last.text.len() <= 6 && last.end - last.start == 2 * last.text.len() as u32 - 1 {
                    last.text.push_str(&text);
                    last.end = end;
                    return;
                }
            }
        }
        self.tokens.push(Token { text, start, end });
    }
}

/// Characters that leave no trace: apostrophe-like letters and invisible format characters.
fn joins_silently(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{2BB}'..='\u{2BF}' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}'
        | '\u{B4}' | '\u{2B9}' | '\u{2CA}' | '\u{2CB}' | '\u{FF07}' | '\u{5F3}' | '\u{5F4}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{640}'
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{17B4}' | '\u{17B5}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}'
        | '\u{E0000}'..='\u{E007F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Marks that change no letter, but for the few that [`Tokeniser::mark`] composes.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}'
        | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}'
        | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{3099}'..='\u{309C}')
}

/// Letters that must not be decomposed before they are romanised or compared.
fn keeps_form(c: char) -> bool {
    matches!(c,
        '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{3005}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
        || matches!(c, '\u{587}' | '\u{E33}' | '\u{EB3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_punctuation_do_not_count() {
        assert_eq!(normalise("MÜLLER-Straße, O'Brien"), "muller strasse obrien");
        assert_eq!(normalise("S.A. ROSNEFT"), "sa rosneft");
        assert_eq!(normalise("J. P. Smith"), "j p smith");
        assert_eq!(normalise("A.B.C.Trading"), "abc trading");
        assert_eq!(normalise("\u{200B}Pu\u{200D}tin"), "putin");
        assert_eq!(normalise("İSTANBUL"), "istanbul");
    }

    #[test]
    fn cyrillic_and_greek_are_romanised() {
        assert_eq!(normalise("Владимир Путин"), "vladimir putin");
        assert_eq!(normalise("Сергей ШОЙГУ"), "sergey shoygu");
        assert_eq!(normalise("Сергеи\u{306}"), "sergey");
        assert_eq!(normalise("Αλέξης Τσίπρας"), "alexis tsipras");
    }

    #[test]
    fn a_mixed_word_is_read_by_its_looks() {
        assert_eq!(normalise("Рutin"), "putin");
        assert_eq!(normalise("VТВ"), "vtb");
        // A word wholly in Cyrillic is not: it is read by its sound.
        assert_eq!(normalise("ВТБ"), "vtb");
        assert_eq!(normalise("Нина"), "nina");
    }

    #[test]
    fn offsets_count_code_points() {
        let tokens = tokenise("Для Путин!");
        assert_eq!((tokens[1].start, tokens[1].end), (4, 9));
    }
}
