"""The letter that is offered: the time, the days that lead to it, and the keys that decide."""

from datetime import date, datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.vocabulary import ReasonCode
from koba_desktop.gui import theme
from koba_desktop.gui.clients.texts import joined, weekday_month
from koba_desktop.gui.myday.keys import CapButton
from koba_desktop.gui.myday.strip import DayStrip, strip_of
from koba_desktop.gui.widgets import Heading, IconLabel, InlineMessage, Level, SecondText
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.formats import date_long, time_of, weekday_date, weekday_short
from koba_desktop.i18n.words import word
from koba_desktop.services.contacts.offer import LetterOffer, PostalChain
from koba_desktop.services.slots.finding import Slot

EARLY_REASONS = (
    ReasonCode.CLIENT_ASKED,
    ReasonCode.URGENT,
    ReasonCode.LEAD_DECISION,
    ReasonCode.OTHER,
)


class Framed(QWidget):
    """A card with the accent's frame: what is to be decided now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.watcher().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(t.accent, 2))
        painter.setBrush(t.base)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)


class OfferCard(Framed):
    """Shows a LetterOffer. It decides nothing: its signals say which button was pressed."""

    accepted = Signal()
    declined = Signal()
    other_time = Signal()
    slot_changed = Signal(object)  # Slot

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer: LetterOffer | None = None
        self._chosen = 0
        self._today = date.min
        self.setAccessibleName(_("Telephone appointment by letter"))
        self._title = IconLabel("letter", "", role="accent", bold=True)
        self._title.label.setFont(theme.font(theme.PHONE, bold=True))
        self._ladder = SecondText()
        self._when = Heading("", 0)
        self._what = SecondText()
        self._what.setWordWrap(True)
        self._strip = DayStrip(self)
        self._facts = QGridLayout()
        self._lines = [
            (IconLabel(icon), QLabel()) for icon in ("mailbox", "", "letter", "calendar")
        ]
        self.reason = QComboBox(self)
        self.reason.setAccessibleName(_("Reason for the early letter"))
        self._reason_row = QWidget(self)
        self.message = InlineMessage(self)
        self.accept = CapButton(_("Enter"), _("Put the letter in the outbox"), self, primary=True)
        self.next = CapButton("→", "", self)
        self.other = CapButton("Z", _("Another time …"), self)
        self.none = CapButton(_("Esc"), _("No letter"), self)
        self._later = SecondText()
        self._lay_out()
        self.accept.clicked.connect(self.accepted)
        self.next.clicked.connect(self.next_slot)
        self.other.clicked.connect(self.other_time)
        self.none.clicked.connect(self.declined)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        self._title.label.setWordWrap(True)
        head.addWidget(self._title, 1)
        head.addWidget(self._ladder)
        self._facts.setContentsMargins(0, 2, 0, 2)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(3)
        self._facts.setColumnStretch(1, 1)
        self._when.setWordWrap(True)
        for line, (name, value) in enumerate(self._lines):
            value.setTextFormat(Qt.TextFormat.RichText)
            value.setWordWrap(True)
            self._facts.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, line, 1)
        reason = QHBoxLayout(self._reason_row)
        reason.setContentsMargins(0, 0, 0, 0)
        label = QLabel(_("Reason for the early &letter"))
        label.setBuddy(self.reason)
        reason.addWidget(label)
        reason.addWidget(self.reason)
        reason.addStretch()
        self.reason.addItem(_("Please choose …"), None)
        for code in EARLY_REASONS:
            self.reason.addItem(word(code), code)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.accept)
        buttons.addWidget(self.next)
        buttons.addWidget(self.other)
        buttons.addStretch()
        buttons.addWidget(self.none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._when)
        layout.addWidget(self._what)
        layout.addWidget(self._strip)
        layout.addLayout(self._facts)
        layout.addWidget(self._reason_row)
        layout.addWidget(self.message)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        layout.addWidget(self._later, 0, Qt.AlignmentFlag.AlignRight)

    # --- content ----------------------------------------------------------------------------------

    @property
    def slot(self) -> Slot | None:
        """The time that "accept" proposes."""
        if self.offer is None or not self.offer.slots:
            return None
        return self.offer.slots[self._chosen]

    @property
    def early(self) -> bool:
        return self.offer is not None and not self.offer.exhausted

    def show_offer(self, offer: LetterOffer, today: date, again: datetime | None) -> None:
        """``again`` is when the client comes back without a letter. The time chosen stays chosen
        where it is still free."""
        before = self.slot
        same = self.offer is not None and self.offer.client_id == offer.client_id
        self.offer, self._today = offer, today
        self._chosen = 0
        if same and before is not None:
            starts = [slot.starts for slot in offer.slots]
            self._chosen = starts.index(before.starts) if before.starts in starts else 0
        else:
            self.reason.setCurrentIndex(0)
            self.message.clear()
        if offer.exhausted:
            self._title.set(
                _("Not reached twice – propose a telephone appointment by letter?")
                if offer.ladder_made == 2
                else ngettext(
                    "Not reached {n} time – propose a telephone appointment by letter?",
                    "Not reached {n} times – propose a telephone appointment by letter?",
                    offer.ladder_made,
                ).format(n=offer.ladder_made)
            )
        else:
            self._title.set(_("Propose a telephone appointment by letter now?"))
        self._ladder.setText(
            _("Attempt {made} of {needed}").format(
                made=offer.ladder_made, needed=offer.ladder_needed
            )
            if offer.ladder_made
            else _("no attempt yet")
        )
        self._reason_row.setVisible(self.early)
        self._later.setText(
            ""
            if again is None
            else _("No letter: due again on {day}, {time}").format(
                day=weekday_month(day_of(again)), time=time_of(again)
            )
        )
        self._later.setVisible(again is not None)
        self._explain(offer.chain)
        self._show_slot()

    def choose(self, slot: Slot) -> None:
        if self.offer is not None and slot in self.offer.slots:
            self._chosen = self.offer.slots.index(slot)
            self._show_slot()

    def next_slot(self) -> None:
        """The next opening; after the last comes the first again."""
        if self.offer is not None and self.offer.slots:
            self._chosen = (self._chosen + 1) % len(self.offer.slots)
            self._show_slot()

    def early_reason(self) -> ReasonCode | None:
        code = self.reason.currentData()
        return ReasonCode(code) if code is not None else None

    def ask_for_reason(self) -> None:
        self.message.show_message(
            _("Please say why the letter goes out before the attempts are made."), Level.WARNING
        )
        self.reason.setFocus()

    def _show_slot(self) -> None:
        offer, slot = self.offer, self.slot
        if offer is None:
            return
        free = slot is not None
        for widget in (self._strip, self._what, self.next):
            widget.setVisible(free)
        self.accept.setEnabled(free)
        if slot is None:
            self._when.setText(_("No free time found"))
            return
        self._when.setText(
            _("{day}, {time}").format(day=date_long(day_of(slot.starts)), time=time_of(slot.starts))
        )
        self._what.setText(
            joined(
                _("Telephone appointment with {advisor}, {minutes} min").format(
                    advisor=slot.advisor_name, minutes=offer.minutes
                ),
                _("both free"),
                _("best time of day") if slot.best_hour else "",
                _("letter in German"),
            )
        )
        self._strip.show_cells(strip_of(offer.chain, slot.starts, self._today))
        following = offer.slots[(self._chosen + 1) % len(offer.slots)]
        self.next.setVisible(len(offer.slots) > 1)
        self.next.setText(f"{weekday_month(day_of(following.starts))}, {time_of(following.starts)}")
        self.next.setAccessibleName(_("Next free time: {when}").format(when=self.next.text()))
        self.next.updateGeometry()
        self.slot_changed.emit(slot)

    def _explain(self, chain: PostalChain) -> None:
        facts = chain_facts(chain, self._today)
        for (name, value), (label, strong, rest) in zip(self._lines, facts, strict=True):
            name.set(label)
            value.setText(f"<b>{strong}</b> {rest}")
        self._lines[1][0].set(f"§   {facts[1][0]}")


def chain_facts(chain: PostalChain, today: date) -> list[tuple[str, str, str]]:
    """The four lines: what, when (bold), and why."""
    posted = weekday_date(chain.posting)
    if chain.posting == today:
        posted = _("today, {day}").format(day=posted)
        why_posted = _("printed before the last collection at {time}").format(time=chain.collection)
    elif chain.collection and not chain.before_collection:
        why_posted = _("after the last collection at {time}: the next day of collection").format(
            time=chain.collection
        )
    else:
        why_posted = _("the next day of collection")
    deemed = (
        _("third day after posting, § 37(2) SGB X")
        if chain.deemed_days == 3
        else _("fourth day after posting, § 37(2) SGB X")
    )
    delivery = (
        _("a day of delivery")
        if chain.delivery == chain.deemed
        else _("the next day of delivery after that")
    )
    days = ", ".join(weekday_short(day) for day in chain.preparation)
    count = len(chain.preparation)
    return [
        (_("Posting"), posted, why_posted),
        (_("Deemed delivered"), weekday_date(chain.deemed), deemed),
        (_("In the letter box"), weekday_date(chain.delivery), delivery),
        (
            _("Preparation"),
            ngettext("{n} working day", "{n} working days", count).format(n=count),
            _("{days} – so {day} at the earliest").format(
                days=days, day=weekday_date(chain.earliest)
            ),
        ),
    ]


def again_of(due: datetime | None, now: datetime) -> datetime | None:
    """When an open task comes back by itself, if that is still to come."""
    return due if due is not None and due > now else None
