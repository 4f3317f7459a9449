"""Printed letters are posted: today with one click, or on the day a person says."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters import wording
from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.widgets import InlineMessage, Level, PrimaryButton, SecondText, ToolButton
from koba_desktop.gui.widgets.days import DayEdit
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.messages import describe
from koba_desktop.services.commands import MarkPosted, SeenLetter
from koba_desktop.services.execution import Receipt
from koba_desktop.services.rows import OutboxRow


class Posting(QObject):
    """Posts the ticked letters of the printed pile; where none is ticked, all against which
    nothing stands. The others are posted only on purpose."""

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
        if not n:
            label = _("Posted today")
        elif n < len(self._model.items(Pile.POST)) + self._model.more(Pile.POST):
            label = ngettext("{n} posted today", "{n} posted today", n).format(n=n)
        else:
            label = ngettext("Posted today", "All {n} posted today", n).format(n=n)
        return (Remedy(label, self.today, "mailbox"), Remedy(_("another day…"), self.ask_day))

    def today(self) -> None:
        rows = self._asked_for()
        if rows:
            self.post(rows, self._desk.today())

    def post_today(self, row: OutboxRow) -> None:
        """One letter, ticked or not."""
        self.post([row], self._desk.today())

    def ask_day(self) -> None:
        rows = self._asked_for()
        if rows:
            self.day.ask(rows, self._desk.today())

    def post(self, rows: Sequence[OutboxRow], day: date) -> None:
        letters = tuple(SeenLetter(letter_id=row.id, version=row.version) for row in rows)
        names = {row.id: row.recipient for row in rows}
        self._desk.execute(
            MarkPosted(letters=letters, day=day),
            owner=self,
            done=lambda receipt: self._after(receipt, day, names),
            failed=lambda error: self._failed(error, names),
        )

    def _wanted(self) -> list[OutboxRow]:
        """The ticked ones, else all against which nothing stands."""
        printed = self._model.items(Pile.POST)
        right = [item for item in printed if item.problem is None]
        return [item.row for item in self._model.ticked(Pile.POST) or right]

    def _asked_for(self) -> list[OutboxRow]:
        """The same; where there is none it is said why."""
        rows = self._wanted()
        if not rows and self._note is not None and self._model.items(Pile.POST):
            self._note.show_message(wording.tick_to_post(), Level.WARNING)
        return rows

    def _after(self, receipt: Receipt, day: date, names: dict[UUID, str]) -> None:
        posted, refused = receipt.result["posted"], _problems(receipt.result["refused"])
        self._desk.tell_done(receipt, wording.posted(len(posted), day, self._desk.today()))
        late = [UUID(str(each)) for each in receipt.result["too_early"]]
        parts = [wording.not_posted(refused, names) if refused else ""]
        if refused:
            parts.insert(0, wording.posted(len(posted), day, self._desk.today()))
        if late:
            parts.append(wording.too_early(len(late)))
        first = [*(UUID(each.where) for each in refused), *late]
        self._tell(" ".join(filter(None, parts)), Level.WARNING, first)

    def _failed(self, error: Exception, names: dict[UUID, str]) -> None:
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        about = {str(one): one for one in names}
        mine = [about[each.where] for each in error.problems if each.where in about]
        if len(mine) < len(error.problems):
            self._tell(describe(error), Level.ERROR, mine)
        else:
            self._tell(wording.not_posted(error.problems, names), Level.ERROR, mine)

    def _tell(self, text: str, level: Level, about: Sequence[UUID]) -> None:
        """What is left to be done, with the way to the first letter it is about."""
        note = self._note
        if note is None:
            return
        note.clear()
        if text:
            note.show_message(
                text,
                level,
                link=_("Show the first") if about else "",
                action=(lambda: self.letter_wanted.emit(about[0])) if about else None,
            )


def _problems(refused: Sequence[dict[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(each["code"], each["params"], str(each["id"])) for each in refused)


class PostingDay(QWidget):
    """A line that asks for the day: not later than today, not before the first of the letters was
    printed. It says how many were printed later than the day. Enter takes it, Escape closes."""

    chosen = Signal(object, object)  # tuple of OutboxRows, date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[OutboxRow, ...] = ()
        self._label = QLabel(self)
        self.day = DayEdit(self)
        self.day.setAccessibleName(_("Day of posting"))
        self.day.dateChanged.connect(lambda _day: self._count())
        self._label.setBuddy(self.day)
        self.later = SecondText("", self)
        self.later.setWordWrap(True)
        take = PrimaryButton(_("&Take this day"), self)
        take.clicked.connect(self._take)
        shut = ToolButton("", "cross", self, tool_tip=_("Close without a change"))
        shut.clicked.connect(self.hide)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._label)
        line.addWidget(self.day)
        line.addWidget(take)
        line.addWidget(shut)
        line.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.later)
        self.hide()

    def ask(self, rows: Sequence[OutboxRow], today: date) -> None:
        """Ask for the day of these letters; yesterday is proposed where one was printed by then."""
        self._rows = tuple(rows)
        n = len(rows)
        self._label.setText(
            ngettext("{n} letter was &posted on", "{n} letters were &posted on", n).format(n=n)
        )
        first = min((_printed(row, today) for row in rows), default=today)
        self.day.keep_between(min(first, today), today)
        self.day.set_day(max(first, today - timedelta(days=1)))
        self._count()
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        """How many of the letters can have been posted on the day."""
        day, n = self.day.day(), len(self._rows)
        later = sum(_printed(row, day) > day for row in self._rows)
        self.later.setText(wording.printed_later(n - later, n) if later else "")
        self.later.setVisible(bool(later))
        self.day.setAccessibleDescription(self.later.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self.hide()
        self.chosen.emit(self._rows, self.day.day())


def _printed(row: OutboxRow, otherwise: date) -> date:
    """The day a letter was printed."""
    return day_of(row.printed_at) if row.printed_at is not None else otherwise
