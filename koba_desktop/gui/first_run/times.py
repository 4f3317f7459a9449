"""The third step: speaking hours, kinds of appointment, rooms and hygiene to begin with."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.errors import Problem
from koba_desktop.gui import theme
from koba_desktop.gui.admin.inputs import FieldInput, input_for
from koba_desktop.gui.admin.kinds import NotReadable
from koba_desktop.gui.admin.values import Codec, Decimal, Whole, Wrong
from koba_desktop.gui.first_run.grids import ErrorLine, HoursGrid, RoomsGrid
from koba_desktop.gui.first_run.steps import Content, Step
from koba_desktop.gui.widgets import SecondText
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import message
from koba_desktop.services.office.usual import usual_kinds


class TimesStep(Step):
    """Usual values that can be changed, or switched off and done later in the administration."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(6)
        self.has_hours = _group(_("Speaking hours"), body)
        self.hours = HoursGrid(self.has_hours)
        self.consult = QCheckBox(_("I hold my own consultations at these &times"), self.has_hours)
        self.consult.setChecked(True)
        _fill(self.has_hours, self.hours, self.consult)
        kinds = ", ".join(
            _("{kind} ({n} min)").format(kind=kind.name, n=kind.minutes) for kind in usual_kinds()
        )
        self.has_kinds = QCheckBox(_("Enter the usual &kinds of appointment"), body)
        self.has_kinds.setChecked(True)
        self.has_kinds.setAccessibleDescription(kinds)
        said = SecondText(kinds, body)
        said.setWordWrap(True)
        said.setIndent(theme.px(24))
        self.has_rooms = _group(_("Rooms"), body)
        self.rooms = RoomsGrid(self.has_rooms)
        _fill(self.has_rooms, self.rooms)
        self.has_hygiene = _group(_("Hygiene rules, from today"), body)
        self.area = input_for(_AREA, self.has_hygiene)
        self.cleaning = input_for(_CLEANING, self.has_hygiene)
        self._hygiene_error = ErrorLine(self.has_hygiene)
        _fill(self.has_hygiene, self._hygiene_line(), self._hygiene_error)
        for widget in (self.has_hours, self.has_kinds, said, self.has_rooms, self.has_hygiene):
            column.addWidget(widget)
        column.addStretch()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        for signal in (
            *(self.hours.edited, self.rooms.edited, self.area.edited, self.cleaning.edited),
            *(self.consult.clicked, self.has_kinds.clicked),
            *(each.clicked for each in (self.has_hours, self.has_rooms, self.has_hygiene)),
        ):
            signal.connect(lambda *_ignored: self.edited.emit())

    def _hygiene_line(self) -> QWidget:
        line = QWidget(self.has_hygiene)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for made, text, usual in (
            (self.area, _("m² for each &person"), _AREA.encode(10.0)),
            (self.cleaning, _("&minutes for cleaning"), _CLEANING.encode(5)),
        ):
            made.setFixedWidth(theme.px(56))
            made.show_content(usual)
            label = QLabel(text, line)
            label.setBuddy(made.target)
            made.name(text.replace("&", ""))
            row.addWidget(made)
            row.addWidget(label)
            row.addSpacing(16)
        row.addStretch()
        return line

    def title(self) -> str:
        return _("Hours and rooms")

    def explanation(self) -> str:
        return _(
            "Usual values to begin with. Change them, or switch off what is to be done later in "
            "Administration."
        )

    def start(self) -> None:
        self.has_hours.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_consultations(self, on: bool) -> None:
        """Only somebody who advises has consultations of their own."""
        self.consult.setVisible(on)

    # --- what was typed ---------------------------------------------------------------------------

    def content(self) -> Content:
        return {
            "has_hours": self.has_hours.isChecked(),
            "hours": self.hours.content(),
            "consult": self.consult.isChecked(),
            "has_kinds": self.has_kinds.isChecked(),
            "has_rooms": self.has_rooms.isChecked(),
            "rooms": self.rooms.content(),
            "has_hygiene": self.has_hygiene.isChecked(),
            "area": self.area.content(),
            "cleaning": self.cleaning.content(),
        }

    def put(self, content: Content) -> None:
        known = self.content() | content
        for box, name in (
            (self.has_hours, "has_hours"),
            (self.consult, "consult"),
            (self.has_kinds, "has_kinds"),
            (self.has_rooms, "has_rooms"),
            (self.has_hygiene, "has_hygiene"),
        ):
            box.setChecked(known[name])
        self.hours.show_content(known["hours"])
        self.rooms.show_content(known["rooms"])
        self.area.show_content(known["area"])
        self.cleaning.show_content(known["cleaning"])

    def values(self) -> dict[str, Any]:
        """The values typed; what is switched off is empty. Raises NotReadable with ``where``
        "hours.<weekday>.<field>", "rooms.<row>.<field>" or "hygiene.<field>"."""
        problems: list[Problem] = []
        values: dict[str, Any] = {
            "hours": {},
            "consult": self.consult.isChecked() and not self.consult.isHidden(),
            "kinds": self.has_kinds.isChecked(),
            "rooms": [],
            "hygiene": None,
        }
        if self.has_hours.isChecked():
            values["hours"], wrong = self.hours.values()
            problems += _within("hours", wrong)
        if self.has_rooms.isChecked():
            values["rooms"], wrong = self.rooms.values()
            problems += _within("rooms", wrong)
        if self.has_hygiene.isChecked():
            values["hygiene"] = hygiene = {}
            for name, codec, made in self._hygiene_fields():
                try:
                    hygiene[name] = codec.decode(made.content())
                except Wrong as error:
                    problems.append(Problem(error.code, error.params, f"hygiene.{name}"))
        if problems:
            raise NotReadable(tuple(problems))
        return values

    def _hygiene_fields(self) -> tuple[tuple[str, Codec, FieldInput], ...]:
        return (
            ("area_per_person", _AREA, self.area),
            ("cleaning_minutes", _CLEANING, self.cleaning),
        )

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each at its field; the first gets the keyboard."""
        apart: dict[str, list[Problem]] = {"hours": [], "rooms": [], "hygiene": []}
        for problem in problems:
            group, _dot, where = problem.where.partition(".")
            apart[group].append(Problem(problem.code, problem.params, where))
        texts = {problem.where: message(problem) for problem in apart["hygiene"]}
        for name, _codec, made in self._hygiene_fields():
            made.mark(texts.get(name, ""))
        self._hygiene_error.show_lines(texts.values())
        wrong = next((m for n, _c, m in self._hygiene_fields() if n in texts), None)
        if wrong is not None:
            wrong.target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rooms.show_problems(apart["rooms"])
        self.hours.show_problems(apart["hours"])  # the topmost comes last and keeps the keyboard
        focused = self.focusWidget()
        if focused is not None:
            self._area.ensureWidgetVisible(focused)


_AREA = Decimal()
_CLEANING = Whole()


def _group(title: str, body: QWidget) -> QGroupBox:
    """A group that can be switched off. It is made before what is in it: so Tab finds it first."""
    group = QGroupBox(title, body)
    group.setCheckable(True)
    group.setChecked(True)
    return group


def _fill(group: QGroupBox, *widgets: QWidget) -> None:
    column = QVBoxLayout(group)
    column.setContentsMargins(10, 4, 10, 8)
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget)


def _within(group: str, problems: list[Problem]) -> list[Problem]:
    return [Problem(p.code, p.params, f"{group}.{p.where}") for p in problems]
