"""Lists in groups: where headings and rows stand, and that a group stays as it was left."""

from enum import StrEnum
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from koba_desktop.gui import theme
from koba_desktop.gui.widgets.groups import (
    COUNT_ROLE,
    GROUP_ROLE,
    GroupedModel,
    GroupedTree,
    Index,
    is_heading,
    paint_heading,
)

Key = Qt.Key


class Basket(StrEnum):
    FRUIT = "fruit"
    EMPTY = "empty"
    ROOTS = "roots"


class Larder(GroupedModel):
    """Two columns of what lies in three baskets."""

    def __init__(self) -> None:
        super().__init__()
        self.baskets = {
            Basket.FRUIT: ["Apfel", "Birne"],
            Basket.EMPTY: [],
            Basket.ROOTS: ["Möhre"],
        }

    def sizes(self) -> list[int]:
        return [len(things) for things in self.baskets.values()]

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group, row = self.place(index)
        name, things = list(self.baskets.items())[group]
        if row is not None:
            return things[row] if role == Qt.ItemDataRole.DisplayRole else None
        return {Qt.ItemDataRole.DisplayRole: name, GROUP_ROLE: name, COUNT_ROLE: "2"}.get(role)


class Shelf(GroupedTree):
    def draw_heading(self, painter: QPainter, rect: QRect, heading: QModelIndex) -> None:
        paint_heading(painter, rect, rect.left(), heading, self.isExpanded(heading))

    def draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool
    ) -> None:
        self.draw_cells(painter, option, index, chosen, theme.tokens().base)


@pytest.fixture
def larder() -> Larder:
    return Larder()


@pytest.fixture
def shelf(larder: Larder, qtbot: QtBot) -> Shelf:
    made = Shelf(larder, folded=(Basket.ROOTS,))
    qtbot.addWidget(made)
    larder.setParent(made)
    made.resize(300, 200)
    made.dress()
    made.show()
    qtbot.waitExposed(made)
    return made


def unfolded(shelf: Shelf) -> list[bool]:
    return [shelf.isExpanded(shelf.model().index(n, 0)) for n in range(shelf.model().rowCount())]


def click(shelf: Shelf, index: QModelIndex, button: Qt.MouseButton) -> None:
    QTest.mouseClick(shelf.viewport(), button, pos=shelf.visualRect(index).center())


def test_headings_and_rows_stand_as_qt_expects_of_a_model(larder: Larder) -> None:
    QAbstractItemModelTester(larder, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [index.data() for index in larder.row_indexes()] == ["Apfel", "Birne", "Möhre"]
    carrot = larder.row_index(2, 0, 1)
    assert (larder.place(carrot), carrot.parent().data()) == ((2, 0), "roots")
    assert larder.place(carrot.parent()) == (2, None)
    assert larder.rowCount(carrot) == 0
    assert [is_heading(carrot), is_heading(carrot.parent())] == [False, True]


def test_space_enter_and_a_click_fold_on_a_heading_only(shelf: Shelf, larder: Larder) -> None:
    fruit = larder.index(0, 0)
    assert shelf.choose(fruit)
    assert unfolded(shelf)[0]
    for fold in (
        lambda: QTest.keyClick(shelf, Key.Key_Space),
        lambda: QTest.keyClick(shelf, Key.Key_Return),
        lambda: click(shelf, fruit, Qt.MouseButton.LeftButton),
    ):
        before = unfolded(shelf)[0]
        fold()
        assert unfolded(shelf)[0] is not before
    before = unfolded(shelf)
    click(shelf, fruit, Qt.MouseButton.MiddleButton)
    assert unfolded(shelf) == before
    shelf.choose(larder.row_index(0, 0))
    QTest.keyClick(shelf, Key.Key_Space)
    assert unfolded(shelf) == [True, *before[1:]]


def test_a_group_stays_as_it_was_left_when_the_rows_are_others(
    shelf: Shelf, larder: Larder
) -> None:
    assert unfolded(shelf)[2] is False
    shelf.collapse(larder.index(0, 0))
    larder.beginResetModel()
    del larder.baskets[Basket.EMPTY]
    larder.baskets[Basket.FRUIT].append("Quitte")
    larder.endResetModel()
    shelf.dress()
    assert unfolded(shelf) == [False, False]


def test_choosing_a_row_unfolds_its_group_and_tells_whether_there_is_one(
    shelf: Shelf, larder: Larder
) -> None:
    carrot = larder.row_index(2, 0)
    assert shelf.choose(carrot)
    assert (unfolded(shelf)[2], shelf.currentIndex()) == (True, carrot)
    assert not shelf.choose(larder.row_index(1, 0))
    assert shelf.currentIndex() == carrot
