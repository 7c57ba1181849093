"""The policy of a file: laid over the packaged one, with errors that name file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from amur.app import policies
from amur.app.policies import load_policy
from amur.errors import InputError, PolicyError
from amur.policy import parse_policy


def test_no_file_is_the_packaged_policy() -> None:
    assert load_policy().sha256 == parse_policy().sha256


def test_a_file_says_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "bank.toml"
    path.write_text('[institution]\nname = "B"\ncountry = "CN"\n', encoding="utf-8")
    assert load_policy(path).institution.country == "CN"
    assert load_policy(path).names == load_policy().names


def test_errors_name_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bank.toml"
    with pytest.raises(InputError, match=r"bank\.toml.*cannot be read"):
        load_policy(path)
    path.write_bytes(b'[institution]\nname = "\xff"\n')
    with pytest.raises(InputError, match="UTF-8"):
        load_policy(path)
    path.write_text("[names]\nreview_att = 1\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"names\.review_att.*bank\.toml"):
        load_policy(path)
    monkeypatch.setattr(policies, "POLICY_FILE_BYTES_MAX", 3)
    with pytest.raises(InputError, match="too large"):
        load_policy(path)
