"""Errors the program expects become a line that helps; all others are a bug with a report.

A report holds the kinds of errors and the places in the program, never the texts of errors or
values of variables: those may be somebody's name.
"""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.widgets import Heading
from koba_desktop.i18n import _

log = logging.getLogger(__name__)


def program_version() -> str:
    """The version installed, or "" in a bare checkout."""
    try:
        return version("koba-desktop")
    except PackageNotFoundError:
        return ""


def report(error: BaseException) -> str:
    """What a developer needs and anybody may read: kinds of errors, places, versions."""
    lines = [
        f"KoBa Desktop {program_version()}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        "",
    ]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        for frame in traceback.extract_tb(current.__traceback__):
            place = Path(frame.filename)
            lines.append(f"  {'/'.join(place.parts[-3:])}:{frame.lineno} {frame.name}")
        current = current.__cause__ or current.__context__
    return "\n".join(lines) + "\n"


class CrashDialog(QDialog):
    """Says that the program made a mistake, what was kept, and offers the report to copy."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Program error"))
        self.setMinimumWidth(theme.px(560))
        explanation = QLabel(
            _(
                "KoBa Desktop ran into an error in this step. What was saved before is kept, "
                "and forms you were filling in are kept as drafts.\n\nPlease send the report "
                "to your IT department. It names places in the program and holds no client "
                "data."
            ),
            self,
        )
        explanation.setWordWrap(True)
        self.details = QPlainTextEdit(text, self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Report"))
        self.details.setMinimumHeight(180)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy = buttons.addButton(_("&Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._on_copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("That should not have happened"), 1, self))
        layout.addWidget(explanation)
        layout.addWidget(self.details, 1)
        layout.addWidget(buttons)
        self.copy.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText(_("Copied"))


class CrashReporter(QObject):
    """Catches what nobody caught, on any thread, and shows it once it is back on the GUI thread.

    ``folder`` keeps the last report (``last_crash.txt``) and what faulthandler writes; None keeps
    nothing.
    """

    _crashed = Signal(str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._dialog: CrashDialog | None = None
        self._restore: list[Callable[[], None]] = []
        self._crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of Python, its threads and Qt."""
        sys_hook, thread_hook = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        before = qInstallMessageHandler(_on_qt_message)
        self._restore = [
            lambda: setattr(sys, "excepthook", sys_hook),
            lambda: setattr(threading, "excepthook", thread_hook),
            lambda: qInstallMessageHandler(before) and None,
        ]
        if self._folder is not None:
            self.keep_in(self._folder)

    def keep_in(self, folder: Path) -> None:
        """From now on reports may be written, into this folder."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        trace = (folder / "fatal.txt").open("a", encoding="utf-8")
        faulthandler.enable(trace)
        self._restore += [faulthandler.disable, trace.close]

    def uninstall(self) -> None:
        for restore in self._restore:
            restore()
        self._restore = []

    def caught(self, error: BaseException) -> None:
        """Report an error nobody expected. Safe on any thread."""
        text = report(error)
        log.error("unexpected error\n%s", text)
        if self._folder is not None:
            (self._folder / "last_crash.txt").write_text(text, encoding="utf-8")
        self._crashed.emit(text)

    def take_last(self) -> str:
        """The report of a crash in an earlier run, shown once; "" if all went well."""
        path = self._folder / "last_crash.txt" if self._folder is not None else None
        if path is None or not path.is_file():
            return ""
        text = path.read_text(encoding="utf-8")
        path.unlink()
        return text

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.caught(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught(args.exc_value)

    def _show(self, text: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            return  # one mistake often brings others; the first explains most
        self._dialog = CrashDialog(text, QApplication.activeWindow())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.destroyed.connect(self._on_closed)
        self._dialog.open()

    def _on_closed(self) -> None:
        self._dialog = None


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS[kind], "%s", text)
    if kind is QtMsgType.QtFatalMsg:
        print(text, file=sys.stderr)
