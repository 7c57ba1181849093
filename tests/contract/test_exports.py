"""The public API: what it names is there, nothing else is loaded, and importing it is cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import amur

_SOURCE = Path(amur.__file__)


def test_every_name_is_there_and_about_fifteen() -> None:
    for name in amur.__all__:
        assert getattr(amur, name) is not None
    assert amur.__all__ == sorted(amur.__all__)
    assert len(amur.__all__) <= 18
    assert set(amur.__all__) <= set(dir(amur))


def test_types_and_loading_name_the_same_homes() -> None:
    """What a type checker sees is what is loaded."""
    tree = ast.parse(_SOURCE.read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("amur")
        for alias in node.names
    }
    assert seen == amur._HOMES
    assert set(seen) == set(amur.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        amur.nothing  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, amur; heavy = {'msgspec', 'rich', 'click', 'sqlite3', 'amur._engine'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
