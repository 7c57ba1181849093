//! Identifiers: what is compared, and the check digits that tell a number from noise.

use crate::error::EngineError;

/// Kinds of identifier. Document numbers of the same text but another kind also meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// Business identifier code: compared by its first eight characters.
    Bic = 1,
    /// Ship number, seven digits.
    Imo = 2,
    /// Maritime mobile service identity, nine digits.
    Mmsi = 3,
    /// Radio call sign.
    CallSign = 4,
    /// Legal entity identifier, twenty characters.
    Lei = 5,
    /// Passport.
    Passport = 6,
    /// National identity number.
    NationalId = 7,
    /// Tax number.
    Tax = 8,
    /// Company registration.
    Registration = 9,
    /// Virtual-currency address.
    Wallet = 10,
    /// Aircraft registration.
    TailNumber = 11,
    /// Aircraft serial number.
    SerialNumber = 12,
    /// Any other, or not told.
    Other = 13,
}

impl Kind {
    /// From the word the Python side uses.
    pub fn parse(word: &str) -> Result<Self, EngineError> {
        Ok(match word {
            "bic" => Self::Bic,
            "imo" => Self::Imo,
            "mmsi" => Self::Mmsi,
            "call_sign" => Self::CallSign,
            "lei" => Self::Lei,
            "passport" => Self::Passport,
            "national_id" => Self::NationalId,
            "tax" => Self::Tax,
            "registration" => Self::Registration,
            "wallet" => Self::Wallet,
            "tail_number" => Self::TailNumber,
            "serial_number" => Self::SerialNumber,
            "other" => Self::Other,
            _ => {
                return Err(EngineError::Unknown {
                    what: "identifier kind",
                    value: word.to_owned(),
                })
            }
        })
    }

    /// The word the Python side uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bic => "bic",
            Self::Imo => "imo",
            Self::Mmsi => "mmsi",
            Self::CallSign => "call_sign",
            Self::Lei => "lei",
            Self::Passport => "passport",
            Self::NationalId => "national_id",
            Self::Tax => "tax",
            Self::Registration => "registration",
            Self::Wallet => "wallet",
            Self::TailNumber => "tail_number",
            Self::SerialNumber => "serial_number",
            Self::Other => "other",
        }
    }

    /// From its number in the file.
    pub const fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Bic,
            2 => Self::Imo,
            3 => Self::Mmsi,
            4 => Self::CallSign,
            5 => Self::Lei,
            6 => Self::Passport,
            7 => Self::NationalId,
            8 => Self::Tax,
            9 => Self::Registration,
            10 => Self::Wallet,
            11 => Self::TailNumber,
            12 => Self::SerialNumber,
            13 => Self::Other,
            _ => return None,
        })
    }

    /// What an exact hit adds, in milli. Short, often re-used signs say less.
    pub const fn gain(self) -> i32 {
        match self {
            Self::CallSign | Self::SerialNumber => 4_000,
            Self::Other => 8_000,
            _ => 12_000,
        }
    }

    /// Whether a subject's identifier of this kind may be an entity's of that kind.
    pub fn may_be(self, other: Self) -> bool {
        self == other
            || (self.is_document() && other.is_document())
            || (self == Self::Other && other != Self::CallSign && other != Self::SerialNumber)
    }

    const fn is_document(self) -> bool {
        matches!(
            self,
            Self::Passport | Self::NationalId | Self::Tax | Self::Registration | Self::Other
        )
    }

    /// Fewest characters that are worth comparing.
    const fn length_min(self) -> usize {
        match self {
            Self::CallSign => 4,
            Self::Bic => 8,
            Self::Imo => 7,
            Self::Mmsi => 9,
            Self::Lei => 20,
            Self::Wallet => 20,
            Self::TailNumber => 4,
            _ => 5,
        }
    }
}

/// The form in which a value is compared: upper-case letters and digits, a BIC's first eight, a
/// ship's seven digits. `None` where nothing comparable is left.
pub fn normalise(kind: Kind, value: &str) -> Option<String> {
    let mut out: String = value
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    match kind {
        Kind::Bic => {
            if !matches!(out.len(), 8 | 11 | 12) || !out.is_ascii() {
                return None;
            }
            out.truncate(8);
        }
        Kind::Imo => {
            let digits: String = out.chars().filter(char::is_ascii_digit).collect();
            if digits.len() != 7 {
                return None;
            }
            out = digits;
        }
        _ => {}
    }
    if out.chars().count() < kind.length_min() || out.len() > 255 {
        return None;
    }
    let documents = !matches!(kind, Kind::CallSign | Kind::TailNumber | Kind::Bic);
    if documents && !out.chars().any(|c| c.is_numeric()) {
        return None;
    }
    Some(out)
}

/// Whether a ship's number has a correct check digit: the last digit of the sum of the first six,
/// weighted 7 to 2. Source: IMO Resolution A.1117(30).
pub fn check_imo(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 7 || number.chars().count() != 7 {
        return false;
    }
    let sum: u32 = digits[..6]
        .iter()
        .zip((2..=7).rev())
        .map(|(d, w)| d * w)
        .sum();
    sum % 10 == digits[6]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imo_check_digits() {
        assert!(check_imo("9074729"));
        assert!(!check_imo("9074728"));
        assert!(!check_imo("907472"));
    }

    #[test]
    fn a_branch_compares_as_its_bank() {
        assert_eq!(
            normalise(Kind::Bic, "VTBRRUMM").as_deref(),
            Some("VTBRRUMM")
        );
        assert_eq!(
            normalise(Kind::Bic, "VTBRRUMMSHA").as_deref(),
            Some("VTBRRUMM")
        );
        assert_eq!(normalise(Kind::Bic, "VTBRRUM"), None);
    }

    #[test]
    fn documents_need_a_digit() {
        assert_eq!(
            normalise(Kind::Passport, "A-01 23 456").as_deref(),
            Some("A0123456")
        );
        assert_eq!(normalise(Kind::Passport, "unknown"), None);
    }
}
