"""Wordings that administrators write: immutable versions, in force from a day."""

from typing import Any

from koba_desktop.domain.entities.letters import Template, TemplateReview, TemplateVersion
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.domain.wording import check, lacking
from koba_desktop.i18n import _
from koba_desktop.services.commands import ReviewWording, SaveWording
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.choosing import BINDING, in_force_of
from koba_desktop.services.letters.kinds import TRANSLATED
from koba_desktop.services.letters.shipping import is_master
from koba_desktop.services.letters.wordings import WordingKey, is_outdated
from koba_desktop.services.office.permission import require_administrator
from koba_desktop.services.work import Work


def save_wording(work: Work, command: SaveWording) -> dict[str, Any]:
    """A new version of a wording. A translation is one of the German text in force when it comes
    into force itself; so is a text in Leichte Sprache one of the standard text.

    Raises Refused with everything that is wrong with the blocks (see ``domain.wording``; where =
    block), or: ``not_entitled``, ``wording_not_used`` for a translation that no letter would take,
    ``wording_in_past`` (day), ``wording_changed`` (by, at) where somebody else has written a
    version since, ``wording_unchanged``, ``template_missing`` for a translation of nothing.
    """
    require_administrator(work)
    _require_used(command)
    if command.valid_from < work.today:
        raise Refused(Problem("wording_in_past", {"day": command.valid_from}, "valid_from"))
    template = _template(work, command.kind, command.language, command.variant)
    versions = (
        work.reader.find(TemplateVersion, template_id=template.id, order_by="-number")
        if template is not None
        else []
    )
    newest = versions[0] if versions else None
    if (newest.id if newest is not None else None) != command.seen:
        raise _changed(work, newest)
    master = _master(work, command)
    problems = check(command.blocks)
    if master is not None and command.language != BINDING:
        problems += lacking(master.blocks, command.blocks)
    if problems:
        raise Refused(*problems)
    translates_id = master.id if master is not None else None
    if newest is not None and (newest.blocks, newest.translates_id, newest.valid_from) == (
        command.blocks,
        translates_id,
        command.valid_from,
    ):
        raise Refused(Problem("wording_unchanged", where="blocks"))
    if template is None:
        template = work.add(
            Template(
                id=new_id(),
                kind=command.kind,
                language=command.language,
                variant=command.variant.value,
            )
        )
    version = work.add(
        TemplateVersion(
            id=new_id(),
            template_id=template.id,
            number=newest.number + 1 if newest is not None else 1,
            blocks=dict(command.blocks),
            valid_from=command.valid_from,
            translates_id=translates_id,
        )
    )
    return {
        "version_id": version.id,
        "number": version.number,
        "outdated": _outdated(work, command, template),
    }


def review_wording(work: Work, command: ReviewWording) -> dict[str, Any]:
    """A native reader has confirmed a translation.

    Raises Refused ``not_entitled``, ``wording_not_translated`` for a German one, ``field_missing``
    (where = reviewed_by), ``reviewed_in_future`` (day).
    """
    require_administrator(work)
    version = work.get(TemplateVersion, command.template_version_id)
    if work.get(Template, version.template_id).language == BINDING:
        raise Refused(Problem("wording_not_translated", where="template_version_id"))
    if not command.reviewed_by.strip():
        raise Refused(Problem("field_missing", where="reviewed_by"))
    if command.reviewed_on > work.today:
        raise Refused(Problem("reviewed_in_future", {"day": command.reviewed_on}, "reviewed_on"))
    review = work.add(
        TemplateReview(
            id=new_id(),
            template_version_id=version.id,
            reviewed_by=command.reviewed_by.strip(),
            reviewed_on=command.reviewed_on,
        )
    )
    return {"review_id": review.id}


def _require_used(command: SaveWording) -> None:
    """Of German there are two forms; translations go along with some kinds."""
    if command.language == BINDING:
        return
    languages = set(Language) - {Language.DE, Language.DE_EASY}
    if (
        command.kind not in TRANSLATED
        or command.language not in languages
        or command.variant is not LetterVariant.STANDARD
    ):
        params = {"kind": command.kind, "language": command.language}
        raise Refused(Problem("wording_not_used", params, "language"))


def _template(
    work: Work, kind: LetterKind, language: str, variant: LetterVariant
) -> Template | None:
    found = work.reader.find(Template, language=language, variant=variant.value)
    return next((template for template in found if template.kind is kind), None)


def _master(work: Work, command: SaveWording) -> TemplateVersion | None:
    """What a translation or a text in Leichte Sprache is of; None for the standard text itself,
    and for Leichte Sprache, which binds by itself, where there is none."""
    if is_master(command.language, command.variant):
        return None
    master = in_force_of(
        work.reader, command.kind, BINDING, LetterVariant.STANDARD, command.valid_from
    )
    if master is None and command.language != BINDING:
        raise Refused(Problem("template_missing", {"kind": command.kind}, "kind"))
    return master


def _changed(work: Work, newest: TemplateVersion | None) -> Refused:
    if newest is None:
        return Refused(Problem("not_found", where="seen"))
    author = work.first(Staff, id=newest.created_by) if newest.created_by is not None else None
    name = author.family_name if author is not None else _("The program")
    return Refused(Problem("wording_changed", {"by": name, "at": newest.created_at}, "seen"))


def _outdated(work: Work, command: SaveWording, german: Template) -> list[str]:
    """The languages of what follows another German text by now; "de_easy" is Leichte Sprache."""
    if not is_master(command.language, command.variant):
        return []
    written = work.reader.find(TemplateVersion, template_id=german.id)
    found = []
    for template in work.reader.find(Template):
        which = WordingKey(template.kind, template.language, template.variant)
        if which.kind is not command.kind or which.is_master:
            continue
        versions = work.reader.find(TemplateVersion, template_id=template.id)
        if is_outdated(which, versions, written, work.today):
            found.append(Language.DE_EASY.value if which.binding else which.language)
    return sorted(found)
