"""A field that finds clients while typing; what is not found is a visitor without number."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _, formats
from koba_desktop.services.clients.searching import find_clients
from koba_desktop.services.rows import ClientPage, ClientRow

SHOWN = 8
PAUSE_MS = 120


def described(row: ClientRow) -> str:
    """ "Kuhn, Marlies · 118 274 · 14.07.1979" """
    parts = [formats.name_sorted(row.family_name, row.given_name)]
    if row.number:
        parts.append(row.number)
    if row.birth_date is not None:
        parts.append(formats.date_short(row.birth_date))
    return " · ".join(parts)


class ClientField(QObject):
    """Steers a line edit: a list below it while typing, arrows and Enter choose."""

    chosen = Signal(object)  # ClientRow | None: None once other text is typed

    def __init__(self, desk: Desk, edit: QLineEdit, office_ids: Sequence[UUID]) -> None:
        super().__init__(edit)
        self._desk = desk
        self._edit = edit
        self._offices = tuple(office_ids)
        self.client_id: UUID | None = None
        self.found = QListWidget(edit.window())
        self.found.setProperty("framed", True)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(_("Clients found"))
        self.found.hide()
        self.found.itemClicked.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        edit.textEdited.connect(self._on_edited)
        edit.installEventFilter(self)

    def set(self, client_id: UUID | None, name: str) -> None:
        """Show a client or a visitor's name without searching."""
        self.client_id = client_id
        self._edit.setText(name)
        self.found.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.found.hide()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return False

    def _key(self, key: Qt.Key) -> bool:
        if not self.found.isVisible():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key is Qt.Key.Key_Down else -1
            row = max(0, min(self.found.count() - 1, self.found.currentRow() + step))
            self.found.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.found.currentItem() is not None:
            self._take(self.found.currentItem())
            return True
        if key is Qt.Key.Key_Escape:
            self.found.hide()
            return True
        return False

    def _on_edited(self, _text: str) -> None:
        if self.client_id is not None:
            self.client_id = None
        self.chosen.emit(None)
        self._pause.start()

    def _ask(self) -> None:
        text = self._edit.text().strip()
        if len(text) < 2:
            self.found.hide()
            return
        self._desk.ask(
            lambda view: find_clients(view, text, office_ids=self._offices, limit=SHOWN),
            self._on_found,
            owner=self,
            key="clients",
        )

    def _on_found(self, page: ClientPage) -> None:
        self.found.clear()
        for row in page.rows:
            item = QListWidgetItem(described(row), self.found)
            item.setData(Qt.ItemDataRole.UserRole, row)
        if not page.rows or not self._edit.hasFocus():
            self.found.hide()
            return
        self.found.setCurrentRow(0)
        place = self._edit.mapTo(self._edit.window(), QPoint(0, self._edit.height()))
        height = self.found.sizeHintForRow(0) * len(page.rows) + 6
        self.found.setGeometry(place.x(), place.y(), max(320, self._edit.width()), height)
        self.found.show()
        self.found.raise_()

    def _take(self, item: QListWidgetItem) -> None:
        row: ClientRow = item.data(Qt.ItemDataRole.UserRole)
        self.set(row.id, formats.name_sorted(row.family_name, row.given_name))
        self.chosen.emit(row)
