"""Romanisation schemes as public tables, to make the spellings that passports and lists carry.

Sources: ICAO Doc 9303 part 3 section 6 (Cyrillic); BGN/PCGN 1947 (Russian); ISO 9:1995 (Cyrillic);
the French passport and press habit; Duden (German); ELOT 743 and BGN/PCGN 1962 (Greek). Read 2026.
"""

from __future__ import annotations

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўѓќљњџћђј"


def _table(text: str) -> dict[str, str]:
    cells = text.split(" ")
    if len(cells) != len(LETTERS):
        raise ValueError(f"{len(cells)} cells for {len(LETTERS)} letters")
    return {k: "" if v == "-" else v for k, v in zip(LETTERS, cells, strict=True)}


_REST = "i i ie g u g k lj nj dz c d j"
CYRILLIC = {
    "ICAO": _table(
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia " + _REST
    ),
    "BGN": _table(
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya "
        "i yi ye g w g k lj nj dz c d y"
    ),
    "ISO 9": _table(
        "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ - y - è û â "
        "ì ï ê g̀ ŭ ǵ ḱ l̂ n̂ d̂ ć đ ǰ"
    ),
    "French": _table(
        "a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia "
        "i i ie g ou g k li ni dj tch dj i"
    ),
    "German": _table(
        "a b w g d e jo sch s i i k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja "
        "i ji je g u g k lj nj dsch c dj j"
    ),
}

GREEK_PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "γγ": "ng", "γκ": "gk", "γχ": "nch", "μπ": "mp"}
GREEK_LETTERS = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ"
GREEK_LATIN = "a v g d e z i th i k l m n x o p r s s t y f ch ps o a e i i o y o i y"
GREEK = dict(zip(GREEK_LETTERS, str.split(GREEK_LATIN), strict=True))


def romanise_by(scheme: str, text: str) -> str:
    """Return a Cyrillic or Greek name in Latin letters by a scheme, words capitalised."""
    words = []
    for word in text.lower().split():
        if scheme == "Greek":
            for pair, latin in GREEK_PAIRS.items():
                word = word.replace(pair, latin)
            table = GREEK
        else:
            table = CYRILLIC[scheme]
        latin_word = "".join(table.get(c, c) for c in word)
        words.append(latin_word[:1].upper() + latin_word[1:])
    return " ".join(words)
