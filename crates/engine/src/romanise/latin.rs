//! Latin letters that do not decompose, and letters of other scripts that look Latin.

/// Latin letters for a letter that has no decomposition, or `None`.
pub fn special(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' | 'ɔ' | 'ᴏ' => "o",
        'ł' | 'ʟ' | 'ƚ' => "l",
        'đ' | 'ð' | 'ɗ' | 'ᴅ' => "d",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ı' | 'ɪ' | 'ɨ' | 'ɩ' => "i",
        'ħ' | 'ʜ' => "h",
        'ŋ' => "ng",
        'ŧ' | 'ᴛ' => "t",
        'ĸ' | 'ƙ' | 'ᴋ' => "k",
        'ə' | 'ɑ' | 'ᴀ' => "a",
        'ɓ' | 'ʙ' => "b",
        'ƴ' | 'ʏ' => "y",
        'ɡ' | 'ɢ' | 'ǥ' => "g",
        'ƒ' => "f",
        'ɛ' | 'ᴇ' => "e",
        'ᴄ' => "c",
        'ᴊ' | 'ȷ' => "j",
        'ᴍ' => "m",
        'ɴ' => "n",
        'ᴘ' => "p",
        'ʀ' => "r",
        'ꜱ' => "s",
        'ᴜ' | 'ʉ' => "u",
        'ᴠ' | 'ʋ' => "v",
        'ᴡ' => "w",
        'ᴢ' | 'ƶ' => "z",
        _ => return None,
    })
}

/// The Latin letter that a letter of another script looks like in a word that is otherwise Latin,
/// or `None`. Source: Unicode TS 39 confusables, the single-letter part, lower case; where only
/// the capitals look alike (В, Н, Η, Ρ) the capital decides.
pub fn lookalike(letter: char) -> Option<char> {
    Some(match letter {
        'а' | 'α' | 'ꭺ' | 'ⲁ' => 'a',
        'в' | 'β' | 'ꮟ' | 'ⲃ' | 'ᏼ' => 'b',
        'с' | 'ϲ' | 'ꮯ' | 'ⲥ' => 'c',
        'ԁ' | 'ժ' | 'ꭰ' | 'ꮷ' => 'd',
        'е' | 'ё' | 'ѐ' | 'ε' | 'ҽ' | 'ꭼ' | 'ⲉ' => 'e',
        'ꭶ' | 'ց' => 'g',
        'һ' | 'н' | 'η' | 'հ' | 'ꮋ' | 'ⲏ' => 'h',
        'і' | 'ї' | 'ι' | 'ӏ' | 'ⲓ' => 'i',
        'ј' | 'ϳ' | 'յ' | 'ꭻ' => 'j',
        'к' | 'κ' | 'ќ' | 'ꮶ' | 'ⲕ' => 'k',
        'ꮮ' => 'l',
        'м' | 'μ' | 'ꮇ' | 'ⲙ' => 'm',
        'ո' | 'ⲛ' => 'n',
        'ν' | 'ѵ' | 'ꮩ' => 'v',
        'о' | 'ο' | 'σ' | 'օ' | 'ⲟ' => 'o',
        'р' | 'ρ' | 'ք' | 'ꮲ' | 'ⲣ' => 'p',
        'ԛ' | 'զ' => 'q',
        'г' | 'ꭱ' => 'r',
        'ѕ' | 'ꮪ' | 'ꮥ' => 's',
        'т' | 'τ' | 'ꭲ' | 'ⲧ' => 't',
        'υ' | 'ս' => 'u',
        'ԝ' | 'ω' | 'ꮃ' | 'ѡ' => 'w',
        'х' | 'χ' | 'ⲭ' => 'x',
        'у' | 'γ' | 'ү' | 'ў' | 'ⲩ' => 'y',
        'ꮓ' | 'ζ' => 'z',
        'з' => '3',
        _ => return None,
    })
}

/// The Cyrillic letter that a lower-cased Latin letter looks like (as a capital or not) in a word
/// that is otherwise Cyrillic, or `None`.
pub fn cyrillic_lookalike(letter: char) -> Option<char> {
    Some(match letter {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'j' => 'ј',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        's' => 'ѕ',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}
