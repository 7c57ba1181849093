//! The index file: a header, a table of sections, the sections, a checksum. Little-endian.
//!
//! ```text
//! 0   magic    8 bytes "AMURIDX\0"
//! 8   version  u32          12  sections  u32
//! 16  length   u64          of the whole file
//! 24  lowest   i32          lowest threshold for which retrieval is safe (milli)
//! 28  gain     i32          most that evidence beyond the name adds (milli)
//! 32  table    (offset u64, bytes u64) for each section, offsets multiples of 8
//! ..  sections
//! end SHA-256 of everything before it, 32 bytes
//! ```

use crate::error::EngineError;
use bytemuck::Pod;
use memmap2::Mmap;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Version of the layout and of what the numbers in it mean.
pub const VERSION: u32 = 1;
const MAGIC: &[u8; 8] = b"AMURIDX\0";
const HEADER: usize = 32;
const CHECKSUM: usize = 32;

/// The sections, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// Counts: names for weights, distinct names, identifiers.
    Counts,
    /// Token texts end to end, and where each begins (one more than tokens).
    TokenText,
    /// `u32` offsets into `TokenText`.
    TokenStart,
    /// `i32` weight of each token.
    TokenWeight,
    /// `u32` open-addressed table of tokens by hash.
    TokenTable,
    /// `u32` offsets of the deletion buckets.
    DeletionStart,
    /// `u32` tokens by deletion bucket.
    DeletionToken,
    /// `u8` fingerprints beside them.
    DeletionPrint,
    /// `u32` offsets of each name's tokens.
    NameStart,
    /// `u32` tokens of the names.
    NameToken,
    /// `u32` entity of each name.
    NameEntity,
    /// `u8` quality of each name; bit 7: below the scan floor.
    NameQuality,
    /// `u32` offsets of the first postings (safe down to a threshold of 0).
    FirstStart,
    /// `u32` pairs (name, weight of the name).
    First,
    /// `u32` offsets of the further postings (safe down to the lowest threshold).
    FurtherStart,
    /// `u32` pairs (name, weight of the name).
    Further,
    /// `u32` offsets of each entity's names (one more than entities).
    EntityName,
    /// `u8` schema of each entity.
    EntitySchema,
    /// `u32` offsets of each entity's births.
    BirthStart,
    /// `i32` pairs of days.
    Birth,
    /// `u32` offsets of each entity's countries.
    CountryStart,
    /// `u8` pairs.
    Country,
    /// `u64` sorted hashes of identifiers.
    IdentifierHash,
    /// `u32` pairs (entity, offset into `IdentifierText`) in the same order.
    IdentifierEntity,
    /// Kind (1 byte), length (1 byte), normalised value.
    IdentifierText,
}

/// Number of sections.
pub const SECTIONS: usize = Section::IdentifierText as usize + 1;

/// Write a file: to a temporary name beside it, synchronised, then renamed.
pub fn write(
    path: &Path,
    sections: &[Vec<u8>; SECTIONS],
    lowest: i32,
    gain: i32,
) -> Result<u64, EngineError> {
    let mut offset = HEADER + 16 * SECTIONS;
    let mut table = Vec::with_capacity(16 * SECTIONS);
    for section in sections {
        offset = offset.next_multiple_of(8);
        table.extend_from_slice(&(offset as u64).to_le_bytes());
        table.extend_from_slice(&(section.len() as u64).to_le_bytes());
        offset += section.len();
    }
    let length = offset + CHECKSUM;
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&(SECTIONS as u32).to_le_bytes());
    bytes.extend_from_slice(&(length as u64).to_le_bytes());
    bytes.extend_from_slice(&lowest.to_le_bytes());
    bytes.extend_from_slice(&gain.to_le_bytes());
    bytes.extend_from_slice(&table);
    for section in sections {
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        bytes.extend_from_slice(section);
    }
    let checksum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&checksum);
    let io = |source| EngineError::Io {
        path: path.display().to_string(),
        source,
    };
    let temporary = path.with_extension("building");
    let mut file = File::create(&temporary).map_err(io)?;
    file.write_all(&bytes).map_err(io)?;
    file.sync_all().map_err(io)?;
    std::fs::rename(&temporary, path).map_err(io)?;
    Ok(length as u64)
}

/// A file, memory-mapped. Its header and the bounds of its sections have been checked.
pub struct Mapped {
    map: Mmap,
    ranges: [(usize, usize); SECTIONS],
    path: String,
    /// Lowest threshold for which retrieval is safe.
    pub lowest: i32,
}

impl Mapped {
    /// Map a file and check its header and section bounds.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        let name = path.display().to_string();
        let io = |source| EngineError::Io {
            path: name.clone(),
            source,
        };
        let damaged = |problem: &str| EngineError::Damaged {
            path: name.clone(),
            problem: problem.to_owned(),
        };
        let file = File::open(path).map_err(io)?;
        // SAFETY: the file is never changed in place: it is written under another name and renamed
        // (see `write`), so the mapping stays valid while this process holds it.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }.map_err(io)?;
        if map.len() < HEADER + 16 * SECTIONS + CHECKSUM || &map[..8] != MAGIC {
            return Err(damaged("not an index file, or cut short"));
        }
        let word = |at: usize| u32::from_le_bytes([map[at], map[at + 1], map[at + 2], map[at + 3]]);
        let long = |at: usize| u64::from(word(at)) | u64::from(word(at + 4)) << 32;
        if word(8) != VERSION {
            return Err(EngineError::Version {
                path: name.clone(),
                found: word(8),
                expected: VERSION,
            });
        }
        if word(12) as usize != SECTIONS {
            return Err(damaged("another number of sections"));
        }
        if long(16) != map.len() as u64 {
            return Err(damaged("its length is not the one in its header"));
        }
        let mut ranges = [(0, 0); SECTIONS];
        for (i, range) in ranges.iter_mut().enumerate() {
            let (offset, bytes) = (long(HEADER + 16 * i), long(HEADER + 16 * i + 8));
            let end = offset.checked_add(bytes);
            if offset % 8 != 0 || end.is_none_or(|e| e > (map.len() - CHECKSUM) as u64) {
                return Err(damaged("a section lies outside the file"));
            }
            *range = (offset as usize, bytes as usize);
        }
        let lowest = word(24) as i32;
        Ok(Self {
            map,
            ranges,
            path: name,
            lowest,
        })
    }

    /// A section as a slice of plain numbers.
    pub fn get<T: Pod>(&self, section: Section) -> &[T] {
        let (offset, bytes) = self.ranges[section as usize];
        let whole = bytes - bytes % size_of::<T>();
        bytemuck::try_cast_slice(&self.map[offset..offset + whole]).unwrap_or(&[])
    }

    /// Check every byte against the checksum.
    pub fn verify(&self) -> Result<(), EngineError> {
        let end = self.map.len() - CHECKSUM;
        if Sha256::digest(&self.map[..end])[..] == self.map[end..] {
            Ok(())
        } else {
            Err(EngineError::Damaged {
                path: self.path.clone(),
                problem: "the checksum does not match".to_owned(),
            })
        }
    }

    /// A problem found while reading the content.
    pub fn damaged(&self, problem: &str) -> EngineError {
        EngineError::Damaged {
            path: self.path.clone(),
            problem: problem.to_owned(),
        }
    }
}
