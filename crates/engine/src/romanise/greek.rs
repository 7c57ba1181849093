//! Greek: ISO 843 transcription.

/// Latin letters for one lower-case Greek letter (accents removed), or `None`.
///
/// Source: ISO 843:1997 type 2 (transcription), single letters; digraphs are in [`pair`].
pub fn letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'α' => "a",
        'β' | 'ϐ' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' | 'ϲ' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => return None,
    })
}

/// Latin letters for a Greek digraph that is read as one sound, or `None`. `first_in_word` tells
/// the voiced stops, `next` the letter after the digraph.
pub fn pair(
    first: char,
    second: char,
    first_in_word: bool,
    next: Option<char>,
) -> Option<&'static str> {
    if !matches!(first, 'α' | 'γ' | 'ε' | 'μ' | 'ν' | 'ο') {
        return None;
    }
    let voiced = || next.is_some_and(|c| "αεηιουωβγδζλμνρ".contains(c));
    Some(match (first, second) {
        ('ο', 'υ') => "ou",
        ('μ', 'π') => "b",
        ('ν', 'τ') if first_in_word => "d",
        ('ν', 'τ') => "nt",
        ('γ', 'κ') if first_in_word => "g",
        ('γ', 'κ') => "gk",
        ('γ', 'γ') => "ng",
        ('γ', 'ξ') => "nx",
        ('γ', 'χ') => "nch",
        ('α', 'υ') if voiced() => "av",
        ('ε', 'υ') if voiced() => "ev",
        ('α', 'υ') => "af",
        ('ε', 'υ') => "ef",
        _ => return None,
    })
}
