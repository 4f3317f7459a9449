"""Where the parts of Mein Tag stand: list, call, history."""

from datetime import date
from itertools import pairwise

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.clients.callback import CallbackSheet
from koba_desktop.gui.clients.lines import Line
from koba_desktop.gui.clients.painting import WorkDelegate
from koba_desktop.gui.clients.returned import ReturnedMailSheet
from koba_desktop.gui.clients.worktree import WorkModel, WorkView
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.myday.caller import CallerView
from koba_desktop.gui.myday.flow import Step
from koba_desktop.gui.myday.keys import CapButton, EntryLine
from koba_desktop.gui.myday.offer import OfferCard
from koba_desktop.gui.myday.side import SidePane
from koba_desktop.gui.myday.steps import StepCard
from koba_desktop.gui.widgets import Heading, IconLabel, InlineMessage, KeyHint, SecondText
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import phone

LIST, CALL, HISTORY = 200, 390, 250  # px at 96 dpi: the least each part needs
FREE_TIMES = 6  # seen at once where the history stands below the call


class Boxed(QFrame):
    """A quiet box with a thin edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.watcher().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setPen(t.separator)
        painter.setBrush(t.base)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class _KeylessArea(QScrollArea):
    """Scrolls by wheel and bar only: the arrow keys are the panel's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class _Panes(QSplitter):
    """List, call and history side by side; tells when there is no room for the third.

    It is content with less than the three need, so that the window can become that narrow.
    """

    narrow = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._narrow = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), theme.px(LIST + CALL) + 1), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < theme.px(LIST + CALL + HISTORY)
        if narrow is not self._narrow:
            self._narrow = narrow
            self.narrow.emit(narrow)
        super().resizeEvent(event)


class MyDayLayout(QObject):
    """Builds the panel's widgets and knows which of them to show; decides nothing else."""

    sheet_closed = Signal()

    def __init__(self, panel: QWidget, desk: Desk) -> None:
        super().__init__(panel)
        self.filter = EntryLine(panel)
        self.filter.setPlaceholderText(_("Filter the list …"))
        self.filter.setAccessibleName(_("Filter the list"))
        self.filter.setClearButtonEnabled(True)
        self._lens = self.filter.addAction(
            theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition
        )
        theme.watcher().changed.connect(self._dress)
        self.work = WorkView(WorkModel(panel), panel)
        self.work.setObjectName("my_day_list")
        self.work.setAccessibleName(_("People to call"))
        self.delegate = WorkDelegate(self.work)
        self.work.setItemDelegate(self.delegate)
        self.work.show_marks(desk.marks, desk.said_of)
        self.caller = CallerView(panel)
        self.message = InlineMessage(panel)
        self.offer = OfferCard(panel)
        self.step = StepCard(panel)
        self.callback = CallbackSheet(desk, panel)
        self.returned = ReturnedMailSheet(desk, panel)
        self.callback.closed.connect(self._on_sheet_closed)
        self.returned.closed.connect(self._on_sheet_closed)
        self.side = SidePane(panel)
        self.skip = CapButton("↓", _("skip"), panel)
        self._follow = Boxed(panel)
        self._follow_name = IconLabel("phone", "", bold=True)
        self._follow_text = SecondText()
        self._empty = QWidget(panel)
        self._empty_text = QLabel()
        self._middle = QWidget(panel)
        self.close_sheets()
        row = QHBoxLayout(panel)
        row.setContentsMargins(0, 0, 0, 0)
        self._panes = _Panes(panel)
        self._panes.addWidget(self._list_pane(panel))
        self._panes.addWidget(self._middle_pane(panel))
        self._put_history_beside()
        self._panes.narrow.connect(self._stack)
        row.addWidget(self._panes)
        self._order_tabs()

    def _put_history_beside(self) -> None:
        self._panes.addWidget(self.side)
        for place, share in enumerate((2, 5, 2)):
            self._panes.setStretchFactor(place, share)
        self._panes.setSizes([theme.px(286), theme.px(700), theme.px(330)])

    def _stack(self, narrow: bool) -> None:
        """The history below the call where three panes have no room beside each other."""
        hidden = self.side.isHidden()
        if narrow:
            self._pages.addWidget(self.side)
        else:
            self._pages.removeWidget(self.side)
            self._put_history_beside()
        rows = self.side.slots.row_height() * FREE_TIMES if narrow else 0
        self.side.slots.setMinimumHeight(rows)
        self.side.setHidden(hidden)
        self._order_tabs()

    def _list_pane(self, panel: QWidget) -> QWidget:
        pane = QWidget(panel)
        pane.setMinimumWidth(theme.px(LIST))
        field = QHBoxLayout()
        field.setContentsMargins(8, 6, 8, 6)
        field.addWidget(self.filter)
        hints = QHBoxLayout()
        hints.setContentsMargins(10, 5, 10, 5)
        hints.setSpacing(6)
        for cap, text in (("↑", ""), ("↓", _("choose")), (_("Enter"), _("call"))):
            hints.addWidget(KeyHint(cap))
            if text:
                hints.addWidget(SecondText(text))
        hints.addStretch()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(field)
        column.addWidget(self.work, 1)
        column.addLayout(hints)
        return pane

    def _middle_pane(self, panel: QWidget) -> QWidget:
        follow = QHBoxLayout(self._follow)
        follow.setContentsMargins(10, 1, 4, 1)
        follow.setSpacing(10)
        follow.addWidget(SecondText(_("After that")))
        follow.addWidget(self._follow_name)
        follow.addWidget(self._follow_text, 1)
        follow.addWidget(self.skip)
        self._follow_text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

        column = QVBoxLayout(self._middle)
        column.setContentsMargins(12, 5, 12, 6)
        column.setSpacing(7)
        column.addWidget(self.caller)
        column.addWidget(self.message)
        for card in (self.offer, self.step, self.callback, self.returned):
            column.addWidget(card)
        column.addWidget(self._follow)
        column.addStretch()

        empty = QVBoxLayout(self._empty)
        empty.addStretch()
        head = Heading(_("All called"), 1)
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_text.setWordWrap(True)
        empty.addWidget(head)
        empty.addWidget(self._empty_text)
        empty.addStretch()

        both = QWidget(panel)
        self._pages = QVBoxLayout(both)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self._middle)
        self._pages.addWidget(self._empty)
        area = _KeylessArea(panel)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        area.setWidget(both)
        area.setMinimumWidth(theme.px(CALL))
        return area

    def _order_tabs(self) -> None:
        """From the list Tab goes to the note, as its key cap says."""
        chain: list[QWidget] = [
            *(self.filter, self.work, self.caller.note),
            *self.caller.outcomes.values(),
            *(self.offer.reason, self.offer.accept, self.offer.next, self.offer.other),
            *(self.offer.none, self.skip, self.side.attempts, self.side.slots),
        ]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _dress(self) -> None:
        self._lens.setIcon(theme.icon("search"))

    # --- showing ----------------------------------------------------------------------------------

    def show_middle(self, somebody: bool, empty_text: str) -> None:
        """The call, or what to do when nobody is to be called."""
        self._middle.setVisible(somebody)
        self.side.setVisible(somebody)
        self._empty.setVisible(not somebody)
        self._empty_text.setText(empty_text)

    def show_card(self, step: Step) -> None:
        self.offer.setVisible(step is Step.OFFER)
        self.step.setVisible(step in (Step.TALK, Step.REMINDER, Step.MISSED))

    def show_following(self, line: Line | None, today: date) -> None:
        self._follow.setVisible(line is not None)
        if line is not None:
            self._follow_name.set(line.name, line.icon)
            self._follow_text.setText(
                "   ".join(
                    part for part in (line.status, line.when, phone(line.item.phone)) if part
                )
            )

    def open_callback(self, client_id: object) -> None:
        self.close_sheets()
        self.callback.show()
        self.callback.open_for(client_id)  # type: ignore[arg-type]

    def open_returned(self, client_id: object) -> None:
        self.close_sheets()
        self.returned.show()
        self.returned.open_for(client_id)  # type: ignore[arg-type]

    def close_sheets(self) -> None:
        for sheet in (self.callback, self.returned):
            sheet.leave()
            sheet.hide()

    def _on_sheet_closed(self) -> None:
        self.close_sheets()
        self.sheet_closed.emit()
