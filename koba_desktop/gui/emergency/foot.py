"""The foot of the emergency desk: what the mode demands, what Enter does, and refusing a visit."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.emergency import Rung
from koba_desktop.domain.vocabulary import Mode, RefusalReason, UrgencyCategory
from koba_desktop.gui import theme
from koba_desktop.gui.emergency.wording import assign_text, mode_text
from koba_desktop.gui.myday.keys import CapButton
from koba_desktop.gui.widgets import IconLabel, InlineMessage, Level, LinkButton
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word

NOT_ADMITTED = (
    RefusalReason.NOT_URGENT,
    RefusalReason.DECLINED,
    RefusalReason.TOO_MANY_PERSONS,
    RefusalReason.NOT_ACCESSIBLE,
    RefusalReason.NOT_TODAY,
)
"""Why somebody was not admitted at all; of a room other reasons are recorded."""
_MODES = {Mode.CLOSED: "lock", Mode.BY_APPOINTMENT: "calendar", Mode.REGULAR: "door"}


class Foot(QWidget):
    """It decides nothing: its signals say which button was pressed."""

    assign_wanted = Signal()
    other_wanted = Signal()
    close_wanted = Signal()
    refused = Signal(object)  # RefusalReason
    phone_edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.message = InlineMessage(self)
        self.phone = QLineEdit(self)
        self.phone.setFixedWidth(theme.px(206))
        self.phone.textEdited.connect(self.phone_edited)
        self.phone_problem = InlineMessage(self)
        self._phone_row = QWidget(self)
        label = QLabel(_("Number to call"), self._phone_row)
        label.setBuddy(self.phone)
        row = QHBoxLayout(self._phone_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.phone)
        row.addStretch()
        self.mode = IconLabel("lock", "", self, role="text2")
        self.mode.label.setProperty("role", "second")
        self.mode.label.setWordWrap(True)
        self.assign = CapButton(_("Enter"), "", self, primary=True)
        self.other = CapButton("↓", _("Another place"), self)
        self.close_button = CapButton(_("Esc"), _("Cancel"), self)
        self.refuse = LinkButton(_("Do not ad&mit …"), self)
        menu = QMenu(self.refuse)
        for code in NOT_ADMITTED:
            menu.addAction(word(code)).triggered.connect(partial(self._on_refused, code))
        self.refuse.setMenu(menu)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.assign)
        buttons.addWidget(self.other)
        buttons.addWidget(self.close_button)
        buttons.addStretch()
        demand = QHBoxLayout()
        demand.setSpacing(12)
        demand.addWidget(self.mode, 1)
        demand.addWidget(self.refuse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.setSpacing(6)
        layout.addWidget(self.message)
        layout.addWidget(self._phone_row)
        layout.addWidget(self.phone_problem)
        layout.addLayout(demand)
        layout.addLayout(buttons)
        self.assign.clicked.connect(self.assign_wanted)
        self.other.clicked.connect(self.other_wanted)
        self.close_button.clicked.connect(self.close_wanted)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.watcher().changed.connect(self.update)

    def show_mode(self, mode: Mode, category: UrgencyCategory | None) -> None:
        self.mode.set(mode_text(mode, category), _MODES[mode])

    def show_rung(self, rung: Rung | None, phone: str, now: datetime, *, others: bool) -> None:
        """What Enter does with the chosen place; the number only where somebody is to call."""
        self.assign.setText(assign_text(rung, now) if rung is not None else _("Assign"))
        self.assign.setEnabled(rung is not None)
        self.assign.updateGeometry()
        self.other.setEnabled(others)
        calls = rung is not None and rung.offer is None
        self._phone_row.setVisible(calls)
        if not calls:
            self.phone_problem.clear()
        if self.phone.text() != phone:
            self.phone.setText(phone)

    def complain_of_phone(self, text: str) -> None:
        self.phone_problem.show_message(text, Level.ERROR)
        self.phone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, code: RefusalReason) -> None:
        self.refused.emit(code)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().window)
        painter.setPen(theme.tokens().separator)
        painter.drawLine(0, 0, self.width(), 0)
