//! The private Python module `amur._engine`: convert, release the GIL, call, map errors.

// The shapes that cross the border are tuples; `src/amur/_engine.pyi` names each.
#![allow(clippy::type_complexity)]

use amur_engine::identifiers::{self, Kind};
use amur_engine::index::{self, shown};
use amur_engine::{
    build, text, EngineError as Failure, Entry, Evidence, Match, Mention, Quality, Query, Schema,
};
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use std::path::Path;

create_exception!(
    _engine,
    EngineError,
    PyException,
    "Any failure of the engine."
);
create_exception!(
    _engine,
    VersionMismatchError,
    EngineError,
    "Another format version."
);
create_exception!(
    _engine,
    DamagedIndexError,
    EngineError,
    "A truncated or altered file."
);

type RawDays = Vec<(Option<i32>, Option<i32>)>;
type RawSubject = (String, String, RawDays, Vec<String>, Vec<(String, String)>);
type RawEntry = (
    String,
    Vec<(String, String)>,
    RawDays,
    Vec<String>,
    Vec<(String, String)>,
);
type RawMatch = (
    u32,
    i32,
    i32,
    i32,
    bool,
    Vec<(&'static str, i32, String)>,
    Vec<(String, String, &'static str, i32)>,
    Option<(&'static str, String, &'static str)>,
);

/// The one map from engine errors to Python exceptions.
fn raise(error: Failure) -> PyErr {
    let text = error.to_string();
    match error {
        Failure::Version { .. } => VersionMismatchError::new_err(text),
        Failure::Damaged { .. } => DamagedIndexError::new_err(text),
        _ => EngineError::new_err(text),
    }
}

fn evidence(births: RawDays, countries: &[String]) -> Result<Evidence, Failure> {
    let births = births
        .into_iter()
        .filter(|(a, b)| a.is_some() || b.is_some())
        .map(|(a, b)| (a.unwrap_or(i32::MIN), b.unwrap_or(i32::MAX)))
        .collect();
    let countries = countries
        .iter()
        .map(|c| {
            <[u8; 2]>::try_from(c.as_bytes()).map_err(|_| Failure::Unknown {
                what: "country code",
                value: c.clone(),
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Evidence { births, countries })
}

fn identifiers_of(raw: Vec<(String, String)>) -> Result<Vec<(Kind, String)>, Failure> {
    raw.into_iter()
        .map(|(kind, value)| Ok((Kind::parse(&kind)?, value)))
        .collect()
}

fn query(raw: RawSubject) -> Result<Query, Failure> {
    let (name, schema, births, countries, ids) = raw;
    Ok(Query {
        name,
        schema: Schema::parse(&schema)?,
        evidence: evidence(births, &countries)?,
        identifiers: identifiers_of(ids)?,
    })
}

fn entry(raw: RawEntry) -> Result<Entry, Failure> {
    let (schema, names, births, countries, ids) = raw;
    let names = names
        .into_iter()
        .map(|(name, quality)| Ok((name, Quality::parse(&quality)?)))
        .collect::<Result<_, Failure>>()?;
    Ok(Entry {
        schema: Schema::parse(&schema)?,
        names,
        evidence: evidence(births, &countries)?,
        identifiers: identifiers_of(ids)?,
    })
}

fn raw_match(m: Match) -> RawMatch {
    (
        m.entity,
        m.name,
        m.milli,
        shown(m.milli),
        m.exact,
        m.contributions
            .into_iter()
            .map(|c| (c.feature, c.milli, c.text))
            .collect(),
        m.alignment
            .into_iter()
            .map(|p| (p.subject, p.listed, p.relation.word(), p.milli))
            .collect(),
        m.identifier,
    )
}

fn raw_mention(m: Mention) -> (u32, u32, RawMatch) {
    (m.start, m.end, raw_match(m.found))
}

/// An index file, memory-mapped.
#[pyclass(frozen, module = "amur._engine")]
struct Index(amur_engine::Index);

#[pymethods]
impl Index {
    #[new]
    fn new(path: &str) -> PyResult<Self> {
        amur_engine::Index::open(Path::new(path))
            .map(Self)
            .map_err(raise)
    }

    fn match_subjects(
        &self,
        py: Python<'_>,
        subjects: Vec<RawSubject>,
        at_least: i32,
        exhaustive: bool,
    ) -> PyResult<Vec<Vec<RawMatch>>> {
        py.detach(|| {
            subjects
                .into_iter()
                .map(|raw| {
                    let found = self.0.find(&query(raw)?, at_least, exhaustive)?;
                    Ok(found.into_iter().map(raw_match).collect())
                })
                .collect::<Result<_, Failure>>()
        })
        .map_err(raise)
    }

    fn count_matches(
        &self,
        py: Python<'_>,
        names: Vec<String>,
        at_least: i32,
        schema: &str,
    ) -> PyResult<Vec<u32>> {
        py.detach(|| {
            let schema = Schema::parse(schema)?;
            names
                .iter()
                .map(|name| self.0.count(name, schema, at_least))
                .collect::<Result<_, Failure>>()
        })
        .map_err(raise)
    }

    fn scan(
        &self,
        py: Python<'_>,
        texts: Vec<String>,
        at_least: i32,
    ) -> PyResult<Vec<Vec<(u32, u32, RawMatch)>>> {
        py.detach(|| {
            texts
                .iter()
                .map(|t| {
                    let found = self.0.scan(t, at_least)?;
                    Ok(found.into_iter().map(raw_mention).collect())
                })
                .collect::<Result<_, Failure>>()
        })
        .map_err(raise)
    }

    fn lowest_threshold(&self) -> i32 {
        self.0.lowest()
    }

    fn below_scan_floor(&self, py: Python<'_>) -> Vec<(u32, u32)> {
        py.detach(|| self.0.below_scan_floor())
    }

    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| self.0.verify()).map_err(raise)
    }
}

#[pyfunction]
fn version() -> &'static str {
    amur_engine::VERSION
}

#[pyfunction]
fn build_index(
    py: Python<'_>,
    entries: Vec<RawEntry>,
    path: &str,
) -> PyResult<(u64, u64, u64, u64, u64, u64)> {
    py.detach(|| {
        let entries = entries
            .into_iter()
            .map(entry)
            .collect::<Result<Vec<_>, _>>()?;
        let s = build::build_index(&entries, Path::new(path))?;
        Ok((
            s.entities,
            s.names,
            s.distinct_names,
            s.identifiers,
            s.below_scan_floor,
            s.size_bytes,
        ))
    })
    .map_err(raise)
}

#[pyfunction]
fn compare(subject: RawSubject, listed: RawEntry) -> PyResult<RawMatch> {
    let (subject, listed) = (
        query(subject).map_err(raise)?,
        entry(listed).map_err(raise)?,
    );
    Ok(raw_match(index::compare(&subject, &listed)))
}

#[pyfunction]
fn normalise(name: &str) -> String {
    text::normalise(name)
}

#[pyfunction]
fn check_imo(number: &str) -> bool {
    identifiers::check_imo(number)
}

#[pymodule]
fn _engine(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("EngineError", py.get_type::<EngineError>())?;
    module.add(
        "VersionMismatchError",
        py.get_type::<VersionMismatchError>(),
    )?;
    module.add("DamagedIndexError", py.get_type::<DamagedIndexError>())?;
    module.add_class::<Index>()?;
    module.add_function(wrap_pyfunction!(version, module)?)?;
    module.add_function(wrap_pyfunction!(build_index, module)?)?;
    module.add_function(wrap_pyfunction!(compare, module)?)?;
    module.add_function(wrap_pyfunction!(normalise, module)?)?;
    module.add_function(wrap_pyfunction!(check_imo, module)?)?;
    Ok(())
}
