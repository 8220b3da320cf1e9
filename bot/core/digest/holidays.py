"""Public holidays by country and part of a country, and how people write which."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.errors import BadInput

NONE = frozenset({"", "none", "off", "no", "nowhere"})
NEAR = 0.6  # of 1: how alike a mistyped country must be to one that is known
PLACE = re.compile(r"\s*[-,/:]\s*|\s{2,}")  # between a country and its part


def holiday(place: str, day: date) -> str:
    """Name the public holiday of a day in a place (`GR`, `DE-BY`); nothing on any other day, or without a place."""
    return _of_year(place, day.year).get(day, "") if place else ""


def read_place(text: str) -> str:
    """Read `GR`, `Greece`, `DE-BY`, `Germany, Bayern` or `none`. Returns a code, nothing for none. Raises BadInput."""
    if text.strip().lower() in NONE:
        return ""
    country, *rest = PLACE.split(text.strip(), maxsplit=1)
    code = _countries().get(_plain(country))
    if code is None and not rest and " " in country:  # `de by`
        country, *rest = country.rsplit(" ", 1)
        code = _countries().get(_plain(country))
    if code is None:
        raise _unknown(text, country)
    return f"{code}-{_part(code, rest[0])}" if rest else code


def say_place(place: str) -> str:
    """Write a place with its country's name: `Greece`, `Germany (BY)`."""
    code, _, part = place.partition("-")
    return _names().get(code, code) + (f" ({part})" if part else "")


@lru_cache(maxsize=2048)  # places times years
def _of_year(place: str, year: int) -> Mapping[date, str]:
    from holidays import country_holidays  # imported here: most boards keep no holidays, and it costs start-up time

    code, _, part = place.partition("-")
    holidays = country_holidays(code, subdiv=part or None, years=year, language="en_US")
    return {day: str(name) for day, name in holidays.items()}


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Return every way to write a country, each with its code of ISO 3166-1."""
    from holidays.registry import COUNTRIES

    ways = {_plain(name): codes[1] for name, codes in COUNTRIES.items()}
    ways |= {_plain(word): codes[1] for codes in COUNTRIES.values() for word in codes}
    return ways | {"uk": "GB", "usa": "US"}


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES

    small = {"Of": "of", "And": "and", "The": "the"}
    named = {codes[1]: name.replace("_", " ").title() for name, codes in COUNTRIES.items()}
    return {code: " ".join(small.get(word, word) for word in name.split()) for code, name in named.items()}


def _part(code: str, text: str) -> str:
    from holidays import country_holidays

    country = country_holidays(code)
    ways = {_plain(part): part for part in country.subdivisions}
    ways |= {_plain(name): part for name, part in getattr(country, "subdivisions_aliases", {}).items()}
    part = ways.get(_plain(text))
    if part is None:
        known = ", ".join(country.subdivisions) or "none"
        raise BadInput(
            f"{{text}} is no part of {_names()[code]} that I know holidays of. It has: {known}.",
            field="holidays",
            text=text,
        )
    return part


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _unknown(text: str, country: str) -> BadInput:
    names = [name for name in _countries() if len(name) > 3]
    near = process.extractOne(_plain(country), names, scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    hint = f" Did you mean {say_place(_countries()[near[0]])}?" if near else ""
    return BadInput(
        f"{{text}} is not a country whose holidays I know.{hint} Write its code, for example `GR` or `DE-BY`.",
        field="holidays",
        text=text.strip(),
    )
