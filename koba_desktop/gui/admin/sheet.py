"""A record being edited: as it was read, what stands in its form, and the draft of that."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.records import Changeable
from koba_desktop.gui.admin.kinds import Content, Context, RecordKind, as_new
from koba_desktop.gui.clients.merging import Clash, merge
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper

OFFICE, BASE = "_office", "_base"
"""What a draft keeps beside the fields: the office at hand, and what the record said then."""


class Sheet:
    """Kept until it is saved or thrown away, also while another record is looked at."""

    def __init__(
        self,
        desk: Desk,
        kind: RecordKind,
        context: Context,
        record: Changeable,
        parent: QObject,
        draft: Draft | None = None,
    ) -> None:
        self.kind = kind
        self.record = record
        self.base: Content = kind.content(context, record)
        self.content: Content = dict(self.base)
        self.problems: tuple[Problem, ...] = ()
        self.clashes: tuple[Clash, ...] = ()
        self.taken: tuple[str, ...] = ()
        self.who = ""
        self._office_id = str(context.office_id)
        self._keeper = DraftKeeper(
            desk,
            kind.form,
            record.id if record.version else None,
            self._draft,
            self._restore,
            parent,
            draft_id=draft.id if draft is not None else None,
        )
        if draft is not None:
            self._keeper.restore(draft.content)

    @property
    def draft_id(self) -> UUID:
        return self._keeper.draft_id

    @property
    def new(self) -> bool:
        return self.record.version == 0

    @property
    def dirty(self) -> bool:
        return self.content != self.base

    def type(self, content: Content) -> None:
        """The user changed something."""
        self.content = content
        if self.dirty:
            self._keeper.touch()
        else:
            self._keeper.discard()

    def keep(self) -> None:
        """Keep the draft now."""
        self._keeper.keep()

    def leave(self) -> None:
        """Let go of it; what was kept stays among the unfinished forms."""
        self._keeper.deleteLater()

    def close(self) -> None:
        """It was saved or thrown away."""
        self.content = dict(self.base)
        self._keeper.discard()
        self._keeper.deleteLater()

    def meet(self, context: Context, theirs: Changeable, who: str) -> None:
        """Somebody changed the record meanwhile: take over what only they changed."""
        self.record = theirs
        self._merge(self.kind.content(context, theirs), who)

    def meet_gone(self) -> None:
        """Somebody removed the record meanwhile: saving enters what was typed as a new one."""
        self.record = as_new(self.record)

    def choose(self, field: str, value: Any) -> None:
        """Mine or theirs, of a field both changed."""
        self.type({**self.content, field: value})

    def _merge(self, theirs: Content, who: str) -> None:
        merged = merge(self.base, self.content, theirs)
        self.base = theirs
        self.content = merged.content
        self.clashes, self.taken, self.who = merged.clashes, merged.from_theirs, who

    def _draft(self) -> dict[str, Any]:
        return {**self.content, OFFICE: self._office_id, BASE: self.base}

    def _restore(self, draft: dict[str, Any]) -> None:
        """What was typed before, on top of how the record stands now."""
        now = self.base
        before = draft.get(BASE, now)
        self.base = {name: before.get(name, now[name]) for name in now}
        self.content = {name: draft.get(name, now[name]) for name in now}
        self._merge(now, "")


def office_of(draft: Draft) -> UUID | None:
    """The office at hand when the draft was typed."""
    text = draft.content.get(OFFICE)
    return UUID(text) if text else None
