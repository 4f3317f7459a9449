"""The archive copies of an appointment's letters, from its history."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from koba_desktop.gui.appointments.history import letter_of
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.copies import Copies
from koba_desktop.gui.widgets import LinkButton
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word
from koba_desktop.services.rows import OutboxRow


class LetterCopy(LinkButton):
    """Opens the copy of the letter in whose line one is; so do Enter and a double click there.
    Away where the line is about something else."""

    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, history: QTreeWidget, parent: QWidget) -> None:
        super().__init__(_("Open the archive copy"), parent)
        self._history = history
        self._copies = Copies(desk, self)
        self._copies.failed.connect(self.failed)
        self.setAutoDefault(False)
        self.clicked.connect(lambda: self._open(history.currentItem()))
        history.currentItemChanged.connect(lambda now, _before: self._show(now))
        history.itemActivated.connect(lambda item, _column: self._open(item))
        self._show(None)

    def _show(self, item: QTreeWidgetItem | None) -> None:
        row = letter_of(item)
        self.setVisible(row is not None)
        self.setAccessibleDescription(word(row.kind) if row is not None else "")

    def _open(self, item: QTreeWidgetItem | None) -> None:
        from koba_desktop.gui.letters.wording import file_name

        row: OutboxRow | None = letter_of(item)
        if row is not None:
            self._history.setFocus(Qt.FocusReason.OtherFocusReason)
            self._copies.open(row.id, file_name(row))
