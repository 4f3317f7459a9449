"""Letters as files: saved, or their archive copies opened with the system's program for PDF."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from koba_desktop.domain.errors import Unavailable
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _
from koba_desktop.services.commands import LetterOut, NoteLettersOut
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.letters.printing import finished_pdf
from koba_desktop.services.letters.reading import LetterView, archived, letter_views
from koba_desktop.services.whole_files import write_whole

T = TypeVar("T")


class Copies(QObject):
    """``failed`` where the letter cannot be set, its copy is damaged or hidden, or the file cannot
    be written."""

    failed = Signal(object)  # Exception
    done = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def open(self, letter_id: UUID, name: str) -> None:
        """Show the copy in the system's program for PDF. It opens a file that nobody may write and
        that is gone when somebody else sits down."""

        asked_by = self._desk.actor.staff_id

        def show(path: Path) -> None:
            if self._desk.actor.staff_id != asked_by:  # who sat down meanwhile did not
                self._desk.plain_files.clear()
            elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self.failed.emit(Unavailable("pdf_program_missing"))
            else:
                self.done.emit()

        self._fetch(letter_id, LetterOut.OPENED, lambda pdf: self._lay_out(name, pdf), show)

    def _lay_out(self, name: str, pdf: bytes) -> Path:
        """Raises Unavailable ``file_not_written``."""
        try:
            return self._desk.plain_files.open(name, pdf)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Unavailable("file_not_written", where=name, file=name, reason=reason) from error

    def save(self, letter_id: UUID, path: Path) -> None:
        """Write the archive copy whole or not at all."""
        self._fetch(
            letter_id,
            LetterOut.SAVED,
            lambda pdf: write_whole(path, pdf),
            lambda _none: self._say_saved(path),
        )

    def save_letter(self, letter_id: UUID, path: Path) -> None:
        """The same of a letter as it would be printed now."""

        actor = self._desk.actor

        def render(views: tuple[LetterView, ...]) -> None:
            self._desk.make(
                lambda: finished_pdf(self._desk.renderer, views[0]),
                write,
                owner=self,
                failed=self.failed.emit,
            )

        def write(pdf: bytes) -> None:
            self._leave(
                actor,
                letter_id,
                LetterOut.SAVED,
                lambda: write_whole(path, pdf),
                lambda _none: self._say_saved(path),
            )

        self._desk.ask(
            lambda view: letter_views(view, (letter_id,)),
            render,
            owner=self,
            failed=self.failed.emit,
        )

    def _say_saved(self, path: Path) -> None:
        self.done.emit()
        self._desk.message.emit(_("Saved: {file}").format(file=path.name), False)

    def _fetch(
        self,
        letter_id: UUID,
        how: LetterOut,
        write: Callable[[bytes], T],
        done: Callable[[T], None],
    ) -> None:
        actor = self._desk.actor
        self._desk.ask(
            lambda view: archived(view, letter_id),
            lambda pdf: self._leave(actor, letter_id, how, lambda: write(pdf), done),
            owner=self,
            key="copy",
            failed=self.failed.emit,
        )

    def _leave(
        self,
        actor: Actor,
        letter_id: UUID,
        how: LetterOut,
        write: Callable[[], T],
        done: Callable[[T], None],
    ) -> None:
        """Off this thread, once it is noted in the audit that whoever asked for it has it."""

        def noted(_receipt: Receipt) -> None:
            self._desk.make(write, done, owner=self, failed=self.failed.emit)

        self._desk.execute(
            NoteLettersOut(letter_ids=(letter_id,), how=how),
            owner=self,
            done=noted,
            failed=self.failed.emit,
            actor=actor,
        )
