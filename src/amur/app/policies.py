"""Use case: the policy that decides, packaged or laid over by a file."""

from __future__ import annotations

from pathlib import Path

from amur.errors import InputError, PolicyError
from amur.limits import POLICY_FILE_BYTES_MAX
from amur.policy import Policy, parse_policy


def load_policy(path: Path | None = None) -> Policy:
    """Return the packaged policy, with the differences that a file of TOML states.

    Args:
        path: the file; None means the packaged policy alone, which names no institution, so that
            every law counts as applying.

    Raises:
        InputError: the file cannot be read.
        PolicyError: it makes no sense; the error names the key.

    Examples:
        >>> load_policy().institution.named
        False
    """
    if path is None:
        return parse_policy()
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise InputError(
            f"the policy cannot be read: {error.strerror}",
            source=str(path),
            advice="Name an existing file of TOML.",
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            "the policy is not UTF-8", source=str(path), advice="Save it as UTF-8."
        ) from error
    if len(content) > POLICY_FILE_BYTES_MAX:
        raise InputError(
            "the file is too large for a policy",
            source=str(path),
            advice=f"A policy has at most {POLICY_FILE_BYTES_MAX} bytes.",
        )
    try:
        return parse_policy(text)
    except PolicyError as error:
        raise PolicyError(
            f"{error.problem} ({path})", key=error.key, advice=error.advice
        ) from error
