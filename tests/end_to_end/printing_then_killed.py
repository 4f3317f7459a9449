"""A program whose letters are at the printer, until the program is killed.

``python -m tests.end_to_end.printing_then_killed DATABASE`` prints all letters and says
``printing`` once the printer has them.
"""

import os
import sys
import threading
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from koba_desktop.gui.letters.panel import OutboxPanel
from tests.gui.real_office import FakePrinters, opened_desk
from tests.support import office_at


class Stuck(FakePrinters):
    def send(self, pdf: Path, **_how: Any) -> None:
        print("printing", flush=True)
        threading.Event().wait()  # until somebody kills us


def main(path: Path) -> None:
    app = QApplication([])
    with opened_desk(app, office_at(path), Stuck(), path.parent) as desk:
        panel = OutboxPanel(desk)
        panel.show()
        desk.tasks.idle_changed.connect(lambda _idle: panel.print_action.trigger())
        app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
