//! An open index: preparing a subject, retrieving candidates, scoring them, explaining.

use crate::build::{self, Quality, LOWEST, ROUNDING};
use crate::error::EngineError;
use crate::evidence::{self, Country, Days, Evidence, Schema};
use crate::format::{Mapped, Section};
use crate::fuzzy::{self, Roller};
use crate::identifiers::{self, Kind};
use crate::lexicon;
use crate::score::{self, align, toll, value, Alignment, Meeting, Word, TOKENS_MAX};
use std::path::Path;

/// Who is asked about.
#[derive(Debug, Clone)]
pub struct Query {
    /// Name, any script; may be empty where there are identifiers.
    pub name: String,
    /// Kind of thing.
    pub schema: Schema,
    /// Birth dates and countries.
    pub evidence: Evidence,
    /// Identifiers.
    pub identifiers: Vec<(Kind, String)>,
}

/// One row of an explained alignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Tokens of the subject, empty where a listed token is unmatched.
    pub subject: String,
    /// Tokens of the listed name, empty where a subject token is unmatched.
    pub listed: String,
    /// How they met.
    pub relation: Relation,
    /// What it adds, tolls taken off, in milli.
    pub milli: i32,
}

/// How tokens met, or that they did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They met.
    Met(Meeting),
    /// A listed token that the subject lacks.
    Missing,
    /// A subject's token that the listed name lacks.
    Extra,
}

impl Relation {
    /// The word the Python side uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met(Meeting::Equal) => "equal",
            Self::Met(Meeting::Edit) => "edit",
            Self::Met(Meeting::Initial) => "initial",
            Self::Met(Meeting::Joined) => "joined",
            Self::Met(Meeting::Split) => "split",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }
}

/// One addend of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// `name`, `identifier`, `birth_date` or `country`.
    pub feature: &'static str,
    /// What it adds, in milli.
    pub milli: i32,
    /// One sentence.
    pub text: String,
}

/// One entity that a subject matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Ordinal of the entity.
    pub entity: u32,
    /// Ordinal of the name among the entity's, -1 for an identifier alone.
    pub name: i32,
    /// Sum of the contributions, in milli.
    pub milli: i32,
    /// Whether the names have the same tokens.
    pub exact: bool,
    /// Addends.
    pub contributions: Vec<Contribution>,
    /// Addends of the name's contribution.
    pub alignment: Vec<Pair>,
    /// Kind, value as sent, relation.
    pub identifier: Option<(&'static str, String, &'static str)>,
}

/// Shown score of a sum: `1000 / (1 + exp(-milli / 2500))`, rounded.
pub fn shown(milli: i32) -> i32 {
    let p = 1.0 / (1.0 + libm::exp(f64::from(-milli) / 2_500.0));
    libm::round(1_000.0 * p) as i32
}

/// A name made ready: words, the listed tokens they may meet, and what they may be worth.
#[derive(Default)]
pub struct Prepared {
    pub(crate) words: Vec<Word>,
    /// (listed token, most that meeting it may be worth), by token.
    pub(crate) meets: Vec<(u32, i32)>,
    potential: i64,
    /// Least that all tokens can cost.
    tolls: i64,
    initials: bool,
}

impl Prepared {
    /// Most that meeting this listed token may be worth.
    pub(crate) fn worth(&self, token: u32) -> Option<i32> {
        self.meets
            .binary_search_by_key(&token, |m| m.0)
            .ok()
            .map(|i| self.meets[i].1)
    }
}

struct Found {
    name: u32,
    alignment: Alignment,
}

/// An index file, open.
pub struct Index {
    file: Mapped,
    deletion_bits: u32,
    population: u64,
    initials: Vec<char>,
}

impl Index {
    /// Open a file.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        let file = Mapped::open(path)?;
        let buckets = file.get::<u32>(Section::DeletionStart).len();
        let counts = file.get::<u64>(Section::Counts);
        if buckets < 2 || !(buckets - 1).is_power_of_two() || counts.len() != 4 {
            return Err(file.damaged("its sections do not fit together"));
        }
        let deletion_bits = (buckets - 1).trailing_zeros();
        let population = counts[0];
        let mut index = Self {
            file,
            deletion_bits,
            population,
            initials: Vec::new(),
        };
        index.initials = index.listed_initials();
        Ok(index)
    }

    /// Lowest threshold for which retrieval is safe.
    pub const fn lowest(&self) -> i32 {
        self.file.lowest
    }

    /// Check every byte against the checksum.
    pub fn verify(&self) -> Result<(), EngineError> {
        self.file.verify()
    }

    fn u32s(&self, section: Section) -> &[u32] {
        self.file.get(section)
    }

    pub(crate) fn token_text(&self, token: u32) -> &str {
        let start = self.u32s(Section::TokenStart);
        let bytes: &[u8] = self.file.get(Section::TokenText);
        let (from, to) = (
            start[token as usize] as usize,
            start[token as usize + 1] as usize,
        );
        std::str::from_utf8(&bytes[from..to]).unwrap_or("")
    }

    pub(crate) fn token_weight(&self, token: u32) -> i32 {
        self.file.get::<i32>(Section::TokenWeight)[token as usize]
    }

    pub(crate) fn name_tokens(&self, name: u32) -> &[u32] {
        let start = self.u32s(Section::NameStart);
        let (from, to) = (start[name as usize], start[name as usize + 1]);
        &self.u32s(Section::NameToken)[from as usize..to as usize]
    }

    pub(crate) fn name_entity(&self, name: u32) -> u32 {
        self.u32s(Section::NameEntity)[name as usize]
    }

    pub(crate) fn name_quality(&self, name: u32) -> (Quality, bool) {
        let byte = self.file.get::<u8>(Section::NameQuality)[name as usize];
        let quality = match byte & 0x7F {
            0 => Quality::Primary,
            1 => Quality::Strong,
            _ => Quality::Weak,
        };
        (quality, byte & 0x80 != 0)
    }

    pub(crate) fn entity_names(&self, entity: u32) -> std::ops::Range<u32> {
        let start = self.u32s(Section::EntityName);
        start[entity as usize]..start[entity as usize + 1]
    }

    fn names(&self) -> u32 {
        self.u32s(Section::NameEntity).len() as u32
    }

    pub(crate) fn schema(&self, entity: u32) -> Schema {
        let number = self.file.get::<u8>(Section::EntitySchema)[entity as usize];
        Schema::from_number(number).unwrap_or(Schema::Unknown)
    }

    fn evidence(&self, entity: u32) -> Evidence {
        let range = |section| {
            let start = self.u32s(section);
            2 * start[entity as usize] as usize..2 * start[entity as usize + 1] as usize
        };
        let births: &[i32] = &self.file.get(Section::Birth)[range(Section::BirthStart)];
        let countries: &[u8] = &self.file.get(Section::Country)[range(Section::CountryStart)];
        Evidence {
            births: births
                .chunks_exact(2)
                .map(|p| (p[0], p[1]))
                .collect::<Vec<Days>>(),
            countries: countries
                .chunks_exact(2)
                .map(|p| [p[0], p[1]])
                .collect::<Vec<Country>>(),
        }
    }

    fn find_token(&self, hash: u64, letters: impl Iterator<Item = char> + Clone) -> Option<u32> {
        let table = self.u32s(Section::TokenTable);
        let mask = table.len() - 1;
        let mut at = hash as usize & mask;
        while table[at] != u32::MAX {
            if self.token_text(table[at]).chars().eq(letters.clone()) {
                return Some(table[at]);
            }
            at = (at + 1) & mask;
        }
        None
    }

    fn near(&self, roller: &mut Roller, word: &[char], found: &mut Vec<u32>) {
        let start = self.u32s(Section::DeletionStart);
        let token = self.u32s(Section::DeletionToken);
        let print: &[u8] = self.file.get(Section::DeletionPrint);
        found.clear();
        roller.each(word, |h| {
            let b = fuzzy::bucket(h, self.deletion_bits);
            for i in start[b] as usize..start[b + 1] as usize {
                if print[i] == fuzzy::print(h) {
                    found.push(token[i]);
                }
            }
        });
        found.sort_unstable();
        found.dedup();
    }

    /// Make a name ready.
    pub fn prepare(&self, name: &str) -> Prepared {
        let tokens = build::name_tokens(name);
        self.prepare_tokens(tokens.iter().map(String::as_str))
    }

    /// Make tokens ready: as [`Self::prepare`], for tokens already normalised.
    pub(crate) fn prepare_tokens<'t>(&self, tokens: impl Iterator<Item = &'t str>) -> Prepared {
        let mut out = Prepared::default();
        let mut roller = Roller::default();
        let mut near: Vec<u32> = Vec::new();
        let mut exact: Vec<Option<u32>> = Vec::new();
        let mut edits: Vec<(usize, u32, i32)> = Vec::new();
        for token in tokens {
            let mut word = Word::new(token, 0);
            let known = self.find_token(fuzzy::whole(&word.letters), token.chars());
            let mut cluster = 0_u64;
            if word.is_editable() && out.words.len() < TOKENS_MAX {
                self.near(&mut roller, &word.letters, &mut near);
                for &other in &near {
                    if Some(other) == known {
                        continue;
                    }
                    let text = Word::new(self.token_text(other), self.token_weight(other));
                    if let Some(s) = score::edit_similarity(&word, &text) {
                        edits.push((out.words.len(), other, s));
                        if crate::distance::within(&word.letters, &text.letters, 1).is_some() {
                            cluster = cluster.max(1 + self.cluster_of(other));
                        }
                    }
                }
            }
            word.weight = known.map_or_else(
                || {
                    lexicon::class_weight(token)
                        .unwrap_or_else(|| build::rarity(cluster, self.population))
                },
                |t| self.token_weight(t),
            );
            exact.push(known);
            out.words.push(word);
        }
        self.fill(&mut out, &exact, &edits);
        out
    }

    /// How many entities carry a token or its near spellings, read back from its weight.
    fn cluster_of(&self, token: u32) -> u64 {
        let weight = f64::from(self.token_weight(token)) / 1_000.0;
        (self.population as f64 / (libm::exp(weight) - 1.0)) as u64
    }

    fn fill(&self, out: &mut Prepared, exact: &[Option<u32>], edits: &[(usize, u32, i32)]) {
        let n = out.words.len().min(TOKENS_MAX);
        let mut best = vec![0_i64; n];
        let mut meets: Vec<(u32, i32)> = Vec::new();
        for i in 0..n {
            let word = &out.words[i];
            if let Some(token) = exact[i] {
                let v = value(1_000, word.weight, self.token_weight(token));
                meets.push((token, v));
                best[i] = best[i].max(i64::from(v));
            }
            let first = word.letters[0];
            if word.is_initial() || self.initials.contains(&first) {
                let v = value(
                    score::INITIAL_SIMILARITY,
                    word.weight,
                    lexicon::INITIAL_WEIGHT,
                );
                best[i] = best[i].max(i64::from(v));
            }
            out.initials |= word.is_initial();
        }
        for &(i, token, s) in edits {
            let v = value(s, out.words[i].weight, self.token_weight(token));
            meets.push((token, v));
            best[i] = best[i].max(i64::from(v));
        }
        let mut refunds = 0_i64;
        for i in 0..n {
            refunds += self.fill_joins(out, i, n, &mut meets, &mut best);
            self.fill_splits(&out.words[i], i, &mut meets, &mut best);
        }
        meets.sort_unstable_by_key(|m| (m.0, -m.1));
        meets.dedup_by_key(|m| m.0);
        out.meets = meets;
        out.potential = best.iter().sum();
        let tolls: i64 = out.words.iter().map(|w| i64::from(toll(w.weight))).sum();
        out.tolls = tolls - refunds;
    }

    fn fill_joins(
        &self,
        out: &Prepared,
        i: usize,
        n: usize,
        meets: &mut Vec<(u32, i32)>,
        best: &mut [i64],
    ) -> i64 {
        if i + 1 >= n {
            return 0;
        }
        let (a, b) = (&out.words[i], &out.words[i + 1]);
        let joined = self.joins(a, b);
        if !joined.is_empty() {
            best[i] = best[i].max(2 * i64::from(a.weight));
            best[i + 1] = best[i + 1].max(2 * i64::from(b.weight));
        }
        let most = joined
            .iter()
            .map(|j| score::refund(a, b, self.token_weight(j.0)))
            .max();
        meets.extend(joined);
        most.map_or(0, i64::from)
    }

    /// The listed token that two neighbours make when written together, with what that is worth.
    pub(crate) fn joins(&self, a: &Word, b: &Word) -> Vec<(u32, i32)> {
        let joined: Vec<char> = a.letters.iter().chain(&b.letters).copied().collect();
        self.find_token(fuzzy::whole(&joined), joined.iter().copied())
            .map(|t| {
                let worth = value(
                    score::JOIN_SIMILARITY,
                    a.weight + b.weight,
                    self.token_weight(t),
                );
                (t, worth)
            })
            .into_iter()
            .collect()
    }

    fn fill_splits(&self, word: &Word, i: usize, meets: &mut Vec<(u32, i32)>, best: &mut [i64]) {
        for at in 1..word.letters.len() {
            let (head, tail) = word.letters.split_at(at);
            let Some(head) = self.find_token(fuzzy::whole(head), head.iter().copied()) else {
                continue;
            };
            let Some(tail) = self.find_token(fuzzy::whole(tail), tail.iter().copied()) else {
                continue;
            };
            for token in [head, tail] {
                meets.push((token, 2 * self.token_weight(token)));
            }
            best[i] = best[i].max(2 * i64::from(word.weight));
        }
    }

    fn listed_initials(&self) -> Vec<char> {
        ('a'..='z')
            .filter(|c| {
                self.find_token(fuzzy::whole(&[*c]), std::iter::once(*c))
                    .is_some()
            })
            .collect()
    }

    pub(crate) fn words_of(&self, name: u32) -> Vec<Word> {
        self.name_tokens(name)
            .iter()
            .map(|&t| Word::new(self.token_text(t), self.token_weight(t)))
            .collect()
    }

    /// Most that this name can score, from its tokens alone.
    pub(crate) fn bound(&self, subject: &Prepared, tolls: i64, name: u32) -> i64 {
        let mut sum = 0_i64;
        let mut listed_tolls = 0_i64;
        for &token in self.name_tokens(name) {
            let weight = self.token_weight(token);
            listed_tolls += i64::from(toll(weight));
            let by_initial = if subject.initials || self.token_text(token).len() == 1 {
                i64::from(value(
                    score::INITIAL_SIMILARITY,
                    weight,
                    lexicon::INITIAL_WEIGHT,
                ))
            } else {
                0
            };
            let by_word = subject.worth(token).map_or(0, i64::from);
            sum += by_initial.max(by_word);
        }
        sum.min(subject.potential) - tolls - listed_tolls
    }

    fn candidates(&self, subject: &Prepared, at_least: i32) -> Vec<u32> {
        let least = i64::from(at_least) - i64::from(ROUNDING);
        let mut out = Vec::new();
        // See docs/decisions/0002-safe-retrieval.md: no name can bring the sum above this.
        if 6 * subject.potential / 10 - subject.tolls < least {
            return out;
        }
        let heaviest = 10 * (subject.potential - subject.tolls - least) / 8;
        let mut gather = |start: Section, flat: Section| {
            let (start, flat) = (self.u32s(start), self.u32s(flat));
            for &(token, _) in &subject.meets {
                let (from, to) = (start[token as usize], start[token as usize + 1]);
                for posting in flat[from as usize..to as usize].chunks_exact(2) {
                    if i64::from(posting[1]) <= heaviest {
                        out.push(posting[0]);
                    }
                }
            }
        };
        gather(Section::FirstStart, Section::First);
        if at_least < 0 {
            gather(Section::FurtherStart, Section::Further);
        }
        out.sort_unstable();
        out.dedup();
        out.retain(|&name| self.bound(subject, subject.tolls, name) >= least);
        out
    }

    fn names_found(
        &self,
        query: &Query,
        at_least: i32,
        exhaustive: bool,
    ) -> (Prepared, Vec<Found>) {
        let subject = self.prepare(&query.name);
        let (names, least) = if exhaustive {
            ((0..self.names()).collect(), LOWEST)
        } else {
            let gain = evidence::gain_of(&query.evidence);
            let least = at_least.saturating_sub(gain).max(LOWEST);
            (self.candidates(&subject, least), least)
        };
        let found = names
            .into_iter()
            .filter(|&n| query.schema.may_be(self.schema(self.name_entity(n))))
            .map(|name| Found {
                name,
                alignment: align(&subject.words, &self.words_of(name)),
            })
            .filter(|f| f.alignment.substantial && f.alignment.milli >= least)
            .collect();
        (subject, found)
    }

    fn check(&self, at_least: i32) -> Result<(), EngineError> {
        if at_least < self.lowest() {
            return Err(EngineError::Threshold {
                asked: at_least,
                lowest: self.lowest(),
            });
        }
        Ok(())
    }

    /// The entities that score at least `at_least`, best first.
    ///
    /// With `exhaustive`, every name is scored instead of retrieved: the referee of the tests.
    pub fn find(
        &self,
        query: &Query,
        at_least: i32,
        exhaustive: bool,
    ) -> Result<Vec<Match>, EngineError> {
        self.check(at_least)?;
        let (subject, found) = self.names_found(query, at_least, exhaustive);
        let by_identifier = self.identified(query);
        let mut entities: Vec<u32> = found
            .iter()
            .map(|f| self.name_entity(f.name))
            .chain(by_identifier.iter().map(|h| h.0))
            .collect();
        entities.sort_unstable();
        entities.dedup();
        let mut out: Vec<Match> = Vec::new();
        for entity in entities {
            let from = found.partition_point(|f| self.name_entity(f.name) < entity);
            let own: Vec<&Found> = found[from..]
                .iter()
                .take_while(|f| self.name_entity(f.name) == entity)
                .collect();
            let hit = by_identifier.iter().find(|h| h.0 == entity);
            let known = self.evidence(entity);
            let made = match hit {
                Some(hit) => Some(self.by_identifier(&subject, query, &known, hit)),
                None => self.by_name(&subject, query, &known, &own, at_least),
            };
            out.extend(made.filter(|m| m.milli >= at_least));
        }
        out.sort_by_key(|m| (-m.milli, m.entity));
        Ok(out)
    }

    /// How many entities [`Self::find`] would return for a name alone.
    pub fn count(&self, name: &str, schema: Schema, at_least: i32) -> Result<u32, EngineError> {
        self.check(at_least)?;
        let query = Query {
            name: name.to_owned(),
            schema,
            evidence: Evidence::default(),
            identifiers: Vec::new(),
        };
        let (_, found) = self.names_found(&query, at_least, false);
        let mut entities: Vec<u32> = found.iter().map(|f| self.name_entity(f.name)).collect();
        entities.dedup();
        Ok(entities.len() as u32)
    }

    fn by_name(
        &self,
        subject: &Prepared,
        query: &Query,
        known: &Evidence,
        own: &[&Found],
        at_least: i32,
    ) -> Option<Match> {
        let beyond = beyond_name(&query.evidence, known);
        let extra: i32 = beyond.iter().map(|c| c.milli).sum();
        let best = |weak: bool| {
            own.iter()
                .filter(|f| (self.name_quality(f.name).0 == Quality::Weak) == weak)
                .filter(|f| f.alignment.milli + extra >= at_least)
                .max_by_key(|f| (f.alignment.milli, std::cmp::Reverse(f.name)))
        };
        let found = best(false).or_else(|| best(true))?;
        Some(self.explain(&subject.words, found.name, &found.alignment, beyond))
    }

    pub(crate) fn explain(
        &self,
        subject: &[Word],
        name: u32,
        alignment: &Alignment,
        beyond: Vec<Contribution>,
    ) -> Match {
        let entity = self.name_entity(name);
        let mut contributions = vec![Contribution {
            feature: "name",
            milli: alignment.milli,
            text: describe(alignment),
        }];
        contributions.extend(beyond);
        Match {
            entity,
            name: (name - self.entity_names(entity).start) as i32,
            milli: contributions.iter().map(|c| c.milli).sum(),
            exact: alignment.exact,
            contributions,
            alignment: rows(subject, &self.words_of(name), alignment),
            identifier: None,
        }
    }

    fn by_identifier(
        &self,
        subject: &Prepared,
        query: &Query,
        known: &Evidence,
        hit: &(u32, Kind, String, &'static str),
    ) -> Match {
        let (entity, kind, sent, relation) = hit;
        let best = self
            .entity_names(*entity)
            .map(|name| (name, align(&subject.words, &self.words_of(name))))
            .filter(|(_, a)| a.substantial && a.milli > 0)
            .max_by_key(|(name, a)| (a.milli, std::cmp::Reverse(*name)));
        let mut beyond = vec![Contribution {
            feature: "identifier",
            milli: kind.gain(),
            text: format!("{} {}: {relation}", kind.word(), sent),
        }];
        // An exact identifier wins whatever else differs: only what agrees is added.
        beyond.extend(
            beyond_name(&query.evidence, known)
                .into_iter()
                .filter(|c| c.milli > 0),
        );
        let mut made = match best {
            Some((name, alignment)) => self.explain(&subject.words, name, &alignment, beyond),
            None => Match {
                entity: *entity,
                name: -1,
                milli: beyond.iter().map(|c| c.milli).sum(),
                exact: false,
                contributions: beyond,
                alignment: Vec::new(),
                identifier: None,
            },
        };
        made.identifier = Some((kind.word(), sent.clone(), relation));
        made
    }

    /// Entities that carry one of the subject's identifiers; one hit an entity, the strongest.
    fn identified(&self, query: &Query) -> Vec<(u32, Kind, String, &'static str)> {
        let mut out: Vec<(u32, Kind, String, &'static str)> = Vec::new();
        for (kind, sent) in &query.identifiers {
            for (entity, listed, relation) in self.find_identifier(*kind, sent) {
                let held = out.iter_mut().find(|h| h.0 == entity);
                match held {
                    Some(h) if h.1.gain() >= listed.gain() => {}
                    Some(h) => *h = (entity, listed, sent.clone(), relation),
                    None => out.push((entity, listed, sent.clone(), relation)),
                }
            }
        }
        out
    }

    /// Entities that carry this identifier, with the kind it has on the list.
    pub(crate) fn find_identifier(&self, kind: Kind, sent: &str) -> Vec<(u32, Kind, &'static str)> {
        let forms: &[Kind] = if kind == Kind::Other {
            // A number of no known kind may also be a ship's or a bank's.
            &[Kind::Other, Kind::Bic, Kind::Imo]
        } else {
            std::slice::from_ref(&kind)
        };
        let mut out = Vec::new();
        for &form in forms {
            let Some(value) = identifiers::normalise(form, sent) else {
                continue;
            };
            let letters: Vec<char> = value.chars().collect();
            let hash = fuzzy::whole(&letters);
            let hashes: &[u64] = self.file.get(Section::IdentifierHash);
            let places = self.u32s(Section::IdentifierEntity);
            let text: &[u8] = self.file.get(Section::IdentifierText);
            let from = hashes.partition_point(|h| *h < hash);
            for i in (from..hashes.len()).take_while(|&i| hashes[i] == hash) {
                let (entity, at) = (places[2 * i], places[2 * i + 1] as usize);
                let length = text[at + 1] as usize;
                let same = &text[at + 2..at + 2 + length] == value.as_bytes();
                let listed = Kind::from_number(text[at]);
                if let Some(listed) = listed.filter(|l| same && form.may_be(*l)) {
                    let branch = listed == Kind::Bic
                        && !matches!(sent.trim().get(8..), None | Some("" | "XXX"));
                    out.push((entity, listed, if branch { "same bank" } else { "same" }));
                }
            }
        }
        out.sort_unstable();
        out.dedup_by_key(|h| h.0);
        out
    }

    /// (Entity, name) ordinals of the names that the scan of free text never looks for.
    pub fn below_scan_floor(&self) -> Vec<(u32, u32)> {
        (0..self.names())
            .filter(|&n| self.name_quality(n).1)
            .map(|n| {
                let entity = self.name_entity(n);
                (entity, n - self.entity_names(entity).start)
            })
            .collect()
    }

    pub(crate) fn first_postings(&self, token: u32) -> impl Iterator<Item = u32> + '_ {
        let start = self.u32s(Section::FirstStart);
        let (from, to) = (start[token as usize], start[token as usize + 1]);
        self.u32s(Section::First)[from as usize..to as usize]
            .chunks_exact(2)
            .map(|p| p[0])
    }
}

fn beyond_name(subject: &Evidence, listed: &Evidence) -> Vec<Contribution> {
    let birth = evidence::birth(&subject.births, &listed.births)
        .map(|(milli, text)| ("birth_date", milli, text));
    let country = evidence::country(&subject.countries, &listed.countries)
        .map(|(milli, text)| ("country", milli, text));
    [birth, country]
        .into_iter()
        .flatten()
        .map(|(feature, milli, text)| Contribution {
            feature,
            milli,
            text: text.to_owned(),
        })
        .collect()
}

fn describe(alignment: &Alignment) -> String {
    if alignment.exact {
        return "all words agree".to_owned();
    }
    let equal = alignment
        .pairings
        .iter()
        .filter(|p| p.meeting == Meeting::Equal)
        .count();
    let near = alignment.pairings.len() - equal;
    let limit = if alignment.truncated {
        "; search limit reached"
    } else {
        ""
    };
    format!("{equal} words agree, {near} nearly{limit}")
}

fn rows(subject: &[Word], listed: &[Word], alignment: &Alignment) -> Vec<Pair> {
    let text = |words: &[Word], from: usize, count: usize| {
        let parts: Vec<String> = words[from..from + count]
            .iter()
            .map(|w| w.letters.iter().collect())
            .collect();
        parts.join(" ")
    };
    let tolls = |words: &[Word]| -> i32 { words.iter().map(|w| toll(w.weight)).sum() };
    let mut out = Vec::new();
    let (mut used_a, mut used_b) = (vec![false; subject.len()], vec![false; listed.len()]);
    for p in &alignment.pairings {
        let a = p.subject..p.subject + p.subject_count;
        let b = p.listed..p.listed + p.listed_count;
        used_a[a.clone()].fill(true);
        used_b[b.clone()].fill(true);
        out.push(Pair {
            subject: text(subject, p.subject, p.subject_count),
            listed: text(listed, p.listed, p.listed_count),
            relation: Relation::Met(p.meeting),
            milli: p.value + p.refund - tolls(&subject[a]) - tolls(&listed[b]),
        });
    }
    for (i, w) in subject.iter().enumerate().filter(|(i, _)| !used_a[*i]) {
        out.push(Pair {
            subject: text(subject, i, 1),
            listed: String::new(),
            relation: Relation::Extra,
            milli: -toll(w.weight),
        });
    }
    for (j, w) in listed.iter().enumerate().filter(|(j, _)| !used_b[*j]) {
        out.push(Pair {
            subject: String::new(),
            listed: text(listed, j, 1),
            relation: Relation::Missing,
            milli: -toll(w.weight),
        });
    }
    out
}

/// Score a subject against one entity with no index: weights by class and length.
pub fn compare(query: &Query, entry: &build::Entry) -> Match {
    let ready = |name: &str| -> Vec<Word> {
        build::name_tokens(name)
            .iter()
            .map(|t| Word::new(t, build::default_weight(t)))
            .collect()
    };
    let subject = ready(&query.name);
    let beyond = beyond_name(&query.evidence, &entry.evidence);
    let best = entry
        .names
        .iter()
        .enumerate()
        .map(|(i, (name, _))| {
            let words = ready(name);
            let alignment = align(&subject, &words);
            (i, words, alignment)
        })
        .max_by_key(|(i, _, a)| (a.milli, std::cmp::Reverse(*i)));
    let mut contributions = Vec::new();
    let mut out = Match {
        entity: 0,
        name: -1,
        milli: 0,
        exact: false,
        contributions: Vec::new(),
        alignment: Vec::new(),
        identifier: None,
    };
    if let Some((i, words, alignment)) = best {
        contributions.push(Contribution {
            feature: "name",
            milli: alignment.milli,
            text: describe(&alignment),
        });
        out.name = i as i32;
        out.exact = alignment.exact;
        out.alignment = rows(&subject, &words, &alignment);
    }
    if !query.schema.may_be(entry.schema) {
        contributions.push(Contribution {
            feature: "schema",
            milli: -30_000,
            text: "another kind of thing".to_owned(),
        });
    }
    contributions.extend(beyond);
    out.milli = contributions.iter().map(|c| c.milli).sum();
    out.contributions = contributions;
    out
}
