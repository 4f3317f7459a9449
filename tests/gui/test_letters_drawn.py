"""Lines of the outbox are drawn once, and again where they show something else."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui import theme
from koba_desktop.gui.letters import table as table_module
from koba_desktop.gui.letters.drawn import DrawnLines
from tests.gui.letters_desk import hold, idle

LINE = QRect(0, 4, 40, 10)


class Sheet:
    """Something to draw on, and how often a line was drawn."""

    def __init__(self) -> None:
        self.pixels = QPixmap(60, 40)
        self.pixels.fill(QColor("white"))
        self.lines = DrawnLines()
        self.drawn: list[str] = []

    def paint(self, key: str, colour: str, rect: QRect = LINE) -> QColor:
        def draw(painter: QPainter, at: QRect) -> None:
            self.drawn.append(colour)
            painter.fillRect(at, QColor(colour))

        painter = QPainter(self.pixels)
        self.lines.paint(painter, rect, key, colour, draw)
        painter.end()
        return self.pixels.toImage().pixelColor(rect.center())


def test_a_line_that_shows_the_same_is_not_drawn_again(qapp):
    sheet = Sheet()
    assert sheet.paint("a", "red") == QColor("red")
    assert sheet.paint("a", "red", LINE.translated(3, 12)) == QColor("red")
    assert sheet.drawn == ["red"]
    assert sheet.paint("a", "blue") == QColor("blue")
    assert sheet.paint("a", "blue", QRect(0, 0, 50, 10)) == QColor("blue")  # wider
    assert sheet.drawn == ["red", "blue", "blue"]
    sheet.lines.forget()
    sheet.paint("a", "blue")
    assert sheet.drawn == ["red", "blue", "blue", "blue"]


def test_pictures_are_not_kept_without_end(qapp, monkeypatch):
    sheet = Sheet()
    for number in range(1000):
        sheet.paint(str(number), "red")
    assert len(sheet.lines._kept) <= 400


@pytest.fixture
def drawn(monkeypatch):
    """The recipients of the letters that are drawn."""
    names: list[str] = []
    paint = table_module.paint_letter

    def noted(painter, line, model):
        names.append(line.item.row.recipient)
        paint(painter, line, model)

    monkeypatch.setattr(table_module, "paint_letter", noted)
    return names


def test_only_what_changed_is_drawn_anew(qtbot, panel, desk, office, letters, drawn):
    panel.table.viewport().grab()
    drawn.clear()
    panel.table.viewport().grab()
    assert drawn == []
    item = panel._model.item(panel._model.find(letters[1]))
    panel._model.toggle(panel._model.find(letters[1]))
    panel.table.viewport().grab()
    assert drawn == [item.row.recipient]
    hold(office, letters[1])
    desk.others_wrote()
    idle(qtbot, desk)
    drawn.clear()
    panel._refresh()
    idle(qtbot, desk)
    panel.table.viewport().grab()
    assert drawn == []  # the same letters, read once more
    assert panel._model.item(panel._model.find(letters[1])).row.state is LetterState.HELD


def test_other_colours_are_drawn_at_once(qapp, panel, letters, drawn):
    panel.table.viewport().grab()
    drawn.clear()
    try:
        theme.set_scheme(theme.Scheme.DARK)
        panel.table.viewport().grab()
        assert len(drawn) >= len(letters)
    finally:
        theme.set_scheme(theme.Scheme.LIGHT)
