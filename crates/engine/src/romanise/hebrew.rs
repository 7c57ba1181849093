//! Hebrew (and Yiddish letters): consonants as read, matres lectionis as vowels.

/// The geresh, which makes another consonant of the letter before it.
pub const GERESH: char = '\u{5F3}';

/// Whether a geresh changes the reading of this letter.
pub const fn takes_geresh(c: char) -> bool {
    matches!(c, 'ג' | 'ז' | 'צ' | 'ץ' | 'ת' | 'ד' | 'ח' | 'ו')
}

/// Latin letters of a word without points.
///
/// Source: the simple transcription of the Academy of the Hebrew Language (2006); bet and pe are
/// read hard at the start of a word and soft elsewhere only where they end it.
pub fn spell(word: &[char]) -> String {
    let mut out = String::with_capacity(2 * word.len());
    let n = word.len();
    let mut i = 0;
    while i < n {
        let c = word[i];
        let initial = i == 0;
        let next = word.get(i + 1).copied();
        let last = next.is_none();
        if next == Some(GERESH) && takes_geresh(c) {
            out.push_str(match c {
                'ג' => "j",
                'ז' => "zh",
                'צ' | 'ץ' => "ch",
                'ת' | 'ד' => "th",
                'ח' => "kh",
                _ => "w",
            });
            i += 2;
            continue;
        }
        let latin = match c {
            'א' | 'ע' => "a",
            'ב' if last && !initial => "v",
            'ב' => "b",
            'ג' => "g",
            'ד' => "d",
            'ה' if last && !initial => "a",
            'ה' => "h",
            'ו' if next == Some('ו') => {
                i += 1;
                "v"
            }
            'ו' if initial => "v",
            'ו' if last || next.is_some_and(|x| !matches!(x, 'א' | 'י' | 'ה')) => "o",
            'ו' => "v",
            'ז' => "z",
            'ח' => "h",
            'ט' | 'ת' => "t",
            'י' if next == Some('י') => {
                i += 1;
                "ai"
            }
            'י' if initial => "y",
            'י' => "i",
            'כ' | 'ק' => "k",
            'ך' => "kh",
            'ל' => "l",
            'מ' | 'ם' => "m",
            'נ' | 'ן' => "n",
            'ס' => "s",
            'פ' if initial => "p",
            'פ' | 'ף' => "f",
            'צ' | 'ץ' => "ts",
            'ר' => "r",
            'ש' => "sh",
            GERESH => "",
            other => {
                out.push(other);
                ""
            }
        };
        out.push_str(latin);
        i += 1;
    }
    out
}
