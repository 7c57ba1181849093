"""OFAC's SDN list in its delimited form: sdn.csv, add.csv, alt.csv, sdn_comments.csv.

*Source*: OFAC data specification of the delimited files (updated 25 September 2023), and the
published files of 2019, 2021, 2023, 2024 and 2025.

The four tables are one publication: they belong together only if they are of the same moment.
Three facts that hold for every native set are checked, because nothing else would show a set of
mixed dates or a file that was cut at a line end: each row of the other tables names a party of
sdn.csv; each party has at least one row in add.csv (with nulls where it has no address); and
either all files end with 0x1A or none does (copies lose it).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from amur import limits
from amur.errors import IncompleteError, MalformedError, UnsupportedError
from amur.intake.countries import find_country
from amur.intake.lists.dating import date_publication
from amur.intake.lists.files import find_file
from amur.intake.lists.us_ofac_names import read_name
from amur.intake.lists.us_ofac_remarks import (
    REMARKS_CHARS_MAX,
    RemarkError,
    Remarks,
    read_remarks,
)
from amur.intake.lists.us_ofac_tables import (
    SDN,
    TABLES,
    Row,
    Table,
    read_table,
)
from amur.model import (
    Address,
    CountryLink,
    Entity,
    Identifier,
    IdentifierKind,
    Link,
    Name,
    NameKind,
    NameQuality,
    Note,
    Publication,
    Schema,
    Source,
)

LIST_ID = "us-ofac-sdn"

_SCHEMAS = {
    "": Schema.ORGANIZATION,
    "entity": Schema.ORGANIZATION,
    "individual": Schema.PERSON,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_ALT_KINDS = {"aka": NameKind.ALIAS, "fka": NameKind.FORMER, "nka": NameKind.NEW}
_COLUMN_NOTES = (("title", 4), ("vessel_type", 6), ("tonnage", 7), ("gross_tonnage", 8))


def read_us_ofac_sdn(path: Path, *, published_on: date | None, known_at: datetime) -> Publication:
    """Return one publication of the SDN list.

    Shape: `path` is the folder that holds the tables (or one of the tables in it), plain or gzip,
    names in any case. `counts`: `entities`, `aliases` (rows of alt.csv), `address_rows` (rows of
    add.csv), `addresses` (those that are not all null). A statement in Remarks that the column's
    limit cut, with no sdn_comments.csv to go on, becomes a note of kind `truncated`.

    *Cost*: about 0.1 ms per party; the whole list stays in memory.

    Args:
        path: folder or file.
        published_on: the publication's date; the files carry none.
        known_at: UTC instant from which the publication was known.

    Raises:
        IncompleteError: a table is missing.
        MalformedError: a table is not in its format, or the tables are not of one moment.
        LimitError: a cap of `amur.limits`.
        InputError: a file cannot be read.
    """
    tables = _read_tables(_choose_folder(path))
    sdn, add, alt, comments = (tables.get(form.name) for form in TABLES)
    assert sdn is not None
    assert add is not None
    assert alt is not None
    _check_marks([sdn, add, alt])
    _check_parties(sdn, [each for each in (add, alt, comments) if each is not None])
    _check_addresses(sdn, add)
    when, basis = date_publication(None, given=published_on, known_at=known_at)
    addresses, address_count = _group_addresses(add)
    names, aliases = _group_names(alt)
    builder = _Builder(sdn, when, addresses, names, _group_comments(comments))
    entities = tuple(builder.build())
    read = [each for each in (sdn, add, alt, comments) if each is not None]
    return Publication(
        list_id=LIST_ID,
        published_on=when,
        published_basis=basis,
        known_at=known_at,
        files=tuple(each.file for each in read),
        entities=entities,
        rejected=tuple(
            sorted(
                (one for each in read for one in each.rejected),
                key=lambda one: (_order(one.file), one.line),
            )
        ),
        counts={
            "entities": len(entities),
            "aliases": aliases,
            "address_rows": len(add.rows),
            "addresses": address_count,
        },
    )


def _order(file: str) -> int:
    return [form.name for form in TABLES].index(file)


def _choose_folder(path: Path) -> Path:
    if not path.is_file():
        return path
    name = path.name.casefold().removesuffix(".gz")
    if any(name in form.names for form in TABLES):
        return path.parent
    raise UnsupportedError(
        "this is none of the delimited files of the SDN list",
        source=str(path),
        advice="Give the folder with sdn.csv, add.csv, alt.csv and, if there is one, "
        "sdn_comments.csv.",
    )


def _read_tables(folder: Path) -> dict[str, Table]:
    paths = {form.name: find_file(folder, form.names) for form in TABLES}
    missing = [form.name for form in TABLES if form.mandatory and paths[form.name] is None]
    if missing:
        raise IncompleteError(
            f"the set is incomplete: {', '.join(missing)} missing",
            source=str(folder),
            advice="Fetch all files of the publication together.",
        )
    return {
        form.name: read_table(path, form)
        for form in TABLES
        if (path := paths[form.name]) is not None
    }


def _check_marks(tables: list[Table]) -> None:
    unmarked = [table for table in tables if not table.marked]
    if unmarked and len(unmarked) < len(tables):
        raise MalformedError(
            f"{unmarked[0].form.name} does not end with the mark 0x1A as its siblings do: "
            "it is cut short, or from another copy",
            source=unmarked[0].source,
            advice="Fetch all files of the publication together.",
        )


def _check_parties(sdn: Table, others: list[Table]) -> None:
    """Refuse rows that name parties sdn.csv does not have.

    Where rows of sdn.csv were rejected without a readable `ent_num`, as many parties may be
    unknown for that reason: their rows are rejected one by one instead.
    """
    known = sdn.ent_nums()
    orphans = {
        table.form.name: [row for row in table.rows if row.ent_num not in known] for table in others
    }
    odd = [table for table in others if orphans[table.form.name]]
    if not odd:
        return
    numbers = {row.ent_num for rows in orphans.values() for row in rows}
    if len(numbers) > sdn.unreadable():
        first = orphans[odd[0].form.name][0]
        if len(odd) > 1:
            told = " and ".join(table.form.name for table in odd)
            raise MalformedError(
                f"sdn.csv lacks {len(numbers)} parties that {told} name, "
                f"for example ent_num {first.ent_num}: files of mixed dates, or sdn.csv is cut",
                source=sdn.source,
                field="ent_num",
                advice="Fetch all files of the publication together.",
            )
        count = len(orphans[odd[0].form.name])
        raise MalformedError(
            f"{count} rows of {odd[0].form.name} name parties that are not in sdn.csv, "
            f"for example ent_num {first.ent_num}: files of mixed dates",
            source=odd[0].source,
            line=first.line,
            field="ent_num",
            advice="Fetch all files of the publication together.",
        )
    for table in odd:
        for row in orphans[table.form.name]:
            table.drop(row, "ent_num", "names a party that is not in sdn.csv")
        table.rows = [row for row in table.rows if row.ent_num in known]


def _check_addresses(sdn: Table, add: Table) -> None:
    present = add.ent_nums()
    lacking = [row for row in sdn.rows if row.ent_num not in present]
    if len(lacking) > add.unreadable():
        raise MalformedError(
            f"add.csv has no row for {len(lacking)} parties of sdn.csv, "
            f"for example ent_num {lacking[0].ent_num}: files of mixed dates, or add.csv is cut",
            source=add.source,
            field="ent_num",
            advice="Fetch all files of the publication together; OFAC gives every party a row.",
        )


def _keep_unique(table: Table, column: int) -> Iterable[Row]:
    """Yield the rows whose number in `column` is a number and new; reject the others."""
    seen: set[str] = set()
    kept: list[Row] = []
    name = table.form.columns[column]
    for row in table.rows:
        number = row.cells[column]
        if not (number.isascii() and number.isdigit()):
            table.drop(row, name, "is not a whole number")
        elif number in seen:
            table.drop(row, name, "stands in an earlier row already")
        else:
            seen.add(number)
            kept.append(row)
    table.rows = kept
    return kept


def _group_addresses(add: Table) -> tuple[dict[str, tuple[list[Address], list[Note]]], int]:
    grouped: dict[str, tuple[list[Address], list[Note]]] = {}
    count = 0
    for row in _keep_unique(add, 1):
        _, _, street, town, country, remarks = row.cells
        addresses, notes = grouped.setdefault(row.ent_num, ([], []))
        if street or town or country:
            count += 1
            addresses.append(
                Address(
                    lines=(street,) if street else (),
                    town=town,
                    country=find_country(country),
                    country_text=country,
                    note=remarks,
                    field="add.csv",
                )
            )
        elif remarks:
            notes.append(Note("other", remarks, "add.csv/Add_remarks"))
    return grouped, count


def _group_names(alt: Table) -> tuple[dict[str, list[Row]], int]:
    grouped: dict[str, list[Row]] = {}
    count = 0
    for row in list(_keep_unique(alt, 1)):
        if row.cells[2].casefold() not in _ALT_KINDS:
            alt.drop(row, "alt_type", "is none of aka, fka, nka")
        elif problem := _find_name_problem(row.cells[3]):
            alt.drop(row, "alt_name", problem)
        else:
            count += 1
            grouped.setdefault(row.ent_num, []).append(row)
    return grouped, count


def _group_comments(comments: Table | None) -> dict[str, str]:
    grouped: dict[str, str] = {}
    if comments is None:
        return grouped
    for row in comments.rows:
        if row.ent_num in grouped:
            comments.drop(row, "ent_num", "stands in an earlier row already")
        else:
            grouped[row.ent_num] = row.cells[1]
    return grouped


def _find_name_problem(name: str) -> str:
    if not any(map(str.isalnum, name)):
        return "is empty" if not name else "holds no letter or digit"
    if len(name) > limits.NAME_CHARS_MAX:
        return f"has {len(name)} characters, limit {limits.NAME_CHARS_MAX}"
    return ""


class _Builder:
    """Joins the rows of one party into an entity."""

    def __init__(
        self,
        sdn: Table,
        published_on: date,
        addresses: dict[str, tuple[list[Address], list[Note]]],
        names: dict[str, list[Row]],
        comments: dict[str, str],
    ) -> None:
        self.sdn = sdn
        self.published_on = published_on
        self.addresses = addresses
        self.names = names
        self.comments = comments

    def build(self) -> Iterable[Entity]:
        """Yield the entities in file order; reject the rows that make none."""
        for row in _keep_unique(self.sdn, 0):
            schema = _SCHEMAS.get(row.cells[2].casefold())
            if schema is None:
                self.sdn.drop(row, "SDN_Type", "is none of individual, vessel, aircraft or null")
            elif problem := _find_name_problem(row.cells[1]):
                self.sdn.drop(row, "SDN_Name", problem)
            else:
                try:
                    remarks = self.read_remarks(row, schema)
                except RemarkError as error:
                    self.sdn.drop(row, error.field, error.problem)
                else:
                    yield self.make_entity(row, schema, remarks)

    def read_remarks(self, row: Row, schema: Schema) -> Remarks:
        text = row.cells[11]
        more = self.comments.get(row.ent_num, "")
        # A copy may have lost the blank behind which the column was cut.
        full = len(text) >= REMARKS_CHARS_MAX - 1 and not text.rstrip().endswith(".")
        return read_remarks(text + more, schema=schema, cut=full and not more)

    def make_entity(self, row: Row, schema: Schema, remarks: Remarks) -> Entity:
        addresses, address_notes = self.addresses.get(row.ent_num, ([], []))
        return Entity(
            source=Source(
                LIST_ID, SDN.name, self.sdn.file.sha256, row.ent_num, "", self.published_on
            ),
            schema=schema,
            names=(
                self.make_primary(row, schema),
                *(_make_alias(alias, schema) for alias in self.names.get(row.ent_num, ())),
                *remarks.names,
            ),
            births=tuple(remarks.births),
            birth_places=tuple(remarks.birth_places),
            countries=(*_read_flag(row), *remarks.countries),
            addresses=tuple(addresses),
            identifiers=(*_read_call_sign(row), *remarks.identifiers),
            programmes=_split_programmes(row.cells[3]),
            links=(*_read_owner(row), *remarks.links),
            gender=remarks.gender,
            notes=(*_read_column_notes(row), *remarks.notes, *address_notes),
        )

    def make_primary(self, row: Row, schema: Schema) -> Name:
        return read_name(
            row.cells[1],
            schema=schema,
            quality=NameQuality.PRIMARY,
            kind=NameKind.PRIMARY,
            field="sdn.csv/SDN_Name",
        )


def _make_alias(row: Row, schema: Schema) -> Name:
    name = read_name(
        row.cells[3],
        schema=schema,
        quality=NameQuality.STRONG,
        kind=_ALT_KINDS[row.cells[2].casefold()],
        field="alt.csv/alt_name",
    )
    if not row.cells[4]:
        return name
    return Name(name.text, name.quality, name.kind, name.parts, name.field, row.cells[4])


def _read_flag(row: Row) -> tuple[CountryLink, ...]:
    flag = row.cells[9]
    return (CountryLink("flag", find_country(flag), flag, "sdn.csv/Vess_flag"),) if flag else ()


def _read_call_sign(row: Row) -> tuple[Identifier, ...]:
    sign = row.cells[5]
    if not sign:
        return ()
    return (
        Identifier(IdentifierKind.CALL_SIGN, sign, label="Call_Sign", field="sdn.csv/Call_Sign"),
    )


def _read_owner(row: Row) -> tuple[Link, ...]:
    owner = row.cells[10]
    return (Link("vessel_owner", owner, "sdn.csv/Vess_owner"),) if owner else ()


def _read_column_notes(row: Row) -> tuple[Note, ...]:
    return tuple(
        Note(kind, row.cells[column], f"sdn.csv/{SDN.columns[column]}")
        for kind, column in _COLUMN_NOTES
        if row.cells[column]
    )


def _split_programmes(text: str) -> tuple[str, ...]:
    """`NPWMD] [IFSR`: the publisher leaves the outer brackets out."""
    tags = (tag.strip(" []") for tag in text.split("] ["))
    return tuple(tag for tag in tags if tag)
