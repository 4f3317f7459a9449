"""The note line: what is typed there finds its attempt, or waits for the client to come back."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.myday.dossier import Subject
from koba_desktop.gui.myday.flow import CallFlow
from koba_desktop.i18n.formats import name_sorted
from koba_desktop.services.drafts.keeping import open_drafts

FORM = "call_note"
"""The form's name among the drafts."""


@dataclass(eq=False)
class _Note:
    """What was typed about a client. ``going`` was given along with a call and is not yet known to
    be saved."""

    text: str = ""
    going: str = ""
    about: str = ""
    keeper: DraftKeeper = field(init=False)

    def content(self) -> dict[str, Any]:
        return {"note": self.text or self.going}

    def put(self, content: dict[str, Any]) -> None:
        self.text = str(content.get("note", ""))


class NoteLine(QObject):
    """Typed before the outcome, a note goes along with it; typed after, it is added to the
    attempt just recorded; without an attempt it is kept until the client is called again, also by
    a program started anew."""

    def __init__(self, line: QLineEdit, flow: CallFlow, desk: Desk) -> None:
        super().__init__(line)
        self._line = line
        self._flow = flow
        self._desk = desk
        self._notes: dict[UUID, _Note] = {}
        line.textChanged.connect(self._on_typed)
        flow.note_saved.connect(self._on_saved)
        flow.note_refused.connect(self._on_refused)
        desk.actor_changed.connect(self._begin)
        self._begin()

    def _begin(self) -> None:
        """Somebody else's notes are nobody's business; one's own are read again."""
        self.store()
        for note in self._notes.values():
            note.keeper.deleteLater()
        self._notes.clear()
        self._line.clear()
        self._desk.ask(
            lambda view: [draft for draft in open_drafts(view) if draft.form == FORM],
            self._take_all,
            self,
            "drafts",
        )

    def _take_all(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            self.take(draft)

    def take(self, draft: Draft) -> None:
        """Carry on a note from before an interruption, unless one about that client is begun."""
        client_id = draft.subject_id
        if client_id is None or client_id in self._notes:
            return
        note = self._new(client_id, draft.id)
        note.keeper.restore(draft.content)
        if client_id == self._client_id:
            self._line.setText(note.text)

    @property
    def _client_id(self) -> UUID | None:
        return self._flow.subject.client_id if self._flow.subject is not None else None

    def _new(self, client_id: UUID, draft_id: UUID | None = None) -> _Note:
        note = self._notes[client_id] = _Note()
        note.keeper = DraftKeeper(
            self._desk,
            FORM,
            client_id,
            note.content,
            note.put,
            self,
            draft_id=draft_id,
            about=lambda: note.about,
        )
        return note

    def _on_typed(self, text: str) -> None:
        client_id = self._client_id
        if client_id is None or text == self._text_of(client_id):
            return
        note = self._notes.get(client_id) or self._new(client_id)
        note.text = text
        found = self._flow.dossier
        if found is not None:
            row = found.card.client
            note.about = name_sorted(row.family_name, row.given_name)
        if note.text or note.going:
            note.keeper.touch()
        else:
            note.keeper.discard()

    def _text_of(self, client_id: UUID) -> str:
        note = self._notes.get(client_id)
        return note.text if note is not None else ""

    # --- the call in hand -------------------------------------------------------------------------

    def text(self) -> str:
        return self._line.text().strip()

    def turn_to(self, subject: Subject | None) -> None:
        """Show what was typed about a client before."""
        self._line.setText(self._text_of(subject.client_id) if subject is not None else "")

    def sent(self) -> None:
        """The note went along with an attempt."""
        note = self._notes.get(self._client_id) if self._client_id is not None else None
        if note is not None:
            note.going, note.text = note.text, ""
            self._line.clear()

    def flush(self) -> None:
        """Add what stands there to the attempt just recorded, if there is one."""
        if self.text() and self._flow.attempt_id is not None:
            self._flow.note(self.text())
            self.sent()

    def keep(self) -> None:
        """Before turning to somebody else: nothing typed is lost."""
        self.flush()
        self.store()

    def store(self) -> None:
        """Keep now, as drafts, what has no attempt yet."""
        for note in self._notes.values():
            note.keeper.keep()

    def _on_saved(self, client_id: UUID) -> None:
        note = self._notes.get(client_id)
        if note is not None and note.going:
            note.going = ""
            if note.text:
                note.keeper.touch()
            else:
                note.keeper.discard()

    def _on_refused(self, client_id: UUID) -> None:
        """It was not saved: it stands in the line again, before what was typed meanwhile."""
        note = self._notes.get(client_id)
        if note is not None and note.going:
            note.text = f"{note.going} {note.text}".strip()
            note.going = ""
            if client_id == self._client_id:
                self._line.setText(note.text)
            note.keeper.touch()
