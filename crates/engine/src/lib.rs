//! The matching engine of Amur: text, names, index, retrieval, scoring, text scan.
//!
//! Identity adds up: a score is an integer sum of thousandths of natural log-odds ("milli"), and
//! every addend can be shown. Retrieval is safe: [`Index::find`] returns exactly the entities that
//! scoring the whole list would put at or above the threshold, by the same scorer.
//!
//! The way of the data: [`text`] turns a string into romanised tokens; [`lexicon`] tells what
//! class of word each token is; [`fuzzy`] finds the listed tokens near it; [`score`] aligns two
//! token sequences; [`evidence`] weighs what is known beyond the name; [`build`] writes and
//! [`index`] opens the memory-mapped file; [`scan`] finds mentions in free text.

pub mod build;
pub mod distance;
pub mod error;
pub mod evidence;
pub mod format;
pub mod fuzzy;
pub mod identifiers;
pub mod index;
pub mod lexicon;
pub mod romanise;
pub mod scan;
pub mod score;
pub mod text;

pub use build::{build_index, Entry, Quality, Summary};
pub use error::EngineError;
pub use evidence::{Evidence, Schema};
pub use index::{Contribution, Index, Match, Pair, Query, Relation};
pub use scan::Mention;

/// Version of the scoring code. It changes whenever a score, a retrieval or the file may change.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+2");
