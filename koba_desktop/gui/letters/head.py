"""What stands above the letters: the outbox or what was posted, and a filter."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.widgets import ToolButton, segmented
from koba_desktop.i18n import _


class OutboxHead(QWidget):
    """Which letters are wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.work = ToolButton(_("Outbox"), "", self)
        self.gone = ToolButton(_("Posted"), "", self)
        for button in (self.work, self.gone):
            button.setCheckable(True)
        self.work.setChecked(True)
        choice = segmented((self.work, self.gone), self)
        group = choice.findChild(QButtonGroup)
        assert isinstance(group, QButtonGroup)
        group.idToggled.connect(lambda _id, on: self.changed.emit() if on else None)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Name, appointment number …"))
        self.search.setAccessibleName(_("Filter letters by name or appointment number"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(210))
        self.search.textChanged.connect(lambda _text: self.changed.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 7, 10, 7)
        layout.addWidget(choice)
        layout.addStretch(1)
        layout.addWidget(self.search)

    @property
    def posted(self) -> bool:
        """Whether the posted letters are wanted, not those to be worked on."""
        return self.gone.isChecked()

    def choose(self, *, posted: bool) -> None:
        (self.gone if posted else self.work).setChecked(True)

    def count_posted(self, n: int) -> None:
        self.gone.setText(_("Posted {n}").format(n=n) if n else _("Posted"))
