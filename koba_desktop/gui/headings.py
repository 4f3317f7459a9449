"""The headings over the columns of tables and trees."""

from collections.abc import Sequence

from PySide6.QtCore import Qt


def heading(
    titles: Sequence[str], section: int, orientation: Qt.Orientation, role: int
) -> str | Qt.AlignmentFlag | None:
    """What ``headerData`` answers: the titles of the columns, on the left; rows have none."""
    if orientation is not Qt.Orientation.Horizontal:
        return None
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    return titles[section] if role == Qt.ItemDataRole.DisplayRole else None
