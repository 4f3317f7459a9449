"""Trying a wording before it is saved: what it looks like, and what letters it could not make.

Fonts and sheet decide that, so a wording is laid out as letters are: with easy and with the
hardest data, in every case for which a block has a version.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from koba_desktop.domain import wording
from koba_desktop.domain.errors import NotFound, Problem, Refused
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.letters.letter import foreign, texts, values
from koba_desktop.letters.letter.dummies import case, dummy, holds, possible
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.typesetting import bidi, fonts, markup
from koba_desktop.services.letters.choosing import BINDING
from koba_desktop.services.letters.data import LetterData, storable
from koba_desktop.services.letters.window_check import window_problem
from koba_desktop.services.ports import CourtesyText, LetterRenderer, LetterSource, RenderedLetter

_ON_SECOND_PAGE = "second_page"
"""Where a block stands, not what the letter is about: the layout decides it."""
_OPTIONAL = frozenset(
    {"box_heading", "box_large", "box_former", "box_line", "box_number", "box_code", "silence"}
)
"""Blocks the layout leaves out where they say nothing, beside the rules for visits."""
_NO_GLYPH = "unprintable_character"
_OF_REVIEWS = ("geprueft_von", "geprueft_am")
_REVIEW = ("Prof. Dr. Jane Doe-Hohenstein", date(2021, 3, 31))
_ABSENCES = ("no_phone", "no_about", "no_attempts", "no_deadline", "no_number")
"""What a letter may always lack, so that a block must not rely on it."""


class LetterWordingDesk:
    """Fulfils ``services.ports.WordingDesk``."""

    def __init__(self, renderer: LetterRenderer | None = None) -> None:
        self._renderer = renderer or Renderer()

    def shipped(self, kind: LetterKind, language: str, variant: str) -> Mapping[str, str]:
        """The wording that comes with the program. Raises NotFound ``wording_missing``."""
        return texts.shipped_blocks(kind, language, variant)

    def sample(
        self,
        kind: LetterKind,
        language: str,
        variant: str,
        blocks: Mapping[str, str],
        master: Mapping[str, str],
        *,
        conditions: Collection[str] = (),
        hard: bool = True,
        review: tuple[str, date] | None = None,
        form: str = "B",
        envelope: str = "DL",
    ) -> RenderedLetter:
        """A letter in this wording; of a translation the page behind its German ``master``.

        ``form`` (DIN 5008) and ``envelope`` are those of the sheet,
        ``conditions`` are the case it is about, ``review`` tells who has checked the translation
        and when. Raises as ``LetterRenderer.render``, but what is
        wrong with the wording as ``problems`` names it.
        """
        data = dummy(kind, conditions, hard=hard, language=language)
        data["form"], data["envelope"] = form, envelope
        source = _source(kind, language, variant, blocks, master, data, review=review)
        try:
            return self._renderer.render(source)
        except Refused as refused:
            keys = _keys(blocks, data)
            longest = _grown(blocks, self._shipped_or_nothing(kind, language, variant))
            blamed = (_blamed(problem, keys, longest) for problem in refused.problems)
            raise Refused(*blamed) from refused

    def placeholders(
        self, kind: LetterKind, language: str, variant: str, blocks: Mapping[str, str]
    ) -> Mapping[str, Mapping[str, str]]:
        """What each block may use, with what stands there in a sample: what a letter of the
        block's case has a value for."""
        found = {}
        for key in blocks:
            name, *conditions = key.split(".")
            said = _said(language, dummy(kind, _about(conditions), hard=False, language=language))
            found[key] = {each: value for each, value in said.items() if value}
            if name == "reviewed":
                found[key] |= {of: wording.PLACEHOLDERS[of] for of in _OF_REVIEWS}
        return found

    def conditions(self, kind: LetterKind) -> Mapping[str, frozenset[str]]:
        """For what a block can have a version of its own (``dummies.possible``); that the slip
        stands on another page may be so of any letter."""
        found = possible(kind)
        alone = {each: others | {_ON_SECOND_PAGE} for each, others in found.items()}
        return {**alone, _ON_SECOND_PAGE: frozenset(found)}

    def problems(
        self,
        kind: LetterKind,
        language: str,
        variant: str,
        blocks: Mapping[str, str],
        master: Mapping[str, str],
    ) -> tuple[Problem, ...]:
        """Why this wording cannot be saved; ``where`` is the block, with its case.

        ``placeholder_unknown``, ``markup_not_allowed``, ``markup_not_closed``, ``block_empty``,
        ``block_missing``, ``placeholder_lacking``, ``character_not_in_font``,
        ``placeholder_not_always``, ``text_does_not_fit``, ``wording_too_long``.
        """
        shipped = self._shipped_or_nothing(kind, language, variant)
        found = [*wording.check(blocks), *_empty(blocks, shipped)]
        if language != BINDING:
            found += wording.lacking(master, blocks)
        if not found:  # else no letter could be laid out
            longest = _grown(blocks, shipped)
            found += self._tried(kind, language, variant, blocks, master, longest)
        found += _unprintable(language, blocks)
        places = {key: number for number, key in enumerate(blocks)}
        return tuple(sorted(_each_once(found), key=lambda p: places.get(p.where, len(places))))

    def _tried(
        self,
        kind: LetterKind,
        language: str,
        variant: str,
        blocks: Mapping[str, str],
        master: Mapping[str, str],
        longest: str,
    ) -> Iterator[Problem]:
        for conditions in cases(kind, blocks):
            for hard in (True,) if conditions else (False, True):
                data = dummy(kind, conditions, hard=hard, language=language)
                review = None if hard else _REVIEW
                source = _source(kind, language, variant, blocks, master, data, review=review)
                try:
                    rendered = self._renderer.render(source)
                except Refused as refused:
                    keys = _keys(blocks, data)
                    for problem in refused.problems:
                        if problem.code != _NO_GLYPH:  # each block is looked at by itself
                            yield _blamed(problem, keys, longest)
                    continue
                if rendered.violations:
                    yield window_problem(rendered.violations, longest)

    def _shipped_or_nothing(
        self, kind: LetterKind, language: str, variant: str
    ) -> Mapping[str, str]:
        try:
            return self.shipped(kind, language, variant)
        except NotFound:
            return {}


def cases(kind: LetterKind, blocks: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    """As few cases as it takes to have each version of each block in a letter, and each thing
    missing that may be."""
    wanted: dict[frozenset[str], set[str]] = {frozenset(): set()}
    for key in blocks:
        _name, *needed = key.split(".")
        if _ON_SECOND_PAGE not in needed:
            wanted.setdefault(case(needed), set()).add(key)
    for absence in _ABSENCES:
        wanted.setdefault(frozenset({absence}), set())
    found: dict[frozenset[str], set[str]] = {frozenset(): wanted.pop(frozenset())}
    for conditions, keys in sorted(wanted.items(), key=lambda each: -len(each[0])):
        if not holds(kind, conditions):
            continue
        for other in found:
            both = case(conditions | other)
            if (
                other
                and conditions | other <= both
                and _shows(kind, blocks, both, keys | found[other])
            ):
                found[both] = found.pop(other) | keys
                break
        else:
            found[conditions] = keys
    return tuple(found)


def _empty(blocks: Mapping[str, str], shipped: Mapping[str, str]) -> list[Problem]:
    """What says nothing although the letter needs it."""
    may_be = _OPTIONAL | {key.split(".")[0] for key, text in shipped.items() if not text.strip()}
    return [
        Problem("block_empty", {"name": key}, key)
        for key, text in blocks.items()
        if not text.strip() and (name := key.split(".")[0]) not in may_be and name[:5] != "rule_"
    ]


def _unprintable(language: str, blocks: Mapping[str, str]) -> Iterator[Problem]:
    """Characters without a glyph, of every block: some stand only in letters that no trial makes,
    on a fourth page or in a demonstration."""
    translated = language != BINDING
    for key, text in blocks.items():
        said = bidi.without_controls(markup.plain(markup.to_paragraph(text)))
        if translated:
            said = "".join(ch for ch in said if ch not in fonts.JOINERS)
        if problem := fonts.unprintable(said, key, arabic=translated):
            yield replace(problem, code="character_not_in_font")


def _shows(
    kind: LetterKind, blocks: Mapping[str, str], conditions: frozenset[str], keys: set[str]
) -> bool:
    """Whether a letter in that case takes all these versions of its blocks."""
    if not holds(kind, conditions):
        return False
    data = dummy(kind, conditions, hard=False)
    return keys <= set(texts.choice(blocks, values.conditions(data)).values())


def _about(conditions: Collection[str]) -> list[str]:
    return [each for each in conditions if each != _ON_SECOND_PAGE]


def _source(
    kind: LetterKind,
    language: str,
    variant: str,
    blocks: Mapping[str, str],
    master: Mapping[str, str],
    data: LetterData,
    *,
    review: tuple[str, date] | None = None,
) -> LetterSource:
    """``review``: a native reader has confirmed the translation, as another block says."""
    if language == BINDING:
        return LetterSource(kind, blocks, storable(data), variant)
    courtesy = CourtesyText(language, blocks, *(review or ()))
    return LetterSource(kind, master, storable(data), LetterVariant.STANDARD, courtesy)


def _said(language: str, data: LetterData) -> Mapping[str, str | None]:
    """What stands for each placeholder, in the language of the wording."""
    said = values.values(data)
    if language != BINDING:
        said |= foreign.own_values(CourtesyText(language, {}), data)
    return said


def _keys(blocks: Mapping[str, str], data: LetterData) -> Mapping[str, str]:
    """Which version of each block such a letter takes, be it on one page or two."""
    holding = values.conditions(data)
    return texts.choice(blocks, holding)


def _blamed(problem: Problem, keys: Mapping[str, str], longest: str) -> Problem:
    """What a letter was refused for, said of the block that is to be changed."""
    where = keys.get(problem.where, "")
    match problem.code:
        case code if code == _NO_GLYPH:
            return Problem("character_not_in_font", problem.params, where or longest)
        case "placeholder_missing":
            return Problem("placeholder_not_always", problem.params, where)
        case "letter_too_long":
            return Problem("wording_too_long", problem.params, longest)
        case _:
            return replace(problem, where=where)


def _each_once(problems: Sequence[Problem]) -> list[Problem]:
    """Of the same fault in several cases the worst."""
    worst: dict[tuple[str, str, str], Problem] = {}
    for problem in sorted(problems, key=lambda p: -p.params.get("over", 0)):
        worst.setdefault(
            (problem.code, problem.where, problem.params.get("placeholder", "")), problem
        )
    return list(worst.values())


def _grown(blocks: Mapping[str, str], shipped: Mapping[str, str]) -> str:
    """The block that has outgrown the shipped one by most: where a page is full, shorten that."""
    return max(
        blocks,
        key=lambda key: len(markup.plain(blocks[key])) - len(markup.plain(shipped.get(key, ""))),
    )
