//! Building an index: tokens, weights, deletion neighbourhood, postings.

use crate::error::EngineError;
use crate::evidence::{self, Evidence, Schema};
use crate::format::{self, Section, SECTIONS};
use crate::fuzzy::{self, Roller};
use crate::identifiers::{self, Kind};
use crate::lexicon;
use crate::score::{toll, value, Word, INITIAL_SIMILARITY};
use crate::text;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Lowest name score that retrieval is proven for, in milli: names below it are never a match,
/// whatever other evidence says (only an identifier is).
pub const LOWEST: i32 = -2_000;
/// Least and most that a token of a name can weigh by its rarity, in milli.
pub const WEIGHT_RANGE: (i32, i32) = (1_500, 9_000);
/// Weight that a name needs to be looked for in free text, in milli.
pub const SCAN_WEIGHT_MIN: i32 = 8_000;
/// Letters that a name of one word needs to be looked for in free text.
pub const SCAN_LETTERS_MIN: usize = 6;
/// Rounding of the tolls of two names of 48 tokens each, in milli.
pub const ROUNDING: i32 = 100;

/// How much a name says about who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Quality {
    /// The publisher's main name.
    Primary = 0,
    /// A good alias.
    Strong = 1,
    /// A weak alias.
    Weak = 2,
}

impl Quality {
    /// From the word the Python side uses.
    pub fn parse(word: &str) -> Result<Self, EngineError> {
        Ok(match word {
            "primary" => Self::Primary,
            "strong" => Self::Strong,
            "weak" => Self::Weak,
            _ => {
                return Err(EngineError::Unknown {
                    what: "name quality",
                    value: word.to_owned(),
                })
            }
        })
    }
}

/// One listed entity.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Kind of thing.
    pub schema: Schema,
    /// Names with their quality.
    pub names: Vec<(String, Quality)>,
    /// Birth dates and countries.
    pub evidence: Evidence,
    /// Identifiers.
    pub identifiers: Vec<(Kind, String)>,
}

/// What a build made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entities.
    pub entities: u64,
    /// Names.
    pub names: u64,
    /// Distinct normalised names.
    pub distinct_names: u64,
    /// Identifiers that can be compared.
    pub identifiers: u64,
    /// Names that the scan of free text never looks for.
    pub below_scan_floor: u64,
    /// Bytes of the file.
    pub size_bytes: u64,
}

/// Weight of a token that `df` of `population` entities carry, in milli.
pub fn rarity(df: u64, population: u64) -> i32 {
    let ratio = population as f64 / df.max(1) as f64;
    let milli = (1_000.0 * libm::log(1.0 + ratio)) as i32;
    milli.clamp(WEIGHT_RANGE.0, WEIGHT_RANGE.1)
}

/// Tokens of a name as they are compared: romanised, legal forms made one.
pub fn name_tokens(name: &str) -> Vec<String> {
    text::tokenise(name)
        .into_iter()
        .map(|t| match lexicon::canonical(&t.text) {
            Some(form) => form.to_owned(),
            None => t.text,
        })
        .collect()
}

struct Tokens {
    texts: Vec<String>,
    weights: Vec<i32>,
    names: Vec<Vec<u32>>,
}

/// Token weight beneath which a name cannot pass at threshold `at_least`: tokens outside the
/// anchors must not be able to reach it. See `docs/decisions/0002-safe-retrieval.md`.
fn needed(name_weight: i32, at_least: i32) -> i64 {
    // value <= 2y and toll(subject) >= 0.8y, so score <= 1.2y - 0.8W; hence y >= (T + 0.8W)/1.2.
    (10 * (i64::from(at_least) - i64::from(ROUNDING)) + 8 * i64::from(name_weight)) / 12
}

/// The lightest-to-miss set of a name's tokens such that every subject scoring at least
/// `at_least` meets one of them by other than an initial.
fn anchors(tokens: &[u32], weights: &[i32], df: &[u64], at_least: i32) -> Vec<u32> {
    let total: i32 = tokens.iter().map(|&t| weights[t as usize]).sum();
    let need = needed(total, at_least);
    let mut order: Vec<u32> = tokens.to_vec();
    order.sort_by_key(|&t| (df[t as usize], t));
    let mut chosen: Vec<u32> = Vec::new();
    let mut rest = i64::from(total);
    for &t in &order {
        let weight = weights[t as usize];
        if rest < need && !chosen.is_empty() {
            break;
        }
        // A chosen token may still be met by an initial, without any look-up.
        let by_initial =
            i64::from(value(INITIAL_SIMILARITY, weight, lexicon::INITIAL_WEIGHT)) / 2 + 1;
        rest -= i64::from(weight) - by_initial.min(i64::from(weight));
        chosen.push(t);
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

fn collect(entries: &[Entry]) -> Result<Tokens, EngineError> {
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut texts: Vec<String> = Vec::new();
    let mut names = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        if entry.names.is_empty() {
            return Err(EngineError::Entry {
                entry: i,
                problem: "it has no name".to_owned(),
            });
        }
        for (name, _) in &entry.names {
            let mut tokens = Vec::new();
            for token in name_tokens(name) {
                let next = ids.len() as u32;
                tokens.push(*ids.entry(token).or_insert_with_key(|t| {
                    texts.push(t.clone());
                    next
                }));
            }
            names.push(tokens);
        }
    }
    // Tokens are numbered in the order of their text, so that equal input gives equal bytes.
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    order.sort_unstable_by(|a, b| texts[*a as usize].cmp(&texts[*b as usize]));
    let mut place = vec![0_u32; texts.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old as usize] = new as u32;
    }
    for name in &mut names {
        for token in name {
            *token = place[*token as usize];
        }
    }
    texts.sort_unstable();
    Ok(Tokens {
        texts,
        weights: Vec::new(),
        names,
    })
}

/// The deletion neighbourhood of all tokens, filed by bucket.
pub struct Neighbourhood {
    /// Bits of the bucket number.
    pub bits: u32,
    /// Where each bucket begins.
    pub start: Vec<u32>,
    /// Tokens by bucket.
    pub token: Vec<u32>,
    /// Fingerprints beside them.
    pub print: Vec<u8>,
}

impl Neighbourhood {
    fn new(texts: &[String]) -> Self {
        let mut roller = Roller::default();
        let mut filed: Vec<(u64, u32)> = Vec::new();
        for (id, text) in texts.iter().enumerate() {
            let word = Word::new(text, 0);
            if word.is_editable() {
                roller.each(&word.letters, |h| filed.push((h, id as u32)));
            }
        }
        filed.sort_unstable();
        filed.dedup();
        let mut bits = 1;
        while (1_usize << bits) < filed.len() / 2 {
            bits += 1;
        }
        let mut start = vec![0_u32; (1 << bits) + 1];
        for (h, _) in &filed {
            start[fuzzy::bucket(*h, bits) + 1] += 1;
        }
        for i in 1..start.len() {
            start[i] += start[i - 1];
        }
        Self {
            bits,
            start,
            token: filed.iter().map(|x| x.1).collect(),
            print: filed.iter().map(|x| fuzzy::print(x.0)).collect(),
        }
    }

    fn near(&self, roller: &mut Roller, word: &[char], out: &mut Vec<u32>) {
        out.clear();
        roller.each(word, |h| {
            let b = fuzzy::bucket(h, self.bits);
            let (from, to) = (self.start[b] as usize, self.start[b + 1] as usize);
            for i in from..to {
                if self.print[i] == fuzzy::print(h) {
                    out.push(self.token[i]);
                }
            }
        });
        out.sort_unstable();
        out.dedup();
    }
}

fn weigh(tokens: &mut Tokens, near: &Neighbourhood, df: &[u64], population: u64) {
    let mut roller = Roller::default();
    let mut found = Vec::new();
    let words: Vec<Word> = tokens.texts.iter().map(|t| Word::new(t, 0)).collect();
    let mut weights = Vec::with_capacity(words.len());
    for (id, word) in words.iter().enumerate() {
        if let Some(fixed) = lexicon::class_weight(&tokens.texts[id]) {
            weights.push(fixed);
            continue;
        }
        let mut cluster = df[id];
        if word.is_editable() {
            near.near(&mut roller, &word.letters, &mut found);
            for &other in &found {
                let other = other as usize;
                if other != id
                    && words[other].is_editable()
                    && crate::distance::within(&word.letters, &words[other].letters, 1).is_some()
                {
                    cluster += df[other];
                }
            }
        }
        weights.push(rarity(cluster, population));
    }
    tokens.weights = weights;
}

fn document_frequency(entries: &[Entry], tokens: &Tokens) -> Vec<u64> {
    let mut df = vec![0_u64; tokens.texts.len()];
    let mut name = 0;
    for entry in entries {
        let mut seen: Vec<u32> = tokens.names[name..name + entry.names.len()].concat();
        name += entry.names.len();
        seen.sort_unstable();
        seen.dedup();
        for token in seen {
            df[token as usize] += 1;
        }
    }
    df
}

/// Whether free text is searched for a name: enough weight, or one long and rare word that is
/// not a ship's or an aircraft's (those are found by their numbers).
pub fn is_above_scan_floor(words: &[Word], schema: Schema) -> bool {
    let total: i32 = words.iter().map(|w| w.weight).sum();
    let telling = words
        .iter()
        .filter(|w| w.weight >= WEIGHT_RANGE.0)
        .collect::<Vec<_>>();
    match telling.as_slice() {
        [] => false,
        [one] => {
            matches!(schema, Schema::Person | Schema::Organization)
                && one.letters.len() >= SCAN_LETTERS_MIN
                && one.weight >= SCAN_WEIGHT_MIN
                && !one.digits
        }
        _ => total >= SCAN_WEIGHT_MIN,
    }
}

fn pack<T: bytemuck::Pod>(numbers: &[T]) -> Vec<u8> {
    bytemuck::cast_slice(numbers).to_vec()
}

/// Rows of different length laid end to end, with where each begins.
#[derive(Default)]
struct Ragged {
    start: Vec<u32>,
    flat: Vec<u32>,
}

impl Ragged {
    fn new(rows: impl IntoIterator<Item = Vec<u32>>) -> Self {
        let mut out = Self {
            start: vec![0],
            flat: Vec::new(),
        };
        for row in rows {
            out.flat.extend(row);
            out.start.push(out.flat.len() as u32);
        }
        out
    }
}

fn postings(tokens: &Tokens, df: &[u64]) -> (Ragged, Ragged) {
    let mut first: Vec<Vec<u32>> = vec![Vec::new(); tokens.texts.len()];
    let mut further = first.clone();
    for (id, name) in tokens.names.iter().enumerate() {
        let weight: i32 = name.iter().map(|&t| tokens.weights[t as usize]).sum();
        let near = anchors(name, &tokens.weights, df, 0);
        let far = anchors(name, &tokens.weights, df, LOWEST);
        for &t in &near {
            first[t as usize].extend([id as u32, weight as u32]);
        }
        for t in far.iter().filter(|t| !near.contains(t)) {
            further[*t as usize].extend([id as u32, weight as u32]);
        }
    }
    (Ragged::new(first), Ragged::new(further))
}

fn identifier_sections(entries: &[Entry], sections: &mut [Vec<u8>; SECTIONS]) -> u64 {
    let mut found: BTreeMap<(u64, u32, u8, String), ()> = BTreeMap::new();
    for (entity, entry) in entries.iter().enumerate() {
        for (kind, raw) in &entry.identifiers {
            if let Some(value) = identifiers::normalise(*kind, raw) {
                let letters: Vec<char> = value.chars().collect();
                found.insert(
                    (fuzzy::whole(&letters), entity as u32, *kind as u8, value),
                    (),
                );
            }
        }
    }
    let mut hashes = Vec::new();
    let mut places: Vec<u32> = Vec::new();
    let mut texts = Vec::new();
    for (hash, entity, kind, value) in found.keys() {
        hashes.push(*hash);
        places.extend([*entity, texts.len() as u32]);
        texts.push(*kind);
        texts.push(value.len() as u8);
        texts.extend_from_slice(value.as_bytes());
    }
    sections[Section::IdentifierHash as usize] = pack(&hashes);
    sections[Section::IdentifierEntity as usize] = pack(&places);
    sections[Section::IdentifierText as usize] = texts;
    hashes.len() as u64
}

fn token_sections(tokens: &Tokens, near: &Neighbourhood, sections: &mut [Vec<u8>; SECTIONS]) {
    let mut start = vec![0_u32];
    let mut bytes = Vec::new();
    for t in &tokens.texts {
        bytes.extend_from_slice(t.as_bytes());
        start.push(bytes.len() as u32);
    }
    let size = (tokens.texts.len() * 2).next_power_of_two().max(2);
    let mut table = vec![u32::MAX; size];
    for (id, t) in tokens.texts.iter().enumerate() {
        let letters: Vec<char> = t.chars().collect();
        let mut at = fuzzy::whole(&letters) as usize & (size - 1);
        while table[at] != u32::MAX {
            at = (at + 1) & (size - 1);
        }
        table[at] = id as u32;
    }
    sections[Section::TokenText as usize] = bytes;
    sections[Section::TokenStart as usize] = pack(&start);
    sections[Section::TokenWeight as usize] = pack(&tokens.weights);
    sections[Section::TokenTable as usize] = pack(&table);
    sections[Section::DeletionStart as usize] = pack(&near.start);
    sections[Section::DeletionToken as usize] = pack(&near.token);
    sections[Section::DeletionPrint as usize] = near.print.clone();
}

fn entity_sections(entries: &[Entry], sections: &mut [Vec<u8>; SECTIONS]) {
    let (mut names, mut births, mut countries) = (vec![0_u32], vec![0_u32], vec![0_u32]);
    let (mut birth, mut country, mut schema) = (Vec::<i32>::new(), Vec::new(), Vec::new());
    for e in entries {
        schema.push(e.schema as u8);
        names.push(names[names.len() - 1] + e.names.len() as u32);
        birth.extend(e.evidence.births.iter().flat_map(|d| [d.0, d.1]));
        births.push((birth.len() / 2) as u32);
        country.extend(e.evidence.countries.iter().flatten());
        countries.push((country.len() / 2) as u32);
    }
    sections[Section::EntityName as usize] = pack(&names);
    sections[Section::EntitySchema as usize] = schema;
    sections[Section::BirthStart as usize] = pack(&births);
    sections[Section::Birth as usize] = pack(&birth);
    sections[Section::CountryStart as usize] = pack(&countries);
    sections[Section::Country as usize] = country;
}

/// Build an index file. The same entries in the same order give the same bytes.
pub fn build_index(entries: &[Entry], path: &Path) -> Result<Summary, EngineError> {
    let mut tokens = collect(entries)?;
    let df = document_frequency(entries, &tokens);
    let near = Neighbourhood::new(&tokens.texts);
    weigh(&mut tokens, &near, &df, entries.len() as u64);
    let mut sections: [Vec<u8>; SECTIONS] = Default::default();
    token_sections(&tokens, &near, &mut sections);
    entity_sections(entries, &mut sections);
    let identifiers = identifier_sections(entries, &mut sections);

    let mut qualities = Vec::new();
    let mut name_entity = Vec::new();
    let mut below = 0;
    for (entity, entry) in entries.iter().enumerate() {
        for (_, quality) in &entry.names {
            let words: Vec<Word> = tokens.names[qualities.len()]
                .iter()
                .map(|&t| Word::new(&tokens.texts[t as usize], tokens.weights[t as usize]))
                .collect();
            let scanned = is_above_scan_floor(&words, entry.schema);
            below += u64::from(!scanned);
            qualities.push(*quality as u8 | u8::from(!scanned) << 7);
            name_entity.push(entity as u32);
        }
    }
    let distinct = {
        let mut sorted: Vec<&Vec<u32>> = tokens.names.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() as u64
    };
    let (first, further) = postings(&tokens, &df);
    let names = Ragged::new(tokens.names.iter().cloned());
    sections[Section::Counts as usize] = pack(&[
        entries.len() as u64,
        qualities.len() as u64,
        distinct,
        identifiers,
    ]);
    sections[Section::NameStart as usize] = pack(&names.start);
    sections[Section::NameToken as usize] = pack(&names.flat);
    sections[Section::NameEntity as usize] = pack(&name_entity);
    sections[Section::FirstStart as usize] = pack(&first.start);
    sections[Section::First as usize] = pack(&first.flat);
    sections[Section::FurtherStart as usize] = pack(&further.start);
    sections[Section::Further as usize] = pack(&further.flat);
    let count = qualities.len() as u64;
    sections[Section::NameQuality as usize] = qualities;
    let size = format::write(path, &sections, LOWEST, evidence::GAIN_MAX)?;
    Ok(Summary {
        entities: entries.len() as u64,
        names: count,
        distinct_names: distinct,
        identifiers,
        below_scan_floor: below,
        size_bytes: size,
    })
}

/// Weight of a token where no list gives its rarity: by class, else by length.
pub fn default_weight(token: &str) -> i32 {
    lexicon::class_weight(token).unwrap_or_else(|| {
        let letters = token.chars().count() as i32;
        (3_000 + 400 * letters).clamp(WEIGHT_RANGE.0, 7_000)
    })
}

/// The worth of a toll, for callers that explain scores.
pub const fn missing(weight: i32) -> i32 {
    -toll(weight)
}
