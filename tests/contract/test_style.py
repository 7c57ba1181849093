"""Rules of the house that no linter knows: who may read the environment, catch all, import what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import amur

_ROOT = Path(amur.__file__).parent
_FILES = sorted(_ROOT.rglob("*.py"))
_LINES_MAX = 500
"""400 is the goal; a file a little over it is no reason to tear it apart."""
_BANNED_NAMES = {"utils", "helpers", "common", "base", "manager", "services", "misc"}


def walk(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def name_file(path: Path) -> str:
    return str(path.relative_to(_ROOT))


@pytest.mark.parametrize("path", _FILES, ids=name_file)
def test_only_settings_reads_the_environment(path: Path) -> None:
    reads = [
        node.attr
        for node in walk(path)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
    ]
    assert not reads or name_file(path) == "settings.py"


@pytest.mark.parametrize("path", _FILES, ids=name_file)
def test_nothing_catches_every_exception(path: Path) -> None:
    caught = [
        ast.unparse(node.type) if node.type else "bare"
        for node in walk(path)
        if isinstance(node, ast.ExceptHandler)
    ]
    assert not {"bare", "Exception"} & set(caught)


@pytest.mark.parametrize("path", _FILES, ids=name_file)
def test_only_the_typed_face_imports_the_compiled_engine(path: Path) -> None:
    imported = {
        alias.name
        for node in walk(path)
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
    }
    assert not {"_engine", "amur._engine"} & imported or name_file(path) == "engine.py"


@pytest.mark.parametrize("path", _FILES, ids=name_file)
def test_modules_are_named_and_sized_for_readers(path: Path) -> None:
    assert path.stem not in _BANNED_NAMES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _LINES_MAX
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), "no docstring"


def test_the_walk_sees_the_package() -> None:
    assert len(_FILES) > 40
    assert any("environ" in path.read_text(encoding="utf-8") for path in _FILES)
