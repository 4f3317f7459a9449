"""The card of the selected client, below the lists of the dock."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import tab_order, theme
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.lines import outcome_icon
from koba_desktop.gui.widgets import (
    Heading,
    IconLabel,
    InlineMessage,
    Level,
    LinkButton,
    PrimaryButton,
    SecondText,
    SectionHeader,
)
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import date_short, phone
from koba_desktop.services.clients.card import ClientCard

ATTEMPTS = 4


class Rule(QFrame):
    """A thin line between two parts of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        theme.watcher().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.tokens().separator)


class Sheet(QScrollArea):
    """A scrolling column of widgets on the lists' own ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    def replace(self, body: QWidget) -> None:
        """Show another column, scrolled to its top."""
        body.setBackgroundRole(QPalette.ColorRole.Base)
        body.setAutoFillBackground(True)
        self.setWidget(body)


class ClientCardView(QWidget):
    """Everything a caller needs of one client; asks nobody, shows what it is given."""

    call_clicked = Signal(str)  # the number as typed
    appointment_clicked = Signal()
    letter_clicked = Signal()
    file_clicked = Signal()
    next_clicked = Signal(object)  # UUID of the next appointment
    address_clicked = Signal(object)  # UUID of the client whose address is blocked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: ClientCard | None = None
        self._calls = True
        self.blocked = InlineMessage(self)
        self._head = SectionHeader(_("Selected person"), "", self)
        self._sheet = Sheet(self)
        self._sheet.setAccessibleName(_("Client card"))
        self.appointment_button = QPushButton(_("&Appointment…"), self)
        self.letter_button = QPushButton(_("&Letter…"), self)
        self.file_button = QPushButton(_("Open &file"), self)
        self.appointment_button.clicked.connect(self.appointment_clicked)
        self.letter_button.clicked.connect(self.letter_clicked)
        self.file_button.clicked.connect(self.file_clicked)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 6, 8, 8)
        foot.setSpacing(6)
        foot.addWidget(self.appointment_button)
        foot.addWidget(self.letter_button)
        foot.addStretch()
        foot.addWidget(self.file_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._sheet, 1)
        layout.addLayout(foot)
        self.clear()

    def allow(self, *, calls: bool, proposes: bool) -> None:
        """Whether whoever looks at it calls, and proposes by letter; else there are no buttons for
        it."""
        self._calls = calls
        self.letter_button.setVisible(proposes)

    def clear(self) -> None:
        """Nobody is selected: say what to do next."""
        self.card = None
        self._head.set(_("No one selected"))
        self._enable(False)
        hint = SecondText(_("Choose somebody in the list, or look for a name, number or phone."))
        hint.setWordWrap(True)
        self._sheet.replace(_column([hint]))

    def show_card(self, card: ClientCard, today: date) -> None:
        if card == self.card:
            return
        self.card = card
        row = card.client
        self._head.set(texts.selected_title(row))
        self._enable(True)
        name = Heading(texts.full_name(row), 1)
        name.setWordWrap(True)
        parts: list[QWidget] = [name, _wrapped(SecondText(texts.identity(row)))]
        parts += self._notices(card)
        parts += [self._phones(card)]
        parts += self._next_appointment(card, today)
        parts += self._attempts(card)
        parts += self._about(card, today)
        body = _column(parts)
        self._sheet.replace(body)
        tab_order.precede(self.appointment_button, *body.findChildren(QPushButton))

    def _enable(self, enabled: bool) -> None:
        for button in (self.appointment_button, self.letter_button, self.file_button):
            button.setEnabled(enabled)

    # --- parts ------------------------------------------------------------------------------------

    def _notices(self, card: ClientCard) -> list[QWidget]:
        notices: list[QWidget] = []
        if card.client.closed_on is not None:
            notices.append(
                self._notice(_("Closed on {day}.").format(day=date_short(card.client.closed_on)))
            )
        if card.client.address_blocked:
            notices.append(self._blocked(card))
        if card.address is not None and card.address.returned_on is not None:
            notices.append(
                self._notice(
                    _("Letter came back on {day}: please ask for the address.").format(
                        day=date_short(card.address.returned_on)
                    )
                )
            )
        return notices

    def _notice(self, text: str) -> InlineMessage:
        message = InlineMessage(self)  # without a parent it would open as a window of its own
        message.show_message(text, Level.WARNING)
        return message

    def _blocked(self, card: ClientCard) -> QWidget:
        if not card.address_viewable:
            return self._notice(
                _("Address blocked (§ 51 BMG): only the responsible advisor sees it.")
            )
        message = InlineMessage(self)
        message.show_message(
            _("Address blocked (§ 51 BMG): shown with a reason only, which is logged."),
            Level.WARNING,
            _("Show the address…"),
            partial(self.address_clicked.emit, card.client.id),
        )
        self.blocked = message
        return message

    def show_address(self, client_id: UUID, address: str) -> None:
        """The blocked address, until another card is shown."""
        if self.card is not None and self.card.client.id == client_id:
            self.blocked.show_message(address, Level.WARNING)

    def _phones(self, card: ClientCard) -> QWidget:
        grid_host = QWidget()
        grid = QGridLayout(grid_host)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        main = True
        for line, entry in enumerate(card.phones):
            good = entry.bad_since is None
            shown = phone(entry.typed)
            label = IconLabel("phone" if good else "phone-cross", shown, role="accent")
            label.label.setFont(theme.font(theme.PHONE))
            label.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            kind = SecondText(texts.phone_kind(entry) if good else _("wrong number"))
            kind.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(label, line, 0)
            grid.addWidget(kind, line, 1)
            if good and self._calls:
                button = PrimaryButton(_("Call")) if main else QPushButton(_("Call"))
                button.setAccessibleName(_("Call {number}").format(number=shown))
                button.clicked.connect(partial(self.call_clicked.emit, entry.typed))
                grid.addWidget(button, line, 2)
                main = False
        if not card.phones:
            grid.addWidget(SecondText(_("No phone number known.")), 0, 0, 1, 3)
        return grid_host

    def _next_appointment(self, card: ClientCard, today: date) -> list[QWidget]:
        parts: list[QWidget] = [Rule(), Heading(_("Next appointment"), 3)]
        row = card.next_appointment
        if row is None:
            return [*parts, SecondText(_("None planned."))]
        icon = {"telephone": "phone", "in_person": "person", "outdoors": "tree"}[row.channel.value]
        when = IconLabel(icon, texts.joined(texts.when_of(row, today), row.advisor_name), bold=True)
        when.label.setWordWrap(True)
        parts.append(when)
        sent, silence = texts.proposal_lines(row)
        if sent:
            parts.append(_wrapped_icon(IconLabel("letter", sent)))
        if silence:
            parts.append(_wrapped(SecondText(silence)))
        if row.room_name:
            parts.append(IconLabel("door", row.room_name))
        show = LinkButton(_("Show in the calendar"))
        show.clicked.connect(partial(self.next_clicked.emit, row.id))
        host = QHBoxLayout()
        host.setContentsMargins(0, 0, 0, 0)
        host.addWidget(show)
        host.addStretch()
        holder = QWidget()
        holder.setLayout(host)
        return [*parts, holder]

    def _attempts(self, card: ClientCard) -> list[QWidget]:
        parts: list[QWidget] = [Rule(), Heading(_("Last contact attempts"), 3)]
        if not card.attempts:
            return [*parts, SecondText(_("None so far."))]
        host = QWidget()
        grid = QGridLayout(host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, row in enumerate(card.attempts[:ATTEMPTS]):
            grid.addWidget(QLabel(texts.attempt_when(row)), line, 0)
            told = ", ".join(filter(None, (texts.attempt_phone(row), texts.attempt_result(row))))
            result = IconLabel(outcome_icon(row.outcome), told)
            result.label.setWordWrap(True)
            result.setToolTip(row.note)
            grid.addWidget(result, line, 1)
        parts.append(host)
        best = texts.best_time(card)
        if best:
            parts.append(_wrapped_icon(IconLabel("clock", best, role="text2")))
        return parts

    def _about(self, card: ClientCard, today: date) -> list[QWidget]:
        facts: list[tuple[str, str]] = []
        if card.language != "de":
            facts.append((_("Language"), texts.language_name(card.language)))
        if card.needs:
            facts.append((_("Needs"), texts.needs_text(card)))
        person = card.representative
        if person is not None and texts.representative_holds(person, today):
            facts.append((_("Representative"), texts.representative_text(person)))
        if card.advisor_name:
            facts.append((_("Advisor"), texts.joined(card.advisor_name, card.office_name)))
        if card.note:
            facts.append((_("Note"), card.note))
        if not facts:
            return []
        host = QWidget()
        grid = QGridLayout(host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(facts):
            grid.addWidget(SecondText(name), line, 0, Qt.AlignmentFlag.AlignTop)
            text = QLabel(value)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, line, 1)
        return [Rule(), host]


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return label


def _wrapped_icon(label: IconLabel) -> IconLabel:
    label.label.setWordWrap(True)
    return label


def _column(parts: list[QWidget]) -> QWidget:
    body = QWidget()
    layout = QVBoxLayout(body)
    layout.setContentsMargins(10, 8, 10, 8)
    layout.setSpacing(4)
    for part in parts:
        if isinstance(part, Rule):
            layout.addSpacing(4)
        layout.addWidget(part)
    layout.addStretch()
    return body
