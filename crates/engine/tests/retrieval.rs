//! Retrieval is safe: it finds exactly what scoring the whole list finds, by the same scorer.
#![allow(clippy::unwrap_used, missing_docs)]

use amur_engine::build::LOWEST;
use amur_engine::identifiers::Kind;
use amur_engine::{build_index, text, Entry, Evidence, Index, Quality, Query, Schema};
use proptest::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

static SERIAL: AtomicU32 = AtomicU32::new(0);

/// Words that meet each other in every way: edits, swaps, joins, splits, initials, digits, forms.
const WORDS: &[&str] = &[
    "ivan",
    "ivann",
    "ivam",
    "petrov",
    "petrova",
    "pertov",
    "petr",
    "ov",
    "mohammed",
    "muhammad",
    "mohamed",
    "mohammedali",
    "ali",
    "al",
    "bin",
    "sa",
    "ltd",
    "limited",
    "company",
    "gazprom",
    "gazprombank",
    "bank",
    "banc",
    "i",
    "p",
    "m",
    "a",
    "x",
    "7",
    "77",
    "1234567",
    "trading",
    "tradnig",
    "rosneft",
    "rosnfet",
    "konstantinopol",
    "konstantinpole",
    "konstntinopel",
    "zz",
    "zzzz",
    "zzzy",
    "zzzzzzzzz",
    "zzzzzzzzy",
    "zzzzzzzyy",
    "国际",
    "银行股份",
    "银行股分",
];

fn name() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS).prop_map(str::to_owned);
    let odd = "[a-d]{1,9}";
    let any = prop_oneof![6 => word, 1 => odd];
    prop_oneof![
        20 => prop::collection::vec(any.clone(), 1..6),
        1 => prop::collection::vec(any, 20..60),
    ]
    .prop_map(|words| words.join(" "))
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let births = prop::collection::vec((700_000..700_900_i32, 0..3_i32), 0..3)
        .prop_map(|v| v.into_iter().map(|(a, n)| (a, a + n * 200)).collect());
    let countries =
        prop::collection::vec(proptest::sample::select(vec![*b"RU", *b"CN", *b"IR"]), 0..2);
    (births, countries).prop_map(|(births, countries)| Evidence { births, countries })
}

fn schema() -> impl Strategy<Value = Schema> {
    proptest::sample::select(vec![
        Schema::Person,
        Schema::Organization,
        Schema::Vessel,
        Schema::Unknown,
    ])
}

fn identifiers() -> impl Strategy<Value = Vec<(Kind, String)>> {
    let one = proptest::sample::select(
        &[
            (Kind::Bic, "ABCDRUMM"),
            (Kind::Bic, "ABCDRUMMXXX"),
            (Kind::Bic, "ABCDRUMM123"),
            (Kind::Imo, "9074729"),
            (Kind::Passport, "AB 123456"),
            (Kind::Other, "ab123456"),
        ][..],
    );
    prop::collection::vec(one.prop_map(|(k, v)| (k, v.to_owned())), 0..2)
}

fn entry() -> impl Strategy<Value = Entry> {
    let quality = proptest::sample::select(&[Quality::Primary, Quality::Strong, Quality::Weak][..]);
    (
        schema(),
        prop::collection::vec((name(), quality), 1..4),
        evidence(),
        identifiers(),
    )
        .prop_map(|(schema, names, evidence, identifiers)| Entry {
            schema,
            names,
            evidence,
            identifiers,
        })
}

fn query() -> impl Strategy<Value = Query> {
    (name(), schema(), evidence(), identifiers()).prop_map(
        |(name, schema, evidence, identifiers)| Query {
            name,
            schema,
            evidence,
            identifiers,
        },
    )
}

/// One way in which a name in the wild differs from the listed one.
#[derive(Debug, Clone)]
enum Change {
    Drop(usize),
    Initial(usize),
    Join(usize),
    Split(usize, usize),
    Edit(usize, usize),
    Swap(usize, usize),
    Add(&'static str),
    Turn,
}

impl Change {
    fn apply(&self, name: &str) -> String {
        let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return String::new();
        }
        let n = words.len();
        match self {
            Self::Drop(i) if n > 1 => {
                words.remove(i % n);
            }
            Self::Initial(i) => words[i % n] = words[i % n].chars().take(1).collect(),
            Self::Join(i) if n > 1 => {
                let next = words.remove(i % (n - 1) + 1);
                words[i % (n - 1)].push_str(&next);
            }
            Self::Split(i, at) => {
                let letters: Vec<char> = words[i % n].chars().collect();
                let (head, tail) = letters.split_at(at % letters.len());
                words[i % n] = format!("{} {}", String::from_iter(head), String::from_iter(tail));
            }
            Self::Edit(i, at) => {
                let mut letters: Vec<char> = words[i % n].chars().collect();
                let at = at % letters.len();
                letters[at] = 'q';
                words[i % n] = letters.into_iter().collect();
            }
            Self::Swap(i, at) => {
                let mut letters: Vec<char> = words[i % n].chars().collect();
                let at = at % letters.len();
                if at > 0 {
                    letters.swap(at - 1, at);
                }
                words[i % n] = letters.into_iter().collect();
            }
            Self::Add(word) => words.push((*word).to_owned()),
            Self::Turn => words.reverse(),
            _ => {}
        }
        words.retain(|w| !w.is_empty());
        words.join(" ")
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let n = || 0..8_usize;
    let one = prop_oneof![
        n().prop_map(Change::Drop),
        n().prop_map(Change::Initial),
        n().prop_map(Change::Join),
        (n(), n()).prop_map(|(i, at)| Change::Split(i, at)),
        (n(), n()).prop_map(|(i, at)| Change::Edit(i, at)),
        (n(), n()).prop_map(|(i, at)| Change::Swap(i, at)),
        proptest::sample::select(WORDS).prop_map(Change::Add),
        Just(Change::Turn),
    ];
    prop::collection::vec(one, 0..4)
}

fn with_index<T>(entries: &[Entry], run: impl FnOnce(&Index) -> T) -> T {
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("amur-{}-{serial}.index", std::process::id()));
    build_index(entries, &path).unwrap();
    let index = Index::open(&path).unwrap();
    index.verify().unwrap();
    let out = run(&index);
    std::fs::remove_file(&path).unwrap();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn equals_the_exhaustive_scorer(
        entries in prop::collection::vec(entry(), 1..40),
        queries in prop::collection::vec(query(), 4),
        changed in prop::collection::vec((any::<prop::sample::Index>(), changes(), any::<bool>()), 12),
    ) {
        let derived = changed.iter().map(|(at, changes, informed)| {
            let entry = at.get(&entries);
            let name = changes.iter().fold(entry.names[0].0.clone(), |name, c| c.apply(&name));
            let evidence = if *informed { entry.evidence.clone() } else { Evidence::default() };
            Query { name, schema: Schema::Unknown, evidence, identifiers: Vec::new() }
        });
        let queries: Vec<Query> = queries.iter().cloned().chain(derived).collect();
        with_index(&entries, |index| {
            for query in &queries {
                // Every score that occurs is a threshold: each match is tested at its edge.
                let mut thresholds = vec![LOWEST, 0];
                for m in index.find(query, LOWEST, true).unwrap() {
                    thresholds.extend([m.milli, (m.milli - 40).max(LOWEST)]);
                }
                for at_least in thresholds {
                    let found = index.find(query, at_least, false).unwrap();
                    let all = index.find(query, at_least, true).unwrap();
                    prop_assert_eq!(&found, &all, "{:?} at {}", query, at_least);
                    for m in &found {
                        let sum: i32 = m.contributions.iter().map(|c| c.milli).sum();
                        prop_assert_eq!(sum, m.milli);
                        let name = m.contributions.iter().find(|c| c.feature == "name");
                        let rows: i32 = m.alignment.iter().map(|p| p.milli).sum();
                        prop_assert_eq!(rows, name.map_or(0, |c| c.milli));
                    }
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn every_name_finds_its_entity(entries in prop::collection::vec(entry(), 1..40)) {
        with_index(&entries, |index| {
            for (i, entry) in entries.iter().enumerate() {
                for (name, _) in &entry.names {
                    let query = Query {
                        name: name.clone(),
                        schema: Schema::Unknown,
                        evidence: Evidence::default(),
                        identifiers: Vec::new(),
                    };
                    let found = index.find(&query, 0, false).unwrap();
                    let long = text::tokenise(name).len() > 48;
                    prop_assert!(long || found.iter().any(|m| m.entity == i as u32), "{}", name);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_text_names_what_stands_in_it(entries in prop::collection::vec(entry(), 1..40)) {
        with_index(&entries, |index| {
            let below = index.below_scan_floor();
            for (i, entry) in entries.iter().enumerate() {
                for (n, (name, _)) in entry.names.iter().enumerate() {
                    if below.contains(&(i as u32, n as u32)) || text::tokenise(name).len() > 40 {
                        continue;
                    }
                    let text = format!("payment for {name}, invoice 42");
                    let found = index.scan(&text, 2_000).unwrap();
                    prop_assert!(found.iter().any(|m| m.found.entity == i as u32), "{}", name);
                }
            }
            Ok(())
        })?;
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    let entries: Vec<Entry> = WORDS
        .windows(2)
        .map(|w| Entry {
            schema: Schema::Person,
            names: vec![(w.join(" "), Quality::Primary)],
            evidence: Evidence::default(),
            identifiers: vec![(Kind::Imo, "9074729".to_owned())],
        })
        .collect();
    let folder = std::env::temp_dir();
    let (a, b) = (folder.join("amur-a.index"), folder.join("amur-b.index"));
    build_index(&entries, &a).unwrap();
    build_index(&entries, &b).unwrap();
    assert_eq!(std::fs::read(&a).unwrap(), std::fs::read(&b).unwrap());
}

#[test]
fn a_damaged_file_is_refused() {
    let path = std::env::temp_dir().join("amur-damaged.index");
    let entries = [Entry {
        schema: Schema::Person,
        names: vec![("Ivan Petrov".to_owned(), Quality::Primary)],
        evidence: Evidence::default(),
        identifiers: Vec::new(),
    }];
    build_index(&entries, &path).unwrap();
    let good = std::fs::read(&path).unwrap();
    for cut in [0, 7, 31, 200, good.len() - 1] {
        std::fs::write(&path, &good[..cut]).unwrap();
        assert!(Index::open(&path).is_err(), "cut at {cut}");
    }
    let mut changed = good.clone();
    let middle = changed.len() - 100;
    changed[middle] ^= 1;
    std::fs::write(&path, &changed).unwrap();
    assert!(Index::open(&path).unwrap().verify().is_err());
    let mut other = good;
    other[8] = 99;
    std::fs::write(&path, &other).unwrap();
    assert!(matches!(
        Index::open(&path),
        Err(amur_engine::EngineError::Version { found: 99, .. })
    ));
}
