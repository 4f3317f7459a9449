"""The phone numbers of a client: as typed, what kind, how they will be dialled, which are wrong."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.vocabulary import PhoneKind
from koba_desktop.gui import tab_order, theme
from koba_desktop.gui.widgets import LinkButton, SecondText
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _
from koba_desktop.i18n.phones import e164
from koba_desktop.i18n.words import word
from koba_desktop.services.ids import new_id


class PhoneRow:
    """The fields of one number."""

    def __init__(self, number: int, parent: QWidget) -> None:
        self.id = str(new_id())
        self.typed = QLineEdit(parent)
        self.typed.setAccessibleName(_("Phone number {n}").format(n=number))
        self.typed.setMaxLength(40)
        self.kind = QComboBox(parent)
        self.kind.setAccessibleName(_("Kind of phone number {n}").format(n=number))
        for kind in PhoneKind:
            self.kind.addItem(word(kind), kind.value)
        self.bad = QCheckBox(_("wrong number"), parent)
        self.dialled = SecondText("", parent)
        self.remove = QToolButton(parent)
        theme.bind_icon(self.remove, "trash")
        self.remove.setAccessibleName(_("Remove phone number {n}").format(n=number))
        self.remove.setToolTip(_("Remove"))
        self.typed.textChanged.connect(self._explain)

    def widgets(self) -> tuple[QWidget, ...]:
        return self.typed, self.kind, self.remove, self.dialled, self.bad

    def show(self, row: Mapping[str, Any]) -> None:
        self.id = row["id"]
        self.typed.setText(row["typed"])
        self.kind.setCurrentIndex(row_of(self.kind, row["kind"]))
        self.bad.setChecked(row["bad"])
        self.bad.setEnabled(row["bad"])

    def content(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "typed": self.typed.text(),
            "kind": self.kind.currentData(),
            "bad": self.bad.isChecked(),
        }

    def _explain(self, text: str) -> None:
        normal = e164(text) if text.strip() else ""
        if normal is None:
            self.dialled.setText(_("dialled as typed (with area code?)"))
        else:
            self.dialled.setText(_("dialled as {number}").format(number=normal) if normal else "")


class PhoneTable(QWidget):
    """Rows of numbers; the first good one is the one called first."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PhoneRow] = []
        self._quiet = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self.add = LinkButton(_("Add a number"), self)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.add)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: list[Mapping[str, Any]]) -> None:
        """Replace all rows; nothing is told."""
        self._quiet = True
        while self.rows:
            self._drop(self.rows[-1])
        for row in rows:
            self._append().show(row)
        self._quiet = False

    def content(self) -> list[dict[str, Any]]:
        """The rows with a number, as the profile's text wants them."""
        return [row.content() for row in self.rows if row.typed.text().strip()]

    def first(self) -> QWidget:
        """Where the first number is typed; where there is none, what adds one."""
        return self.rows[0].typed if self.rows else self.add

    def _append(self) -> PhoneRow:
        line = len(self.rows)
        row = PhoneRow(line + 1, self)
        self.rows.append(row)
        at = 2 * line
        self._grid.addWidget(row.typed, at, 0)
        self._grid.addWidget(row.kind, at, 1)
        self._grid.addWidget(row.remove, at, 2)
        self._grid.addWidget(row.dialled, at + 1, 0)
        self._grid.addWidget(row.bad, at + 1, 1, 1, 2)
        row.bad.setEnabled(False)
        row.remove.clicked.connect(lambda: self._remove(row))
        row.typed.textChanged.connect(self._tell)
        row.kind.currentIndexChanged.connect(self._tell)
        row.bad.toggled.connect(self._tell)
        for widget in row.widgets():
            widget.show()
        fields = (row.typed, row.kind, row.bad, row.remove)
        if line:
            tab_order.follow(self.rows[line - 1].remove, *fields)
        else:
            tab_order.precede(self.add, *fields)
        return row

    def _add(self) -> None:
        self._append().typed.setFocus()

    def _remove(self, row: PhoneRow) -> None:
        self._drop(row)
        (self.rows[-1].typed if self.rows else self.add).setFocus()
        self._tell()

    def _drop(self, row: PhoneRow) -> None:
        self.rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()
