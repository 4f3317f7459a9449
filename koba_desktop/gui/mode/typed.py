"""What is being typed about the mode, a decision or the taking back of one, kept as a draft."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QDateTime, QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QTableView

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.forms.ui_mode import Ui_Mode
from koba_desktop.gui.mode.model import ROW_ROLE, ModeModel
from koba_desktop.gui.widgets.choices import row_of

FORM = "mode"
"""The form's name among the drafts."""


class TypedDecision(QObject):
    """The form for a new decision and the reason for withdrawing a planned one, in one draft.

    After ``start`` it is ``waiting`` for an earlier draft of this office, if there is one: ``take``
    puts it into the form, unless ``carry_on`` named another meanwhile.
    """

    restored = Signal()  # what was typed before stands in the form again

    def __init__(
        self, desk: Desk, form: Ui_Mode, withdrawal: QLineEdit, table: QTableView, model: ModeModel
    ) -> None:
        super().__init__(table)
        self._desk = desk
        self._form = form
        self._withdrawal = withdrawal
        self._table = table
        self._model = model
        self._keeper: DraftKeeper | None = None
        self._interrupted: Draft | None = None  # to be carried on when the history is there
        self.waiting = False
        for changed in (
            form.mode.activated,
            form.source.activated,
            form.valid_from.dateTimeChanged,
            form.reason.textChanged,
            withdrawal.textChanged,
        ):
            changed.connect(self._touch)

    def leave(self) -> None:
        """Somebody else sits here now: empty the form; what was typed waits as a draft."""
        self.keep()
        if self._keeper is not None:
            self._keeper.deleteLater()
            self._keeper = None
        self.waiting = False
        for field in (self._form.reason, self._withdrawal):
            field.clear()
        for choice in (self._form.mode, self._form.source):
            choice.setCurrentIndex(0)

    def start(self) -> None:
        """Keep what the person at the desk types from now on."""
        self._keep_as(None)
        self.waiting = True

    def take(self, draft: Draft | None) -> None:
        """The history is there, and with it the draft of this office."""
        if self.waiting:
            self.waiting = False
            draft, self._interrupted = self._interrupted or draft, None
            if draft is not None:
                self._restore(draft)

    def carry_on(self, draft: Draft) -> None:
        """Put a draft into the form, now or once the history is there."""
        if self.waiting:
            self._interrupted = draft
        elif self._keeper is not None and self._keeper.draft_id != draft.id:
            self._keeper.keep()
            self._restore(draft)

    def keep(self) -> None:
        if self._keeper is not None:
            self._keeper.keep()

    def discard(self) -> None:
        """All of it was saved."""
        if self._keeper is not None:
            self._keeper.discard()

    def _touch(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()

    def _keep_as(self, draft_id: UUID | None) -> None:
        about = self._desk.office.short_name
        self._keeper = DraftKeeper(
            *(self._desk, FORM, self._desk.actor.office_id, self._content, self._put, self),
            draft_id=draft_id,
            about=lambda: about,
        )

    def _restore(self, draft: Draft) -> None:
        if self._keeper is not None:
            self._keeper.deleteLater()
        self._keep_as(draft.id)
        assert self._keeper is not None
        self._keeper.restore(draft.content)
        self.restored.emit()

    def _content(self) -> dict[str, Any]:
        planned = self._model.planned(self._table.currentIndex())
        return {
            "mode": self._form.mode.currentData(),
            "valid_from": self._form.valid_from.dateTime().toString(Qt.DateFormat.ISODate),
            "source": self._form.source.currentData(),
            "reason": self._form.reason.text(),
            "withdrawal": self._withdrawal.text(),
            "withdraws": str(planned.id) if planned is not None else None,
        }

    def _put(self, content: dict[str, Any]) -> None:
        """A beginning that has passed by now becomes now."""
        for choice, name in ((self._form.mode, "mode"), (self._form.source, "source")):
            row = row_of(choice, content.get(name))
            if row >= 0:
                choice.setCurrentIndex(row)
        begins = QDateTime.fromString(str(content.get("valid_from")), Qt.DateFormat.ISODate)
        if begins.isValid():
            self._form.valid_from.setDateTime(begins)
        self._form.reason.setText(str(content.get("reason", "")))
        self._withdrawal.setText(str(content.get("withdrawal", "")))
        if self._withdrawal.text():
            self._choose(content.get("withdraws"))

    def _choose(self, mode_id: str | None) -> None:
        """The planned change that was being taken back."""
        for row in range(self._model.rowCount()):
            if str(self._model.index(row, 0).data(ROW_ROLE).id) == mode_id:
                self._table.selectRow(row)
