"""A program in which somebody sets up an office, until the program is killed.

``python -m tests.end_to_end.setting_up_then_killed FOLDER STEP ORGANISATION APPLICATION`` goes to a
step (``person`` or ``key``), says ``there`` once what was typed is kept, and waits. The settings
are those of a program of that name.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from koba_desktop.gui.application import keep_settings_in
from tests.gui.first_starts import OFFICE, first_started


def main(root: Path, step: str, organisation: str, application: str) -> None:
    app = QApplication([])
    app.setOrganizationName(organisation)
    app.setApplicationName(application)
    keep_settings_in(root / "settings")
    with first_started(root, "de") as begun:
        if step == "key":
            begun.come_to_key()
        else:
            page = begun.choose_here()
            begun.type(page.office, OFFICE)
            begun.next()
            begun.type(page.person, {"family_name": "Berger"})
            begun.until(lambda: "Berger" in str(QSettings().value("first_start/typed", "")))
        print("there", flush=True)
        QApplication.exec()  # until somebody kills us


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
