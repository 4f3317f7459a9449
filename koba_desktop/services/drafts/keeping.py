"""Keeping what is being typed: a draft survives crash and outage, and only its author reads it."""

from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.services.commands import DiscardDraft, SaveDraft
from koba_desktop.services.view import View
from koba_desktop.services.work import Work


def save_draft(work: Work, command: SaveDraft) -> dict[str, Any]:
    """The same id again replaces the draft. Raises Refused ``draft_of_another``."""
    draft = _own(work, command.draft_id)
    if draft is None:
        work.add(
            Draft(
                id=command.draft_id,
                author_id=work.actor.staff_id,
                form=command.form,
                subject_id=command.subject_id,
                content=command.content,
                saved_at=work.now,
            )
        )
    else:
        work.change(
            draft,
            form=command.form,
            subject_id=command.subject_id,
            content=command.content,
            saved_at=work.now,
        )
    return {"draft_id": command.draft_id}


def discard_draft(work: Work, command: DiscardDraft) -> dict[str, Any]:
    """One that is gone is gone. Raises Refused ``draft_of_another``."""
    draft = _own(work, command.draft_id)
    if draft is not None:
        work.remove(draft)
    return {"draft_id": command.draft_id}


def open_drafts(view: View) -> tuple[Draft, ...]:
    """The viewer's drafts, the latest first."""
    if view.viewer is None:
        return ()
    return tuple(view.reader.find(Draft, author_id=view.viewer, order_by="-saved_at"))


def open_draft(view: View, form: str, subject_id: UUID | None) -> Draft | None:
    """What the viewer typed last in that form about that subject, and has not finished."""
    for draft in open_drafts(view):
        if draft.form == form and draft.subject_id == subject_id:
            return draft
    return None


def _own(work: Work, draft_id: UUID) -> Draft | None:
    draft = work.first(Draft, id=draft_id)
    if draft is not None and draft.author_id != work.actor.staff_id:
        raise Refused(Problem("draft_of_another"))
    return draft
