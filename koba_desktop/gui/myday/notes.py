"""The note line: what is typed there finds its attempt, or waits for the client to come back."""

from PySide6.QtWidgets import QLineEdit

from koba_desktop.gui.myday.dossier import Subject
from koba_desktop.gui.myday.flow import CallFlow


class NoteLine:
    """Typed before the outcome, a note goes along with it; typed after, it is added to the
    attempt just recorded; without an attempt it is kept until the client is called again."""

    def __init__(self, line: QLineEdit, flow: CallFlow) -> None:
        self._line = line
        self._flow = flow
        self._kept: dict[Subject, str] = {}

    def text(self) -> str:
        return self._line.text().strip()

    def turn_to(self, subject: Subject | None) -> None:
        """Show what was typed about a client before."""
        self._line.setText(self._kept.get(subject, "") if subject is not None else "")

    def sent(self) -> None:
        """The note went along with an attempt."""
        if self._flow.subject is not None:
            self._kept.pop(self._flow.subject, None)
        self._line.clear()

    def flush(self) -> None:
        """Add what stands there to the attempt just recorded, if there is one."""
        if self.text() and self._flow.attempt_id is not None:
            self._flow.note(self.text())
            self._line.clear()

    def keep(self) -> None:
        """Before turning to somebody else: nothing typed is lost."""
        self.flush()
        subject = self._flow.subject
        if subject is None:
            return
        if self.text():
            self._kept[subject] = self._line.text()
        else:
            self._kept.pop(subject, None)
