"""Somebody changed the appointment meanwhile: both versions, field by field."""

from dataclasses import replace

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.appointments.content import COMPARED, Content, field_name, field_text
from koba_desktop.gui.widgets import IconLabel, PrimaryButton, SecondText
from koba_desktop.i18n import _
from koba_desktop.services.office.book import OfficeBook


def differing(base: Content, mine: Content, theirs: Content) -> dict[str, bool]:
    """The fields in which mine and theirs differ; True where mine is to be preferred, because I
    changed it and not merely they."""
    return {
        name: getattr(mine, name) != getattr(base, name)
        for name in COMPARED
        if getattr(mine, name) != getattr(theirs, name)
    }


class ConflictBox(QWidget):
    """Hidden until ``show_both``. ``merged`` is emitted with the content chosen."""

    merged = Signal(object)  # Content

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mine: Content | None = None
        self._theirs: Content | None = None
        self.choices: dict[str, QRadioButton] = {}  # checked: mine
        self._head = IconLabel("warning", "", self, role="warning", bold=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._take = PrimaryButton(_("Take this &over"), self)
        self._take.clicked.connect(self._on_take)
        self._rows = QWidget(self)
        self._rows.setLayout(self._grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self._head)
        layout.addWidget(self._rows)
        layout.addWidget(self._take)
        self.hide()

    def show_both(
        self, headline: str, base: Content, mine: Content, theirs: Content, book: OfficeBook
    ) -> None:
        """``base`` is what both began with."""
        self._mine, self._theirs = mine, theirs
        self._head.set(headline)
        self.setAccessibleName(headline)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.choices = {}
        self._grid.addWidget(SecondText(_("mine"), self._rows), 0, 1)
        self._grid.addWidget(SecondText(_("theirs"), self._rows), 0, 2)
        for line, (name, prefer_mine) in enumerate(differing(base, mine, theirs).items(), start=1):
            label = field_name(name)
            self._grid.addWidget(QLabel(label, self._rows), line, 0)
            group = QButtonGroup(self._rows)
            for column, (content, whose) in enumerate(((mine, _("mine")), (theirs, _("theirs")))):
                button = QRadioButton(field_text(content, name, book), self._rows)
                button.setAccessibleName(f"{label}, {whose}: {button.text()}")
                button.setChecked((column == 0) is prefer_mine)
                group.addButton(button)
                self._grid.addWidget(button, line, column + 1)
                if column == 0:
                    self.choices[name] = button
        self._grid.setColumnStretch(3, 1)
        self.show()
        self._take.setFocus()

    def _on_take(self) -> None:
        if self._mine is None or self._theirs is None:
            return
        chosen = self._mine
        for name, button in self.choices.items():
            if not button.isChecked():
                chosen = _taken(chosen, self._theirs, name)
        self.hide()
        self.merged.emit(chosen)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.warning_edge, 1))
        painter.setBrush(tokens.warning_ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _taken(content: Content, theirs: Content, name: str) -> Content:
    if name == "starts":
        return replace(content, day=theirs.day, at=theirs.at)
    return replace(content, **{name: getattr(theirs, name)})
