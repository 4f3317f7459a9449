"""What the program is, and which keys it knows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui.actions import plain
from koba_desktop.gui.errors import program_version
from koba_desktop.gui.widgets import Heading
from koba_desktop.i18n import _


def _sheet(title: str, parent: QWidget) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(16, 16, 16, 16)
    layout.setSpacing(8)
    layout.addWidget(Heading(title, 1, dialog))
    return dialog, layout


def _close_button(dialog: QDialog, layout: QVBoxLayout) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)


def show_about(parent: QWidget) -> None:
    """Version, purpose, licence."""
    dialog, layout = _sheet(f"KoBa Desktop {program_version()}".strip(), parent)
    text = QLabel(
        _(
            "A Jobcenter that stays reachable when its doors are closed: consultation by "
            "telephone, appointments by letter, rooms that meet hygiene standards."
        )
        + "\n\n"
        + _("Licence: EUPL-1.2. Made with Qt {version} (LGPL-3.0).").format(version=qVersion()),
        dialog,
    )
    text.setWordWrap(True)
    text.setMinimumWidth(380)
    layout.addWidget(text)
    _close_button(dialog, layout)
    dialog.open()


def show_keys(parent: QWidget, commands: Sequence[QAction]) -> None:
    """All commands that have a key, as they are now."""
    dialog, layout = _sheet(_("Keyboard"), parent)
    rows = {
        plain(action.text()).split(":")[0]: action.shortcut().toString(
            QKeySequence.SequenceFormat.NativeText
        )
        for action in commands
        if not action.shortcut().isEmpty()
    }
    table = QTableWidget(len(rows), 2, dialog)
    table.setProperty("framed", True)
    table.setAccessibleName(_("Keyboard"))
    table.setHorizontalHeaderLabels([_("Command"), _("Key")])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for row, (name, keys) in enumerate(sorted(rows.items())):
        table.setItem(row, 0, QTableWidgetItem(name))
        table.setItem(row, 1, QTableWidgetItem(keys))
    table.setMinimumSize(440, 420)
    layout.addWidget(table)
    _close_button(dialog, layout)
    dialog.open()
