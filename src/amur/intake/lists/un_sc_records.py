"""One record of the UN list, element by element."""

from __future__ import annotations

from datetime import date

from amur import limits
from amur.intake.countries import find_country
from amur.intake.lists.un_sc_names import (
    NULLS,
    PARTS,
    read_alias,
    read_original_script,
    split_names,
)
from amur.intake.lists.un_sc_values import (
    find_in_comments,
    find_months,
    read_day,
    read_day_or_year,
    read_document,
    read_years,
)
from amur.intake.xml import Element
from amur.model import (
    Address,
    CountryLink,
    DateRange,
    Entity,
    Identifier,
    Name,
    NameKind,
    NameQuality,
    Note,
    Schema,
    Source,
)

# What the publisher's database needs and a reader does not: version counter, the constant
# "UN List", keys to sort by.
_ADMINISTRATIVE = frozenset({"VERSIONNUM", "LIST_TYPE", "SORT_KEY", "SORT_KEY_LAST_MOD"})
# "a.k.a." and "f.k.a." are the words of entities; an individual's name without a quality, which
# no file seen has, counts as strong: the reader must not make a listed name weaker than it is.
_QUALITIES = {
    "": (NameQuality.STRONG, NameKind.ALIAS),
    "good": (NameQuality.STRONG, NameKind.ALIAS),
    "low": (NameQuality.WEAK, NameKind.ALIAS),
    "a.k.a.": (NameQuality.STRONG, NameKind.ALIAS),
    "f.k.a.": (NameQuality.STRONG, NameKind.FORMER),
}


class RecordError(ValueError):
    """A record that cannot be read, with the element to blame."""

    def __init__(self, element: Element, problem: str) -> None:
        super().__init__(problem)
        self.line = element.line
        self.field = element.tag
        self.problem = problem


def _clean(element: Element) -> str:
    """Text with line breaks and runs of blanks as one blank; "na" and the like as empty."""
    text = " ".join(element.text.split())
    return "" if text.casefold() in NULLS else text


def _values(element: Element) -> dict[str, str]:
    """Text of each child, empty ones left out; a repeated tag keeps all, joined."""
    values: dict[str, str] = {}
    for child in element.children:
        text = _clean(child)
        if text:
            values[child.tag] = f"{values[child.tag]}; {text}" if child.tag in values else text
    return values


class Record:
    """One INDIVIDUAL or ENTITY, read element by element."""

    def __init__(self, element: Element) -> None:
        self.tag = element.tag
        self.schema = Schema.PERSON if element.tag == "INDIVIDUAL" else Schema.ORGANIZATION
        self.names: list[Name] = []
        self.births: list[DateRange] = []
        self.birth_places: list[Note] = []
        self.countries: list[CountryLink] = []
        self.addresses: list[Address] = []
        self.identifiers: list[Identifier] = []
        self.programmes: list[str] = []
        self.notes: list[Note] = []
        self.gender = ""
        self.listed_on: DateRange | None = None
        self.updates: list[DateRange] = []
        self.aliases = 0
        self.record_id = _clean(self._require(element, "DATAID"))
        if not (self.record_id.isascii() and self.record_id.isdigit()):
            raise RecordError(self._require(element, "DATAID"), "is not a whole number")
        self._read_primary(element)
        self._require(element, "LISTED_ON")
        for child in element.children:
            try:
                self._read_child(child)
            except RecordError:
                raise
            except ValueError as error:
                raise RecordError(child, str(error)) from error

    def _require(self, element: Element, tag: str) -> Element:
        child = element.child(tag)
        if child is None or not _clean(child):
            raise RecordError(child or element, f"{tag} is missing or empty")
        return child

    def _place(self, element: Element, part: str = "") -> str:
        return f"{self.tag}/{element.tag}/{part}" if part else f"{self.tag}/{element.tag}"

    def _read_primary(self, element: Element) -> None:
        first = self._require(element, "FIRST_NAME")
        if self.schema is Schema.PERSON:
            parts = tuple(
                (role, text)
                for tag, role in PARTS
                for child in element.all(tag)
                if (text := _clean(child))
            )
            names = [" ".join(text for _, text in parts)]
        else:
            names = split_names(_clean(first))
            parts = ()
            # Nothing known fills these for an entity; what does is kept as a note.
            self.notes += [
                Note("other", f"{tag}: {text}", f"{self.tag}/{tag}")
                for tag, _ in PARTS[1:]
                for child in element.all(tag)
                if (text := _clean(child))
            ]
        if not names or not any(map(str.isalnum, names[0])):
            raise RecordError(first, "holds no letter or digit")
        field_name = self._place(first)
        self._add_name(
            first, Name(names[0], NameQuality.PRIMARY, NameKind.PRIMARY, parts, field_name)
        )
        for name in names[1:]:
            self._add_name(first, Name(name, NameQuality.STRONG, NameKind.ALIAS, field=field_name))

    def _add_name(self, element: Element, name: Name) -> None:
        if len(name.text) > limits.NAME_CHARS_MAX:
            raise RecordError(
                element, f"has {len(name.text)} characters, limit {limits.NAME_CHARS_MAX}"
            )
        self.names.append(name)

    def _read_child(self, child: Element) -> None:
        tag = child.tag.removeprefix(f"{self.tag}_")
        text = _clean(child)
        if tag == "ALIAS":
            self._read_alias(child)
        elif tag == "ADDRESS":
            self._read_address(child)
        elif tag == "DATE_OF_BIRTH":
            self._read_birth(child)
        elif tag == "PLACE_OF_BIRTH":
            self._read_birth_place(child)
        elif tag == "DOCUMENT":
            self._read_document(child)
        elif tag == "NAME_ORIGINAL_SCRIPT":
            for name in read_original_script(
                text, quality=NameQuality.STRONG, field=self._place(child)
            ):
                self._add_name(child, name)
        elif tag == "LISTED_ON":
            self.listed_on = read_day(text, field=self._place(child))
        elif tag == "LAST_DAY_UPDATED":
            self.updates += [
                read_day(value, field=self._place(child, "VALUE"))
                for each in child.all("VALUE")
                if (value := _clean(each))
            ]
        elif tag in {"TITLE", "DESIGNATION", "NATIONALITY"}:
            self._read_list(child, tag)
        elif tag == "UN_LIST_TYPE":
            self.programmes += [text] if text else []
        elif tag == "GENDER":
            self._read_gender(child, text)
        elif tag == "COMMENTS1":
            self._read_comments(child, text)
        elif tag == "REFERENCE_NUMBER":
            self.notes += [Note("reference", text, self._place(child))] if text else []
        elif tag in _ADMINISTRATIVE or tag == "DATAID" or any(tag == each for each, _ in PARTS):
            return
        else:
            self._keep_unknown(child, self.tag)

    def _keep_unknown(self, element: Element, path: str) -> None:
        """Keep an element that no rule reads, with all below it, word for word."""
        text = _clean(element)
        path = f"{path}/{element.tag}"
        if text:
            self.notes.append(Note("other", f"{element.tag}: {text}", path))
        for child in element.children:
            self._keep_unknown(child, path)

    def _keep_rest(self, element: Element, known: tuple[str, ...]) -> None:
        for child in element.children:
            if child.tag not in known:
                self._keep_unknown(child, self._place(element))

    def _read_list(self, element: Element, tag: str) -> None:
        for each in element.all("VALUE"):
            text = _clean(each)
            if not text:
                continue
            place = self._place(element, "VALUE")
            if tag == "NATIONALITY":
                self.countries.append(CountryLink("nationality", find_country(text), text, place))
            else:
                self.notes.append(Note("title" if tag == "TITLE" else "position", text, place))
        self._keep_rest(element, ("VALUE",))

    def _read_gender(self, element: Element, text: str) -> None:
        gender = text.casefold()
        if gender in {"male", "female"}:
            self.gender = gender
        elif text:
            self.notes.append(Note("gender", text, self._place(element)))

    def _read_comments(self, element: Element, text: str) -> None:
        if not text:
            return
        place = self._place(element)
        identifiers, emails = find_in_comments(text, field=place)
        self.identifiers += identifiers
        self.notes += [Note("comment", text, place), *emails]

    def _read_alias(self, element: Element) -> None:
        values = _values(element)
        quality = values.get("QUALITY", "").casefold()
        if quality not in _QUALITIES:
            raise RecordError(
                element.child("QUALITY") or element, "is none of Good, Low, a.k.a., f.k.a."
            )
        note = values.get("NOTE", "")
        if "ALIAS_NAME" in values:
            strength, kind = _QUALITIES[quality]
            names = read_alias(
                values["ALIAS_NAME"],
                quality=strength,
                kind=kind,
                note=note,
                field=self._place(element, "ALIAS_NAME"),
            )
            if not names:
                raise RecordError(
                    element.child("ALIAS_NAME") or element, "holds no letter or digit"
                )
            self.aliases += 1
            for name in names:
                self._add_name(element, name)
        elif note:
            self.notes.append(Note("other", note, self._place(element, "NOTE")))
        if "DATE_OF_BIRTH" in values:
            self.births.append(
                read_day_or_year(
                    values["DATE_OF_BIRTH"], field=self._place(element, "DATE_OF_BIRTH")
                )
            )
        born = [values[tag] for tag in ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH") if tag in values]
        self._add_birth_place(element, born, values.get("COUNTRY_OF_BIRTH", ""))
        self._keep_rest(
            element,
            ("QUALITY", "ALIAS_NAME", "NOTE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"),
        )

    def _add_birth_place(self, element: Element, parts: list[str], country: str) -> None:
        if parts:
            self.birth_places.append(Note("birth_place", ", ".join(parts), self._place(element)))
        if country:
            self.countries.append(
                CountryLink("birth", find_country(country), country, self._place(element))
            )

    def _read_birth_place(self, element: Element) -> None:
        values = _values(element)
        tags = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
        self._add_birth_place(
            element, [values[tag] for tag in tags if tag in values], values.get("COUNTRY", "")
        )
        self._keep_rest(element, tags)

    def _read_address(self, element: Element) -> None:
        values = _values(element)
        tags = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
        if any(tag in values for tag in tags):
            country = values.get("COUNTRY", "")
            self.addresses.append(
                Address(
                    lines=(values["STREET"],) if "STREET" in values else (),
                    town=values.get("CITY", ""),
                    region=values.get("STATE_PROVINCE", ""),
                    postal_code=values.get("ZIP_CODE", ""),
                    country=find_country(country),
                    country_text=country,
                    note=values.get("NOTE", ""),
                    field=self._place(element),
                )
            )
        self._keep_rest(element, tags)

    def _read_birth(self, element: Element) -> None:
        values = _values(element)
        kind = values.pop("TYPE_OF_DATE", "")
        place = self._place(element)
        note = values.get("NOTE", "")
        words = " ".join((kind, *values.values())).strip()
        circa = kind.casefold() == "approximately" or "approx" in note.casefold()
        if "DATE" in values:
            day = read_day(values["DATE"], field=place)
            self.births.append(DateRange(day.earliest, day.latest, circa, words, place))
        elif "FROM_YEAR" in values or "TO_YEAR" in values:
            first = values.get("FROM_YEAR", values.get("TO_YEAR", ""))
            last = values.get("TO_YEAR", first)
            self.births.append(read_years(first, last, circa=circa, text=words, field=place))
        elif "YEAR" in values:
            months = find_months(f"{note} {values['YEAR']}", field=place)
            self.births.append(
                months
                or read_years(values["YEAR"], values["YEAR"], circa=circa, text=words, field=place)
            )
        elif note:
            months = find_months(note, field=place)
            if months is not None:
                self.births.append(months)
            else:
                self.notes.append(Note("birth_date", words, place))
        self._keep_rest(element, ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"))

    def _read_document(self, element: Element) -> None:
        read = read_document(_values(element), field=self._place(element))
        if isinstance(read, Identifier):
            self.identifiers.append(read)
        elif read is not None:
            self.notes.append(read)
        self._keep_rest(
            element,
            (
                "TYPE_OF_DOCUMENT",
                "TYPE_OF_DOCUMENT2",
                "NUMBER",
                "ISSUING_COUNTRY",
                "COUNTRY_OF_ISSUE",
                "CITY_OF_ISSUE",
                "DATE_OF_ISSUE",
                "NOTE",
            ),
        )

    def build(self, source: Source) -> Entity:
        """Return the entity."""
        return Entity(
            source=source,
            schema=self.schema,
            names=tuple(self.names),
            births=tuple(self.births),
            birth_places=tuple(self.birth_places),
            countries=tuple(self.countries),
            addresses=tuple(self.addresses),
            identifiers=tuple(self.identifiers),
            programmes=tuple(self.programmes),
            gender=self.gender,
            notes=tuple(self.notes),
            listed_on=self.listed_on,
            updated_on=self._newest_update(),
        )

    def _newest_update(self) -> DateRange | None:
        """The last change; its text keeps every date the publisher gives."""
        if not self.updates:
            return None
        newest = max(self.updates, key=lambda day: day.latest or date.min)
        return DateRange(
            newest.earliest,
            newest.latest,
            text="; ".join(day.text for day in self.updates),
            field=newest.field,
        )
