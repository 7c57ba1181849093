//! Kana: Hepburn, a word at a time, long vowels short as in passports.

/// Hiragana as katakana, any other character as it is.
const fn katakana(c: char) -> char {
    if matches!(c, '\u{3041}'..='\u{3096}' | '\u{309D}' | '\u{309E}') {
        match char::from_u32(c as u32 + 0x60) {
            Some(k) => k,
            None => c,
        }
    } else {
        c
    }
}

/// Consonant and vowel of one katakana. Source: modified Hepburn.
fn syllable(c: char) -> Option<(&'static str, char)> {
    let (consonants, row) = match c {
        'ァ'..='オ' => ("", "アイウエオ"),
        'カ' | 'キ' | 'ク' | 'ケ' | 'コ' => ("k", "カキクケコ"),
        'ガ' | 'ギ' | 'グ' | 'ゲ' | 'ゴ' => ("g", "ガギグゲゴ"),
        'サ' | 'シ' | 'ス' | 'セ' | 'ソ' => ("s", "サシスセソ"),
        'ザ' | 'ジ' | 'ズ' | 'ゼ' | 'ゾ' => ("z", "ザジズゼゾ"),
        'タ' | 'チ' | 'ツ' | 'テ' | 'ト' => ("t", "タチツテト"),
        'ダ' | 'ヂ' | 'ヅ' | 'デ' | 'ド' => ("d", "ダヂヅデド"),
        'ナ'..='ノ' => ("n", "ナニヌネノ"),
        'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => ("h", "ハヒフヘホ"),
        'バ' | 'ビ' | 'ブ' | 'ベ' | 'ボ' => ("b", "バビブベボ"),
        'パ' | 'ピ' | 'プ' | 'ペ' | 'ポ' => ("p", "パピプペポ"),
        'マ'..='モ' => ("m", "マミムメモ"),
        'ラ'..='ロ' => ("r", "ラリルレロ"),
        'ヤ' => return Some(("y", 'a')),
        'ユ' => return Some(("y", 'u')),
        'ヨ' => return Some(("y", 'o')),
        'ワ' | 'ヮ' => return Some(("w", 'a')),
        'ヰ' => return Some(("", 'i')),
        'ヱ' => return Some(("", 'e')),
        'ヲ' => return Some(("", 'o')),
        'ヴ' => return Some(("v", 'u')),
        'ヷ' => return Some(("v", 'a')),
        'ヵ' => return Some(("k", 'a')),
        'ヶ' => return Some(("k", 'e')),
        _ => return None,
    };
    let full = match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        other => other,
    };
    let place = row.chars().position(|r| r == full)?;
    let vowel = ['a', 'i', 'u', 'e', 'o'][place];
    let consonants = match full {
        'シ' => "sh",
        'ジ' | 'ヂ' => "j",
        'チ' => "ch",
        'ツ' => "ts",
        'ヅ' => "z",
        'フ' => "f",
        _ => consonants,
    };
    Some((consonants, vowel))
}

const fn small(c: char) -> Option<(bool, char)> {
    Some(match c {
        'ャ' => (true, 'a'),
        'ュ' => (true, 'u'),
        'ョ' => (true, 'o'),
        'ァ' | 'ヮ' => (false, 'a'),
        'ィ' => (false, 'i'),
        'ゥ' => (false, 'u'),
        'ェ' => (false, 'e'),
        'ォ' => (false, 'o'),
        _ => return None,
    })
}

/// Latin letters of a word.
pub fn spell(word: &[char]) -> String {
    let mut out = String::with_capacity(2 * word.len());
    let mut doubled = false;
    let mut i = 0;
    while i < word.len() {
        let c = katakana(word[i]);
        i += 1;
        match c {
            'ッ' => {
                doubled = true;
                continue;
            }
            'ー' => continue,
            'ン' => {
                out.push('n');
                continue;
            }
            _ => {}
        }
        let Some((consonants, vowel)) = syllable(c) else {
            out.push(c);
            continue;
        };
        if doubled {
            out.extend(
                consonants
                    .chars()
                    .next()
                    .map(|d| if d == 'c' { 't' } else { d }),
            );
            doubled = false;
        }
        let following = word.get(i).and_then(|&n| small(katakana(n)));
        let Some((glide, other)) = following else {
            let long = vowel == 'u' && consonants.is_empty();
            // ou and uu are long vowels.
            if !(long && out.ends_with(['o', 'u'])) {
                out.push_str(consonants);
                out.push(vowel);
            }
            continue;
        };
        i += 1;
        out.push_str(match (consonants, vowel) {
            ("", 'u') => "w",
            ("", 'i') => "y",
            _ => consonants,
        });
        let palatal = matches!(consonants, "sh" | "ch" | "j");
        if glide && !palatal {
            out.push('y');
        } else if !glide && vowel == 'u' && matches!(consonants, "k" | "g") {
            out.push('w');
        }
        out.push(other);
    }
    out
}
