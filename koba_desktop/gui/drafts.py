"""What is being typed survives a crash, a lost connection and a conflict."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from koba_desktop.gui.desk import Desk
from koba_desktop.services.commands import DiscardDraft, SaveDraft
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id

QUIET_MS = 1000
"""A draft is saved when nothing was typed for this long."""
ABOUT = "_about"
"""What a draft says of itself in the list of unfinished forms, beside what was typed."""


class DraftKeeper(QObject):
    """Keeps one open form as a draft. The editor calls ``touch`` on every change of the user.

    ``read`` gives the form's content as JSON values (str, int, bool, None, list, dict) and
    ``write`` puts such a content back. With ``draft_id`` an earlier draft is carried on.
    A content equal to that at the start is no draft: it is not kept. ``about`` names whom or what
    the form is about, for the list of unfinished forms. The draft belongs to the person who sat at
    the desk when the form was opened, also when somebody else takes over the desk.

    How an editor is opened again with its draft is told in ``gui.carrying_on``.
    """

    def __init__(
        self,
        desk: Desk,
        form: str,
        subject_id: UUID | None,
        read: Callable[[], dict[str, Any]],
        write: Callable[[dict[str, Any]], None],
        parent: QObject,
        draft_id: UUID | None = None,
        about: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.draft_id = draft_id or new_id()
        self._desk = desk
        self._actor = desk.actor
        self._form = form
        self._subject_id = subject_id
        self._read = read
        self._write = write
        self._about = about
        self._stored: dict[str, Any] | None = read() if draft_id is None else None
        self._kept = draft_id is not None
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.keep)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.keep)

    @property
    def kept(self) -> bool:
        """Whether there is a draft of what stands in the form."""
        return self._kept

    @property
    def unsaved(self) -> bool:
        """Whether something stands in the form that neither the form nor a draft began with."""
        return self._read() != self._stored

    def belongs_to(self, actor: Actor) -> bool:
        """Whether the draft is that person's."""
        return actor.staff_id == self._actor.staff_id

    def touch(self) -> None:
        """Something was typed: save soon."""
        self._timer.start()

    def begin_again(self) -> None:
        """What the program itself has filled in since the start is no draft."""
        if not self._kept and not self._timer.isActive():
            self._stored = self._read()

    def restore(self, content: dict[str, Any]) -> None:
        """Put a draft's content into the form."""
        self._write(content)
        self._stored = self._read()

    def keep(self) -> None:
        """Save now what is new. Called by itself after a pause, on closing and on quitting."""
        self._timer.stop()
        content = self._read()
        if content == self._stored:
            return
        self._stored = content
        self._kept = True
        self._desk.execute(
            SaveDraft(
                draft_id=self.draft_id,
                form=self._form,
                subject_id=self._subject_id,
                content=content if self._about is None else {**content, ABOUT: self._about()},
            ),
            owner=self._desk,
            failed=self._on_not_kept,
            actor=self._actor,
        )

    def discard(self) -> None:
        """The form was saved, or the user threw it away: the draft goes."""
        self._timer.stop()
        self._stored = self._read()
        if self._kept:
            self._kept = False
            self._desk.execute(
                DiscardDraft(draft_id=self.draft_id), owner=self._desk, actor=self._actor
            )

    def _on_not_kept(self, error: Exception) -> None:
        """The database is away: try again at the next key; the window's banner says so."""
        self._stored = None
        self._desk.problem.emit(error)
