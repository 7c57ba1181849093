"""Shared fixtures: the folder of real published files, where it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# `make soak`: many more examples. No deadline anywhere: a busy machine is no failure.
settings.register_profile("default", deadline=None)
settings.register_profile(
    "soak", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("default")

_ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Folder of real list and payment files (`AMUR_TEST_DATA`, else `../shared/data`)."""
    given = os.environ.get("AMUR_TEST_DATA")
    folder = Path(given) if given else _ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("test data not present: set AMUR_TEST_DATA to the folder that holds it")
    return folder
