"""Printed letters are posted: today with one click, or on the day a person says."""

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from PySide6.QtCore import QDate, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QWidget

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.dates import date_pattern
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters import wording
from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.widgets import InlineMessage, Level, PrimaryButton, ToolButton
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.messages import describe
from koba_desktop.services.commands import MarkPosted


class Posting(QObject):
    """Posts the ticked letters of the printed pile, all of them where none is ticked."""

    letter_wanted = Signal(object)  # UUID of a letter to be shown

    def __init__(self, desk: Desk, model: OutboxModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._note: InlineMessage | None = None
        self.day = PostingDay(parent)
        self.day.chosen.connect(self.post)

    def attach(self, note: InlineMessage) -> None:
        """Where it is said what went wrong."""
        self._note = note

    def buttons(self) -> Sequence[Remedy]:
        """For the heading of the printed letters."""
        n = len(self._wanted())
        if n < len(self._model.items(Pile.POST)):
            label = ngettext("{n} posted today", "{n} posted today", n).format(n=n)
        else:
            label = ngettext("Posted today", "All {n} posted today", n).format(n=n)
        return (Remedy(label, self.today, "mailbox"), Remedy(_("another day…"), self.ask_day))

    def today(self) -> None:
        self.post(self._wanted(), self._desk.today())

    def post_today(self, letter_id: UUID) -> None:
        """One letter, ticked or not."""
        self.post([letter_id], self._desk.today())

    def ask_day(self) -> None:
        self.day.ask(self._wanted(), self._desk.today())

    def post(self, ids: Sequence[UUID], day: date) -> None:
        if not ids:
            return
        self._desk.execute(
            MarkPosted(letter_ids=tuple(ids), day=day),
            owner=self,
            done=lambda receipt: self._after(receipt.result.get("too_early", [])),
            failed=self._failed,
            message=wording.posted(len(ids), day, self._desk.today()),
        )

    def _wanted(self) -> list[UUID]:
        """The ticked ones, else all that are right: paper with a wrong time is posted only on
        purpose, or where there is no other."""
        printed = self._model.items(Pile.POST)
        right = [item for item in printed if item.problem is None]
        return [item.row.id for item in self._model.ticked(Pile.POST) or right or printed]

    def _after(self, too_early: Sequence[object]) -> None:
        note = self._note
        if note is None:
            return
        note.clear()
        if too_early:
            first = UUID(str(too_early[0]))
            note.show_message(
                wording.too_early(len(too_early)),
                Level.WARNING,
                link=_("Show the first"),
                action=lambda: self.letter_wanted.emit(first),
            )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, OfficeError) and self._note is not None:
            self._note.show_message(describe(error), Level.ERROR)
        else:
            self._desk.problem.emit(error)


class PostingDay(QWidget):
    """A line that asks for the day: not later than today. Enter takes it, Escape closes."""

    chosen = Signal(object, object)  # tuple of letter ids, date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter_ids: tuple[UUID, ...] = ()
        self._label = QLabel(self)
        self.day = QDateEdit(self)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat(date_pattern())
        self.day.setAccessibleName(_("Day of posting"))
        self._label.setBuddy(self.day)
        take = PrimaryButton(_("&Take this day"), self)
        take.clicked.connect(self._take)
        shut = ToolButton("", "cross", self, tool_tip=_("Close without a change"))
        shut.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addWidget(self.day)
        layout.addWidget(take)
        layout.addWidget(shut)
        layout.addStretch()
        self.hide()

    def ask(self, letter_ids: Sequence[UUID], today: date) -> None:
        """Ask for the day of these letters; yesterday is proposed."""
        self._letter_ids = tuple(letter_ids)
        n = len(letter_ids)
        self._label.setText(
            ngettext("{n} letter was &posted on", "{n} letters were &posted on", n).format(n=n)
        )
        last = QDate(today.year, today.month, today.day)
        self.day.setMaximumDate(last)
        self.day.setDate(last.addDays(-1))
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self.hide()
        self.chosen.emit(self._letter_ids, cast(date, self.day.date().toPython()))
