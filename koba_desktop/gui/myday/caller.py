"""The middle of Mein Tag: who it is, the numbers, the outcomes of a call, the note."""

from datetime import datetime
from html import escape
from uuid import UUID

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.entities.clients import ClientPhone
from koba_desktop.domain.vocabulary import Outcome
from koba_desktop.gui import tab_order, theme
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.painting import paint_focus
from koba_desktop.gui.myday.dossier import Dossier
from koba_desktop.gui.myday.keys import EntryLine, OutcomeButton, cap_width, paint_cap
from koba_desktop.gui.widgets import (
    Heading,
    IconLabel,
    InlineMessage,
    KeyHint,
    Level,
    LinkButton,
    SecondText,
)
from koba_desktop.gui.widgets.text import LEFT, write
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.formats import date_short, phone, time_of
from koba_desktop.i18n.words import word
from koba_desktop.services.rows import AttemptRow

NARROW = 560  # px at 96 dpi
GAP = 6  # px between two outcomes

OUTCOME_KEYS = {
    "E": Outcome.REACHED,
    "N": Outcome.NO_ANSWER,
    "B": Outcome.BUSY,
    "M": Outcome.MAILBOX,
    "F": Outcome.WRONG_NUMBER,
    "D": Outcome.THIRD_PERSON,
    "A": Outcome.REFUSED,
}


class PhoneRow(QAbstractButton):
    """One number: its digit key, the number large, what came of it last, and „Anrufen“."""

    def __init__(self, key: int, entry: ClientPhone, last: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.key = key
        self._last = last
        self._dialled = ""
        self.setText(phone(entry.typed))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.call = QPushButton(_("Call"), self)
        self.call.setAccessibleName(_("Call {number}").format(number=self.text()))
        self.call.setAccessibleDescription(_("Key {key}").format(key=key))
        self.call.setEnabled(entry.bad_since is None)
        self.call.clicked.connect(self.click)
        self.setAccessibleName(
            ", ".join(part for part in (self.text(), texts.phone_kind(entry), last) if part)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.addStretch()
        row.addWidget(self.call)

    def show_dialled(self, at: datetime | None) -> None:
        """Mark the number as the one just dialled (None: another one, or none)."""
        self._dialled = "" if at is None else _("just dialled, {time}").format(time=time_of(at))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(31))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = bool(self._dialled)
        painter.fillRect(self.rect(), t.selection if lit else t.base)
        if lit:
            painter.fillRect(QRect(0, 0, 3, self.height()), t.accent)
        ink = t.on_selection if lit else t.text
        soft = t.on_selection if lit else t.text2
        good = self.entry.bad_since is None
        middle = self.rect().center().y() + 1
        height = QFontMetrics(theme.font()).height()
        cap = QRect(10, middle - height // 2, cap_width(str(self.key)), height)
        paint_cap(painter, cap, str(self.key), ink, t.base)
        icon = theme.px(16)
        place = QRectF(cap.right() + 10, middle - icon / 2, icon, icon)
        theme.draw_icon(painter, "phone" if good else "phone-cross", place, ink)
        font = theme.font(theme.TITLE, bold=good)
        font.setStrikeOut(not good)
        left = round(place.right()) + 10
        number = max(QFontMetrics(font).horizontalAdvance(self.text()) + 24, theme.px(150))
        write(painter, QRect(left, 0, number, self.height()), self.text(), font, ink)
        left += number
        kind = theme.px(58)
        write(
            painter,
            QRect(left, 0, kind, self.height()),
            texts.phone_kind(self.entry),
            theme.font(),
            ink,
        )
        left += kind
        last = self._dialled or (self._last if good else _("wrong number"))
        room = QRect(left, 0, self.call.x() - 8 - left, self.height())
        write(painter, room, last, theme.font(), soft, LEFT)
        if self.hasFocus():
            paint_focus(painter, self.rect())


class CallerView(QWidget):
    """Shows a dossier and offers the keys; what they do is up to the panel."""

    outcome_pressed = Signal(object)  # Outcome
    dial_pressed = Signal(object)  # ClientPhone
    file_pressed = Signal()
    note_entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phones: list[PhoneRow] = []
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._name = Heading("", 0)
        self._name.setWordWrap(True)
        self._identity = SecondText()
        self._about = QLabel()
        self._about.setTextFormat(Qt.TextFormat.RichText)
        self._about.setWordWrap(True)
        self._best = IconLabel("clock")
        self._file = LinkButton(_("Open file"))
        self._file.clicked.connect(self.file_pressed)
        self.notice = InlineMessage(self)
        self._phone_box = QVBoxLayout()
        self._phone_box.setSpacing(0)
        self._no_phone = InlineMessage(self)
        self.outcomes = {
            outcome: OutcomeButton(
                key, pgettext("key", "refused") if outcome is Outcome.REFUSED else word(outcome)
            )
            for key, outcome in OUTCOME_KEYS.items()
        }
        for outcome, button in self.outcomes.items():
            button.clicked.connect(lambda _on=False, o=outcome: self.outcome_pressed.emit(o))
        self.outcomes[Outcome.THIRD_PERSON].setToolTip(third_person_reminder())
        self.note = EntryLine(self)
        self.note.setPlaceholderText(_("Note on the call (optional)"))
        self.note.setAccessibleName(_("Note on the call"))
        self._pencil = self.note.addAction(
            theme.icon("pencil"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._facts: list[tuple[str, str]] = []
        theme.watcher().changed.connect(self._dress)
        self.note.returnPressed.connect(self.note_entered)
        self._lay_out()

    def _lay_out(self) -> None:
        self._identity.setWordWrap(True)
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._identity, 1, Qt.AlignmentFlag.AlignBottom)
        about = QHBoxLayout()
        about.setSpacing(16)
        about.addWidget(self._about, 1)
        about.addWidget(self._best)
        about.addWidget(self._file)
        outcome_head = QHBoxLayout()
        outcome_head.addWidget(Heading(_("Outcome of the call"), 3))
        self._hint = SecondText(_("one key is enough"))
        outcome_head.addWidget(self._hint)
        outcome_head.addStretch()
        self._outcome_rows = [QHBoxLayout() for _each in range(2)]
        for row in self._outcome_rows:
            row.setSpacing(GAP)
        self._lay_outcomes(1)
        note_row = QHBoxLayout(self.note)
        note_row.setContentsMargins(0, 0, 6, 0)
        note_row.addStretch()
        note_row.addWidget(KeyHint("Tab", self.note))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(self._head)
        layout.addLayout(about)
        layout.addWidget(self.notice)
        layout.addLayout(self._phone_box)
        layout.addWidget(self._no_phone)
        layout.addSpacing(2)
        layout.addLayout(outcome_head)
        for row in self._outcome_rows:
            layout.addLayout(row)
        layout.addWidget(self.note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, who it is stands below the name, and the outcomes stand in
        two rows."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        self._head.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignRight
        self._identity.setAlignment(side | Qt.AlignmentFlag.AlignBottom)
        needed = sum(button.sizeHint().width() + GAP for button in self.outcomes.values()) - GAP
        self._lay_outcomes(2 if needed > self.width() else 1)

    def _lay_outcomes(self, rows: int) -> None:
        buttons = list(self.outcomes.values())
        first = -(-len(buttons) // rows)
        if self._outcome_rows[0].count() == first:
            return
        for place, button in enumerate(buttons):
            for row in self._outcome_rows:
                row.removeWidget(button)
            row = self._outcome_rows[place // first]
            row.addWidget(button, button.sizeHint().width())

    # --- content ----------------------------------------------------------------------------------

    def show_keys(self, on: bool) -> None:
        """Whether single keys record an outcome."""
        self._hint.setVisible(on)

    def show_dossier(self, dossier: Dossier, reason: str) -> None:
        """``reason`` is why somebody calls: "Folgegespräch, 30 min"."""
        card = dossier.card
        self._name.setText(texts.full_name(card.client))
        self._identity.setText(
            texts.joined(texts.number_of(card.client), texts.born(card.client), card.office_name)
        )
        facts = [
            (pgettext("call", "Reason"), reason),
            (_("Language"), texts.language_name(card.language)),
            (_("Needs"), texts.needs_text(card)),
        ]
        self._facts = [(name, value) for name, value in facts if value]
        self._dress()
        self._best.set(texts.best_time_short(card))
        self._best.setVisible(card.best_hour is not None)
        self._show_notice(dossier)
        self._show_phones(card.phones, card.attempts)

    def _dress(self) -> None:
        """Texts and pictures whose colour does not follow the palette by itself."""
        self._pencil.setIcon(theme.icon("pencil"))
        quiet = theme.tokens().text2.name()
        self._about.setText(
            " &nbsp;&nbsp; ".join(
                f'<span style="color:{quiet}">{name}</span> {escape(value)}'
                for name, value in self._facts
            )
        )

    def _show_notice(self, dossier: Dossier) -> None:
        card = dossier.card
        if card.client.closed_on is not None:
            text = _("Closed on {day}.").format(day=date_short(card.client.closed_on))
        elif card.address is not None and card.address.returned_on is not None:
            text = _("Letter came back on {day}: please ask for the address.").format(
                day=date_short(card.address.returned_on)
            )
        elif card.client.address_blocked:
            text = _("Address blocked (§ 51 BMG): do not tell it to anybody.")
        else:
            self.notice.clear()
            return
        self.notice.show_message(text, Level.WARNING)

    def _show_phones(
        self, phones: tuple[ClientPhone, ...], attempts: tuple[AttemptRow, ...]
    ) -> None:
        shown = [(row.entry, row.property("last")) for row in self.phones]
        wanted = [(entry, _last_attempt(entry, attempts)) for entry in phones]
        if shown == wanted:
            return
        for row in self.phones:
            self._phone_box.removeWidget(row)
            row.deleteLater()
        self.phones = []
        for key, (entry, last) in enumerate(wanted, start=1):
            row = PhoneRow(key, entry, last, self)
            row.setProperty("last", last)
            row.clicked.connect(lambda _on=False, e=entry: self.dial_pressed.emit(e))
            row.setEnabled(entry.bad_since is None)
            self._phone_box.addWidget(row)
            self.phones.append(row)
        outcomes = list(self.outcomes.values())
        tab_order.follow(outcomes[-1], self._file, *(row.call for row in self.phones))
        if phones:
            self._no_phone.clear()
        else:
            self._no_phone.show_message(
                _("No phone number known. A letter can be proposed at once."), Level.INFO
            )

    def show_dialled(self, phone_id: UUID | None, at: datetime | None) -> None:
        for row in self.phones:
            row.show_dialled(at if row.entry.id == phone_id else None)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Tick what was recorded."""
        for which, button in self.outcomes.items():
            button.setChecked(which is outcome)


def third_person_reminder() -> str:
    """What to keep in mind when somebody else answers (domain rules § 2)."""
    return _(
        "Say neither who is calling nor why. Ask for the date of birth before you speak of "
        "anything else."
    )


def _last_attempt(entry: ClientPhone, attempts: tuple[AttemptRow, ...]) -> str:
    shown = phone(entry.typed)
    for row in attempts:
        if row.phone and phone(row.phone) == shown:
            return f"{texts.attempt_when(row)}, {texts.attempt_result(row)}"
    return ""
