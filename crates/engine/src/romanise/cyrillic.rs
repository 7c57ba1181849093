//! Cyrillic: the passport's letters, with the habits of the language a word betrays.

/// Latin letters for one lower-case Cyrillic letter, or `None` for any other character.
///
/// Source: ICAO Doc 9303 part 3 section 6.B (Russian, Belarusian, Macedonian, Bulgarian rows),
/// with `y` for й and ы and soft and hard signs dropped; the Turkic and Iranian letters after the
/// national Latin alphabets, without marks.
pub fn letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ә' | 'ӑ' | 'ӓ' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' | 'ӷ' | 'ҕ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' | 'ѐ' | 'ѣ' | 'ӗ' | 'ӭ' => "e",
        'ж' | 'җ' | 'ӂ' | 'ӝ' => "zh",
        'з' | 'ҙ' | 'ӟ' => "z",
        'и' | 'і' | 'ѝ' | 'ӣ' | 'ӥ' | 'ѵ' => "i",
        'й' | 'ы' | 'ӹ' => "y",
        'к' | 'ҡ' | 'ҝ' | 'ҟ' | 'ӄ' => "k",
        'қ' => "q",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' | 'ҥ' | 'ӊ' | 'ӈ' => "n",
        'о' | 'ө' | 'ӧ' | 'ӫ' => "o",
        'п' | 'ҧ' => "p",
        'р' => "r",
        'с' | 'ҫ' => "s",
        'т' | 'ҭ' => "t",
        'у' | 'ў' | 'ұ' | 'ү' | 'ӯ' | 'ӱ' | 'ӳ' => "u",
        'ф' | 'ѳ' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' | 'ӵ' | 'ҹ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' | 'ӏ' => "",
        'ю' => "yu",
        'я' => "ya",
        'є' => "ye",
        'ї' => "yi",
        'ђ' => "dj",
        'ј' | 'ҷ' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' | 'ѕ' => "dz",
        'ѓ' => "gj",
        'ќ' => "kj",
        'һ' | 'ҳ' => "h",
        _ => return None,
    })
}

/// Language whose habits change single letters, told by letters that only it uses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Russian and every other: [`letter`] as it stands.
    Passport,
    /// г is h, и is y (Resolution 55 of the Ukrainian Cabinet, 2010).
    Ukrainian,
    /// г is h.
    Belarusian,
    /// Gaj's alphabet without its marks: ш is s, ж is z, х is h.
    Serbian,
}

/// The habit of a lower-case word.
pub fn habit(word: &[char]) -> Habit {
    if word.iter().all(|c| matches!(c, 'а'..='я')) {
        return Habit::Passport;
    }
    let has = |set: &str| word.iter().any(|&c| set.contains(c));
    if has("ђљњћџ") || (has("ј") && !has("ѓќѕ")) {
        Habit::Serbian
    } else if has("ў") {
        Habit::Belarusian
    } else if has("қғңәөұүһ") {
        Habit::Passport
    } else if has("їєґ") {
        Habit::Ukrainian
    } else if has("і") {
        if has("ыэё") {
            Habit::Belarusian
        } else {
            Habit::Ukrainian
        }
    } else {
        Habit::Passport
    }
}

/// Latin letters for a letter in a word of that habit, or `None`.
pub fn letter_in(habit: Habit, c: char) -> Option<&'static str> {
    match (habit, c) {
        (Habit::Ukrainian | Habit::Belarusian, 'г') => Some("h"),
        (Habit::Ukrainian, 'и') => Some("y"),
        (Habit::Serbian, 'ш') => Some("s"),
        (Habit::Serbian, 'ж') => Some("z"),
        (Habit::Serbian, 'ч' | 'ц') => Some("c"),
        (Habit::Serbian, 'х') => Some("h"),
        _ => letter(c),
    }
}
