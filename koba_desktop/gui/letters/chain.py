"""The days a letter leads through: posted, deemed delivered, answered until, the appointment."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.postal import deemed_delivered, realistic_delivery, working_days
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.gui.widgets import IconLabel, SecondText
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.letters.outbox import OutboxItem
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class Chain:
    """``preparation``: working days between delivery and appointment; None without one."""

    posting: date
    posted: bool
    deemed: date
    answer_until: date | None = None
    preparation: int | None = None


def chain_of(view: View, item: OutboxItem, data: dict[str, Any]) -> Chain:
    """The days of a letter; ``data`` is what was frozen into it."""
    row = item.row
    posting = row.posted_on or item.posting or row.assumed_posting
    until = data.get("answer_until")
    preparation = None
    if item.earliest is not None and row.letter_starts is not None:
        delivery = realistic_delivery(posting, view.is_holiday)
        preparation = working_days(delivery, day_of(row.letter_starts), view.is_holiday)
    return Chain(
        posting=posting,
        posted=row.posted_on is not None,
        deemed=deemed_delivered(posting),
        answer_until=date.fromisoformat(until) if until else None,
        preparation=preparation,
    )


class DateChain(QWidget):
    """The days that make a proposal fair, in two lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = IconLabel("mailbox", "", self)
        self._way.label.setWordWrap(True)
        self._goal = IconLabel("phone", "", self, bold=True)
        self._preparation = SecondText("", self)
        self._preparation.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._goal)
        line.addWidget(self._preparation, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(self._way)
        layout.addLayout(line)
        self.hide()

    def text(self) -> str:
        """All of it in one, for a screen reader."""
        goal = "" if self._goal.isHidden() else self._goal.text()
        return ". ".join(filter(None, (self._way.text(), goal, self._preparation.text())))

    def show_chain(self, item: OutboxItem, chain: Chain, today: date) -> None:
        self._way.set(_way(chain, item.earliest, today))
        starts, channel = item.row.letter_starts, item.row.letter_channel
        for part in (self._goal, self._preparation):
            part.setVisible(starts is not None)
        days = chain.preparation
        self._preparation.setText(_preparation(days) if days is not None else "")
        if starts is not None:
            text = _("Appointment {moment}").format(moment=formats.moment_numeric(starts))
            self._goal.set(text, "phone" if channel is Channel.TELEPHONE else "person")
        self.show()


def _way(chain: Chain, earliest: date | None, today: date) -> str:
    day = formats.past_day(chain.posting, today)
    parts = [
        (_("Posted {day}") if chain.posted else _("Posting {day}")).format(day=day),
        _("deemed delivered {day}").format(day=formats.weekday_numeric(chain.deemed)),
    ]
    if chain.answer_until is not None:
        until = formats.weekday_numeric(chain.answer_until)
        parts.append(_("answer until {day}").format(day=until))
    elif earliest is not None:
        parts.append(_("earliest {day}").format(day=formats.weekday_numeric(earliest)))
    return " → ".join(parts)


def _preparation(days: int) -> str:
    return ngettext(
        "{n} working day to prepare", "{n} working days to prepare", max(days, 0)
    ).format(n=max(days, 0))
