"""The peers, on the same names and queries as the engine: one process, one thread, CPU time.

    python -m bench.peers MATCHER TASK OUT

`logic-v2` (nomenklatura) and `wratio` (rapidfuzz) are too slow to score all pairs of a big task:
above 2,000 names they score the 200 most alike by TF-IDF of character 3-grams on romanised names,
and queries in other scripts likewise (ICU). That prefilter is generous: it can only lower the
scores of unlisted names, and its own time is not counted. `token_sort` and `tfidf` see every name.
All are told the schema, as the engine is: names of another kind are left out for them.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.corpora import load_extra
from bench.matchers import NOTHING, Outcome, read_task, write_outcome
from bench.protocols import Task
from bench.scripts import find_key
from bench.strata import romanise

MATCHERS = ("logic-v2", "tfidf", "token_sort", "wratio")
CANDIDATES = 200
ALL_PAIRS_NAMES_MAX = 2_000
CHUNK = 200

Score = Callable[[int, Sequence[int]], Sequence[float]]


class Tally:
    """Keeps best and right scores, leaving out names with the query's own tokens."""

    def __init__(self, task: Task) -> None:
        """Start with nothing found."""
        self.task = task
        self.keys = [find_key(n.text) for n in task.names]
        self.asked = [find_key(q.text) for q in task.queries]
        self.best = [NOTHING] * len(task.queries)
        self.right = [NOTHING] * len(task.queries)

    def add(self, query: int, names: Sequence[int], scores: Sequence[float]) -> None:
        """Add the scores of some names of one query."""
        wanted = self.task.queries[query].wanted
        for name, score in zip(names, scores, strict=True):
            if self.task.leave_out_equal and self.keys[name] == self.asked[query]:
                continue
            self.best[query] = max(self.best[query], float(score))
            if self.task.names[name].party in wanted:
                self.right[query] = max(self.right[query], float(score))


def split_kinds(task: Task) -> Iterator[tuple[bool, list[int], list[int]]]:
    """Yield (unlisted, queries, names) of one schema each."""
    names: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(task.names):
        names[name.schema].append(i)
    queries: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for i, query in enumerate(task.queries):
        queries[not query.wanted, query.schema].append(i)
    for (unlisted, schema), rows in queries.items():
        if names[schema]:
            yield unlisted, rows, names[schema]


def find_near(queries: Sequence[str], names: Sequence[str]) -> Iterator[tuple[Any, Any, float]]:
    """Yield, per query, (name ordinals, cosines, CPU seconds of its share) of the most alike."""
    text = load_extra("sklearn.feature_extraction.text")
    topn = load_extra("sparse_dot_topn")
    vectors = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3))
    columns = vectors.fit_transform(names).T.tocsr()
    for start in range(0, len(queries), 2_000):
        chunk = queries[start : start + 2_000]
        started = time.process_time()
        rows = vectors.transform(chunk)
        near = topn.sp_matmul_topn(rows, columns, top_n=CANDIDATES, threshold=0.05, n_threads=1)
        share = (time.process_time() - started) / len(chunk)
        for i in range(len(chunk)):
            part = slice(near.indptr[i], near.indptr[i + 1])
            yield near.indices[part], near.data[part], share


def run_tfidf(task: Task) -> Outcome:
    """TF-IDF of character 3-grams (within words), cosine, 200 nearest."""
    tally = Tally(task)
    cpu = {True: 0.0, False: 0.0}
    for unlisted, queries, names in split_kinds(task):
        texts = [romanise(task.names[i].text).lower() for i in names]
        asked = [romanise(task.queries[i].text).lower() for i in queries]
        for query, (rows, scores, share) in zip(queries, find_near(asked, texts), strict=True):
            cpu[unlisted] += share
            tally.add(query, [names[int(r)] for r in rows], scores)
    return Outcome("tfidf", tally.best, tally.right, 0.05, cpu[True], cpu[False])


def run_token_sort(task: Task) -> Outcome:
    """rapidfuzz token_sort_ratio over every name."""
    fuzz, process = load_extra("rapidfuzz.fuzz"), load_extra("rapidfuzz.process")
    clean = load_extra("rapidfuzz.utils").default_process
    numpy = load_extra("numpy")
    tally = Tally(task)
    cpu = {True: 0.0, False: 0.0}
    for unlisted, queries, names in split_kinds(task):
        texts = [clean(romanise(task.names[i].text)) for i in names]
        for start in range(0, len(queries), CHUNK):
            chunk = queries[start : start + CHUNK]
            asked = [clean(romanise(task.queries[i].text)) for i in chunk]
            started = time.process_time()
            scores = process.cdist(
                asked, texts, scorer=fuzz.token_sort_ratio, score_cutoff=40, workers=1
            )
            cpu[unlisted] += time.process_time() - started
            for query, row in zip(chunk, scores, strict=True):
                some = numpy.flatnonzero(row)
                tally.add(query, [names[int(r)] for r in some], row[some])
    return Outcome("token_sort", tally.best, tally.right, 40.0, cpu[True], cpu[False])


def run_pairs(task: Task, matcher: str, score: Score) -> Outcome:
    """Score pairs one by one: all of a small task, the prefiltered ones of a big one."""
    tally = Tally(task)
    cpu = {True: 0.0, False: 0.0}
    exhaustive = len(task.names) <= ALL_PAIRS_NAMES_MAX and matcher != "logic-v2"
    for unlisted, queries, names in split_kinds(task):
        texts = [romanise(task.names[i].text).lower() for i in names]
        asked = [romanise(task.queries[i].text).lower() for i in queries]
        for query, (rows, _, _) in zip(queries, find_near(asked, texts), strict=True):
            some = names if exhaustive else [names[int(r)] for r in rows]
            if not task.queries[query].text.isascii() and len(names) <= ALL_PAIRS_NAMES_MAX:
                some = names
            started = time.process_time()
            scores = score(query, some)
            cpu[unlisted] += time.process_time() - started
            tally.add(query, some, scores)
    return Outcome(matcher, tally.best, tally.right, 0.01, cpu[True], cpu[False])


def run_wratio(task: Task) -> Outcome:
    """rapidfuzz WRatio."""
    wratio = load_extra("rapidfuzz.fuzz").WRatio
    clean = load_extra("rapidfuzz.utils").default_process
    names = [clean(romanise(n.text)) for n in task.names]
    queries = [clean(romanise(q.text)) for q in task.queries]

    def score(query: int, some: Sequence[int]) -> list[float]:
        return [wratio(queries[query], names[i]) for i in some]

    return run_pairs(task, "wratio", score)


FTM = {
    "person": "Person",
    "organization": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}


def run_logic_v2(task: Task) -> Outcome:
    """nomenklatura logic-v2, one name per entity, names in their own script."""
    algorithm = load_extra("nomenklatura.matching").get_algorithm("logic-v2")
    proxy = load_extra("followthemoney").EntityProxy
    config = algorithm.default_config()

    def make(ident: str, schema: str, text: str) -> Any:
        properties = {"name": [text]}
        return proxy.from_dict({"id": ident, "schema": FTM[schema], "properties": properties})

    names = [make(f"n{i}", n.schema, n.text) for i, n in enumerate(task.names)]

    def score(query: int, some: Sequence[int]) -> list[float]:
        asked = make(f"q{query}", task.queries[query].schema, task.queries[query].text)
        return [algorithm.compare(asked, names[i], config).score for i in some]

    return run_pairs(task, "logic-v2", score)


RUNNERS: dict[str, Callable[[Task], Outcome]] = {
    "logic-v2": run_logic_v2,
    "tfidf": run_tfidf,
    "token_sort": run_token_sort,
    "wratio": run_wratio,
}


def main() -> None:
    """Run one peer over one task file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("matcher", choices=MATCHERS)
    parser.add_argument("task", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    write_outcome(RUNNERS[options.matcher](read_task(options.task)), options.out)


if __name__ == "__main__":
    main()
