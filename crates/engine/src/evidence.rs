//! Evidence beyond the name, for and against: kind of thing, birth date, country.

use crate::error::EngineError;

/// What kind of thing an entity or subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Schema {
    /// Not known (subjects only).
    Unknown = 0,
    /// A natural person.
    Person = 1,
    /// A company, bank, authority, group.
    Organization = 2,
    /// A ship.
    Vessel = 3,
    /// An aircraft.
    Aircraft = 4,
}

impl Schema {
    /// From the word the Python side uses.
    pub fn parse(word: &str) -> Result<Self, EngineError> {
        Ok(match word {
            "unknown" => Self::Unknown,
            "person" => Self::Person,
            "organization" => Self::Organization,
            "vessel" => Self::Vessel,
            "aircraft" => Self::Aircraft,
            _ => {
                return Err(EngineError::Unknown {
                    what: "schema",
                    value: word.to_owned(),
                })
            }
        })
    }

    /// From its number in the file.
    pub const fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Unknown,
            1 => Self::Person,
            2 => Self::Organization,
            3 => Self::Vessel,
            4 => Self::Aircraft,
            _ => return None,
        })
    }

    /// Whether a subject of this kind may be an entity of that kind.
    pub fn may_be(self, other: Self) -> bool {
        self == other || self == Self::Unknown || other == Self::Unknown
    }
}

/// A birth date as the first and last possible day, in days since 0001-01-01 (that day is 1).
/// A side that is open is `i32::MIN` or `i32::MAX`.
pub type Days = (i32, i32);

/// Two-letter country code.
pub type Country = [u8; 2];

/// What is known of a subject or an entity beyond its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Possible birth dates.
    pub births: Vec<Days>,
    /// Ties to countries.
    pub countries: Vec<Country>,
}

/// The most that evidence beyond the name can add, in milli. Retrieval looks that far below the
/// threshold (design rule 4), and the file's header repeats it.
pub const GAIN_MAX: i32 = BIRTH_EXACT + COUNTRY_SHARED;

const BIRTH_EXACT: i32 = 3_000;
const BIRTH_SWAPPED: i32 = 1_500;
const BIRTH_DIGIT: i32 = 700;
const BIRTH_OVERLAP: i32 = 1_000;
const BIRTH_NEAR: i32 = -700;
const BIRTH_YEARS: i32 = -3_000;
const BIRTH_FAR: i32 = -9_000;
const COUNTRY_SHARED: i32 = 700;
const COUNTRY_OTHER: i32 = -700;

/// The most that evidence can add for this subject.
pub fn gain_of(subject: &Evidence) -> i32 {
    let birth = if subject.births.is_empty() {
        0
    } else {
        BIRTH_EXACT
    };
    let country = if subject.countries.is_empty() {
        0
    } else {
        COUNTRY_SHARED
    };
    birth + country
}

/// What the birth dates say: the best of all combinations, or `None` where a side has none.
pub fn birth(subject: &[Days], listed: &[Days]) -> Option<(i32, &'static str)> {
    subject
        .iter()
        .flat_map(|a| listed.iter().map(move |b| compare_days(*a, *b)))
        .max_by_key(|(milli, _)| *milli)
}

fn compare_days(a: Days, b: Days) -> (i32, &'static str) {
    if a.0 == a.1 && b.0 == b.1 {
        return compare_full(a.0, b.0);
    }
    if a.0 <= b.1 && b.0 <= a.1 {
        return (BIRTH_OVERLAP, "birth dates agree as far as they are known");
    }
    let gap = if a.0 > b.1 {
        a.0.saturating_sub(b.1)
    } else {
        b.0.saturating_sub(a.1)
    };
    graded(gap)
}

fn compare_full(a: i32, b: i32) -> (i32, &'static str) {
    if a == b {
        return (BIRTH_EXACT, "same birth date");
    }
    let (x, y) = (civil(a), civil(b));
    if x.0 == y.0 && x.1 == y.2 && x.2 == y.1 {
        return (BIRTH_SWAPPED, "birth date with day and month swapped");
    }
    let one_part = [x.0 == y.0, x.1 == y.1, x.2 == y.2]
        .iter()
        .filter(|e| !**e)
        .count()
        == 1;
    if one_part && one_digit(digits(x), digits(y)) {
        return (BIRTH_DIGIT, "birth dates differ in one digit");
    }
    if x.1 == y.1 && x.2 == y.2 && (x.0 - y.0).abs() == 1 {
        return (
            BIRTH_DIGIT,
            "same day and month of birth, neighbouring year",
        );
    }
    graded((a - b).abs())
}

fn graded(gap_days: i32) -> (i32, &'static str) {
    match gap_days {
        ..=400 => (BIRTH_NEAR, "birth dates differ by up to a year"),
        401..=1_100 => (BIRTH_YEARS, "birth dates differ by up to three years"),
        _ => (BIRTH_FAR, "birth dates lie far apart"),
    }
}

fn digits(date: (i32, i32, i32)) -> [u8; 8] {
    let (y, m, d) = date;
    let mut out = [0; 8];
    let number = y * 10_000 + m * 100 + d;
    let mut rest = number.max(0);
    for slot in out.iter_mut().rev() {
        *slot = (rest % 10) as u8;
        rest /= 10;
    }
    out
}

fn one_digit(a: [u8; 8], b: [u8; 8]) -> bool {
    a.iter().zip(b).filter(|(x, y)| **x != *y).count() == 1
}

/// Year, month and day of a day number (1 = 0001-01-01), proleptic Gregorian.
///
/// Source: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil inverse.
fn civil(day: i32) -> (i32, i32, i32) {
    let z = day - 1 + 306;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let d = doy - (153 * mp + 2) / 5 + 1;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i32::from(m <= 2), m, d)
}

/// What the countries say, or `None` where a side has none.
pub fn country(subject: &[Country], listed: &[Country]) -> Option<(i32, &'static str)> {
    if subject.is_empty() || listed.is_empty() {
        return None;
    }
    Some(if subject.iter().any(|c| listed.contains(c)) {
        (COUNTRY_SHARED, "a country in common")
    } else {
        (COUNTRY_OTHER, "no country in common")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Ordinals as Python's date.toordinal gives them.
    const D_1952_10_07: i32 = 712_868;

    #[test]
    fn ordinals_are_those_of_python() {
        assert_eq!(civil(1), (1, 1, 1));
        assert_eq!(civil(D_1952_10_07), (1952, 10, 7));
        assert_eq!(civil(719_163), (1970, 1, 1));
        assert_eq!(civil(730_179), (2000, 2, 29));
    }

    #[test]
    fn birth_dates_are_graded() {
        let day = |d: i32| vec![(d, d)];
        let exact = day(D_1952_10_07);
        let milli = |a: &[Days], b: &[Days]| birth(a, b).map(|x| x.0);
        assert_eq!(milli(&exact, &exact), Some(BIRTH_EXACT));
        // 1952-07-10: swapped.
        assert_eq!(milli(&exact, &day(D_1952_10_07 - 89)), Some(BIRTH_SWAPPED));
        // 1953-10-07: one digit.
        assert_eq!(milli(&exact, &day(D_1952_10_07 + 365)), Some(BIRTH_DIGIT));
        assert_eq!(milli(&exact, &day(D_1952_10_07 + 9_000)), Some(BIRTH_FAR));
        assert_eq!(milli(&exact, &[(712_588, 712_953)]), Some(BIRTH_OVERLAP));
        assert_eq!(birth(&exact, &[]), None);
    }

    #[test]
    fn nothing_gains_more_than_the_bound() {
        assert_eq!(
            GAIN_MAX,
            gain_of(&Evidence {
                births: vec![(1, 1)],
                countries: vec![*b"RU"],
            })
        );
    }

    #[test]
    fn a_person_is_never_a_vessel() {
        assert!(!Schema::Person.may_be(Schema::Vessel));
        assert!(Schema::Unknown.may_be(Schema::Vessel));
    }
}
