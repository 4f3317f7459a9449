"""The strip below the list while somebody arrives: what is looked at, and who comes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.domain.vocabulary import ChecklistItem, VisitNeed
from koba_desktop.gui import theme
from koba_desktop.gui.reception import wording
from koba_desktop.gui.reception.visitors import Group, Spot, Visitor
from koba_desktop.gui.widgets import (
    Heading,
    IconLabel,
    KeyHint,
    LinkButton,
    PrimaryButton,
    SecondText,
    ToolButton,
)
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.words import word

MOST_COMPANIONS = 9
_PERSONS = 2  # advisor and client, without whom there is no talk


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was ticked, and what the visit is like after all."""

    checked: tuple[ChecklistItem, ...]
    companions: int
    needs: tuple[VisitNeed, ...]


class ArrivalStrip(QWidget):
    """Digits tick, A ticks all, + and − count companions, Enter confirms, Esc goes back.

    Nothing has to be ticked: what is missing stays visible at the visitor.
    """

    confirmed = Signal(object, object)  # Visitor, Arrival
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("arrival")
        self.setAccessibleName(_("Arrival"))
        self._visitor: Visitor | None = None
        self._most: int | None = None
        self._room = ""
        self._companions = 0
        self.boxes: dict[ChecklistItem, QCheckBox] = {}
        self._title = Heading("", 3, self)
        self._born = SecondText("", self)
        self.all = LinkButton(_("all"), self)
        self.all.clicked.connect(self.tick_all)
        self._all_key = KeyHint("A", self)
        self.confirm = PrimaryButton(_("Arrived"), self, "arrive")
        self.confirm.clicked.connect(self._confirm)
        self.back = LinkButton(_("Back"), self)
        self.back.clicked.connect(self.leave)
        self.fewer = ToolButton("", "minus", self, tool_tip=_("One companion fewer"))
        self.fewer.clicked.connect(lambda: self.count(self._companions - 1))
        self.more = ToolButton("", "plus", self, tool_tip=_("One companion more"))
        self.more.clicked.connect(lambda: self.count(self._companions + 1))
        self._count = QLabel(self)
        self.needs = {need: QCheckBox(word(need), self) for need in VisitNeed}
        for box in self.needs.values():
            box.toggled.connect(self._warn)
        self._warning = IconLabel("warning", "", self, role="warning")
        self._build()
        self.hide()
        theme.watcher().changed.connect(self.update)

    def _build(self) -> None:
        head = _row(self._title, self._born)
        head.addStretch()
        head.addWidget(self.back)
        head.addWidget(KeyHint("Esc", self))
        self._checks = QHBoxLayout()
        self._checks.setSpacing(10)
        for widget in (self.all, self._all_key):
            self._checks.addWidget(widget)
        self._checks.addStretch()
        self._checks.addWidget(self.confirm)
        self._checks.addWidget(KeyHint(wording.enter_key(), self))
        foot = _row(SecondText(_("Companions"), self), self.fewer, self._count, self.more)
        foot.addSpacing(14)
        for box in self.needs.values():
            foot.addWidget(box)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(self._checks)
        layout.addLayout(foot)
        layout.addWidget(self._warning)

    # --- opening ----------------------------------------------------------------------------------

    def open_for(self, visitor: Visitor, items: Sequence[ChecklistItem], spot: Spot | None) -> None:
        """Ask about a visitor who stands at the desk. ``spot`` is his or her place."""
        self._visitor = visitor
        row = visitor.row
        self._most = spot.line.capacity.persons if spot is not None else None
        self._room = row.room_name
        here = visitor.group is Group.WAITING
        title = _("{name}: here since {time}") if here else _("{name}: arrived")
        self._title.setText(title.format(name=wording.name(row), time=wording.since(visitor)))
        self.confirm.setText(_("Save") if here else _("Arrived"))
        born = formats.date_short(row.birth_date) if row.birth_date else ""
        self._born.setText(_("born {day}").format(day=born) if born else "")
        self._put_boxes(items)
        for item, box in self.boxes.items():
            box.setChecked(item in row.checked)
        for need, box in self.needs.items():
            box.setChecked(need in row.needs)
        self.count(row.companions)
        self.show()
        (next(iter(self.boxes.values()), None) or self.confirm).setFocus()

    def _put_boxes(self, items: Sequence[ChecklistItem]) -> None:
        for old in self.boxes.values():
            self._checks.removeWidget(old)
            old.deleteLater()
        self.boxes = {}
        before: QWidget | None = None
        for number, item in enumerate(items, 1):
            box = QCheckBox(f"{number}  {word(item)}", self)
            box.setAccessibleName(word(item))
            self.boxes[item] = box
            self._checks.insertWidget(number - 1, box)
            if before is not None:
                QWidget.setTabOrder(before, box)
            before = box
        if before is not None:
            order = (before, self.all, self.confirm, self.fewer, self.more, *self.needs.values())
            for earlier, later in pairwise(order):
                QWidget.setTabOrder(earlier, later)
            QWidget.setTabOrder(order[-1], self.back)

    # --- answering --------------------------------------------------------------------------------

    def tick_all(self) -> None:
        """All at once; all of them off again where all were ticked."""
        on = not all(box.isChecked() for box in self.boxes.values())
        for box in self.boxes.values():
            box.setChecked(on)

    def count(self, companions: int) -> None:
        """How many come along beside the client."""
        self._companions = min(max(0, companions), MOST_COMPANIONS)
        self._count.setText(str(self._companions))
        n = self._companions
        self._count.setAccessibleName(ngettext("{n} companion", "{n} companions", n).format(n=n))
        self.fewer.setEnabled(n > 0)
        self.more.setEnabled(n < MOST_COMPANIONS)
        self._warn()

    def _warn(self) -> None:
        """Say early that the place will be too small."""
        persons = _PERSONS + self._companions
        small = self._most is not None and persons > self._most
        self._warning.setVisible(small)
        if small:
            text = _("{room} holds {most} persons at most: choose another place afterwards (P).")
            self._warning.set(text.format(room=self._room, most=self._most))

    def answer(self) -> Arrival:
        return Arrival(
            checked=tuple(item for item, box in self.boxes.items() if box.isChecked()),
            companions=self._companions,
            needs=tuple(need for need, box in self.needs.items() if box.isChecked()),
        )

    def _confirm(self) -> None:
        visitor = self._visitor
        if visitor is not None:
            self._visitor = None
            self.hide()
            self.confirmed.emit(visitor, self.answer())

    def leave(self) -> None:
        """Nobody has arrived."""
        self._visitor = None
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the boxes and buttons have no use for. These keys work in the strip alone, so they
        need no switch."""
        key, text = event.key(), event.text()
        boxes = list(self.boxes.values())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif text.isdigit() and 0 < int(text) <= len(boxes):
            boxes[int(text) - 1].toggle()
        elif text in ("+", "-", "−"):
            self.count(self._companions + (1 if text == "+" else -1))
        elif text.upper() == "A":
            self.tick_all()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.alternate)
        painter.setPen(t.accent)
        painter.drawLine(0, 0, self.width(), 0)
        painter.drawLine(0, 1, self.width(), 1)


def _row(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
