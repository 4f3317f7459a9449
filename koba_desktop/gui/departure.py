"""Whoever leaves while letters are printed says what becomes of those at the printer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.widgets import Band, Level, LinkButton
from koba_desktop.gui.widgets.message import dress
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _

if TYPE_CHECKING:
    from koba_desktop.gui.letters.print_result import PrintResult


class Departure(QObject):
    """Closing the window, another language, signing out: all of them wait until what is at the
    printer is printed and remembered, or taken back. ``bar`` asks which."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._then: Callable[[], object] | None = None
        self.bar: PrintingBar | None = None  # made where it is needed
        window.may_close = self._may_close

    def _may_close(self) -> bool:
        if self._desk.printing is None:
            return True
        asked_before = self._then is not None
        self._ask(
            self._window.close,
            finish=_("Finish this stack, then close"),
            take_back=_("Take back and close"),
        )
        if not self._window.asks:  # the system asks a second time if it is in a hurry
            if asked_before:
                self._take_back()
            else:
                self._finish()
        return False

    def when_free(self, then: Callable[[], object]) -> None:
        """Do it at once where nothing is printed, else once that is over."""
        if self._desk.printing is None:
            then()
        else:
            self._ask(
                then, finish=_("Finish this stack first"), take_back=_("Take back what is there")
            )

    def _ask(self, then: Callable[[], object], *, finish: str, take_back: str) -> None:
        run = self._desk.printing
        assert run is not None
        if self.bar is None:
            self.bar = PrintingBar(self._window)
            self.bar.finish.clicked.connect(self._finish)
            self.bar.take_back.clicked.connect(self._take_back)
            self.bar.go_on.clicked.connect(self._go_on)
            self._window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.bar)
        if self._then is None:
            run.finished.connect(self._on_finished)
        self._then = then
        self.bar.finish.setText(finish)
        self.bar.take_back.setText(take_back)
        self.bar.ask(
            _("Letters are being printed: {done} of {count} are done.").format(
                done=run.progress.done, count=run.progress.count
            )
        )

    def _finish(self) -> None:
        if (run := self._desk.printing) is not None and self.bar is not None:
            run.stop()
            self.bar.wait(_("The stack at the printer is being finished …"))

    def _take_back(self) -> None:
        if (run := self._desk.printing) is not None and self.bar is not None:
            run.abort()
            self.bar.wait(_("What is at the printer is being taken back …"), last=True)

    def _go_on(self) -> None:
        """Nobody leaves, after all."""
        self._forget()

    def _on_finished(self, result: "PrintResult") -> None:
        """Whoever must still look at something stays; the outbox says at what."""
        then = self._then
        self._forget()
        if then is None:
            return
        if result.unsaved or result.unsure:
            self._window.show_tab("letters")
        else:
            QTimer.singleShot(0, self, then)

    def _forget(self) -> None:
        self._then = None
        if self.bar is not None:
            self.bar.hide()
        if (run := self._desk.printing) is not None:
            run.finished.disconnect(self._on_finished)


class PrintingBar(Band):
    """The question across the window, with its answers."""

    _line: "_Line"

    def __init__(self, parent: QWidget) -> None:
        super().__init__("printing", _("Letters are being printed"), _Line(parent), parent)
        self.finish, self.take_back, self.go_on = self._line.links
        self.go_on.setText(_("Keep printing"))

    def ask(self, text: str) -> None:
        for link in self._line.links:
            link.show()
        self._say(text)
        self.finish.setFocus()

    def wait(self, text: str, *, last: bool = False) -> None:
        """It is decided; until the ``last`` word it may still be taken back."""
        self.finish.hide()
        self.go_on.hide()
        self.take_back.setVisible(not last)
        self._say(text)

    def text(self) -> str:
        return self._line.text.text() if not self.isHidden() else ""

    def _say(self, text: str) -> None:
        self._line.text.setText(text)
        self._line.setAccessibleName(text)
        self._line.fit(self.window().width())
        self.show()
        self.alert()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line.fit(self.window().width())


class _Line(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QLabel(self)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.links = LinkButton("", self), LinkButton("", self), LinkButton("", self)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._picture)
        said.addWidget(self.text, 1)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(12, 2, 8, 2)
        self._layout.setSpacing(16)
        self._layout.addLayout(said, 1)
        for link in self.links:
            self._layout.addWidget(link)
        self.setMinimumHeight(theme.px(30))
        theme.watcher().changed.connect(self._dress)
        self._dress()

    def fit(self, width: int) -> None:
        """The answers below the text where a line of that width is too short for them."""
        needed = theme.px(200) + sum(link.sizeHint().width() + 16 for link in self.links)
        beside = QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(beside if needed <= width else QBoxLayout.Direction.TopToBottom)
        self.updateGeometry()

    def _dress(self) -> None:
        dress(Level.WARNING, self._picture, self.text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.warning_ground)
        painter.setPen(t.separator)
        painter.drawLine(0, 0, self.width(), 0)
