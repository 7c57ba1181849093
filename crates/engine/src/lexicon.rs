//! What class of word a token is: legal forms, particles, initials weigh little whatever their
//! rarity, and equivalent legal forms are one token.

/// Weight of an initial, in milli: one letter says about as much as one in three names.
pub const INITIAL_WEIGHT: i32 = 1_000;
/// Weight of a legal form or other generic company word, in milli.
pub const GENERIC_WEIGHT: i32 = 600;
/// Weight of a particle, in milli.
pub const PARTICLE_WEIGHT: i32 = 400;

/// Legal forms that mean the same, by the token they are compared as.
///
/// Source: ISO 20275 entity legal forms, the abbreviations that payment messages and lists carry
/// most, with the Russian and Ukrainian forms as romanised.
const LEGAL_FORMS: &[(&str, &[&str])] = &[
    ("ltd", &["limited", "ltda", "limitada", "limitd", "lmt"]),
    ("llc", &["ooo", "tov", "too", "wll"]),
    ("inc", &["incorporated"]),
    ("corp", &["corporation", "corporacion", "korporatsiya"]),
    (
        "co",
        &["company", "compania", "compagnie", "kompaniya", "coy"],
    ),
    (
        "jsc",
        &[
            "ao",
            "zao",
            "oao",
            "pao",
            "pjsc",
            "ojsc",
            "cjsc",
            "ojs",
            "jsco",
            "aktsionernoe",
            "at",
            "pat",
        ],
    ),
    ("plc", &[]),
    ("gmbh", &[]),
    ("ag", &[]),
    ("sa", &["sas", "sarl", "spa", "srl", "sl", "sro"]),
    ("bv", &["nv"]),
    ("fze", &["fzco", "fzc", "fzllc"]),
    ("pte", &["pvt", "pty"]),
    ("est", &["establishment"]),
    ("as", &["asa", "ab", "oy", "oyj", "aps"]),
    ("bhd", &["sdn", "berhad"]),
    ("kg", &["ohg", "kgaa"]),
    ("cv", &["rl"]),
];

/// Company words that nearly every company could carry.
const GENERIC: &[&str] = &[
    "joint",
    "stock",
    "public",
    "private",
    "liability",
    "open",
    "closed",
    "society",
    "obshchestvo",
    "group",
    "grp",
    "holding",
    "holdings",
    "enterprise",
    "enterprises",
    "intl",
    "international",
];

/// Words between the words of a name.
const PARTICLES: &[&str] = &[
    "al", "el", "ul", "bin", "ibn", "ben", "bint", "de", "del", "della", "di", "da", "do", "dos",
    "das", "la", "le", "les", "los", "las", "van", "von", "der", "den", "of", "the", "and", "und",
    "et", "for", "y", "e", "i", "mv", "mt", "mr", "mrs", "dr", "s",
];

/// The token a legal form is compared as, if `token` is one.
pub fn canonical(token: &str) -> Option<&'static str> {
    LEGAL_FORMS
        .iter()
        .find(|(_, variants)| variants.contains(&token))
        .map(|(form, _)| *form)
}

/// The fixed weight of a token whose class decides it, in milli, or `None` where rarity decides.
pub fn class_weight(token: &str) -> Option<i32> {
    if PARTICLES.contains(&token) {
        return Some(PARTICLE_WEIGHT);
    }
    if token.len() == 1 && token.as_bytes()[0].is_ascii_alphabetic() {
        return Some(INITIAL_WEIGHT);
    }
    if GENERIC.contains(&token) || LEGAL_FORMS.iter().any(|(form, _)| *form == token) {
        return Some(GENERIC_WEIGHT);
    }
    None
}
