"""The names and places the demonstration is made of, from ``resources/demo``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from koba_desktop.domain.vocabulary import Language
from koba_desktop.paths import resource_root
from koba_desktop.services.demo.maker import Weighted


@dataclass(frozen=True, slots=True)
class Origin:
    """Names that go together; ``language`` is what most of these people speak."""

    share: int
    language: Language
    family: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """Where an office is, which share of the clients it has, and the towns around it."""

    name: str
    share: int
    area: tuple[tuple[str, str], ...]  # postcode, town


@dataclass(frozen=True, slots=True)
class Material:
    german: Origin
    origins: Weighted[Origin]
    streets: tuple[str, ...]
    towns: tuple[Town, ...]


@cache
def material() -> Material:
    people, places = _read("people.toml"), _read("places.toml")
    origins = tuple(
        Origin(
            share=each["share"],
            language=Language(each.get("language", "de")),
            family=tuple(each["family"].split()),
            women=tuple(each["women"].split()),
            men=tuple(each["men"].split()),
        )
        for each in people.values()
    )
    streets = places["streets"].replace("\n", ";").split(";")
    towns = tuple(
        Town(each["town"], each["share"], tuple((code, town) for code, town in each["area"]))
        for each in places["office"]
    )
    return Material(
        origins[0],
        Weighted((o, o.share) for o in origins),
        tuple(s.strip() for s in streets if s.strip()),
        towns,
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resource_root() / "demo" / name).read_text(encoding="utf-8"))
