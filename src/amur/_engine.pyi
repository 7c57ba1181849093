"""Types of the compiled engine (crates/python). Checked against the module by `tests/contract`."""

from typing import TypeAlias

RawEntry: TypeAlias = tuple[
    str,
    list[tuple[str, str]],
    list[tuple[int | None, int | None]],
    list[str],
    list[tuple[str, str]],
]
RawSubject: TypeAlias = tuple[
    str,
    str,
    list[tuple[int | None, int | None]],
    list[str],
    list[tuple[str, str]],
]
RawMatch: TypeAlias = tuple[
    int,
    int,
    int,
    int,
    bool,
    list[tuple[str, int, str]],
    list[tuple[str, str, str, int]],
    tuple[str, str, str] | None,
]

class EngineError(Exception): ...
class VersionMismatchError(EngineError): ...
class DamagedIndexError(EngineError): ...

class Index:
    def __init__(self, path: str) -> None: ...
    def match_subjects(
        self, subjects: list[RawSubject], at_least: int, exhaustive: bool
    ) -> list[list[RawMatch]]: ...
    def count_matches(self, names: list[str], at_least: int, schema: str) -> list[int]: ...
    def scan(self, texts: list[str], at_least: int) -> list[list[tuple[int, int, RawMatch]]]: ...
    def lowest_threshold(self) -> int: ...
    def below_scan_floor(self) -> list[tuple[int, int]]: ...
    def verify(self) -> None: ...

def version() -> str: ...
def build_index(
    entries: list[RawEntry], path: str
) -> tuple[int, int, int, int, int, int]: ...
def compare(subject: RawSubject, listed: RawEntry) -> RawMatch: ...
def normalise(name: str) -> str: ...
def check_imo(number: str) -> bool: ...
