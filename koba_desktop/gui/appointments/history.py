"""The history of an appointment in words: what happened, from what to what, and why."""

from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from koba_desktop.domain.entities.appointments import AppointmentChange
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeCause,
    ChangeKind,
    Channel,
    LetterState,
)
from koba_desktop.gui import theme
from koba_desktop.i18n import formats
from koba_desktop.i18n.words import word
from koba_desktop.services.appointments.detail import AppointmentDetail
from koba_desktop.services.letters.kinds import PAPER
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.rows import OutboxRow


def who(staff_id: UUID | None, book: OfficeBook) -> str:
    """The name of the one who did it."""
    member = next((m for m in book.staff if m.id == staff_id), None)
    return "–" if member is None else member.family_name


def what(change: AppointmentChange, book: OfficeBook) -> str:
    """One line: "moved: Di 13. April, 10:15 → Mi 14. April, 09:00 · client asked"."""
    steps = [
        _step(key, change.before.get(key), change.after.get(key), book)
        for key in ("starts", "advisor_id", "channel", "kind_id", "state", "phone")
        if change.kind is not ChangeKind.CREATED
        and change.before.get(key) != change.after.get(key)
        and (key in change.before or key in change.after)
    ]
    if change.kind is ChangeKind.CREATED and "starts" in change.after:
        steps = [_value("starts", change.after["starts"], book)]
    text = word(change.kind)
    if any(steps):
        text = f"{text}: {', '.join(s for s in steps if s)}"
    if "cause" in change.after:
        text = f"{text} · {word(ChangeCause(change.after['cause']))}"
    if change.reason is not None:
        text = f"{text} · {word(change.reason)}"
    return text


def _step(key: str, before: Any, after: Any, book: OfficeBook) -> str:
    return f"{_value(key, before, book)} → {_value(key, after, book)}"


def _value(key: str, value: Any, book: OfficeBook) -> str:
    if value is None or value == "":
        return "–"
    if key == "starts":
        return formats.moment_of(datetime.fromisoformat(str(value)))
    if key == "advisor_id":
        return who(UUID(str(value)), book)
    if key == "channel":
        return word(Channel(value))
    if key == "state":
        return word(AppointmentState(value))
    if key == "kind_id":
        kinds = {kind.id: kind.name for kind in book.kinds}
        return kinds.get(UUID(str(value)), "–")
    return str(value)


def letter_of(item: QTreeWidgetItem | None) -> OutboxRow | None:
    """The letter on paper that a line of the history is about."""
    row = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
    return row if isinstance(row, OutboxRow) else None


def fill_history(tree: QTreeWidget, detail: AppointmentDetail, book: OfficeBook) -> None:
    """Changes, latest first, then the letters; those of which there is paper know which they
    are (``letter_of``)."""
    tree.clear()
    for change in reversed(detail.history):
        when = formats.moment_of(change.created_at) if change.created_at else ""
        texts = [when, who(change.created_by, book), what(change, book)]
        QTreeWidgetItem(tree, texts).setToolTip(2, texts[2])
    for letter in detail.letters:
        state = word(letter.state)
        if letter.state is LetterState.POSTED and letter.posted_on is not None:
            state = f"{state} {formats.date_short(letter.posted_on)}"
        text = f"{word(letter.kind)}: {state}"
        item = QTreeWidgetItem(tree, [formats.moment_of(letter.created_at), "", text])
        item.setToolTip(2, text)
        if letter.state in PAPER:
            item.setIcon(2, theme.icon("letter"))
            item.setData(0, Qt.ItemDataRole.UserRole, letter)
    for column in range(3):
        tree.resizeColumnToContents(column)
