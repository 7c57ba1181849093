"""The command line: what it prints, where, and the exit code it leaves with."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from amur.adapters.cli import main
from amur.adapters.cli.exits import MEANINGS, Exit
from amur.app.demo import add_sample_lists, find_sample

DAY = "2024-05-16"


class Ran:
    """What one call left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


class Terminal:
    """Calls the command line in this process, with its own home folder."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def run(self, *arguments: object, home: bool = True) -> Ran:
        more = ["--home", str(self.home)] if home else []
        with pytest.raises(SystemExit) as left:
            main([str(each) for each in arguments] + more)
        text = self._capsys.readouterr()
        assert "Traceback" not in text.err
        assert isinstance(left.value.code, int)
        return Ran(int(left.value.code), text.out, text.err)


@pytest.fixture(scope="module")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    add_sample_lists(home)
    (home / "policy.toml").write_bytes((find_sample() / "policy.toml").read_bytes())
    return home


@pytest.fixture
def terminal(
    sample_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    monkeypatch.delenv("AMUR_HOME", raising=False)
    monkeypatch.delenv("AMUR_POLICY", raising=False)
    return Terminal(sample_home, capsys)


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def write_csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_help_shows_every_command_and_the_exit_codes(terminal: Terminal) -> None:
    ran = terminal.run("--help", home=False)
    assert ran.code == Exit.DONE
    for word in ("demo", "lists", "screen", "match", "compare", "explain", "config"):
        assert f"\n  {word} " in ran.out
    for code, meaning in MEANINGS.items():
        assert f"{code.value:>3}  {meaning}" in ran.out


@pytest.mark.parametrize(
    "command",
    [
        ["demo"],
        ["lists", "add"],
        ["lists", "status"],
        ["screen"],
        ["match"],
        ["compare"],
        ["explain"],
        ["config", "show"],
    ],
)
def test_every_command_has_an_example(terminal: Terminal, command: list[str]) -> None:
    ran = terminal.run(*command, "--help", home=False)
    assert f"amur {' '.join(command)}" in ran.out.split("Examples:")[1]


def test_screen_decides_the_sample(terminal: Terminal) -> None:
    payments = find_sample() / "payments"
    ran = terminal.run("screen", payments, "--law-at", DAY, "--format", "csv")
    rows = read_csv(ran.out)
    assert ran.code == Exit.DONE
    assert len(rows) == len(list(payments.iterdir()))
    assert {row["verdict"] for row in rows} == {"CLEAR", "REVIEW", "STOP"}
    assert f"read {len(rows)}, decided {len(rows)}" in ran.err
    again = terminal.run("screen", payments, "--law-at", DAY, "--format", "csv")
    assert again.out == ran.out
    assert f"({len(rows)} decided before)" in again.err


def test_screen_agrees_with_what_the_sample_expects(terminal: Terminal) -> None:
    with (find_sample() / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    for day in (DAY, "2024-11-22"):
        ran = terminal.run("screen", find_sample() / "payments", "--law-at", day, "--format", "csv")
        found = {Path(row["source"]).name: row for row in read_csv(ran.out)}
        key = day.replace("-", "_")
        wrong = [
            (row["file"], want, got)
            for row in expected
            if row["file"] in found
            for want, got in [
                (
                    (row[f"verdict_{key}"], row[f"action_{key}"], row[f"codes_{key}"]),
                    tuple(found[row["file"]][each] for each in ("verdict", "action", "codes")),
                )
            ]
            if want != got
        ]
        assert not wrong
        assert set(found) <= {row["file"] for row in expected}


def test_screen_holds_what_it_cannot_read(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<Document", encoding="utf-8")
    ran = terminal.run("screen", tmp_path, "--law-at", DAY, "--format", "jsonl")
    (line,) = ran.out.splitlines()
    assert ran.code == Exit.HELD
    assert json.loads(line)["kind"] == "unscreened"
    assert "unscreened 1" in ran.err


def test_screen_writes_a_table_or_a_file(terminal: Terminal, tmp_path: Path) -> None:
    payments = find_sample() / "payments"
    ran = terminal.run("screen", payments, "--law-at", DAY)
    assert "main reason" in ran.out
    out = tmp_path / "out.jsonl"
    to_file = terminal.run("screen", payments, "--law-at", DAY, "--format", "jsonl", "--out", out)
    assert to_file.out == ""
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {line["kind"] for line in lines} == {"decision"}
    assert [each.name for each in tmp_path.iterdir()] == ["out.jsonl"]


def test_explain_shows_the_page_of_a_decision(terminal: Terminal) -> None:
    ran = terminal.run("screen", find_sample() / "payments", "--law-at", DAY, "--format", "csv")
    row = next(row for row in read_csv(ran.out) if row["verdict"] == "STOP")
    page = terminal.run("explain", row["decision_id"][:10])
    assert page.code == Exit.DONE
    assert row["decision_id"] in page.out
    assert row["record_id"] in page.out
    exact = terminal.run("explain", row["decision_id"], "--json")
    assert json.loads(exact.out)["id"] == row["decision_id"]


def test_explain_says_what_is_wrong(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("screen", find_sample() / "payments", "--law-at", DAY)
    ran = terminal.run("explain", "00000000000000000000")
    assert (ran.code, ran.out) == (Exit.ERROR, "")
    assert "no decision begins with" in ran.err
    none = terminal.run("explain", "0000", "--home", tmp_path, home=False)
    assert none.code == Exit.ERROR
    assert "Screen something first" in none.err
    assert list(tmp_path.iterdir()) == []


def test_match_takes_names(terminal: Terminal) -> None:
    ran = terminal.run(
        "match", "Gazprombank", "Quiet Timber Import", "--law-at", "2024-11-22", "--format", "csv"
    )
    hits, nothing = read_csv(ran.out)
    assert ran.code == Exit.DONE
    assert (hits["record_id"], hits["list_id"]) == ("17016", "us-ofac-sdn")
    assert (nothing["name"], nothing["code"]) == ("Quiet Timber Import", "")
    assert "2 names, 1 with hits, 0 rejected" in ran.err


def test_match_takes_a_file_and_holds_what_it_cannot_read(
    terminal: Terminal, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "names.csv", "id,name,birth_date", "c1,Gazprombank,", "c2,X,1.1.70")
    ran = terminal.run("match", path, "--law-at", "2024-11-22", "--format", "jsonl")
    (line,) = map(json.loads, ran.out.splitlines())
    assert ran.code == Exit.HELD
    assert (line["id"], line["reasons"][0]["record_id"]) == ("c1", "17016")
    assert "rejected: names.csv, line 3, field birth_date" in ran.err


def test_compare_keeps_the_rows_and_adds_a_score(terminal: Terminal, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "pairs.csv",
        "schema,name1,name2,note",
        "organization,Bright River LLC,Bright River LLC,same",
        "person,Ivan Petrov,Quiet Timber Import,other",
        "robot,A,B,odd",
    )
    ran = terminal.run("compare", path, home=False)
    same, other, odd = read_csv(ran.out)
    assert ran.code == Exit.HELD
    assert [each["note"] for each in (same, other, odd)] == ["same", "other", "odd"]
    assert 1 >= float(same["score"]) > 0.5 > float(other["score"]) >= 0
    assert len(same["score"]) == len("0.000")
    assert odd["score"] == ""
    assert "line 4" in ran.err


def test_lists_are_added_refused_and_shown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path / "home", capsys)
    un = find_sample() / "lists" / "2024-spring" / "un-sc"
    added = terminal.run("lists", "add", "un-sc", un, "--known-at", "2024-05-15")
    assert added.code == Exit.DONE
    assert "un-sc of 2024-05-13 is in force" in added.out
    again = terminal.run("lists", "add", "un-sc", un, "--known-at", "2024-05-15")
    assert "nothing changed" in again.out
    status = terminal.run("lists", "status")
    assert "2024-05-13" in status.out
    assert "not loaded" in status.out
    broken = tmp_path / "consolidated.xml"
    broken.write_text("<CONSOLIDATED_LIST", encoding="utf-8")
    refused = terminal.run("lists", "add", "un-sc", broken)
    assert refused.code == Exit.ERROR
    assert "last good one stays in force" in refused.err
    half = terminal.run("lists", "add", "un-sc", broken, "--override-reason", "because")
    assert half.code == Exit.USAGE


def test_config_shows_what_decides(terminal: Terminal) -> None:
    ran = terminal.run("config", "show")
    assert ran.code == Exit.DONE
    assert str(terminal.home) in ran.out.replace("\n", "")
    assert "Sample Bank Harbin" in ran.out
    policy = json.loads(terminal.run("config", "show", "--json").out)
    assert policy["institution"]["country"] == "CN"


@pytest.mark.parametrize(
    "arguments",
    [
        ["screen"],
        ["nonsense"],
        ["match", "X", "--law-at", "yesterday"],
        ["match", "X", "--law-at", "2999-01-01"],
        ["match", "X", "--format", "pdf"],
    ],
)
def test_a_wrong_command_line_is_a_usage_error(terminal: Terminal, arguments: list[str]) -> None:
    ran = terminal.run(*arguments, home=False)
    assert ran.code == Exit.USAGE
    assert ran.out == ""
    assert "Usage:" in ran.err


def test_errors_are_one_line_that_says_what_to_do(terminal: Terminal, tmp_path: Path) -> None:
    ran = terminal.run("match", "X", "--home", tmp_path / "empty", home=False)
    assert ran.code == Exit.ERROR
    assert ran.err.startswith("amur: no list is in force")
    assert "amur lists add" in ran.err
    assert ran.err.count("\n") == 1
    missing = terminal.run("screen", tmp_path / "none.xml", "--law-at", DAY)
    assert missing.code == Exit.ERROR
    bad = tmp_path / "bad.toml"
    bad.write_text("[names]\nreview_att = 1\n", encoding="utf-8")
    policy = terminal.run("match", "X", "--policy", bad, "--law-at", DAY)
    assert policy.code == Exit.ERROR
    assert "names.review_att" in policy.err


def test_the_demo_shows_both_days_and_what_to_try_next(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path, capsys)
    first = terminal.run("demo")
    assert first.code == Exit.DONE
    for words in (
        "As of 2024-05-16",
        "As of 2024-11-22",
        "decided otherwise",
        "01-soybeans",
        "amur explain" if "amur explain" in first.out else " explain ",
        " match ",
        " screen ",
    ):
        assert words in first.out
    assert terminal.run("demo").out == first.out


def test_a_reader_that_goes_away_is_no_traceback(sample_home: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "names.csv", "name", *(f"Quiet Name {n}" for n in range(30_000)))
    called = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from amur.adapters.cli import main; main()",
            "match",
            str(path),
            "--format",
            "csv",
            "--law-at",
            DAY,
            "--home",
            str(sample_home),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert called.stdout is not None
    assert called.stderr is not None
    assert called.stdout.readline().startswith("id,name")
    called.stdout.close()
    errors = called.stderr.read()
    called.stderr.close()
    assert called.wait() == Exit.ERROR
    assert "Traceback" not in errors
    assert "Exception ignored" not in errors
