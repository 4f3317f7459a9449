"""A program in which somebody types a new client's name, until the program is killed.

``python -m tests.end_to_end.typing_then_killed DATABASE NAME`` says ``kept`` once the draft is in
the database.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from koba_desktop.gui.app import WindowOptions, prepare
from koba_desktop.services.drafts.keeping import open_drafts
from tests.running import PaperTray, Running, opened
from tests.support import office_at


def main(path: Path, name: str) -> None:
    options = WindowOptions(language="de", settings=path.parent)
    prepare(options)
    office = office_at(path)
    window = Running(lambda _progress, _secret: opened(office, PaperTray()), options)
    window.desk.edit_client_requested.emit(None)
    window.settle()
    field = window.dialog().findChild(QLineEdit, "family_name")
    assert field is not None
    field.setFocus()
    QTest.keyClicks(field, name)

    def kept() -> bool:
        with office.services.view(window.desk.actor.staff_id) as view:
            return bool(open_drafts(view))

    window.until(kept)
    print("kept", flush=True)
    QApplication.exec()  # until somebody kills us


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
