"""When a publication is dated."""

from __future__ import annotations

from datetime import UTC, date, datetime

from amur.errors import InputError


def date_publication(
    in_file: date | None, *, given: date | None, known_at: datetime, source: str = ""
) -> tuple[date, str]:
    """Return a publication's date and what it rests on: `file`, `given` or `assumed`.

    Args:
        in_file: the date that the file carries.
        given: the date that the caller states.
        known_at: UTC instant from which the publication was known; its day is the last resort.
        source: the file, for the error.

    Raises:
        InputError: the caller's date is not the file's.
    """
    if in_file is not None:
        if given is not None and given != in_file:
            raise InputError(
                f"the file says it was published on {in_file}, not on {given}",
                source=source,
                advice="Leave the date out, or give the right file.",
            )
        return in_file, "file"
    if given is not None:
        return given, "given"
    return known_at.astimezone(UTC).date(), "assumed"
