"""The wordings somebody has open: what is typed in each, on top of what the database holds."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import NotFound
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.wordings.sample import Content
from koba_desktop.gui.wordings.sheet import WordingSheet, key_of_draft
from koba_desktop.gui.wordings.shelf import Shelf, title_of
from koba_desktop.services.letters.wordings import Wording, WordingKey, wording_keys
from koba_desktop.services.ports import WordingDesk

Shipped = Mapping[WordingKey, Mapping[str, str]]


class Sheets:
    """A sheet stays while something is typed in it, also while another wording is looked at."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._parent = parent
        self._open: dict[WordingKey, WordingSheet] = {}
        self._finished: set[object] = set()  # ids of drafts that were saved or thrown away
        self.shelf: Shelf | None = None
        self.shipped: Shipped = {}

    def typed(self, which: WordingKey) -> bool:
        """Whether something is typed in a wording that is not saved."""
        return which in self._open and self._open[which].dirty

    def altered(self, wording: Wording) -> bool:
        """Whether it says something else than what the program brings."""
        return wording.differs(self.shipped.get(wording.which) or {})

    def master_of(self, which: WordingKey) -> Mapping[str, str]:
        """The standard German text that another wording follows, in its newest version."""
        if which.is_master or self.shelf is None:
            return {}
        newest = self.shelf.wording(which.master).newest
        return newest.blocks if newest is not None else {}

    def day_for(self, which: WordingKey) -> date:
        """From when a new version usually is to hold: what follows the standard text, with it."""
        today = self._desk.today()
        if which.is_master or self.shelf is None:
            return today
        newest = self.shelf.wording(which.master).newest
        return max(today, newest.valid_from) if newest is not None else today

    def content(self, sheet: WordingSheet, looked_at: Mapping[str, str] | None) -> Content:
        """What the sample shows of a sheet: the blocks of the version one looks at, else what is
        typed."""
        blocks = sheet.blocks() if looked_at is None else looked_at
        review = sheet.wording.review_of(blocks)
        return Content(sheet.which, blocks, self.master_of(sheet.which), review)

    def open(self, which: WordingKey) -> WordingSheet:
        """The sheet of a wording, with what was typed in it before."""
        assert self.shelf is not None
        if which not in self._open:
            self._open[which] = self._fresh(self.shelf.wording(which))
        return self._open[which]

    def put_aside(self, sheet: WordingSheet) -> None:
        """Another wording is looked at now."""
        if sheet.dirty:
            sheet.keep()
        elif self._open.pop(sheet.which, None) is not None:
            sheet.leave()

    def meet(self, found: Shelf) -> Iterator[tuple[WordingSheet, tuple[str, ...]]]:
        """What others saved meanwhile stands below what is typed. Yields the sheets to which that
        happened, each with the blocks that others changed as well."""
        self.shelf = found
        for sheet in self._open.values():
            wording = found.wording(sheet.which)
            if sheet.wording == wording:
                continue
            newer = sheet.wording.newest != wording.newest
            both = sheet.meet(wording)
            if newer and sheet.dirty and wording.newest is not None:
                yield sheet, both

    def end(self, sheet: WordingSheet) -> None:
        """Nothing is typed in the sheet any more: it was saved or thrown away."""
        self._finished.add(sheet.draft_id)
        sheet.close()
        self._open.pop(sheet.which, None)
        sheet.leave()

    def forget(self) -> None:
        """Another person does not see what this one typed; it waits among the drafts."""
        for sheet in self._open.values():
            if sheet.dirty:
                sheet.keep()
            sheet.leave()
        self._open.clear()
        self.shelf = None

    def carry_on(self, draft: Draft) -> WordingKey | None:
        """The wording that a draft is about; it is opened with what was typed then."""
        self._finished.discard(draft.id)
        return key_of_draft(draft)

    def _fresh(self, wording: Wording) -> WordingSheet:
        which = wording.which
        shipped = self.shipped.get(which) or {}
        return WordingSheet(
            self._desk,
            wording,
            shipped,
            self._parent,
            lambda: title_of(which),
            self._draft_of(which),
            self._further(wording),
        )

    def _further(self, wording: Wording) -> list[str]:
        """Of a wording that is not there yet all blocks of the German text; else the cases that
        somebody has added to it."""
        which, german = wording.which, self.master_of(wording.which)
        shipped = self.shipped.get(which) or {}
        if not shipped and not wording.versions:
            return list(german)
        known = self.shipped.get(which.master) or {}
        names = {key.split(".")[0] for key in shipped}
        return [key for key in german if key not in known and key.split(".")[0] in names]

    def _draft_of(self, which: WordingKey) -> Draft | None:
        drafts = self.shelf.drafts if self.shelf is not None else ()
        return next(
            (
                draft
                for draft in drafts
                if draft.id not in self._finished and key_of_draft(draft) == which
            ),
            None,
        )


def all_shipped(desk: WordingDesk) -> Shipped:
    """Runs on the PDF lane: what the program brings of each wording."""
    found = {}
    for which in wording_keys():
        try:
            found[which] = desk.shipped(*which)
        except NotFound:
            continue
    return found
