"""The right of Mein Tag: attempts so far, hours of success, free times, and why not earlier."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.gui import theme
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.lines import outcome_icon
from koba_desktop.gui.myday.dossier import Dossier
from koba_desktop.gui.myday.hours import HoursChart
from koba_desktop.gui.myday.rows import RowsView, TextRow
from koba_desktop.gui.widgets import InlineMessage, LinkButton, SectionHeader
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.formats import moment_of, time_of, weekday_date
from koba_desktop.services.contacts.offer import LetterOffer
from koba_desktop.services.rows import AttemptRow
from koba_desktop.services.slots.finding import Slot

SHOWN_ATTEMPTS = 7
LONG_NAME = 18  # letters; longer ones do not fit into the heading


class SidePane(QWidget):
    """Shows what it is given; tells which free time was taken."""

    slot_highlighted = Signal(object)  # Slot
    slot_taken = Signal(object)  # Slot, or None: look in the calendar
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setMinimumWidth(theme.px(250))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._attempts_head = SectionHeader(_("Contact attempts"), "", self)
        self.attempts = RowsView(_("Contact attempts"), self)
        self._hours_head = SectionHeader("", _("Hour of day"), self)
        self.chart = HoursChart(self)
        self._slots_head = SectionHeader("", "", self)
        self._why = LinkButton(_("Why not earlier?"))
        self._why.clicked.connect(self._toggle_why)
        self._slots_head.add(self._why)
        self.explanation = InlineMessage(self)
        self.slots = RowsView(_("Free times"), self)
        self.slots.current_row.connect(self._on_highlighted)
        self.slots.taken.connect(lambda row: self.slot_taken.emit(row.payload))
        self.slots.left.connect(self.left)
        self._offer: LetterOffer | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._attempts_head)
        layout.addWidget(self.attempts)
        layout.addWidget(self._hours_head)
        layout.addWidget(self.chart)
        layout.addWidget(self._slots_head)
        layout.addWidget(self.explanation)
        layout.addWidget(self.slots, 1)

    def show_dossier(self, dossier: Dossier) -> None:
        card = dossier.card
        count = len(card.attempts)
        self._attempts_head.set(
            _("Contact attempts"),
            ngettext("{n} in 12 months", "{n} in 12 months", count).format(n=count)
            if count
            else _("none yet"),
        )
        self.attempts.show_rows([attempt_row(row) for row in card.attempts])
        shown = min(max(count, 1), SHOWN_ATTEMPTS)
        self.attempts.setFixedHeight(self.attempts.row_height() * shown + 4)
        name = texts.short_name(
            card.client.salutation, card.client.given_name, card.client.family_name
        )
        title = _("When was {name} reached?").format(name=name)
        self._hours_head.set(
            title if len(name) <= LONG_NAME else _("When reached?"), _("Hour of day")
        )
        self.chart.show_hours(dossier.hours)
        self._show_slots(dossier.offer)

    def _show_slots(self, offer: LetterOffer | None) -> None:
        if offer != self._offer:
            self.explanation.clear()
        self._offer = offer
        self._why.setVisible(offer is not None)
        if offer is None:
            self._slots_head.set(_("Free times"))
            self.slots.show_rows([])
            return
        self._slots_head.set(_("Free from {day}").format(day=weekday_date(offer.chain.earliest)))
        self.slots.show_rows(
            [slot_row(slot) for slot in offer.slots]
            + [TextRow((_("Look in the calendar …"),), _("Look in the calendar …"))]
        )

    def mark_slot(self, slot: Slot | None) -> None:
        """Make the time that is offered current."""
        if slot is None or self._offer is None or slot not in self._offer.slots:
            return
        if not self.slots.hasFocus():
            self.slots.mark(self._offer.slots.index(slot))

    def choose_time(self) -> None:
        """Into the list of free times (Z)."""
        self.slots.setFocus()

    def _on_highlighted(self, row: TextRow) -> None:
        if row.payload is not None:
            self.slot_highlighted.emit(row.payload)

    def _toggle_why(self) -> None:
        if self.explanation.isVisible():
            self.explanation.clear()
        elif self._offer is not None:
            self.explanation.show_message(why_not_earlier(self._offer))


def attempt_row(row: AttemptRow) -> TextRow:
    cells = (
        texts.weekday_month(day_of(row.at)),
        time_of(row.at),
        texts.attempt_phone(row),
        texts.attempt_result(row),
    )
    spoken = ", ".join((moment_of(row.at), *(cell for cell in cells[2:] if cell)))
    tip = texts.joined(row.phone, row.staff_initials, row.note)
    return TextRow(cells, spoken, row, outcome_icon(row.outcome), 2, tip=tip)


def slot_row(slot: Slot) -> TextRow:
    hint = _("best time") if slot.best_hour else ""
    cells = (weekday_date(day_of(slot.starts)), time_of(slot.starts), hint)
    spoken = ", ".join(part for part in (moment_of(slot.starts), hint) if part)
    return TextRow(cells, spoken, slot, quiet=frozenset({2}))


def why_not_earlier(offer: LetterOffer) -> str:
    """The postal lead in a sentence, then what took away times after it."""
    chain = offer.chain
    text = _(
        "Posted {posting}, the letter counts as delivered on {deemed} and lies in the letter box "
        "on {delivery}. With {days} working days to prepare, {earliest} is the earliest day."
    ).format(
        posting=weekday_date(chain.posting),
        deemed=weekday_date(chain.deemed),
        delivery=weekday_date(chain.delivery),
        days=len(chain.preparation),
        earliest=weekday_date(chain.earliest),
    )
    causes = skipped_causes()
    told = [
        f"{causes[code]} ({count})"
        for code, count in sorted(offer.skipped.items(), key=lambda entry: -entry[1])
        if code in causes and count
    ]
    if told:
        text += " " + _("Not free from then on: {causes}.").format(causes=", ".join(told))
    return text


def skipped_causes() -> dict[str, str]:
    """Short names of what takes a time away."""
    return {
        "mode_suspends": _("operating mode"),
        "outside_hours": _("outside opening hours"),
        "office_closed": _("office closed"),
        "holiday": _("public holiday"),
        "advisor_absent": _("advisor absent"),
        "outside_pattern": _("outside working hours"),
        "advisor_busy": _("advisor has an appointment"),
        "client_busy": _("client has an appointment"),
        "held": _("held by somebody"),
    }
