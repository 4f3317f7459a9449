"""The middle of the panel: the wording as it is written, or its versions side by side."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from koba_desktop.gui.wordings.compare import VersionsPage
from koba_desktop.gui.wordings.sheet import WordingSheet
from koba_desktop.gui.wordings.writing import WritingPage
from koba_desktop.services.letters.wordings import Version


class Middle(QStackedWidget):
    """``looked_at`` are the blocks of the version one looks at, None while one writes."""

    turned = Signal()  # something else is to be seen on the sample

    def __init__(self, author: Callable[[Version], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.page = WritingPage(self)
        self.versions = VersionsPage(author, self)
        self.addWidget(self.page)
        self.addWidget(self.versions)
        self.looked_at: Mapping[str, str] | None = None
        self.versions.looked_at.connect(self._on_looked_at)
        self.versions.closed.connect(self.close_versions)

    def open_versions(self, sheet: WordingSheet, today: date) -> None:
        """Look at the versions and compare them."""
        typed = sheet.blocks() if sheet.dirty else None
        self.setCurrentWidget(self.versions)
        self.versions.show_texts(sheet.wording, sheet.shipped, typed, today)
        self.versions.versions.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_versions(self) -> None:
        """Back to writing."""
        if self.currentWidget() is self.versions:
            self.setCurrentWidget(self.page)
            self.looked_at = None
            self.turned.emit()
            self.page.blocks.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_looked_at(self, blocks: dict[str, str]) -> None:
        """The sample shows the version one looks at."""
        if self.currentWidget() is self.versions:
            self.looked_at = blocks
            self.turned.emit()
