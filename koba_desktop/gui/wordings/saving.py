"""Saving a wording: first it is tried on the letters there can be, then written."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.errors import OfficeError, Problem, Refused
from koba_desktop.domain.vocabulary import LetterVariant
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.wordings.sheet import WordingSheet
from koba_desktop.services.commands import SaveWording
from koba_desktop.services.execution import Receipt

_AT_ONCE = "already_exists"
_OVERTAKEN = ("wording_changed", "not_found", _AT_ONCE)
"""Somebody saved another version meanwhile, or at the same moment one of the same number."""


class Saver(QObject):
    """One sheet at a time. What is typed stays in it until it is saved."""

    saved = Signal(object, object)  # WordingSheet, Receipt
    blamed = Signal(object, object)  # WordingSheet, what is wrong with its blocks
    overtaken = Signal(object, object)  # WordingSheet, OfficeError
    failed = Signal(object, object)  # WordingSheet, OfficeError

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: WordingSheet | None = None

    @property
    def busy(self) -> bool:
        return self._sheet is not None

    def save(self, sheet: WordingSheet, master: Mapping[str, str], valid_from: date) -> None:
        """Try the sheet's wording, on the PDF lane, and save it if nothing stands against it.
        ``master`` is the German text of a translation."""
        self._sheet = sheet
        which, blocks = sheet.which, sheet.blocks()
        self._desk.make(
            lambda: self._desk.wordings.problems(*which, blocks, master),
            partial(self._tried, sheet, blocks, valid_from),
            owner=self,
            failed=partial(self._failed, sheet),
        )

    def _tried(
        self,
        sheet: WordingSheet,
        blocks: dict[str, str],
        valid_from: date,
        problems: tuple[Problem, ...],
    ) -> None:
        if problems:
            self._sheet = None
            self.blamed.emit(sheet, problems)
            return
        kind, language, variant = sheet.which
        newest = sheet.wording.newest
        self._desk.execute(
            SaveWording(
                kind=kind,
                language=language,
                variant=LetterVariant(variant),
                blocks=blocks,
                valid_from=valid_from,
                seen=newest.id if newest is not None else None,
            ),
            owner=self,
            done=partial(self._saved, sheet),
            failed=partial(self._failed, sheet),
        )

    def _saved(self, sheet: WordingSheet, receipt: Receipt) -> None:
        self._sheet = None
        self.saved.emit(sheet, receipt)

    def _failed(self, sheet: WordingSheet, error: Exception) -> None:
        self._sheet = None
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
        sheet.keep()
        if isinstance(error, OfficeError) and error.code in _OVERTAKEN:
            if error.code == _AT_ONCE:
                error = Refused(Problem("wording_at_once", where="seen"))
            self.overtaken.emit(sheet, error)
        elif isinstance(error, Refused) and any(p.where in sheet.keys for p in error.problems):
            self.blamed.emit(sheet, error.problems)
        else:
            self.failed.emit(sheet, error)
