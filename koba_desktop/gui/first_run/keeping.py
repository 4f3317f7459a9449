"""What was typed at the first start, in the window's settings until there is an office.

It names the office and whoever sets it up, nobody else; passphrase and recovery key are never
among it.
"""

import json
from typing import Any

from PySide6.QtCore import QObject, QSettings, QTimer

from koba_desktop.gui.first_run.steps import Content

QUIET_MS = 500
"""Written when nothing was typed for this long."""
_KEY = "first_start/typed"


class Typed(QObject):
    """The content of the steps by their name, and which was in front."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.contents: dict[str, Content] = {}
        self.step = ""
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.write)
        self._read()

    def _read(self) -> None:
        try:
            stored: Any = json.loads(str(QSettings().value(_KEY, "")))
            self.contents = {str(name): dict(each) for name, each in stored["contents"].items()}
            self.step = str(stored["step"])
        except (ValueError, KeyError, TypeError, AttributeError):
            self.contents, self.step = {}, ""  # nothing there, or nothing of use

    def __bool__(self) -> bool:
        """Whether something was typed before."""
        return bool(self.contents)

    def put(self, contents: dict[str, Content], step: str) -> None:
        """Keep this, soon."""
        self.contents, self.step = contents, step
        self._timer.start()

    def write(self) -> None:
        """Keep it now, if there is anything new."""
        self._timer.stop()
        if self.contents:
            settings = QSettings()
            settings.setValue(_KEY, json.dumps({"contents": self.contents, "step": self.step}))
            settings.sync()

    def forget(self) -> None:
        """The office is there: all of it is in the database."""
        self._timer.stop()
        self.contents, self.step = {}, ""
        QSettings().remove(_KEY)
