"""Unlisted subjects, stratified by the lists' own name cultures: the false-alert yardstick.

    python -m bench.strata [--persons 50000] [--companies 20000] [--vessels 2000] [--seed 2026]

Name parts come from Faker's locales (MIT); how many parts a name has, and in which order, follows
what lists and payments of that culture carry. Where a locale writes another script the parts are
romanised with ICU (Unicode licence), Arabic and Persian first with the spellings that Wikidata has
for the token (CC0, drawn by their counts): nothing is romanised by Amur. Whoever has the tokens of
a listed name, in any order, is removed and counted. Seeded: the same seed gives the same names.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.corpora import BUILD, find_data, load_extra, read_negatives
from bench.scripts import find_key

SEED = 2026
PERSONS, COMPANIES, VESSELS = 50_000, 20_000, 2_000

Rows = dict[str, list[str]]


def split_words(text: str) -> list[str]:
    """Return the parts of a text between semicolons."""
    return text.split(";")


@lru_cache(maxsize=1)
def _icu() -> Any:
    return load_extra("icu").Transliterator


@lru_cache(maxsize=8)
def _transliterator(rule: str) -> Any:
    return _icu().createInstance(rule)


@lru_cache(maxsize=1 << 16)
def romanise(text: str, rule: str = "Any-Latin; Latin-ASCII") -> str:
    """Return a text in ASCII letters by ICU's rules."""
    plain = _transliterator(rule).transliterate(text)
    return re.sub(r"\s+", " ", re.sub("['`ʼʹ’ʻ\"]", "", plain)).strip()


@lru_cache(maxsize=1)
def read_arabic_spellings() -> dict[str, tuple[list[str], list[int]]]:
    """Return the Latin spellings of Arabic-script tokens with their counts (Wikidata, CC0)."""
    path = find_data() / "name-transliteration-pairs/wd_arabic_80.tsv.gz"
    spellings: dict[str, tuple[list[str], list[int]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            latin, letters, count = line.rstrip("\n").split("\t")
            token = fold_arabic(letters.replace(" ", ""))
            names, counts = spellings.setdefault(token, ([], []))
            names.append(latin)
            counts.append(int(count))
    return spellings


def fold_arabic(token: str) -> str:
    """Return an Arabic-script token with Persian and hamza letters written one way."""
    return token.translate(str.maketrans("یىکأإآ", "ييكااا"))


def is_spelt(text: str) -> bool:
    """Return whether every token has a spelling: ICU's vowelless form is nobody's spelling."""
    spelt = read_arabic_spellings()
    folded = [fold_arabic(token) for token in text.split()]
    return all(t in spelt or (t.startswith("ال") and t[2:] in spelt) for t in folded)


def draw_spelt(draw: Callable[[], str]) -> str:
    """Return a name part that has spellings; after 30 draws, the last one."""
    text = draw()
    for _ in range(30):
        if is_spelt(text):
            break
        text = draw()
    return text


def romanise_arabic(text: str, chance: random.Random) -> str:
    """Return a name in Latin letters: each token as Wikidata spells it, else by ICU."""
    words = []
    for token in text.split():
        bare = fold_arabic(token)
        article = bare.startswith("ال") and bare not in read_arabic_spellings()
        found = read_arabic_spellings().get(bare[2:] if article else bare)
        latin = romanise(chance.choices(*found)[0] if found else token)
        words.append(("al-" if article else "") + latin)
    return " ".join(w[:1].upper() + w[1:] for w in words)


@dataclass(frozen=True)
class Maker:
    """What a culture's name maker draws from."""

    fake: Any
    chance: random.Random


def _arabic(m: Maker) -> str:
    locale = m.chance.choice(("fr_DZ", "ar_AA", "ar_SA", "ar_PS", "ar_SA", "ar_PS"))
    source = m.fake[locale]
    first = source.first_name_male if m.chance.random() < 0.8 else source.first_name_female
    count = m.chance.choice((0, 1, 1, 1, 2))
    if locale == "fr_DZ":
        parts = [first(), *(source.first_name_male() for _ in range(count))]
        family = source.last_name()
    else:
        parts = [draw_spelt(first), *(draw_spelt(source.first_name_male) for _ in range(count))]
        family = draw_spelt(source.last_name)
        parts = [romanise_arabic(p, m.chance) for p in parts]
        family = romanise_arabic(family, m.chance)
    link = m.chance.random()
    if link < 0.12 and len(parts) > 1:
        parts.insert(1, m.chance.choice(("bin", "ben", "ibn")))
    if m.chance.random() < 0.35 and not family.lower().startswith(("al", "el")):
        family = m.chance.choice(("Al ", "al-", "El ")) + family
    return " ".join([*parts, family])


def _persian(m: Maker) -> str:
    source = m.fake["fa_IR"]
    male = m.chance.random() < 0.8
    first = draw_spelt(source.first_name_male if male else source.first_name_female)
    if m.chance.random() < 0.25:
        first += " " + draw_spelt(source.first_name_male)
    return romanise_arabic(f"{first} {draw_spelt(source.last_name)}", m.chance)


def _russian(m: Maker) -> str:
    source = m.fake["ru_RU"]
    if m.chance.random() < 0.7:
        parts = (source.first_name_male(), source.middle_name_male(), source.last_name_male())
    else:
        parts = (source.first_name_female(), source.middle_name_female(), source.last_name_female())
    kept = parts if m.chance.random() < 0.6 else (parts[0], parts[2])
    text = " ".join(kept)
    return romanise(text, "Russian-Latin/BGN; Latin-ASCII") if m.chance.random() < 0.85 else text


def _chinese(m: Maker) -> str:
    source = m.fake["zh_CN"]
    family, given = source.last_name(), source.first_name()
    draw = m.chance.random()
    if draw < 0.1:
        return f"{family}{given}"
    latin = romanise(family), romanise(given).replace(" ", "")
    if draw < 0.3:
        return f"{latin[1].capitalize()} {latin[0].capitalize()}"
    return f"{latin[0].capitalize()} {latin[1].capitalize()}"


# Habit of South Korean passports where it differs from the letter-by-letter rule.
KOREAN = {"gim": "Kim", "i": "Lee", "bag": "Park", "choe": "Choi", "jeong": "Jung", "gang": "Kang"}


def _korean(m: Maker) -> str:
    source = m.fake["ko_KR"]
    family, given = source.last_name(), source.first_name()
    if m.chance.random() < 0.1:
        return f"{family}{given}"
    latin = romanise(family).lower()
    first = m.chance.choice(("-", " ", "")).join(romanise(s).capitalize() for s in given)
    return f"{KOREAN.get(latin, latin.capitalize())} {first}"


def _spanish(m: Maker) -> str:
    source = m.fake[m.chance.choice(("es_ES", "es_MX", "es_CO", "es_AR", "es_CL"))]
    male = m.chance.random() < 0.7
    first = source.first_name_male() if male else source.first_name_female()
    if m.chance.random() < 0.4:
        first += " " + (source.first_name_male() if male else source.first_name_female())
    family = source.last_name()
    return f"{first} {family}" + (f" {source.last_name()}" if m.chance.random() < 0.7 else "")


def _south_asian(m: Maker) -> str:
    locale = m.chance.choice(("en_IN", "en_IN", "en_PK", "en_PK", "hi_IN", "bn_BD", "ne_NP"))
    source = m.fake[locale]
    male = m.chance.random() < 0.75
    first = source.first_name_male() if male else source.first_name_female()
    if m.chance.random() < 0.2:
        first += " " + source.first_name_male()
    return romanise(f"{first} {source.last_name()}").title()


def _turkish(m: Maker) -> str:
    source = m.fake["tr_TR"]
    male = m.chance.random() < 0.75
    first = source.first_name_male() if male else source.first_name_female()
    if m.chance.random() < 0.25:
        first += " " + (source.first_name_male() if male else source.first_name_female())
    text = f"{first} {source.last_name()}"
    return text if m.chance.random() < 0.5 else romanise(text)


CULTURES: dict[str, Callable[[Maker], str]] = {
    "arabic": _arabic,
    "persian": _persian,
    "russian": _russian,
    "chinese": _chinese,
    "korean": _korean,
    "spanish": _spanish,
    "south asian": _south_asian,
    "turkish": _turkish,
}
LOCALES = split_words(
    "fr_DZ;ar_AA;ar_SA;ar_PS;fa_IR;ru_RU;zh_CN;ko_KR;es_ES;es_MX;es_CO;es_AR;es_CL;en_IN;"
    "en_PK;hi_IN;bn_BD;ne_NP;tr_TR;en_US;en_GB;de_DE;fr_FR;it_IT;nl_NL;pl_PL;pt_BR;id_ID;"
    "vi_VN"
)

FORMS = {
    "en_US": ("Inc", "LLC", "Corp.", "Co., Ltd."),
    "en_GB": ("Ltd", "Limited", "PLC", "LLP"),
    "de_DE": ("GmbH", "AG", "GmbH & Co. KG"),
    "fr_FR": ("SARL", "SA", "SAS"),
    "it_IT": ("S.r.l.", "S.p.A."),
    "nl_NL": ("B.V.", "N.V."),
    "pl_PL": ("Sp. z o.o.", "S.A."),
    "pt_BR": ("Ltda", "S.A."),
    "es_MX": ("S.A. de C.V.", "S. de R.L."),
    "es_ES": ("S.L.", "S.A."),
    "tr_TR": ("A.S.", "Ltd. Sti.", "San. ve Tic. A.S."),
    "ru_RU": ("OOO", "AO", "LLC", "JSC", "ZAO"),
    "zh_CN": ("Co., Ltd.", "Limited", "Co. Ltd"),
    "ko_KR": ("Co., Ltd.", "Inc."),
    "en_IN": ("Private Limited", "Pvt. Ltd.", "Limited"),
    "en_PK": ("(Pvt) Ltd", "Private Limited"),
    "ar_SA": ("LLC", "FZE", "FZCO", "W.L.L.", "Establishment"),
    "fa_IR": ("Co.", "Company", "PJSC", "Co. (PJS)"),
    "id_ID": ("PT", "Tbk"),
    "vi_VN": ("JSC", "Co., Ltd"),
}
TRADES = split_words(
    "Trading;Shipping;Logistics;Engineering;Industries;Petroleum;Energy;Electronics;"
    "Technology;Investments;Holding;Group;International;Construction;Steel;Chemicals;"
    "Textiles;Foods;Marine;Aviation;Machinery;Import Export;General Trading;Pharma;"
    "Minerals;Motors;Bank;Insurance;Services;Systems;Metals;Plastics;Export;Management;"
    "Consulting;Gas;Oil;Electric;Development"
)
CITIES = split_words(
    "Moscow;Tehran;Dubai;Damascus;Shanghai;Shenzhen;Hong Kong;Seoul;Istanbul;Karachi;"
    "Mumbai;Lahore;Madrid;Bogota;Hamburg;London;Baghdad;Minsk;Kazan;Ural;Siberian;Gulf;"
    "Caspian;Pacific;Orient;Middle East;Asia;Euro;Baltic;Black Sea"
)


def make_company(m: Maker, locale: str) -> str:
    """Return a company's name of a country: founder, place or made-up core, trade, legal form."""
    source = m.fake[locale]
    arabic = locale in ("ar_SA", "fa_IR")
    family = source.last_name()
    if arabic:
        family = romanise_arabic(draw_spelt(source.last_name), m.chance)
    else:
        family = romanise(family).title()
    if locale == "zh_CN":
        family = romanise(source.last_name() + source.first_name()).replace(" ", "").capitalize()
    city, trade = m.chance.choice(CITIES), m.chance.choice(TRADES)
    cores = (
        f"{family} {trade}",
        f"{family} {m.chance.choice(TRADES)} {trade}",
        f"{city} {family} {trade}",
        f"{city} {trade}",
        f"{family} & {romanise(source.last_name()).title()}",
        f"{romanise(source.last_name()).title()}-{family} {trade}",
    )
    core = m.chance.choices(cores, (6, 3, 2, 1, 1, 1))[0]
    form = m.chance.choice(FORMS[locale])
    return f"PT {core}" if form == "PT" else f"{core} {form}"


PREFIXES = split_words(";MV ;M/V ;MT ;M/T ;MSC ;Ocean ;Sea ;Star ;Golden ;Pacific ;Asia ;Lady ")
WORDS = split_words(
    "Star;Sun;Moon;Spirit;Pride;Glory;Hope;Dream;Pearl;Eagle;Dolphin;Horizon;Wave;Breeze;"
    "Voyager;Trader;Carrier;Venture;Fortune;Harmony;Victory;Express;Pioneer;Queen;King;"
    "Princess;Jade;Ruby;Coral;Aurora;Phoenix;Falcon;Tiger;Lion;Arrow;Crown;Bridge;Bay;"
    "Cape;Island"
)


def make_vessel(m: Maker) -> str:
    """Return a ship's name."""
    locale = m.chance.choice(("en_US", "es_ES", "ru_RU", "tr_TR", "zh_CN", "id_ID", "de_DE"))
    first = romanise(m.fake[locale].first_name().split()[0]).replace(" ", "").title()
    word = m.chance.choice(WORDS)
    text = m.chance.choice((f"{first} {word}", first, f"{word} {m.chance.choice(WORDS)}"))
    number = f" {m.chance.randint(1, 99)}" if m.chance.random() < 0.15 else ""
    return m.chance.choice(PREFIXES) + text + number


def draw_distinct(count: int, make: Callable[[], str]) -> list[str]:
    """Return `count` different names; stops early where the source has no more."""
    found: dict[str, None] = {}
    tries = 0
    while len(found) < count and tries < 20 * count:
        tries += 1
        if text := " ".join(make().split()):
            found[text] = None
    return list(found)


def make_strata(persons: int, companies: int, vessels: int, seed: int) -> Rows:
    """Return the strata by name, before listed names are removed."""
    faker = load_extra("faker")
    fake = faker.Faker(LOCALES, use_weighting=False)
    faker.Faker.seed(seed)
    m = Maker(fake, random.Random(seed))
    strata: Rows = {}
    for culture, make in CULTURES.items():
        strata[culture] = draw_distinct(persons // len(CULTURES), lambda make=make: make(m))  # type: ignore[misc]
    locales = list(FORMS)
    strata["company"] = draw_distinct(companies, lambda: make_company(m, m.chance.choice(locales)))
    strata["vessel"] = draw_distinct(vessels, lambda: make_vessel(m))
    return strata


def remove_listed(strata: Rows, listed: Iterable[str]) -> tuple[Rows, dict[str, int]]:
    """Return the strata without anyone who has a listed name's tokens, and how many went."""
    keys = {find_key(text) for text in listed}
    kept = {s: [t for t in texts if find_key(t) not in keys] for s, texts in strata.items()}
    return kept, {s: len(strata[s]) - len(kept[s]) for s in strata}


def load_strata(
    persons: int = PERSONS, companies: int = COMPANIES, vessels: int = VESSELS, seed: int = SEED
) -> Rows:
    """Return the strata with the 50,000 of the negatives file (`us`), made once and kept."""
    path = BUILD / f"strata-{persons}-{companies}-{vessels}-{seed}.csv"
    if not path.is_file():
        write_strata(path, make_strata(persons, companies, vessels, seed))
    strata: Rows = {"us": [row["full_name"] for row in read_negatives()]}
    with path.open(encoding="utf-8", newline="") as lines:
        for stratum, name in csv.reader(lines):
            strata.setdefault(stratum, []).append(name)
    return strata


def write_strata(path: Path, strata: Rows) -> None:
    """Write rows of stratum and name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows((s, t) for s, texts in strata.items() for t in texts)


def main() -> None:
    """Make the strata and print counts and samples."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--persons", type=int, default=PERSONS)
    parser.add_argument("--companies", type=int, default=COMPANIES)
    parser.add_argument("--vessels", type=int, default=VESSELS)
    parser.add_argument("--seed", type=int, default=SEED)
    o = parser.parse_args()
    strata = load_strata(o.persons, o.companies, o.vessels, o.seed)
    from bench.loaders import load_party_lists

    listed = [n.text for p in load_party_lists(find_data()) for n in p.names]
    kept, removed = remove_listed(strata, listed)
    for stratum, texts in kept.items():
        print(f"{stratum:12} {len(texts):6} kept, {removed[stratum]:4} listed; {texts[:6]}")


if __name__ == "__main__":
    main()
