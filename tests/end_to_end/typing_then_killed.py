"""A program in which somebody is typing, until the program is killed.

``python -m tests.end_to_end.typing_then_killed DATABASE FORM TEXT`` types a new client's name
(``client``) or the note of a callback (``callback``), and says ``kept`` once the draft is in the
database.
"""

import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from koba_desktop.gui.application import WindowOptions, prepare
from koba_desktop.services.drafts.keeping import open_drafts
from tests.gui.screens import Screens
from tests.running import PaperTray, opened
from tests.support import office_at


def new_client(window: Screens) -> QWidget:
    window.desk.edit_client_requested.emit(None)
    window.settle()
    field = window.dialog().findChild(QLineEdit, "family_name")
    assert field is not None
    return field


def callback(window: Screens) -> QWidget:
    window.desk.client_selected.emit(window.todays_row().client_id)
    window.settle()
    dock: Any = window.session.panels.made("clients")
    dock.actions_.callback.trigger()
    window.settle()
    return dock.callback.form.note  # type: ignore[no-any-return]


FIELDS = {"client": new_client, "callback": callback}


def main(path: Path, form: str, text: str) -> None:
    options = WindowOptions(language="de", settings=path.parent)
    prepare(options)
    office = office_at(path)
    window = Screens(lambda _progress, _secret: opened(office, PaperTray()), options)
    field = FIELDS[form](window)
    field.setFocus()
    QTest.keyClicks(field, text)

    def kept() -> bool:
        with office.services.view(window.desk.actor.staff_id) as view:
            return bool(open_drafts(view))

    window.until(kept)
    print("kept", flush=True)
    QApplication.exec()  # until somebody kills us


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
