"""How the lists of persons are painted: worklist lines, group headings, results of a search."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.clients.lines import Line, Section
from koba_desktop.gui.clients.search import ResultRole
from koba_desktop.gui.clients.worktree import LineRole, SectionRole
from koba_desktop.gui.widgets.text import RIGHT, write
from koba_desktop.i18n.formats import date_short, name_sorted, phone
from koba_desktop.services.rows import ClientRow

Index = QModelIndex | QPersistentModelIndex
_MARGIN = 10
_ICON = 16
_GAP = 8


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, focused: bool) -> QColor:
    """The ground of a row by its state; returns the colour of the text on it."""
    t = theme.tokens()
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, t.selection)
        bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
        painter.fillRect(bar, t.accent if focused else t.edge)
        return t.on_selection
    if option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, t.alternate)
    return t.text


def paint_heading(painter: QPainter, rect: QRect, title: str, count: str, unfolded: bool) -> None:
    """A group's heading: chevron, bold title, count at the right."""
    t = theme.tokens()
    painter.fillRect(rect, t.alternate)
    painter.setPen(QPen(t.separator))
    painter.drawLine(rect.topLeft(), rect.topRight())
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    size = theme.px(10)
    theme.draw_icon(
        painter,
        "chevron-down" if unfolded else "chevron-right",
        QRectF(rect.left() + 5, rect.center().y() - size / 2 + 1, size, size),
        t.text,
    )
    inner = rect.adjusted(5 + size + 5, 0, -_MARGIN, 0)
    write(painter, inner, count, theme.font(), t.text2, RIGHT)
    taken = QFontMetrics(theme.font()).horizontalAdvance(count) + _GAP
    write(painter, inner.adjusted(0, 0, -taken, 0), title, theme.font(bold=True), t.text)


def paint_focus(painter: QPainter, rect: QRect) -> None:
    painter.setPen(QPen(theme.tokens().accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))


class HeadingButton(QAbstractButton):
    """A group's heading that stands alone; checked while its group is open."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = ""
        theme.watcher().changed.connect(self.update)

    def set_count(self, count: str) -> None:
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, theme.px(25))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_heading(painter, self.rect(), self.text(), self._count, self.isChecked())
        if self.hasFocus():
            paint_focus(painter, self.rect())


class WorkDelegate(QStyledItemDelegate):
    """Groups with a chevron, a bold title and a count; persons in four columns."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self._when_width = 0

    def measure(self, sections: Iterable[Section]) -> None:
        """Make the first column as wide as its longest text."""
        metrics = QFontMetrics(theme.font())
        widths = [
            metrics.horizontalAdvance(line.when) for section in sections for line in section.lines
        ]
        self._when_width = max([*widths, metrics.horizontalAdvance("00:00")])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, theme.px(24 if index.data(SectionRole) is None else 25))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        section = index.data(SectionRole)
        if section is not None:
            self._paint_section(painter, option, index, section)
        else:
            self._paint_line(painter, option, index.data(LineRole))
        painter.restore()

    def _paint_section(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, section: Section
    ) -> None:
        index_open = self._view.isExpanded(index)
        paint_heading(painter, option.rect, section.title, str(len(section.lines)), index_open)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            paint_focus(painter, option.rect)

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        t = theme.tokens()
        color = paint_ground(painter, option, self._view.hasFocus())
        soft = color if option.state & QStyle.StateFlag.State_Selected else t.text2
        rect = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        font = theme.font()
        metrics = QFontMetrics(font)
        write(painter, rect, line.when, font, color)
        icon = theme.px(_ICON)
        left = rect.left() + self._when_width + _GAP
        theme.draw_icon(
            painter, line.icon, QRectF(left, rect.center().y() - icon / 2 + 1, icon, icon), color
        )
        left += icon + _GAP
        room = rect.right() - left
        name_width = min(metrics.horizontalAdvance(line.name), room)
        status_room = room - name_width - _GAP
        status_width = metrics.horizontalAdvance(line.status)
        if status_room >= 0.7 * status_width:
            place = QRect(rect.right() - status_room, rect.top(), status_room, rect.height())
            write(painter, place, line.status, font, soft, RIGHT)
        write(
            painter,
            QRect(left, rect.top(), name_width + 1, rect.height()),
            line.name,
            font,
            color,
        )


class ResultDelegate(QStyledItemDelegate):
    """A client found: name and number, below them what tells people of one name apart."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, theme.px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ResultRole)
        if row is None:
            return
        painter.save()
        t = theme.tokens()
        color = paint_ground(painter, option, self._view.hasFocus())
        soft = color if option.state & QStyle.StateFlag.State_Selected else t.text2
        rect = option.rect.adjusted(_MARGIN, 2, -_MARGIN, -3)
        upper = QRect(rect.left(), rect.top(), rect.width(), rect.height() // 2)
        lower = QRect(rect.left(), upper.bottom(), rect.width(), rect.height() // 2)
        number = row.number or ""
        write(painter, upper, number, theme.font(), soft, RIGHT)
        taken = QFontMetrics(theme.font()).horizontalAdvance(number) + _GAP
        name = upper.adjusted(0, 0, -taken, 0)
        write(
            painter,
            name,
            name_sorted(row.family_name, row.given_name),
            theme.font(bold=row.closed_on is None),
            color if row.closed_on is None else soft,
        )
        write(painter, lower, result_details(row), theme.font(), soft)
        painter.setPen(QPen(t.separator))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


def result_details(row: ClientRow) -> str:
    """Birth date and first number, as the second line of a result."""
    born = date_short(row.birth_date) if row.birth_date is not None else ""
    return " · ".join(part for part in (born, phone(row.phone) if row.phone else "") if part)
