"""The two little tables of the third step: speaking hours by weekday, and rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import RoomKind, Windows
from koba_desktop.gui import theme
from koba_desktop.gui.admin.inputs import FieldInput, input_for
from koba_desktop.gui.admin.values import Check, Choice, Codec, Decimal, TimeOfDay, Whole, Wrong
from koba_desktop.gui.first_run.steps import Content
from koba_desktop.gui.widgets import SecondText, ToolButton
from koba_desktop.i18n import _, formats, pgettext
from koba_desktop.i18n.messages import message
from koba_desktop.i18n.words import word

WEEKDAYS = range(1, 6)
MOST_ROOMS = 6
"""So many at the start; more are entered in the administration."""
USUAL_HOURS = {day: (time(8), time(16) if day < 5 else time(12)) for day in WEEKDAYS}


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of the rooms: the attribute of the room, its heading, how it is typed, its width."""

    name: str
    heading: str
    codec: Codec
    width: int


class ErrorLine(QLabel):
    """What is wrong in the rows above it, hidden where nothing is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setProperty("role", "error")
        self.hide()

    def show_lines(self, lines: Iterable[str]) -> None:
        text = "\n".join(dict.fromkeys(lines))
        self.setText(text)
        self.setVisible(bool(text))


class HoursGrid(QWidget):
    """Monday to Friday side by side: open or not, from, to."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self._open: dict[int, QCheckBox] = {}
        self._inputs: dict[tuple[int, str], FieldInput] = {}
        for row, text in ((1, pgettext("time", "From")), (2, pgettext("time", "To"))):
            grid.addWidget(QLabel(text, self), row, 0)
        for day in WEEKDAYS:
            name = formats.weekday_name(day)
            box = self._open[day] = QCheckBox(name, self)
            box.setChecked(True)
            box.toggled.connect(partial(self._on_toggled, day))
            grid.addWidget(box, 0, day)
            for row, (field, text) in enumerate(
                (("opens", pgettext("time", "From")), ("closes", pgettext("time", "To"))), 1
            ):
                made = self._inputs[day, field] = input_for(TimeOfDay(), self)
                made.name(f"{name}: {text}")
                made.setFixedWidth(theme.px(84))
                made.target.setMinimumWidth(0)
                made.edited.connect(self.edited)
                grid.addWidget(made, row, day)
        grid.setColumnStretch(WEEKDAYS.stop, 1)
        self._error = ErrorLine(self)
        grid.addWidget(self._error, 3, 0, 1, WEEKDAYS.stop + 1)
        self.show_content(
            {
                str(day): [f"{opens:%H:%M}", f"{closes:%H:%M}"]
                for day, (opens, closes) in USUAL_HOURS.items()
            }
        )

    def _on_toggled(self, day: int, on: bool) -> None:
        for field in ("opens", "closes"):
            self._inputs[day, field].setEnabled(on)
        self.edited.emit()

    def content(self) -> Content:
        """Weekday to from and to; a day that is not there is closed."""
        return {
            str(day): [self._inputs[day, field].content() for field in ("opens", "closes")]
            for day in WEEKDAYS
            if self._open[day].isChecked()
        }

    def show_content(self, content: Content) -> None:
        for day in WEEKDAYS:
            spans = content.get(str(day))
            self._open[day].setChecked(spans is not None)
            for field, text in zip(("opens", "closes"), spans or (), strict=False):
                self._inputs[day, field].show_content(text)

    def values(self) -> tuple[dict[int, tuple[time, time]], list[Problem]]:
        """What was typed by weekday, and what is no time (``where``: "<weekday>.<field>")."""
        spans: dict[int, tuple[time, time]] = {}
        problems = []
        for day in WEEKDAYS:
            if not self._open[day].isChecked():
                continue
            typed = {}
            for field in ("opens", "closes"):
                try:
                    typed[field] = TimeOfDay().decode(self._inputs[day, field].content())
                except Wrong as wrong:
                    problems.append(Problem(wrong.code, wrong.params, f"{day}.{field}"))
            if len(typed) == 2:
                opens, closes = typed["opens"], typed["closes"]
                assert opens is not None
                assert closes is not None
                spans[day] = (opens, closes)
        return spans, problems

    def show_problems(self, problems: Iterable[Problem]) -> bool:
        """Mark the fields and say beneath what is wrong; the first gets the keyboard."""
        texts = {problem.where: message(problem) for problem in problems}
        lines, first = [], None
        for (day, field), made in self._inputs.items():
            text = texts.get(f"{day}.{field}", "")
            made.mark(text)
            if text:
                lines.append(f"{formats.weekday_name(day)}: {text}")
                first = first or made
        self._error.show_lines(lines)
        if first is not None:
            first.target.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None


def cells() -> tuple[Cell, ...]:
    """What is asked of a room at the start."""
    return (
        Cell("name", _("Name"), Codec(), 112),
        Cell("kind", _("Kind"), Choice(tuple((each, word(each)) for each in RoomKind)), 140),
        Cell("area", _("Area in m²"), Decimal(optional=True), 80),
        Cell("height", _("Height in m"), Decimal(optional=True), 80),
        Cell("seats", _("Persons"), Whole(), 62),
        Cell("windows", _("Windows"), Choice(tuple((each, word(each)) for each in Windows)), 140),
        Cell("wheelchair", _("Wheelchair"), Check(), 68),
    )


def usual_rooms() -> list[Content]:
    """A consultation room and a place outside, as most sites have them."""
    return [
        {
            "name": _("Room 1"),
            "kind": RoomKind.CONSULTATION.value,
            "area": Decimal().encode(20.0),
            "height": Decimal().encode(2.5),
            "seats": "2",
            "windows": Windows.FULL.value,
            "wheelchair": True,
        },
        {
            "name": _("At the door"),
            "kind": RoomKind.OUTDOOR.value,
            "area": "",
            "height": "",
            "seats": "2",
            "windows": Windows.NONE.value,
            "wheelchair": True,
        },
    ]


class RoomsGrid(QWidget):
    """A row for each room; rows can be added and taken away.

    All rows there can be are made at once and shown as they are needed, so that Tab finds them in
    their order.
    """

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = cells()
        self._rows: list[dict[str, FieldInput]] = []
        self._removers: list[ToolButton] = []
        self._shown = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(len(self._cells) + 1, 1)
        for at, cell in enumerate(self._cells):
            label = SecondText(cell.heading, self)
            label.setWordWrap(True)
            self._grid.addWidget(label, 0, at, Qt.AlignmentFlag.AlignBottom)
        for number in range(1, MOST_ROOMS + 1):
            self._make_row(number)
        self._error = ErrorLine(self)
        self.add = ToolButton(_("Add a room"), "plus", self)
        self.add.clicked.connect(self._on_add)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self._error)
        column.addLayout(foot)
        self.show_content(usual_rooms())

    def _make_row(self, number: int) -> None:
        row: dict[str, FieldInput] = {}
        for at, cell in enumerate(self._cells):
            made = row[cell.name] = input_for(cell.codec, self)
            made.name(_("Room {number}: {what}").format(number=number, what=cell.heading))
            made.setFixedWidth(theme.px(cell.width))
            made.target.setMinimumWidth(0)
            made.edited.connect(self.edited)
            self._grid.addWidget(made, number, at)
        text = _("Take away room {number}").format(number=number)
        remover = ToolButton("", "trash", self, tool_tip=text)
        remover.clicked.connect(lambda: self._on_remove(number - 1))
        self._grid.addWidget(remover, number, len(self._cells))
        self._rows.append(row)
        self._removers.append(remover)

    def _on_add(self) -> None:
        self.show_content([*self.content(), {**usual_rooms()[0], "name": ""}])
        self._rows[self._shown - 1]["name"].target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _on_remove(self, at: int) -> None:
        content = self.content()
        del content[at]
        near = self._removers[min(at, len(content) - 1)] if content else self.add
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_content(content)
        self.edited.emit()

    def content(self) -> list[Content]:
        return [
            {name: made.content() for name, made in row.items()}
            for row in self._rows[: self._shown]
        ]

    def show_content(self, content: list[Content]) -> None:
        self._shown = min(len(content), MOST_ROOMS)
        for at, (row, remover) in enumerate(zip(self._rows, self._removers, strict=True)):
            for widget in (*row.values(), remover):
                widget.setVisible(at < self._shown)
            for cell in self._cells if at < self._shown else ():
                row[cell.name].show_content(content[at].get(cell.name, cell.codec.encode(None)))
        self.add.setEnabled(self._shown < MOST_ROOMS)
        self.show_problems(())

    def values(self) -> tuple[list[dict[str, Any]], list[Problem]]:
        """The rooms typed, and what is no such value (``where``: "<row>.<field>", rows from 0)."""
        rooms: list[dict[str, Any]] = []
        problems = []
        for at, row in enumerate(self._rows[: self._shown]):
            values: dict[str, Any] = {}
            for cell in self._cells:
                try:
                    values[cell.name] = cell.codec.decode(row[cell.name].content())
                except Wrong as wrong:
                    problems.append(Problem(wrong.code, wrong.params, f"{at}.{cell.name}"))
            rooms.append(values)
        return rooms, problems

    def show_problems(self, problems: Iterable[Problem]) -> bool:
        """Mark the fields and say beneath what is wrong; the first gets the keyboard."""
        texts = {problem.where: message(problem) for problem in problems}
        lines, first = [], None
        for at, row in enumerate(self._rows):
            for cell in self._cells:
                text = texts.get(f"{at}.{cell.name}", "")
                row[cell.name].mark(text)
                if text:
                    where = _("Room {number}: {what}").format(number=at + 1, what=cell.heading)
                    lines.append(f"{where} – {text}")
                    first = first or row[cell.name]
        self._error.show_lines(lines)
        if first is not None:
            first.target.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None
