"""The wording of letters: text blocks as shipped, and filling their placeholders."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from koba_desktop.domain.errors import NotFound, Problem, Refused
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.domain.wording import PLACEHOLDERS, check, placeholders, replaced
from koba_desktop.letters.typesetting import markup
from koba_desktop.paths import resource_root

_EASY = "_easy"  # how the folder of Leichte Sprache ends


@cache
def shipped_templates() -> tuple[tuple[LetterKind, str, str, dict[str, str]], ...]:
    """The wordings that come with the program: (kind, language, variant, blocks) each.

    What all kinds of a language share (``common.toml``) is part of each one's blocks, but for what
    a kind is ``without``: nobody is to word what no letter prints. Folders are named by their
    language, "de_easy" holds the German ones in Leichte Sprache; what it shares with the standard
    ones need not stand there again.
    """
    shipped = []
    shared: dict[str, dict[str, str]] = {}
    for folder in sorted((resource_root() / "letters").iterdir()):
        if not folder.is_dir():
            continue
        language = folder.name.removesuffix(_EASY)
        easy = folder.name != language
        variant = LetterVariant.EASY if easy else LetterVariant.STANDARD
        common = _with(shared.get(language, {}), folder / "common.toml")
        shared[folder.name] = common
        for file in sorted(folder.glob("*.toml")):
            if file.stem == "common":
                continue
            blocks = _with(common, file)
            shipped.append((LetterKind(file.stem), language, variant.value, blocks))
    return tuple(shipped)


def _with(shared: Mapping[str, str], file: Path) -> dict[str, str]:
    """What is shared with the blocks of a file, but for those the file is ``without``."""
    own = tomllib.loads(file.read_text(encoding="utf-8"))
    without = own.pop("without", ())
    return {key: text for key, text in {**shared, **own}.items() if key not in without}


def shipped_blocks(
    kind: LetterKind, language: str = "de", variant: str = LetterVariant.STANDARD
) -> dict[str, str]:
    """The shipped wording of one kind. Raises NotFound ``wording_missing``."""
    for *each, blocks in shipped_templates():
        if each == [kind, language, variant]:
            return dict(blocks)
    raise NotFound("wording_missing", kind=kind)


class Filled(dict[str, str]):
    """Blocks as markup for paragraphs. One that the layout needs and the wording lacks is refused:
    ``block_missing``."""

    def __missing__(self, name: str) -> str:
        raise Refused(Problem("block_missing", {"name": name}, name))


def fill(blocks: Mapping[str, str], values: Mapping[str, str | None]) -> Filled:
    """The blocks with their placeholders replaced, as markup for paragraphs.

    Values are text and are escaped. Raises Refused, listing every ``placeholder_unknown`` (with
    the nearest as ``suggestion``), ``placeholder_missing`` and fault of markup, where = block.
    """
    prepared = _prepared(tuple(blocks.items()))
    problems = [
        *prepared.faults,
        *(
            Problem("placeholder_missing", {"placeholder": f"{{{used}}}"}, name)
            for name, used in prepared.used
            if not values.get(used)
        ),
    ]
    if problems:
        raise Refused(*problems)
    said = {used: markup.escape(values[used] or "") for _name, used in prepared.used}
    return Filled(
        {
            name: replaced(text, said.__getitem__) if "{" in text else text
            for name, text in prepared.paragraphs
        }
    )


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Chosen blocks as paragraphs, with their faults and the placeholders each uses."""

    paragraphs: tuple[tuple[str, str], ...]
    used: tuple[tuple[str, str], ...]
    faults: tuple[Problem, ...]


@lru_cache(maxsize=256)
def _prepared(blocks: tuple[tuple[str, str], ...]) -> _Prepared:
    """A batch has many letters of few wordings."""
    return _Prepared(
        tuple((name, markup.to_paragraph(text)) for name, text in blocks),
        tuple(
            (name, used)
            for name, text in blocks
            for used in placeholders(text)
            if used in PLACEHOLDERS
        ),
        tuple(check(dict(blocks))),
    )


def choose(blocks: Mapping[str, str], conditions: Collection[str]) -> dict[str, str]:
    """The blocks of a letter of which these conditions hold, by their names."""
    keys = _keys(tuple(blocks), frozenset(conditions))
    return {name: blocks[key] for name, key in keys.items()}


@lru_cache(maxsize=256)
def _keys(blocks: tuple[str, ...], conditions: frozenset[str]) -> Mapping[str, str]:
    return choice(blocks, conditions)


def choice(blocks: Iterable[str], conditions: Collection[str]) -> dict[str, str]:
    """Which version of each block a letter takes of which these conditions hold: name to key.

    A block ``about`` may have versions, ``about.no_about`` or ``about.no_about.representative``:
    of those whose conditions all hold the one with the most takes its place, of equals the first.
    """
    chosen: dict[str, str] = {}
    weights: dict[str, int] = {}
    for key in blocks:
        name, *needed = key.split(".")
        if set(needed) <= set(conditions) and len(needed) > weights.get(name, -1):
            chosen[name] = key
            weights[name] = len(needed)
    return chosen
