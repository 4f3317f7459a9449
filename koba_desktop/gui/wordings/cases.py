"""Another case of a text block: in which letters the further text is to stand."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.widgets import Heading, InlineMessage, PrimaryButton
from koba_desktop.gui.wordings import naming
from koba_desktop.i18n import _

_LINE = 24  # px at 96 dpi
Possible = Mapping[str, frozenset[str]]
"""Each condition a letter of the kind knows, with those that may hold beside it."""


def case_key(key: str, conditions: Collection[str]) -> str:
    """The block of ``key`` in the case that all these conditions hold."""
    return ".".join((key.split(".")[0], *conditions))


def same_case(key: str, keys: Collection[str]) -> bool:
    """Whether one of the keys is the same case of the same block, be it named in another order."""
    wanted = sorted(key.split("."))
    return any(sorted(each.split(".")) == wanted for each in keys)


class CaseDialog(QDialog):
    """What is ticked must hold of the letter together; what cannot is not to be ticked."""

    chosen = Signal(str)  # the key of the block in that case

    def __init__(
        self, key: str, possible: Possible, taken: Collection[str], parent: QWidget | None = None
    ) -> None:
        """``key`` is the block one is at, ``taken`` are the blocks there are."""
        super().__init__(parent)
        self._key = key
        self._possible = possible
        self._taken = taken
        self.setWindowTitle(_("Another case"))
        self.setMinimumWidth(theme.px(420))
        self._build()
        tidy(self)
        self._renew()

    def _build(self) -> None:
        title = Heading(naming.block_title(self._key.split(".")[0]), 2, self)
        note = QLabel(
            _("This text block reads otherwise in letters of which all this is so:"), self
        )
        note.setWordWrap(True)
        self.conditions = QListWidget(self)
        self.conditions.setProperty("framed", True)
        self.conditions.setAccessibleName(_("Conditions"))
        given = self._key.split(".")[1:]
        for condition in self._possible:
            item = QListWidgetItem(naming.condition_text(condition), self.conditions)
            item.setData(Qt.ItemDataRole.UserRole, condition)
            ticked = Qt.CheckState.Checked if condition in given else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
            item.setSizeHint(QSize(0, theme.px(_LINE)))
        self.conditions.setCurrentRow(0)
        self.conditions.itemChanged.connect(self._renew)
        self.message = InlineMessage(self)
        self.add_button = PrimaryButton(_("&Add"), self)
        self.add_button.clicked.connect(self._on_add)
        cancel = QPushButton(_("&Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(note)
        layout.addWidget(self.conditions, 1)
        layout.addWidget(self.message)
        layout.addLayout(buttons)

    def ticked(self) -> list[str]:
        """The conditions, in the order of the list."""
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _items(self) -> list[QListWidgetItem]:
        return [self.conditions.item(row) for row in range(self.conditions.count())]

    def _renew(self) -> None:
        """What cannot be beside what is ticked is greyed, and so is adding what is there."""
        ticked = self.ticked()
        self.conditions.blockSignals(True)
        for item in self._items():
            condition = item.data(Qt.ItemDataRole.UserRole)
            fits = condition in ticked or all(
                condition in self._possible.get(each, ()) for each in ticked
            )
            flags = item.flags()
            enabled = Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags | enabled if fits else flags & ~enabled)
        self.conditions.blockSignals(False)
        there = bool(ticked) and same_case(case_key(self._key, ticked), self._taken)
        self.add_button.setEnabled(bool(ticked) and not there)
        if there:
            self.message.show_message(_("This case is there already: tick what else is so."))
        else:
            self.message.clear()

    def _on_add(self) -> None:
        self.chosen.emit(case_key(self._key, self.ticked()))
        self.accept()
