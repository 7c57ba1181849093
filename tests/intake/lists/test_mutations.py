"""Damaged files: they read, collect rejected records, or raise a named error; nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from amur.errors import AmurError
from amur.intake.lists import read_publication
from tests.intake.lists.samples import ADD, ALT, END, KNOWN_AT, SDN, UN

_FILES = {
    name: (text + END).encode()
    for name, text in (("sdn.csv", SDN), ("add.csv", ADD), ("alt.csv", ALT))
}
_JUNK = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            b"",
            b'"',
            b",",
            b"\r\n",
            b"\x1a",
            b"\x00",
            b"-0- ",
            b"; ",
            b"(",
            b"<",
            b"&#0;",
            b"DOB 31 Feb 1900",
            b"0",
            b"\xef\xbb\xbf",
            b"<!DOCTYPE x>",
            b"]]>",
        ]
    ),
)
_EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 60), _JUNK), min_size=1, max_size=4
)


def damage(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, junk in edits:
        start = at % (len(content) + 1)
        content = content[:start] + junk + content[start + length :]
    return content


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(_FILES)), _EDITS)
def test_damaged_ofac_set(name: str, edits: list[tuple[int, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for each, content in _FILES.items():
            changed = damage(content, edits) if each == name else content
            (Path(folder) / each).write_bytes(changed)
        check("us-ofac-sdn", Path(folder))


@settings(max_examples=150, deadline=None)
@given(_EDITS)
def test_damaged_un_list(edits: list[tuple[int, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "consolidated.xml"
        path.write_bytes(damage(UN.encode(), edits))
        check("un-sc", path)


def check(list_id: str, path: Path) -> None:
    try:
        publication = read_publication(list_id, path, published_on=None, known_at=KNOWN_AT)
    except AmurError:
        return
    records = sum(each.records for each in publication.files)
    assert records >= len(publication.entities)
    assert all(entity.primary_name for entity in publication.entities)
    assert all(each.line >= 1 and each.problem for each in publication.rejected)
    ids = [entity.source.record_id for entity in publication.entities]
    assert len(ids) == len(set(ids))
