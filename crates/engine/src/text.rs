//! From a string to tokens: case, marks, invisible characters, punctuation, script.
//!
//! A token is a run of letters and digits, romanised and in lower case, with the place in the
//! source it came from. Apostrophes join (`O'Brien` is one token), every other punctuation
//! separates, and letters that stand alone between full stops are one word (`S.A.` is `sa`).

use crate::romanise;
use unicode_normalization::char::decompose_compatible;

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
}

/// Split a string into tokens.
pub fn tokenise(source: &str) -> Vec<Token> {
    let mut t = Tokeniser {
        tokens: Vec::with_capacity(8),
        word: String::with_capacity(24),
        start: 0,
        end: 0,
        ascii: true,
        gap: Gap::Other,
        stops: 0,
        others: 1,
    };
    for (at, c) in source.chars().enumerate() {
        let at = at as u32;
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                t.push(c.to_ascii_lowercase(), at);
            } else if c != '\'' && c != '`' {
                t.separate(c);
            }
        } else {
            t.push_wide(c, at);
        }
    }
    t.close();
    t.tokens
}

/// The tokens joined by blanks.
pub fn normalise(source: &str) -> String {
    let tokens = tokenise(source);
    let texts: Vec<&str> = tokens.iter().map(|t| t.text.as_str()).collect();
    texts.join(" ")
}

impl Tokeniser {
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
    }

    fn separate(&mut self, c: char) {
        self.close();
        if c == '.' {
            self.stops += 1;
        } else {
            self.others += 1;
        }
    }

    fn push_wide(&mut self, c: char, at: u32) {
        if joins_silently(c) {
            return;
        }
        if is_mark(c) {
            self.mark(c);
            return;
        }
        if keeps_form(c) {
            for l in c.to_lowercase() {
                self.ascii = false;
                self.push(l, at);
            }
            return;
        }
        decompose_compatible(c, |d| {
            if is_mark(d) || joins_silently(d) {
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
                } else if l.is_alphanumeric() || is_letter_mark(l) {
                    self.ascii &= l.is_ascii();
                    self.push(l, at);
                } else {
                    self.separate(l);
                }
            }
        });
    }

    /// A combining mark: it makes another letter of a Cyrillic one, and vanishes elsewhere.
    fn mark(&mut self, c: char) {
        let composed = match (self.word.chars().next_back(), c) {
            (Some('и'), '\u{306}') => 'й',
            (Some('у'), '\u{306}') => 'ў',
            (Some('е'), '\u{308}') => 'ё',
            (Some('і'), '\u{308}') => 'ї',
            _ => return,
        };
        self.word.pop();
        self.word.push(composed);
    }

    fn close(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let text = if self.ascii {
            std::mem::take(&mut self.word)
        } else {
            let text = romanise_word(&self.word);
            self.word.clear();
            text
        };
        self.ascii = true;
        self.stops = 0;
        self.others = 0;
        if text.is_empty() {
            return;
        }
        let single = text.len() == 1 && text.as_bytes()[0].is_ascii_alphabetic();
        if single && self.gap == Gap::Stop {
            if let Some(last) = self.tokens.last_mut() {
                if last.text.len() <= 6 && last.end - last.start == 2 * last.text.len() as u32 - 1 {
                    last.text.push_str(&text);
                    last.end = self.end;
                    return;
                }
            }
        }
        self.tokens.push(Token {
            text,
            start: self.start,
            end: self.end,
        });
    }
}

/// Characters that leave no trace: apostrophe-like letters and invisible format characters.
fn joins_silently(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{2BB}'..='\u{2BF}' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}'
        | '\u{B4}' | '\u{2B9}' | '\u{2CA}' | '\u{2CB}' | '\u{FF07}' | '\u{5F3}' | '\u{5F4}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{61C}' | '\u{180E}' | '\u{640}'
        | '\u{E0000}'..='\u{E007F}' | '\u{FE00}'..='\u{FE0F}')
}

/// Marks that change no letter for the purpose of comparing names.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}'
        | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}'
        | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Vowel signs and viramas of Indic and South-East Asian scripts: part of the word.
fn is_letter_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// Letters that must not be decomposed before they are romanised or compared.
fn keeps_form(c: char) -> bool {
    matches!(c,
        '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

fn is_cyrillic_or_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{52F}')
}

/// Romanise one lower-case word: by look-alikes where it mixes scripts, else letter by letter.
fn romanise_word(word: &str) -> String {
    let foreign = word.chars().any(is_cyrillic_or_greek);
    if !foreign {
        return word.to_owned();
    }
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut i = 0;
    while i < letters.len() {
        let c = letters[i];
        i += 1;
        if latin {
            if let Some(l) = romanise::lookalike(c) {
                out.push(l);
                continue;
            }
        } else if let Some(next) = letters.get(i) {
            if let Some(pair) = romanise::greek_pair(c, *next) {
                out.push_str(pair);
                i += 1;
                continue;
            }
        }
        match romanise::cyrillic(c).or_else(|| romanise::greek(c)) {
            Some(l) => out.push_str(l),
            None => out.push(c),
        }
    }
    out
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
