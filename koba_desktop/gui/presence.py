"""Who else has an appointment or a client open: said while an editor is open, asked, and shown."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from koba_desktop.domain.entities.bookkeeping import PRESENT_FOR, Presence
from koba_desktop.gui.naming import member_name
from koba_desktop.gui.tasks import Lane
from koba_desktop.gui.widgets import IconLabel
from koba_desktop.i18n import _
from koba_desktop.services.ids import new_id
from koba_desktop.services.presence import present_elsewhere

if TYPE_CHECKING:
    from koba_desktop.gui.desk import Desk

BEAT_MS = 20_000
"""How often it is said anew that something is open: three times within ``PRESENT_FOR``."""
POLL_MS = 5_000
"""How often it is asked who else is there, where the database does not tell of it."""


@dataclass(frozen=True, slots=True)
class _Here:
    subject_id: UUID
    staff_id: UUID


class Presences(QObject):
    """Of one window: what it has open, and who else has the same.

    It is written on the lane of the queries. On that of the commands somebody's saving could
    wait for it; a lane of its own would need one more connection from each PC. What is written
    keeps its order, so that nobody who has closed something is there again. When the database is
    away nothing is said: others go with the time, and so does this window for them.
    """

    found = Signal()  # who else is there may be somebody else now

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._tokens: dict[int, UUID] = {}
        self._numbers = count()
        self._said: set[_Here] = set()
        self._others: tuple[Presence, ...] = ()
        self._due = self._writing = False
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self.say)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.ask)
        desk.actor_changed.connect(self.say)
        desk.outage_changed.connect(self._write)

    @property
    def _open(self) -> set[UUID]:
        return set(self._tokens.values())

    def open(self, subject_id: UUID) -> int:
        """An editor of it was opened in this window. Returns what ``close`` is to be given."""
        token = next(self._numbers)
        self._tokens[token] = subject_id
        self._beat.start()
        self._poll.start()
        self.say()
        self.ask()
        return token

    def close(self, token: int) -> None:
        """It was closed; saying so twice is no harm."""
        if self._tokens.pop(token, None) is None or not isValid(self):
            return
        if not self._tokens:
            self._beat.stop()
            self._poll.stop()
            self._others = ()
        self._write()

    def others(self, subject_id: UUID) -> tuple[Presence, ...]:
        """Who else has it open as far as is known, the latest first."""
        since: datetime = self._desk.now() - PRESENT_FOR
        return tuple(
            each for each in self._others if each.subject_id == subject_id and each.seen_at > since
        )

    # --- saying -----------------------------------------------------------------------------------

    def say(self) -> None:
        """Say, or say again, what is open here."""
        self._due = bool(self._tokens)
        self._write()

    def _write(self) -> None:
        if self._writing or self._desk.outage.offline:
            return
        staff_id, desk = self._desk.actor.staff_id, self._desk
        here = {_Here(subject, staff_id) for subject in self._open}
        gone = self._said - here
        present = here if self._due else here - self._said
        if not gone and not present:
            return
        self._due, self._writing = False, True
        self._said = here
        store, now, host = desk.services.store, desk.now(), desk.services.host

        def write() -> None:
            for each in gone:
                store.mark_gone(_row(each, host, now))
            for each in present:
                store.mark_present(_row(each, host, now))

        desk.tasks.submit(Lane.QUERIES, write, self._on_written, self._on_not_written, self)

    def _on_written(self, _answer: None) -> None:
        self._writing = False
        self._write()

    def _on_not_written(self, error: Exception) -> None:
        self._writing = False
        self._desk.unless_expected(error)

    # --- asking -----------------------------------------------------------------------------------

    def told(self, subject_ids: frozenset[UUID]) -> None:
        """The database itself tells what others open and close: asking now and then is enough, for
        those who went without a word."""
        self._poll.setInterval(BEAT_MS)
        if not self._open.isdisjoint(subject_ids):
            self.ask()

    def ask(self) -> None:
        """Ask who else has open what is open here."""
        if not self._tokens:
            return
        subjects, staff_id = tuple(self._open), self._desk.actor.staff_id
        host = self._desk.services.host
        self._desk.ask(
            lambda view: present_elsewhere(view, subjects, staff_id=staff_id, host=host),
            self._on_answer,
            owner=self,
            key="presence",
            failed=self._on_no_answer,
        )

    def _on_answer(self, others: tuple[Presence, ...]) -> None:
        self._others = others
        self.found.emit()

    def _on_no_answer(self, error: Exception) -> None:
        self.found.emit()  # who was there goes with the time
        self._desk.unless_expected(error)


def _row(here: _Here, host: str, now: datetime) -> Presence:
    return Presence(
        id=new_id(), subject_id=here.subject_id, staff_id=here.staff_id, host=host, seen_at=now
    )


class PresenceLine(IconLabel):
    """A quiet line in an editor: who else has the same open. Gone when nobody has.

    A screen reader says it once, when what it has said before is over.
    """

    def __init__(self, desk: "Desk", subject_id: UUID, sentence: str, parent: QWidget) -> None:
        """``sentence`` says of {name} that he or she has it open."""
        super().__init__("people", "", parent, role="text2")
        self._desk = desk
        self._sentence = sentence
        self._subject_id = subject_id
        self.label.setWordWrap(True)
        self.label.setProperty("role", "second")
        self.hide()
        desk.presences.found.connect(self._show)
        self._token = desk.presences.open(subject_id)
        self.destroyed.connect(partial(desk.presences.close, self._token))

    def leave(self) -> None:
        """The editor closes."""
        self._desk.presences.close(self._token)

    def _show(self) -> None:
        others = self._desk.presences.others(self._subject_id)
        text = present_text(self._desk, others, self._sentence)
        if text == self.text():
            return
        self.set(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))


def present_text(desk: "Desk", others: tuple[Presence, ...], sentence: str) -> str:
    """ "Frau Lindner (PC-17) has this appointment open just now." Of several, or of the same
    person in another place: "Also open just now: …"; empty if there is nobody."""
    me = desk.actor.staff_id
    names = [
        _named(each, _("you yourself") if each.staff_id == me else "", desk) for each in others
    ]
    if len(names) == 1 and others[0].staff_id != me:
        return sentence.format(name=names[0])
    return _("Also open just now: {names}").format(names=", ".join(names)) if names else ""


def _named(presence: Presence, name: str, desk: "Desk") -> str:
    name = name or member_name(presence.staff_id, desk.book)
    return f"{name} ({presence.host})" if presence.host else name
