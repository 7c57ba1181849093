//! Romanisation of Cyrillic and Greek, and look-alike letters in mixed-script words.
//!
//! One letter at a time, after case folding. The scheme is close to the Russian passport's
//! (ICAO Doc 9303) because lists and payment messages use it most; where habits differ (yu/iu,
//! kh/h, ts/c) the fuzzy comparison of tokens bridges the rest.

/// Latin letters for one lower-case Cyrillic letter, or `None` for any other character.
///
/// Source: ICAO Doc 9303 part 3 section 6.B (Russian, Ukrainian, Belarusian, Serbian,
/// Macedonian, Bulgarian rows), with `y` for й and ы, and soft and hard signs dropped.
pub fn cyrillic(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' => "e",
        'ё' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' => "i",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'э' => "e",
        'ю' => "yu",
        'я' => "ya",
        'є' => "ye",
        'і' => "i",
        'ї' => "yi",
        'ґ' => "g",
        'ў' => "u",
        'ђ' => "dj",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' => "dz",
        'ѓ' => "gj",
        'ќ' => "kj",
        'ѕ' => "dz",
        'ѝ' => "i",
        'ѐ' => "e",
        'ә' => "a",
        'ғ' => "g",
        'қ' => "q",
        'ң' => "n",
        'ө' => "o",
        'ұ' | 'ү' => "u",
        'һ' => "h",
        'ҷ' => "j",
        'ӯ' => "u",
        'ӣ' => "i",
        'ҳ' => "h",
        'ҡ' => "k",
        'ѳ' => "f",
        'ѣ' => "e",
        _ => return None,
    })
}

/// Latin letters for one lower-case Greek letter (accents removed), or `None`.
///
/// Source: ISO 843:1997 type 2 (transcription), single letters; digraphs are in [`greek_pair`].
pub fn greek(letter: char) -> Option<&'static str> {
    Some(match letter {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' => "i",
        'θ' => "th",
        'ι' => "i",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        'ω' => "o",
        _ => return None,
    })
}

/// Latin letters for a Greek digraph that is read as one sound, or `None`.
pub fn greek_pair(first: char, second: char) -> Option<&'static str> {
    Some(match (first, second) {
        ('ο', 'υ') => "ou",
        ('μ', 'π') => "b",
        ('ν', 'τ') => "nt",
        ('γ', 'κ') => "gk",
        ('γ', 'γ') => "ng",
        ('γ', 'ξ') => "nx",
        ('γ', 'χ') => "nch",
        ('α', 'υ') => "af",
        ('ε', 'υ') => "ef",
        _ => return None,
    })
}

/// The Latin letter that a Cyrillic or Greek letter looks like in a word that is otherwise Latin,
/// or `None`. Source: Unicode TS 39 confusables, the single-letter lower-case part.
pub fn lookalike(letter: char) -> Option<char> {
    Some(match letter {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' | 'ε' => 'e',
        'һ' | 'н' | 'η' => 'h',
        'і' | 'ї' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ո' => 'n',
        'ν' => 'v',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ү' => 'y',
        'з' => '3',
        _ => return None,
    })
}

/// Latin letters for a letter that has no decomposition, or `None`.
pub fn special_latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "ng",
        'ŧ' => "t",
        'ĸ' => "k",
        'ə' => "a",
        'ɓ' => "b",
        'ɗ' => "d",
        'ƙ' => "k",
        'ƴ' => "y",
        _ => return None,
    })
}
