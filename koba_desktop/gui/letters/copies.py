"""The archive copies of letters: opened with the system's program for PDF, or saved."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from koba_desktop.domain.errors import Unavailable
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _
from koba_desktop.services.commands import LetterOut, NoteLettersOut
from koba_desktop.services.letters.reading import archived
from koba_desktop.services.whole_files import write_whole


class Copies(QObject):
    """``failed`` where the copy is damaged, hidden, or cannot be written."""

    failed = Signal(object)  # Exception
    done = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def open(self, letter_id: UUID, name: str) -> None:
        """Show the copy in the system's program for PDF. It opens a file that nobody may write and
        that is gone when somebody else sits down."""

        def show(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
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
        """Write the copy whole or not at all."""

        def told(_done: object) -> None:
            self.done.emit()
            self._desk.message.emit(_("Saved: {file}").format(file=path.name), False)

        self._fetch(letter_id, LetterOut.SAVED, lambda pdf: write_whole(path, pdf), told)

    def _fetch(
        self,
        letter_id: UUID,
        how: LetterOut,
        write: Callable[[bytes], object],
        done: Callable[..., None],
    ) -> None:
        """It leaves once that is noted."""

        def found(pdf: bytes) -> None:
            self._desk.execute(
                NoteLettersOut(letter_ids=(letter_id,), how=how),
                owner=self,
                done=lambda _receipt: self._desk.make(
                    lambda: write(pdf), done, owner=self, failed=self.failed.emit
                ),
                failed=self.failed.emit,
            )

        self._desk.ask(
            lambda view: archived(view, letter_id),
            found,
            owner=self,
            key="copy",
            failed=self.failed.emit,
        )
