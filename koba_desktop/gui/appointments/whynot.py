"""„Warum nicht?“: what stands against the time in the form, and the least that overrules it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from koba_desktop.domain.vocabulary import ReasonCode
from koba_desktop.gui.widgets import IconLabel, SecondText
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import message
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import Override
from koba_desktop.services.slots.finding import SlotRefusal


class WhyNot(QWidget):
    """One line a reason. Where all reasons can be overruled, a reason for doing so is asked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refusals: tuple[SlotRefusal, ...] = ()
        self._head = IconLabel("", "", self, bold=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._form = QWidget(self)
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 4, 0, 0)
        self.reason = QComboBox(self._form)
        self.reason.addItem(_("keep to the rule"), None)
        for code in ReasonCode:
            self.reason.addItem(word(code), code.value)
        self.text = QLineEdit(self._form)
        self.text.setPlaceholderText(_("In a few words (logged)"))
        reason_label = QLabel(_("Book an&yway:"), self._form)
        reason_label.setBuddy(self.reason)
        text_label = QLabel(_("&Why:"), self._form)
        text_label.setBuddy(self.text)
        form.addRow(reason_label, self.reason)
        form.addRow(text_label, self.text)
        self._hard = SecondText(_("This cannot be overruled."), self)
        self._hard.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._head)
        layout.addLayout(self._lines)
        layout.addWidget(self._hard)
        layout.addWidget(self._form)
        self.reason.currentIndexChanged.connect(self._on_reason)
        self.text.textChanged.connect(lambda _text: self.changed.emit())
        self.clear()

    @property
    def refusals(self) -> tuple[SlotRefusal, ...]:
        return self._refusals

    @property
    def codes(self) -> frozenset[str]:
        """What would have to be overruled; empty where that is not possible, or not needed."""
        if any(refusal.override is None for refusal in self._refusals):
            return frozenset()
        return frozenset(r.override for r in self._refusals if r.override is not None)

    def clear(self) -> None:
        """Nothing is known of the time."""
        self._refusals = ()
        self._show("", "", "text")

    def show_answer(self, when: str, refusals: Sequence[SlotRefusal]) -> None:
        """``when`` is the time asked about, in words."""
        self._refusals = tuple(refusals)
        if refusals:
            self._show(_("Why not {time}?").format(time=when), "warning", "warning")
        else:
            self._show(_("{time} is free").format(time=when), "tick", "ok")

    def override(self) -> Override | None:
        """What the user decided; None where nothing is overruled or the reason is incomplete."""
        value = self.reason.currentData()
        codes = self.codes
        text = self.text.text().strip()
        if value is None or not codes or (value == ReasonCode.OTHER.value and not text):
            return None
        return Override(codes=codes, reason=ReasonCode(value), text=text)

    def texts(self) -> list[str]:
        return [message(refusal) for refusal in self._refusals]

    def _show(self, head: str, icon: str, role: str) -> None:
        self._head.set(head, icon, role)
        self._head.setVisible(bool(head))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text in self.texts():
            line = QLabel(f"• {text}", self)
            line.setWordWrap(True)
            self._lines.addWidget(line)
        self._form.setVisible(bool(self.codes))
        self._hard.setVisible(bool(self._refusals) and not self.codes)
        self.setAccessibleName(" ".join((head, *self.texts())))
        self._on_reason()

    def _on_reason(self) -> None:
        self.text.setEnabled(self.reason.currentData() is not None)
        self.changed.emit()
