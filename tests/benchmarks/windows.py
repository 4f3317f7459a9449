"""Windows as processes of their own, for the benchmarks of the start.

``python -m tests.benchmarks.windows bare`` shows the least window PySide6 can show;
``… koba --demo`` (or any other arguments of ``koba-desktop``) shows the program. Both say
``painted`` and ``filled`` on stdout and end.
"""

import sys


def say(word: str) -> None:
    print(word, flush=True)


def bare() -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            say("painted")
            say("filled")
            QTimer.singleShot(0, app.quit)

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1366, 768)
    window.show()
    return app.exec()


def koba(arguments: list[str]) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from koba_desktop.gui import app as gui_app

    class Watched(gui_app.Program):
        def start(self) -> None:
            self.window.painted.connect(lambda: say("painted"))
            self._timer = QTimer(self, interval=2)
            self._timer.timeout.connect(self._look)
            self._timer.start()
            super().start()

        def _look(self) -> None:
            """Filled: what is in front and the docks are made, answered and on the screen.

            The other views and what the first letter needs are made afterwards, unseen.
            """
            panels = None if self.session is None else self.session.panels
            seen = panels is not None and all(
                panels.made(name) for name in (self.window.current_tab(), "clients", "rooms")
            )
            if seen and self.tasks.idle:
                self._timer.stop()
                self.window.repaint()
                say("filled")
                QApplication.quit()

    gui_app.Program = Watched
    from koba_desktop.bootstrap import desktop

    return desktop(arguments)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        sys.exit(bare())
    sys.exit(koba(sys.argv[2:]))
