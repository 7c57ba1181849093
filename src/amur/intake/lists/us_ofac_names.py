"""Names as OFAC writes them: persons as `SURNAME, Given`."""

from __future__ import annotations

from amur.model import Name, NameKind, NamePart, NameQuality, Schema


def read_name(
    text: str,
    *,
    schema: Schema,
    quality: NameQuality,
    kind: NameKind,
    field: str,
) -> Name:
    """Return a name in natural reading order.

    Only a person's name is turned at its first comma: `PUTIN, Vladimir Vladimirovich` becomes
    `Vladimir Vladimirovich PUTIN`, with its parts marked. A generation suffix that stands behind
    a second comma follows the surname: `DELOS REYES, Feliciano, Jr.` becomes
    `Feliciano DELOS REYES, Jr.` A firm's or vessel's comma is part of its name
    (`ANGLO-CARIBBEAN CO., LTD.`).
    """
    text = " ".join(text.split())
    family, comma, given = (part.strip() for part in text.partition(","))
    if schema is not Schema.PERSON or not comma or not family or not given:
        return Name(text, quality, kind, field=field)
    parts = ((NamePart.FAMILY, family), (NamePart.GIVEN, given))
    before, inner, after = (part.strip() for part in given.partition(","))
    if inner and before and after:
        if _is_suffix(before):
            # "MNANGAGWA, JR., Emmerson": the suffix stands between the two.
            return Name(f"{after} {family}, {before}", quality, kind, parts, field)
        return Name(f"{before} {family}, {after}", quality, kind, parts, field)
    return Name(f"{given} {family}", quality, kind, parts, field)


def _is_suffix(text: str) -> bool:
    return text.casefold().rstrip(".") in {"jr", "sr", "ii", "iii", "iv"}
