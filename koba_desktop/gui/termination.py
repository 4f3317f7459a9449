"""The system's wish that the program ends, brought into Qt's event loop."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier


class Termination(QObject):
    """SIGINT and SIGTERM ask the program to end as the window's cross does."""

    def __init__(self, end: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._end = end
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        self._before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, _noted)

    def _on_signal(self) -> None:
        self._reader.recv(64)
        self._end()

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        self._reader.close()
        self._writer.close()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The socket wakes the event loop; Python itself need do nothing."""
