"""Clients found in the database, page by page: nothing is filtered on the screen."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from koba_desktop.gui.clients.worktree import CLIENT_MIME, client_mime
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import date_short, name_sorted
from koba_desktop.services.clients.searching import find_clients
from koba_desktop.services.rows import ClientPage, ClientRow
from koba_desktop.services.view import View

Index = QModelIndex | QPersistentModelIndex
ResultRole = Qt.ItemDataRole.UserRole + 1  # ClientRow
PAGE = 60


class SearchModel(QAbstractListModel):
    """One search at a time; a new one drops the answer of the one before."""

    counted = Signal(int)  # how many clients the search has found in all

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._text = ""
        self._rows: list[ClientRow] = []
        self.total = 0
        self.capped = False  # there are more than ``total``
        self._asking = False

    def search(self, text: str) -> None:
        """Find clients by any part of name, number, phone or birth date; "" lists all."""
        self._text = text.strip()
        self._ask(0, self._begin, PAGE)

    def refresh(self) -> None:
        """Ask again for what is shown, keeping as many rows."""
        self._ask(0, self._begin, max(PAGE, len(self._rows)))

    def row_of(self, client_id: UUID) -> int:
        """Where a client stands among the rows fetched so far; -1 if not among them."""
        return next((i for i, row in enumerate(self._rows) if row.id == client_id), -1)

    def client_at(self, index: Index) -> ClientRow | None:
        return self._rows[index.row()] if index.isValid() else None

    def _ask(self, offset: int, done: Any, limit: int) -> None:
        text = self._text

        def query(view: View) -> ClientPage:
            return find_clients(view, text, limit=limit, offset=offset)

        self._asking = True
        self._desk.ask(query, done, self, "search", self._failed)

    def _begin(self, page: ClientPage) -> None:
        self._asking = False
        self.total, self.capped = page.total, page.capped
        if list(page.rows) != self._rows:
            self.beginResetModel()
            self._rows = list(page.rows)
            self.endResetModel()
        self.counted.emit(page.total)

    def _append(self, page: ClientPage) -> None:
        self._asking = False
        self.total, self.capped = page.total, page.capped
        known = {row.id for row in self._rows}
        fresh = [row for row in page.rows if row.id not in known]
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows.extend(fresh)
            self.endInsertRows()
        else:
            self.total = len(self._rows)

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self._desk.problem.emit(error)

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asking and len(self._rows) < self.total

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(len(self._rows), self._append, PAGE * 4)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.client_at(index)
        if row is None:
            return None
        if role == ResultRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return name_sorted(row.family_name, row.given_name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_result(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [CLIENT_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        row = self.client_at(indexes[0])
        if row is None:
            return QMimeData()
        return client_mime(row.id, name_sorted(row.family_name, row.given_name))


def spoken_result(row: ClientRow) -> str:
    """What a screen reader says of a client found."""
    parts = [name_sorted(row.family_name, row.given_name)]
    if row.birth_date is not None:
        parts.append(_("born {day}").format(day=date_short(row.birth_date)))
    if row.number:
        parts.append(_("client no. {number}").format(number=row.number))
    if row.closed_on is not None:
        parts.append(_("closed"))
    return ", ".join(parts)
