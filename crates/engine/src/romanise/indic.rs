//! The scripts of India and Sri Lanka: consonants with an inherent `a`, vowel signs, virama.
//!
//! Nine blocks of Unicode have the same layout (that of ISCII), so one table serves them all;
//! Sinhala has its own. Where the language drops the inherent vowel (north) it is dropped at the
//! end of a word and between a vowel and a consonant with a vowel.

/// What one character does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Consonant(&'static str),
    /// A vowel standing alone.
    Vowel(&'static str),
    /// A vowel sign, in place of the inherent one.
    Matra(&'static str),
    Virama,
    /// Nasal or breath after a vowel.
    Tail(&'static str),
    /// Changes nothing.
    Silent,
}

const SINHALA: u32 = 0xD80;

/// Block of a character of these scripts, or `None`.
const fn block(c: char) -> Option<u32> {
    match c as u32 {
        u @ 0x900..=0xDFF => Some(u & !0x7F),
        _ => None,
    }
}

/// Whether the language drops inherent vowels: Devanagari, Bengali, Gurmukhi, Gujarati, Odia.
const fn drops_inherent(block: u32) -> bool {
    matches!(block, 0x900 | 0x980 | 0xA00 | 0xA80)
}

/// Source: ISO 15919 without its marks, c as ch, vocalic r as ri, v of Bengali as b.
fn sign(c: char) -> Option<Sign> {
    use Sign::{Consonant, Matra, Silent, Tail, Virama, Vowel};
    let block = block(c)?;
    if block == SINHALA {
        return sinhala(c);
    }
    let tamil = block == 0xB80;
    Some(match c as u32 - block {
        0x01 | 0x02 => Tail("n"),
        0x03 if tamil => Tail("k"),
        0x03 => Tail("h"),
        0x00 => Tail("n"),
        0x04..=0x06 => Vowel("a"),
        0x07 | 0x08 => Vowel("i"),
        0x09 | 0x0A => Vowel("u"),
        0x0B | 0x60 => Vowel("ri"),
        0x0C | 0x61 => Vowel("li"),
        0x0D..=0x0F | 0x72 => Vowel("e"),
        0x10 => Vowel("ai"),
        0x11..=0x13 => Vowel("o"),
        0x14 => Vowel("au"),
        0x15 => Consonant("k"),
        0x16 => Consonant("kh"),
        0x17 => Consonant("g"),
        0x18 => Consonant("gh"),
        0x19 => Consonant("ng"),
        0x1A if tamil => Consonant("s"),
        0x1A => Consonant("ch"),
        0x1B => Consonant("chh"),
        0x1C | 0x1D => Consonant("j"),
        0x1E => Consonant("n"),
        0x1F | 0x24 => Consonant("t"),
        0x20 | 0x25 => Consonant("th"),
        0x21 | 0x26 => Consonant("d"),
        0x22 | 0x27 => Consonant("dh"),
        0x23 | 0x28 | 0x29 => Consonant("n"),
        0x2A => Consonant("p"),
        0x2B => Consonant("ph"),
        0x2C => Consonant("b"),
        0x2D => Consonant("bh"),
        0x2E => Consonant("m"),
        0x2F | 0x5F => Consonant("y"),
        0x30 | 0x31 => Consonant("r"),
        0x32 | 0x33 => Consonant("l"),
        0x34 => Consonant("zh"),
        0x35 => Consonant("v"),
        0x36 | 0x37 => Consonant("sh"),
        0x38 => Consonant("s"),
        0x39 => Consonant("h"),
        0x3E => Matra("a"),
        0x3F | 0x40 => Matra("i"),
        0x41 | 0x42 => Matra("u"),
        0x43 | 0x44 => Matra("ri"),
        0x45..=0x47 => Matra("e"),
        0x48 => Matra("ai"),
        0x49..=0x4B => Matra("o"),
        0x4C | 0x57 => Matra("au"),
        0x4D => Virama,
        0x58 => Consonant("q"),
        0x59 => Consonant("kh"),
        0x5A => Consonant("gh"),
        0x5B => Consonant("z"),
        0x5C | 0x5D => Consonant("r"),
        0x5E => Consonant("f"),
        0x70 if block == 0xA00 => Tail("n"),
        0x70 | 0x71 if block == 0x980 => Consonant("r"),
        0x7A | 0x7B if block == 0xD00 => Tail("n"),
        0x7C if block == 0xD00 => Tail("r"),
        0x7D | 0x7E if block == 0xD00 => Tail("l"),
        0x7F if block == 0xD00 => Tail("k"),
        0x4E if block == 0x980 => Tail("t"),
        _ => Silent,
    })
}

fn sinhala(c: char) -> Option<Sign> {
    use Sign::{Consonant, Matra, Silent, Tail, Virama, Vowel};
    Some(match c as u32 - SINHALA {
        0x02 => Tail("n"),
        0x03 => Tail("h"),
        0x05..=0x08 => Vowel("a"),
        0x09 | 0x0A => Vowel("i"),
        0x0B | 0x0C => Vowel("u"),
        0x0D | 0x0E => Vowel("ri"),
        0x11 | 0x12 => Vowel("e"),
        0x13 => Vowel("ai"),
        0x14 | 0x15 => Vowel("o"),
        0x16 => Vowel("au"),
        0x1A => Consonant("k"),
        0x1B => Consonant("kh"),
        0x1C => Consonant("g"),
        0x1D => Consonant("gh"),
        0x1E | 0x1F => Consonant("ng"),
        0x20 => Consonant("ch"),
        0x21 => Consonant("chh"),
        0x22 | 0x23 => Consonant("j"),
        0x24 | 0x25 => Consonant("gn"),
        0x26 => Consonant("nj"),
        0x27 | 0x2D => Consonant("t"),
        0x28 | 0x2E => Consonant("th"),
        0x29 | 0x2F => Consonant("d"),
        0x2A | 0x30 => Consonant("dh"),
        0x2B | 0x31 => Consonant("n"),
        0x2C | 0x33 => Consonant("nd"),
        0x34 => Consonant("p"),
        0x35 => Consonant("ph"),
        0x36 => Consonant("b"),
        0x37 => Consonant("bh"),
        0x38 => Consonant("m"),
        0x39 => Consonant("mb"),
        0x3A => Consonant("y"),
        0x3B => Consonant("r"),
        0x3D | 0x45 => Consonant("l"),
        0x40 => Consonant("w"),
        0x41 | 0x42 => Consonant("sh"),
        0x43 => Consonant("s"),
        0x44 => Consonant("h"),
        0x46 => Consonant("f"),
        0x4A => Virama,
        0x4F..=0x51 => Matra("a"),
        0x52 | 0x53 => Matra("i"),
        0x54 | 0x56 => Matra("u"),
        0x58 | 0x72 => Matra("ru"),
        0x59 | 0x5A => Matra("e"),
        0x5B => Matra("ai"),
        0x5C | 0x5D => Matra("o"),
        0x5E => Matra("au"),
        _ => Silent,
    })
}

/// One consonant or vowel with what follows it.
struct Unit {
    onset: &'static str,
    vowel: &'static str,
    tail: &'static str,
    inherent: bool,
}

/// With the nukta below it, a consonant is another one.
fn dotted(onset: &'static str) -> &'static str {
    match onset {
        "k" => "q",
        "j" => "z",
        "ph" => "f",
        "d" | "dh" => "r",
        other => other,
    }
}

/// Two vowel signs written apart that are one.
fn joined(first: &str, second: &str) -> Option<&'static str> {
    Some(match (first, second) {
        ("e", "a") => "o",
        ("e", "au") => "au",
        _ => return None,
    })
}

/// Latin letters of a word.
pub fn spell(word: &[char]) -> String {
    let mut units: Vec<Unit> = Vec::with_capacity(word.len());
    let mut others = String::new();
    let mut drops = true;
    for &c in word {
        let Some(sign) = sign(c) else {
            others.push(c);
            continue;
        };
        drops &= block(c).is_some_and(drops_inherent);
        let unit = |onset, vowel, inherent| Unit {
            onset,
            vowel,
            tail: "",
            inherent,
        };
        match (sign, units.last_mut()) {
            (Sign::Consonant(onset), _) => units.push(unit(onset, "a", true)),
            (Sign::Vowel(vowel) | Sign::Matra(vowel), None) => units.push(unit("", vowel, false)),
            (Sign::Vowel(vowel), _) => units.push(unit("", vowel, false)),
            (Sign::Matra(vowel), Some(last)) if last.inherent => {
                last.vowel = vowel;
                last.inherent = false;
            }
            (Sign::Matra(vowel), Some(last)) => {
                if let Some(one) = joined(last.vowel, vowel) {
                    last.vowel = one;
                }
            }
            (Sign::Virama, Some(last)) => {
                last.vowel = "";
                last.inherent = false;
            }
            (Sign::Tail(tail), Some(last)) => last.tail = tail,
            (Sign::Tail(tail), None) => units.push(unit(tail, "", false)),
            (Sign::Silent, Some(last)) if is_nukta(c) => last.onset = dotted(last.onset),
            (Sign::Silent | Sign::Virama, _) => {}
        }
    }
    if drops {
        drop_inherent(&mut units);
    }
    let mut out = String::with_capacity(3 * units.len());
    for u in &units {
        out.push_str(u.onset);
        out.push_str(u.vowel);
        out.push_str(u.tail);
    }
    out.push_str(&others);
    out
}

const fn is_nukta(c: char) -> bool {
    matches!(c as u32 & 0x7F, 0x3C)
}

/// Drop the inherent vowel at the end of a word, unless two consonants would end it, and from
/// the right between a vowel and a consonant that has one.
///
/// Source: Narasimhan, Sproat, Kiraz, "Schwa-deletion in Hindi text-to-speech" (2004), its first
/// rule.
fn drop_inherent(units: &mut [Unit]) {
    let n = units.len();
    for i in (1..n).rev() {
        if !units[i].inherent || !units[i].tail.is_empty() {
            continue;
        }
        let voiced_before = !units[i - 1].vowel.is_empty();
        let voiced_after = i + 1 == n || (!units[i + 1].vowel.is_empty());
        let onset_after = i + 1 == n || !units[i + 1].onset.is_empty();
        if voiced_before && voiced_after && onset_after {
            units[i].vowel = "";
        }
    }
}
