"""The exception tree: every error Amur raises on purpose.

::

    AmurError
    ├── InputError          a file, message or table that cannot be read   (source, line, field)
    │   ├── MalformedError      not in the format it claims to be
    │   ├── IncompleteError     a part is missing (a file of a set, a mandatory field)
    │   └── UnsupportedError    a format or message type no reader exists for
    ├── LimitError          larger, deeper or longer than `amur.limits` allows (limit, got, unit)
    ├── SnapshotError       a snapshot that cannot be opened or built
    │   ├── VersionError        written in another format version
    │   ├── ChecksumError       its bytes changed since it was written
    │   └── ActivationError     a list publication that may not come into force
    ├── PolicyError         a policy that does not make sense (key)
    ├── SettingsError       where Amur runs is not set up (key)
    └── StoreError          the store of decisions refused or failed

Messages start with the fields (source, line, field) and end with what to do.
"""

from __future__ import annotations


class AmurError(Exception):
    """Root of every error raised on purpose.

    Args:
        problem: what is wrong, one sentence, no personal data.
        advice: what the reader can do about it.
    """

    def __init__(self, problem: str, *, advice: str = "") -> None:
        self.problem = problem
        self.advice = advice
        super().__init__(problem, advice)

    def where(self) -> str:
        """Return the place of the error (file, line, field), or an empty string."""
        return ""

    def __str__(self) -> str:
        place = self.where()
        text = f"{place}: {self.problem}" if place else self.problem
        if self.advice:
            text = f"{text.rstrip('.')}. {self.advice}"
        return text


class InputError(AmurError):
    """Input that cannot be read as what it claims to be.

    Args:
        source: file or message name, as the user gave it.
        line: 1-based line in `source`, if known.
        field: column, element path or tag, if known.
    """

    def __init__(
        self,
        problem: str,
        *,
        source: str = "",
        line: int | None = None,
        field: str = "",
        advice: str = "",
    ) -> None:
        super().__init__(problem, advice=advice)
        self.source = source
        self.line = line
        self.field = field

    def where(self) -> str:
        """Return `file, line N, field F`, with the parts that are known."""
        parts = [self.source] if self.source else []
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.field:
            parts.append(f"field {self.field}")
        return ", ".join(parts)


class MalformedError(InputError):
    """Bytes that are not in the format they claim to be."""


class IncompleteError(InputError):
    """A set of files or a record with a mandatory part missing."""


class UnsupportedError(InputError):
    """A well-formed input of a kind no reader exists for."""


class LimitError(InputError):
    """Input beyond one of the caps in `amur.limits`.

    Args:
        limit: the cap.
        got: what was found (the first value seen past the cap).
        unit: unit of both.
    """

    def __init__(  # noqa: PLR0913 - the place of an error has three parts, the cap three more
        self,
        problem: str,
        *,
        limit: int,
        got: int,
        unit: str,
        source: str = "",
        line: int | None = None,
        field: str = "",
        advice: str = "",
    ) -> None:
        super().__init__(
            f"{problem}: {got} {unit}, limit {limit} {unit}",
            source=source,
            line=line,
            field=field,
            advice=advice,
        )
        self.limit = limit
        self.got = got
        self.unit = unit


class SnapshotError(AmurError):
    """A snapshot that cannot be opened or built."""


class VersionError(SnapshotError):
    """A file written in another format version than this build reads."""


class ChecksumError(SnapshotError):
    """A file whose bytes changed since it was written."""


class ActivationError(SnapshotError):
    """A list publication that may not come into force.

    Args:
        list_id: the list it claims to be.
        causes: each cause as one sentence, with file and line where known.
    """

    def __init__(
        self, problem: str, *, list_id: str, causes: tuple[str, ...] = (), advice: str = ""
    ) -> None:
        super().__init__(problem, advice=advice)
        self.list_id = list_id
        self.causes = causes

    def where(self) -> str:
        """Return the list's id."""
        return self.list_id


class PolicyError(AmurError):
    """A policy that does not make sense.

    Args:
        key: dotted path of the offending key, e.g. `names.review_at`.
    """

    def __init__(self, problem: str, *, key: str, advice: str = "") -> None:
        super().__init__(problem, advice=advice)
        self.key = key

    def where(self) -> str:
        """Return the dotted key."""
        return f"policy key {self.key}"


class SettingsError(AmurError):
    """Amur's surroundings (home folder, database) are not set up.

    Args:
        key: the setting.
    """

    def __init__(self, problem: str, *, key: str, advice: str = "") -> None:
        super().__init__(problem, advice=advice)
        self.key = key

    def where(self) -> str:
        """Return the setting's name."""
        return f"setting {self.key}"


class StoreError(AmurError):
    """The store of decisions refused or failed."""
