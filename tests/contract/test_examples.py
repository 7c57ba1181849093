"""What the documentation shows is run: docstring examples, the README's Python and commands."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
from pathlib import Path

import click
import pytest

import amur
from amur.adapters.cli.exits import MEANINGS
from amur.adapters.cli.main import cli
from amur.policy import REASON_RULES

_ROOT = Path(__file__).resolve().parents[2]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_MODULES = sorted(
    {each.name for each in pkgutil.walk_packages(amur.__path__, "amur.")} - {"amur._engine"}
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", _README, re.M | re.S)


@pytest.mark.parametrize("name", ["amur", *_MODULES])
def test_docstring_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), raise_on_error=False)
    assert result.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    examples = [
        example
        for name in ("amur", *_MODULES)
        for found in finder.find(importlib.import_module(name))
        for example in found.examples
    ]
    assert len(examples) > 10


def test_the_readme_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})
    assert "17016" in capsys.readouterr().out


def test_the_readme_commands_are_understood() -> None:
    """Every `amur` command of the README parses: names, options and kinds of argument."""
    lines = [line.split("#")[0] for block in blocks("sh") for line in block.splitlines()]
    calls = [shlex.split(line) for line in lines if re.match(r"(\.venv/bin/)?amur ", line)]
    assert len(calls) >= 5
    for call in calls:
        _parse(cli, call[1:])


def _parse(command: click.Command, arguments: list[str]) -> None:
    context = command.make_context(command.name or "amur", list(arguments))
    if isinstance(command, click.Group):
        name, found, rest = command.resolve_command(context, [*arguments])
        assert name
        assert found is not None
        _parse(found, rest)


def test_the_readme_has_the_table_of_exit_codes() -> None:
    for code, meaning in MEANINGS.items():
        assert f"| {code.value} | {meaning} |" in _README


def test_every_reason_code_is_documented() -> None:
    page = (_ROOT / "docs" / "reason-codes.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\w+)$", page, re.M)
    assert headings == [code.value for code in REASON_RULES]
    for rule in REASON_RULES.values():
        assert rule.title in page
        assert rule.example in page


def test_targets_of_the_readme_exist() -> None:
    makefile = (_ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^ {4}|`|^)make (\w+)", _README, re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target
