from __future__ import annotations

from pathlib import Path

import pytest

from amur.errors import SettingsError
from amur.settings import Settings, from_environment


def test_home_and_policy_come_from_the_environment(tmp_path: Path) -> None:
    policy = tmp_path / "bank.toml"
    policy.touch()
    found = from_environment({"AMUR_HOME": str(tmp_path), "AMUR_POLICY": str(policy)})
    assert found == Settings(tmp_path, policy)
    assert found.find_policy() == policy
    assert found.decisions == tmp_path / "decisions.sqlite"


def test_without_variables_home_is_the_users(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert from_environment({}) == Settings(tmp_path / ".amur")


def test_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AMUR_HOME", str(tmp_path))
    monkeypatch.delenv("AMUR_POLICY", raising=False)
    assert from_environment() == Settings(tmp_path)


@pytest.mark.parametrize("key", ["AMUR_HOME", "AMUR_POLICY"])
def test_an_empty_variable_is_an_error(key: str) -> None:
    with pytest.raises(SettingsError, match=key):
        from_environment({key: " "})


def test_relative_home_becomes_absolute() -> None:
    assert from_environment({"AMUR_HOME": "here"}).home == Path.cwd() / "here"


def test_policy_in_the_home_folder(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert settings.find_policy() is None
    (tmp_path / "policy.toml").touch()
    assert settings.find_policy() == tmp_path / "policy.toml"


def test_named_policy_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="AMUR_POLICY"):
        Settings(tmp_path, tmp_path / "none.toml").find_policy()


def test_another_home(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert settings.with_home(None) is settings
    assert settings.with_home(tmp_path / "other").home == tmp_path / "other"
