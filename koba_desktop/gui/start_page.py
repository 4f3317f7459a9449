"""What the window shows until the office is open: how far it is, or why it cannot be opened."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.widgets.buttons import PrimaryButton
from koba_desktop.gui.widgets.labels import Heading, SecondText
from koba_desktop.i18n import _


class StartPage(QWidget):
    """A quiet page in the middle of the window."""

    close_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("start_page")
        self._logo = QLabel(self)
        self.heading = Heading("KoBa Desktop", 0, self)
        self.heading.setWordWrap(True)
        self.text = SecondText(_("The office is being opened …"), self)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName(_("Progress"))
        self.retry = PrimaryButton(_("&Try again"), self)
        self.retry.clicked.connect(self.retry_wanted)
        self.quit = QPushButton(_("&Quit"), self)
        self.quit.clicked.connect(self.close_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self.retry)
        buttons.addWidget(self.quit)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._logo)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addWidget(self.progress)
        column.addLayout(buttons)
        frame = QWidget(self)
        frame.setFixedWidth(theme.px(480))
        frame.setLayout(column)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(frame)
        middle.addStretch()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)  # as high as its text needs at that width
        outer.addStretch(3)
        self.retry.hide()
        self.quit.hide()
        colour = theme.tokens().accent
        self._logo.setPixmap(theme.pixmap("koba", theme.px(40), colour, self.devicePixelRatioF()))

    def show_progress(self, text: str, done: int, total: int) -> None:
        self.text.setText(text)
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def show_opening(self) -> None:
        self.heading.setText("KoBa Desktop")
        self.show_progress(_("The office is being opened …"), 0, 0)
        self.progress.show()
        self.retry.hide()
        self.quit.hide()

    def show_failure(self, text: str) -> None:
        """Say what happened and what to do; the page offers another attempt and the way out."""
        self.heading.setText(_("The office cannot be opened"))
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self.progress.hide()
        self.retry.show()
        self.quit.show()
        self.quit.setFocus()
