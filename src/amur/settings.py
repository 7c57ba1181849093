"""Where Amur runs: the only reader of the environment (design rule 12).

Nothing here decides anything about a payment: that is the policy's work. The variables:

=============  =============================================  ==========================
variable       what                                           without it
=============  =============================================  ==========================
`AMUR_HOME`    folder of lists, snapshots, journal and store  `~/.amur`
`AMUR_POLICY`  policy file (TOML)                             `<home>/policy.toml` if there
=============  =============================================  ==========================
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from amur.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """Where Amur keeps its things.

    Attributes:
        home: home folder, absolute; it may not exist yet.
        policy: policy file that the caller named; None means `<home>/policy.toml` if it is there.
    """

    home: Path
    policy: Path | None = None

    @property
    def decisions(self) -> Path:
        """The store of decisions."""
        return self.home / "decisions.sqlite"

    def find_policy(self) -> Path | None:
        """Return the policy file to lay over the packaged default; None where there is none.

        Raises:
            SettingsError: the file that `AMUR_POLICY` names does not exist.
        """
        if self.policy is not None:
            if not self.policy.is_file():
                raise SettingsError(
                    f"there is no policy file {self.policy}",
                    key="AMUR_POLICY",
                    advice="Name an existing file, or unset the variable.",
                )
            return self.policy
        own = self.home / "policy.toml"
        return own if own.is_file() else None

    def with_home(self, home: Path | None) -> Settings:
        """Return these settings with another home folder (`--home`); None changes nothing."""
        if home is None:
            return self
        return replace(self, home=_absolute(str(home), key="--home"))


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment gives.

    Args:
        environment: variables by name; None means those of this process.

    Raises:
        SettingsError: a variable is set but empty, or the user's home folder is unknown.
    """
    given = os.environ if environment is None else environment
    policy = given.get("AMUR_POLICY")
    return Settings(
        home=_absolute(given.get("AMUR_HOME", "~/.amur"), key="AMUR_HOME"),
        policy=None if policy is None else _absolute(policy, key="AMUR_POLICY"),
    )


def _absolute(text: str, *, key: str) -> Path:
    # An empty variable is nearly always a broken script; taking it for the current folder would
    # scatter lists and decisions over whatever folder that happens to be.
    if not text.strip():
        raise SettingsError("it is set but empty", key=key, advice="Set a path, or unset it.")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise SettingsError(
            "the user's home folder is not known", key=key, advice="Set AMUR_HOME to a path."
        ) from error
