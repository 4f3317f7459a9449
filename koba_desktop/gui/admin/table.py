"""The records of one kind as a table."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from koba_desktop.domain.folding import fold
from koba_desktop.domain.records import Changeable
from koba_desktop.gui import theme
from koba_desktop.gui.admin.kinds import Context, RecordKind
from koba_desktop.gui.headings import heading
from koba_desktop.i18n import _

Index = QModelIndex | QPersistentModelIndex


class RecordsModel(QAbstractTableModel):
    """One row a record; those with something typed and not saved carry a pencil."""

    def __init__(self, kind: RecordKind, parent: QObject) -> None:
        super().__init__(parent)
        self._kind = kind
        self._titles: list[str] = []
        self._records: list[Changeable] = []
        self._texts: list[list[str]] = []
        self._former: list[bool] = []
        self.open_ids: frozenset[UUID] = frozenset()
        theme.watcher().changed.connect(self.layoutChanged)

    def show_records(
        self, context: Context, records: tuple[Any, ...], open_ids: frozenset[UUID], wanted: str
    ) -> None:
        """The records whose row holds every word of ``wanted``; open ones always."""
        self.beginResetModel()
        self.open_ids = open_ids
        self._records, self._texts, self._former = [], [], []
        words = fold(wanted).split()
        for record in records:
            content = self._kind.content(context, record)
            remark = self._kind.remark_title()
            columns = [f for f in self._kind.fields(context, record) if f.column]
            self._titles = [f.label for f in columns]
            texts = [self._kind.cell(record, f, f.codec.shown(content[f.name])) for f in columns]
            if remark:
                self._titles.append(remark)
                texts.append(self._kind.remark(context, record, records))
            if record.version == 0 and record.id in open_ids:
                texts[0] = texts[0] or self._kind.new_title()
            folded = fold(" ".join(texts))
            if record.id in open_ids or all(word in folded for word in words):
                self._records.append(record)
                self._texts.append(texts)
                self._former.append(self._kind.former(context, record))
        self.endResetModel()

    def record(self, row: int) -> Changeable | None:
        return self._records[row] if 0 <= row < len(self._records) else None

    def row_of(self, record_id: UUID | None) -> int:
        """The row of a record, -1 where it is not shown."""
        return next((at for at, r in enumerate(self._records) if r.id == record_id), -1)

    def mark(self, open_ids: frozenset[UUID]) -> None:
        """Other records have something typed now."""
        if open_ids != self.open_ids:
            self.open_ids = open_ids
            last = self.index(self.rowCount() - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return heading(self._titles, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        is_open = self._records[row].id in self.open_ids
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._texts[row][column]
        if role == Qt.ItemDataRole.DecorationRole and column == 0 and is_open:
            return theme.icon("pencil", "warning")
        if role == Qt.ItemDataRole.ForegroundRole and self._former[row]:
            return QColor(theme.tokens().text2)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            notes = [
                _("not saved yet") if is_open else "",
                _("no longer valid") if self._former[row] else "",
            ]
            return ", ".join([self._texts[row][0], *(note for note in notes if note)])
        return None
