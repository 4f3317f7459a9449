"""Which wordings a letter takes: the client's language chooses.

The German text binds, in its standard form or in Leichte Sprache. To clients of another language a
courtesy translation goes along, of the kinds that ask them to act.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.domain.wording import agree
from koba_desktop.services.letters.kinds import TRANSLATED
from koba_desktop.services.ports import Reader

BINDING = Language.DE.value  # the German text counts; other languages stand beside it


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a letter is worded by. ``language`` is that of the translation, German without one."""

    binding: TemplateVersion
    variant: LetterVariant
    language: str = BINDING
    translation: TemplateVersion | None = None


def wordings_for(reader: Reader, kind: LetterKind, language: Language, day: date) -> Wordings:
    """The wordings in force on a day. Where there is no wording in Leichte Sprache the standard
    one is taken, where there is no translation none goes along. Neither does one of an older
    German text that states other facts than the letter: it must not contradict what binds.

    Raises Refused ``template_missing``.
    """
    if language is Language.DE_EASY:
        easy = in_force_of(reader, kind, BINDING, LetterVariant.EASY, day)
        if easy is not None:
            return Wordings(easy, LetterVariant.EASY)
    binding = in_force_of(reader, kind, BINDING, LetterVariant.STANDARD, day)
    if binding is None:
        raise Refused(Problem("template_missing", {"kind": kind}, "kind"))
    if kind in TRANSLATED and language not in (Language.DE, Language.DE_EASY):
        translation = in_force_of(reader, kind, language, LetterVariant.STANDARD, day)
        if translation is not None and (
            is_of(translation, binding, lambda one: reader.get(TemplateVersion, one))
            or agree(binding.blocks, translation.blocks)
        ):
            return Wordings(binding, LetterVariant.STANDARD, language.value, translation)
    return Wordings(binding, LetterVariant.STANDARD)


def is_of(
    translation: TemplateVersion,
    binding: TemplateVersion,
    version_of: Callable[[UUID], TemplateVersion],
) -> bool:
    """Whether a translation was made from the words of this German version. One that brings them
    back, after others, needs no new translation. ``version_of`` finds a version by its id."""
    if translation.translates_id is None:
        return False
    return (
        translation.translates_id == binding.id
        or version_of(translation.translates_id).blocks == binding.blocks
    )


def follows_former(
    reader: Reader,
    kind: LetterKind,
    easy: TemplateVersion,
    day: date,
    version_of: Callable[[UUID], TemplateVersion],
) -> bool:
    """Whether a text in Leichte Sprache follows another standard text than that of a day. It binds
    all the same. Of one that an earlier program stored nobody knows: it counts as up to date."""
    if easy.translates_id is None:
        return False
    standard = in_force_of(reader, kind, BINDING, LetterVariant.STANDARD, day)
    return standard is not None and not is_of(easy, standard, version_of)


def in_force_of(
    reader: Reader, kind: LetterKind, language: str, variant: LetterVariant, day: date
) -> TemplateVersion | None:
    """The version of one wording that is valid on a day; None where there is none."""
    for template in reader.find(Template, language=language, variant=variant.value):
        if template.kind is kind:
            return in_force(reader.find(TemplateVersion, template_id=template.id), day)
    return None


def in_force(versions: Iterable[TemplateVersion], day: date) -> TemplateVersion | None:
    """Of the versions of one wording the one valid on a day, of several from the same day the
    latest."""
    return max(
        (version for version in versions if version.valid_from <= day),
        key=lambda version: (version.valid_from, version.number),
        default=None,
    )
