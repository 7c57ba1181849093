//! Armenian: the Eastern reading, as passports of Armenia write it.

/// Latin letters for the lower-case letter at `at`, and how many letters were read.
///
/// Source: BGN/PCGN 1981 romanisation of Armenian, without its marks.
pub fn letter(word: &[char], at: usize) -> Option<(&'static str, usize)> {
    let initial = at == 0;
    let next = word.get(at + 1).copied();
    let latin = match word.get(at)? {
        'ա' => "a",
        'բ' => "b",
        'գ' => "g",
        'դ' => "d",
        'ե' if initial => "ye",
        'ե' | 'է' => "e",
        'զ' => "z",
        'ը' => "y",
        'թ' | 'տ' => "t",
        'ժ' => "zh",
        'ի' => "i",
        'լ' => "l",
        'խ' => "kh",
        'ծ' | 'ց' => "ts",
        'կ' | 'ք' => "k",
        'հ' => "h",
        'ձ' => "dz",
        'ղ' => "gh",
        'ճ' | 'չ' => "ch",
        'մ' => "m",
        'յ' => "y",
        'ն' => "n",
        'շ' => "sh",
        'ո' if next == Some('ւ') => return Some(("u", 2)),
        'ո' if initial => "vo",
        'ո' | 'օ' => "o",
        'պ' | 'փ' => "p",
        'ջ' => "j",
        'ռ' | 'ր' => "r",
        'ս' => "s",
        'վ' | 'ւ' => "v",
        'ֆ' => "f",
        'և' => "ev",
        _ => return None,
    };
    Some((latin, 1))
}
