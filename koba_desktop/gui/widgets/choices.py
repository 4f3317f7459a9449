"""Finding a choice by what it stands for."""

from typing import Any

from PySide6.QtWidgets import QComboBox


def row_of(box: QComboBox, value: Any) -> int:
    """The row whose data equal ``value``, -1 where there is none.

    Qt's own ``findData`` looks whether Python's objects are the same one: an id that came from the
    database once more would not be found.
    """
    for row in range(box.count()):
        if box.itemData(row) == value:
            return row
    return -1
