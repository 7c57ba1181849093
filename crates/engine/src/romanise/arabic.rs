//! Arabic script: Arabic, Persian, Urdu, Pashto, Kurdish, Uyghur.
//!
//! Vowel points are gone before this module sees a word, so that a pointed and an unpointed
//! spelling are one token; consonants and long vowels are written as they stand. The article and
//! the parts of compound names that are written together become tokens of their own.

use super::Piece;

/// Parts of a word that stand alone when more than one letter follows: `abd`, `abu`.
const SERVANT: &[char] = &['ع', 'ب', 'د'];
const FATHER: &[char] = &['ا', 'ب', 'و'];
const ARTICLE: &[char] = &['ا', 'ل'];

/// Given names that begin with the letters of the article and are not words with the article.
const NOT_ARTICLE: &[&str] = &[
    "الياس",
    "الیاس",
    "الهام",
    "البرت",
    "البرتو",
    "الفريد",
    "الفرد",
    "الكسندر",
    "الكساندر",
    "الکساندر",
    "اليكس",
    "اليكسي",
    "الكسي",
    "الين",
    "اليزابيث",
    "اليسون",
    "الان",
    "التون",
];

/// Latin letters for one letter whose place in the word does not matter, or `None`.
///
/// Source: BGN/PCGN romanisations of Arabic (1956), Persian (1958), Pashto (2016) and Urdu
/// (2007), without their marks.
fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ا' | 'ٱ' | 'ى' | 'ة' | 'ۃ' => "a",
        'ب' | 'ٻ' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ټ' | 'ٹ' | 'ٿ' | 'ٽ' => "t",
        'ث' => "th",
        'ج' | 'ڄ' | 'ڃ' => "j",
        'چ' | 'ڇ' => "ch",
        'ح' | 'ه' | 'ھ' | 'ہ' | 'ۀ' | 'ۂ' => "h",
        'خ' => "kh",
        'د' | 'ډ' | 'ڈ' | 'ض' | 'ڊ' | 'ڏ' => "d",
        'ذ' => "dh",
        'ر' | 'ړ' | 'ڑ' | 'ڕ' => "r",
        'ز' | 'ظ' => "z",
        'ژ' | 'ږ' => "zh",
        'س' | 'ص' => "s",
        'ش' | 'ښ' => "sh",
        'غ' => "gh",
        'ف' | 'ڢ' => "f",
        'ڤ' | 'ۋ' => "v",
        'ق' | 'ڨ' => "q",
        'ك' | 'ک' | 'ڪ' => "k",
        'ڭ' => "ng",
        'گ' | 'ګ' | 'ݣ' | 'ڠ' => "g",
        'ل' | 'ڵ' => "l",
        'م' => "m",
        'ن' | 'ں' | 'ڼ' | 'ڻ' => "n",
        'ۆ' => "o",
        'ۇ' | 'ۈ' => "u",
        'ي' | 'ی' | 'ئ' | 'ۍ' => "y",
        'ې' | 'ێ' | 'ے' | 'ۓ' | 'ە' => "e",
        'ځ' => "dz",
        'څ' => "ts",
        'ء' => "",
        'ؤ' => "w",
        'أ' | 'إ' | 'آ' => "a",
        _ => return None,
    })
}

const fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'ا' | 'و' | 'ي' | 'ی' | 'ى' | 'ع' | 'ٱ' | 'أ' | 'إ' | 'آ' | 'ة'
    )
}

/// Latin letters of a part of a word.
fn spell(part: &[char]) -> String {
    let mut out = String::with_capacity(2 * part.len());
    for (i, &c) in part.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|b| part.get(b)).copied();
        let after = part.get(i + 1).copied();
        match c {
            // Between consonants the letter is a long vowel, beside a vowel a consonant.
            'و' => {
                let consonant = before.is_none()
                    || before.is_some_and(is_vowel)
                    || after.is_some_and(|a| matches!(a, 'ا' | 'ى' | 'ة'));
                out.push(if consonant { 'w' } else { 'u' });
            }
            'ع' => {
                let carried = after.is_some_and(|a| matches!(a, 'ا' | 'آ'))
                    || before.is_some_and(|b| matches!(b, 'ا' | 'آ'));
                if !carried {
                    out.push('a');
                }
            }
            _ => match letter(c) {
                Some(latin) => out.push_str(latin),
                None => out.push(c),
            },
        }
    }
    out
}

fn starts_with_article(word: &[char]) -> bool {
    if !word.starts_with(ARTICLE) || word.len() < 5 {
        return false;
    }
    let whole: String = word.iter().collect();
    !NOT_ARTICLE.contains(&whole.as_str())
}

fn is_god(word: &[char]) -> bool {
    matches!(word, ['ا', 'ل', 'ل', 'ه' | 'ہ' | 'ھ'])
}

/// Where the last part begins if the word ends in the name of God or in *al-Din*.
fn compound_tail(word: &[char]) -> Option<usize> {
    let n = word.len();
    if n >= 6 && is_god(&word[n - 4..]) {
        return Some(n - 4);
    }
    if n >= 7 && matches!(word[n - 5..], ['ا', 'ل', 'د', 'ي' | 'ی', 'ن']) {
        return Some(n - 5);
    }
    None
}

fn push(out: &mut Vec<Piece>, word: &[char], from: usize, to: usize) {
    let text = spell(&word[from..to]);
    if !text.is_empty() {
        out.push(Piece { text, from, to });
    }
}

/// Split a word at its article and at the seams of a compound name.
pub fn word(word: &[char], out: &mut Vec<Piece>) {
    let n = word.len();
    let mut at = 0;
    if is_god(word) {
        return push(out, word, 0, n);
    }
    if starts_with_article(word) {
        push(out, word, 0, 2);
        at = 2;
    }
    let tail = compound_tail(&word[at..]).map_or(n, |t| at + t);
    let head = &word[at..tail];
    for prefix in [SERVANT, FATHER] {
        let rest = head.get(prefix.len()..).unwrap_or_default();
        if head.starts_with(prefix) && starts_with_article(rest) {
            push(out, word, at, at + prefix.len());
            push(out, word, at + prefix.len(), at + prefix.len() + 2);
            at += prefix.len() + 2;
            break;
        }
    }
    push(out, word, at, tail);
    if tail == n {
        return;
    }
    if is_god(&word[tail..]) {
        push(out, word, tail, n);
    } else {
        push(out, word, tail, tail + 2);
        push(out, word, tail + 2, n);
    }
}
