"""How far the printing is, and how to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.letters.print_result import Progress
from koba_desktop.gui.widgets import LinkButton
from koba_desktop.i18n import _, ngettext


class PrintProgress(QWidget):
    """A bar with the count. Stopping lets the stack at the printer finish; a second wish takes it
    back as well."""

    stop_wanted = Signal()
    abort_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stopping = False
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(theme.px(12))
        self.bar.setAccessibleName(_("Letters printed"))
        self.stop = LinkButton(_("Stop after this stack"), self)
        self.stop.clicked.connect(self._on_stop)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._text)
        layout.addLayout(line)
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def show_progress(self, progress: Progress) -> None:
        self._stopping = progress.stopping
        self.bar.setRange(0, progress.count)
        self.bar.setValue(progress.done)
        self._text.setText(progress_text(progress))
        if progress.stopping:
            self.stop.setText(_("Take back what is at the printer"))
        else:
            self.stop.setText(_("Stop after this stack"))
        self.show()

    def _on_stop(self) -> None:
        (self.abort_wanted if self._stopping else self.stop_wanted).emit()


def progress_text(progress: Progress) -> str:
    done, count = progress.done, progress.count
    if progress.stopping:
        text = ngettext(
            "Stopping … {done} of {count} letter", "Stopping … {done} of {count} letters", count
        )
    elif progress.printer:
        text = ngettext(
            "At the printer {printer} … {done} of {count} letter",
            "At the printer {printer} … {done} of {count} letters",
            count,
        )
    else:
        text = ngettext(
            "Preparing … {done} of {count} letter", "Preparing … {done} of {count} letters", count
        )
    return text.format(done=done, count=count, printer=progress.printer)
