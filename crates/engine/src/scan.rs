//! Mentions of listed names and identifiers in free text.
//!
//! A mention is a window of the text's tokens that scores at least the threshold against a listed
//! name, by the same scorer as everything else. Every such window holds one of the name's anchors
//! (see `build`), so each token of the text looks up the names it may anchor, and the windows
//! around it whose first and last token may meet the name are scored.

use crate::build;
use crate::error::EngineError;
use crate::identifiers::{self, Kind};
use crate::index::{Contribution, Index, Match};
use crate::lexicon;
use crate::score::{align, toll, value, Alignment, Meeting, Word, INITIAL_SIMILARITY};
use crate::text::{self, Token};
use std::collections::{HashMap, HashSet};

/// One mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// First character, counted in code points.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// What is mentioned and how it was met.
    pub found: Match,
}

/// A text read: its words, and the listed tokens that each may meet, with the most that is worth.
#[derive(Default)]
struct Page {
    words: Vec<Word>,
    single: Vec<Meets>,
    double: Vec<Meets>,
    worth: Meets,
}

/// Listed tokens that something may meet, with the most that is worth, by token.
type Meets = Vec<(u32, i32)>;

fn find(meets: &[(u32, i32)], token: u32) -> Option<i32> {
    meets
        .binary_search_by_key(&token, |m| m.0)
        .ok()
        .map(|i| meets[i].1)
}

/// Tokens that may stand between the words of a name, beyond the name's own.
const WINDOW_SLACK: usize = 2;

impl Index {
    /// Mentions that score at least `at_least`, in text order; the best one where they overlap
    /// for the same entity.
    pub fn scan(&self, source: &str, at_least: i32) -> Result<Vec<Mention>, EngineError> {
        if at_least < 0 {
            return Err(EngineError::Threshold {
                asked: at_least,
                lowest: 0,
            });
        }
        let tokens = text::tokenise(source);
        let mut found = self.scan_names(&tokens, at_least);
        found.extend(self.scan_identifiers(source));
        found.sort_by_key(|m| (m.found.entity, -m.found.milli, m.start));
        let mut kept: Vec<Mention> = Vec::new();
        for m in found {
            let covered = kept
                .iter()
                .any(|k| k.found.entity == m.found.entity && k.start < m.end && m.start < k.end);
            if !covered {
                kept.push(m);
            }
        }
        kept.sort_by_key(|m| (m.start, m.end, m.found.entity));
        Ok(kept)
    }

    fn scan_names(&self, tokens: &[Token], at_least: i32) -> Vec<Mention> {
        let page = self.read(tokens);
        let mut tried: HashSet<(u32, usize, usize)> = HashSet::new();
        let mut out = Vec::new();
        for at in 0..page.words.len() {
            let joined = page.double.get(at).into_iter().flatten();
            for &(token, _) in page.single[at].iter().chain(joined) {
                for name in self.first_postings(token) {
                    if self.name_quality(name).1 || !self.may_stand_on(&page, name, at_least) {
                        continue;
                    }
                    let best = self.best_window(&page, at, name, at_least, &mut tried);
                    if let Some((from, to, alignment)) = best {
                        let words = &page.words[from..=to];
                        out.push(Mention {
                            start: tokens[from].start,
                            end: tokens[to].end,
                            found: self.explain(words, name, &alignment, Vec::new()),
                        });
                    }
                }
            }
        }
        out
    }

    /// Look up every token of the text, alone and with its right neighbour.
    fn read(&self, tokens: &[Token]) -> Page {
        let texts: Vec<&str> = tokens
            .iter()
            .map(|t| lexicon::canonical(&t.text).unwrap_or(&t.text))
            .collect();
        let mut known: HashMap<&str, (Word, Meets)> = HashMap::new();
        let mut page = Page::default();
        for text in &texts {
            let (word, meets) = known.entry(text).or_insert_with(|| {
                let mut ready = self.prepare_tokens(std::iter::once(*text));
                (ready.words.remove(0), ready.meets)
            });
            page.words.push(word.clone());
            page.single.push(meets.clone());
        }
        page.double = page
            .words
            .windows(2)
            .map(|w| self.joins(&w[0], &w[1]))
            .collect();
        let all = page.single.iter().chain(&page.double).flatten();
        page.worth = all.copied().collect();
        page.worth.sort_unstable_by_key(|m| (m.0, -m.1));
        page.worth.dedup_by_key(|m| m.0);
        page
    }

    /// Whether the words of the text, wherever they stand, could bring this name to the threshold.
    fn may_stand_on(&self, page: &Page, name: u32, at_least: i32) -> bool {
        let (mut sum, mut tolls) = (0_i64, 0_i64);
        for &token in self.name_tokens(name) {
            let weight = self.token_weight(token);
            tolls += i64::from(toll(weight));
            let by_initial = value(INITIAL_SIMILARITY, weight, lexicon::INITIAL_WEIGHT);
            let by_word = find(&page.worth, token).unwrap_or(0);
            sum += i64::from(by_initial.max(by_word));
        }
        // As in `Index::find`: the window's own tolls are at least 0.4 of the values met.
        6 * sum / 10 - tolls >= i64::from(at_least - build::ROUNDING)
    }

    fn best_window(
        &self,
        page: &Page,
        at: usize,
        name: u32,
        at_least: i32,
        tried: &mut HashSet<(u32, usize, usize)>,
    ) -> Option<(usize, usize, Alignment)> {
        let listed = self.name_tokens(name);
        // A word of the name may stand in two parts.
        let reach = 2 * listed.len() + WINDOW_SLACK;
        let meets = |i: usize| {
            let here = |m: &Meets| listed.iter().any(|t| find(m, *t).is_some());
            here(&page.single[i])
                || page.double.get(i).is_some_and(here)
                || (i > 0 && page.double.get(i - 1).is_some_and(here))
        };
        let low = at.saturating_sub(reach);
        let high = (at + reach).min(page.words.len() - 1);
        let edges: Vec<usize> = (low..=high).filter(|&i| meets(i)).collect();
        let words = self.words_of(name);
        let mut best: Option<(usize, usize, Alignment)> = None;
        for &from in edges.iter().filter(|&&i| i <= at) {
            for &to in edges.iter().filter(|&&i| i >= at && i - from < reach) {
                if !tried.insert((name, from, to)) {
                    continue;
                }
                let alignment = align(&page.words[from..=to], &words);
                let better = best.as_ref().is_none_or(|b| alignment.milli > b.2.milli);
                if alignment.milli >= at_least && better && is_telling(&words, &alignment) {
                    best = Some((from, to, alignment));
                }
            }
        }
        best
    }

    fn scan_identifiers(&self, source: &str) -> Vec<Mention> {
        let letters: Vec<char> = source.chars().collect();
        let mut out = Vec::new();
        let mut from = 0;
        while from < letters.len() {
            if !letters[from].is_ascii_alphanumeric() {
                from += 1;
                continue;
            }
            let to = (from..letters.len())
                .find(|&i| !letters[i].is_ascii_alphanumeric())
                .unwrap_or(letters.len());
            let word: String = letters[from..to].iter().collect();
            for kind in kinds_in_text(&word) {
                let sent = if kind == Kind::Imo {
                    &word[word.len() - 7..]
                } else {
                    &word
                };
                for (entity, listed, relation) in self.find_identifier(kind, sent) {
                    if listed == kind {
                        out.push(mention(from, to, entity, kind, sent, relation));
                    }
                }
            }
            from = to;
        }
        out
    }
}

/// Whether two telling words of a name were met, or all it has: in free text one ordinary word
/// ("timber") must not stand for a name of several.
fn is_telling(listed: &[Word], alignment: &Alignment) -> bool {
    let telling = |w: &&Word| w.weight >= build::WEIGHT_RANGE.0;
    let met: usize = alignment
        .pairings
        .iter()
        .filter(|p| p.meeting != Meeting::Initial)
        .map(|p| {
            let words = &listed[p.listed..p.listed + p.listed_count];
            words.iter().filter(telling).count()
        })
        .sum();
    met >= 2.min(listed.iter().filter(telling).count()).max(1)
}

/// The kinds of identifier that a bare word of text may be.
fn kinds_in_text(word: &str) -> Vec<Kind> {
    let upper = word
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let mut out = Vec::new();
    let number = word
        .strip_prefix("IMO")
        .or_else(|| word.strip_prefix("imo"))
        .unwrap_or(word);
    if identifiers::check_imo(number) {
        out.push(Kind::Imo);
    }
    if word.len() == 9 && word.bytes().all(|b| b.is_ascii_digit()) {
        out.push(Kind::Mmsi);
    }
    let bank = upper
        && matches!(word.len(), 8 | 11)
        && word.bytes().take(6).all(|b| b.is_ascii_uppercase());
    if bank {
        out.push(Kind::Bic);
    }
    if upper && word.len() == 20 && word.bytes().any(|b| b.is_ascii_digit()) {
        out.push(Kind::Lei);
    }
    if word.len() >= 25 && word.bytes().any(|b| b.is_ascii_digit()) {
        out.push(Kind::Wallet);
    }
    out
}

fn mention(
    from: usize,
    to: usize,
    entity: u32,
    kind: Kind,
    sent: &str,
    relation: &'static str,
) -> Mention {
    let milli = kind.gain();
    Mention {
        start: from as u32,
        end: to as u32,
        found: Match {
            entity,
            name: -1,
            milli,
            exact: false,
            contributions: vec![Contribution {
                feature: "identifier",
                milli,
                text: format!("{} {sent}: {relation}", kind.word()),
            }],
            alignment: Vec::new(),
            identifier: Some((kind.word(), sent.to_owned(), relation)),
        },
    }
}
