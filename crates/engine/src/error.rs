//! What can go wrong, as one enumeration.

use thiserror::Error;

/// Every error of the engine. The binding maps each to one Python exception.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file was written in another format version.
    #[error("{path}: index format {found}, this build reads {expected}")]
    Version {
        /// The file.
        path: String,
        /// Version in the file.
        found: u32,
        /// Version this build reads.
        expected: u32,
    },
    /// The file is truncated, or its bytes changed.
    #[error("{path}: damaged index: {problem}")]
    Damaged {
        /// The file.
        path: String,
        /// What does not fit.
        problem: String,
    },
    /// An entry that cannot be indexed.
    #[error("entry {entry}: {problem}")]
    Entry {
        /// Ordinal of the entry.
        entry: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A threshold below the one the index was built for.
    #[error("threshold {asked} is below {lowest}, the lowest for which this index is proven safe")]
    Threshold {
        /// Asked for.
        asked: i32,
        /// Lowest permitted, from the file's header.
        lowest: i32,
    },
    /// A value outside its vocabulary (schema, quality, identifier kind).
    #[error("unknown {what} {value:?}")]
    Unknown {
        /// What it should be.
        what: &'static str,
        /// What was given.
        value: String,
    },
}
