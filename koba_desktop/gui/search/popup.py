"""The list under the search field, and what choosing a line of it does."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.references import looks_like_reference, normalise
from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.search.field import SearchField
from koba_desktop.gui.search.late_enter import LateEnter
from koba_desktop.gui.search.model import (
    Hit,
    HitKind,
    HitModel,
    appointment_hit,
    client_hit,
    command_hits,
)
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.formats import number
from koba_desktop.services.appointments.detail import appointment_called, appointments_seen
from koba_desktop.services.clients.searching import find_clients
from koba_desktop.services.rows import AppointmentRow, ClientPage
from koba_desktop.services.view import View

MAX_CLIENTS = 8
Found = tuple[AppointmentRow | None, ClientPage]


class _Line(QStyledItemDelegate):
    """Icon, text, and at the right end the detail in the second colour."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, theme.px(26))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit = index.data(HitModel.HIT)
        t = theme.tokens()
        from PySide6.QtWidgets import QStyle

        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        painter.fillRect(rect, t.selection if chosen else t.base)
        size = theme.px(16)
        top = rect.top() + (rect.height() - size) / 2
        ink = t.on_selection if chosen else t.text
        theme.draw_icon(painter, hit.icon, QRectF(rect.left() + 8, top, size, size), ink)
        inner = rect.adjusted(16 + size, 0, -8, 0)
        metrics = option.fontMetrics
        painter.setPen(ink)
        width = min(metrics.horizontalAdvance(hit.text), inner.width())
        middle = Qt.AlignmentFlag.AlignVCenter
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            inner,
            middle | Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(hit.text, elide, inner.width()),
        )
        rest = inner.adjusted(width + 16, 0, 0, 0)
        if rest.width() > 24:
            painter.setPen(ink if chosen else t.text2)
            painter.drawText(
                rest,
                middle | Qt.AlignmentFlag.AlignRight,
                metrics.elidedText(hit.detail, elide, rest.width()),
            )
        painter.restore()


class SearchPopup(QFrame):
    """Asks while somebody types. A reference that fits opens its appointment at once."""

    def __init__(
        self, field: SearchField, desk: Desk, commands: Callable[[], Sequence[QAction]]
    ) -> None:
        super().__init__(field.window())
        self.setObjectName("search_popup")
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self._field = field
        self._desk = desk
        self._commands = commands
        self.model = HitModel(self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Line(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(_("Search results"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(lambda index: self._open(self.model.hit(index.row())))
        self._foot = QLabel(self)
        self._foot.setContentsMargins(8, 4, 8, 4)
        self._foot.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addWidget(self._foot)
        field.textEdited.connect(self._on_edited)
        field.entered.connect(lambda: self._on_edited(field.text()))
        field.moved.connect(self._move)
        field.chosen.connect(self._on_chosen)
        field.left.connect(self.hide)
        field.window().installEventFilter(self)
        self._waiting = ""
        self._open_first = False
        self._late_enter = LateEnter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    # --- asking -----------------------------------------------------------------------------------

    def _on_edited(self, text: str) -> None:
        text = text.strip()
        self._waiting = text
        self._open_first = False
        if not text:
            self.hide()
            return
        self._desk.ask(
            lambda view: _find(view, text),
            lambda found: self._show(text, found),
            owner=self,
            key="search",
        )

    def _show(self, text: str, found: Found) -> None:
        if text != self._waiting:
            return
        appointment, page = found
        self._waiting = ""
        if appointment is not None and normalise(text) == appointment.reference:
            if not self._open_first:
                self._late_enter.expect()
            self._open(appointment_hit(appointment))
            return
        hits = [client_hit(row) for row in page.rows]
        hits += command_hits(text, self._commands())
        self.model.put(hits)
        more = page.total - len(page.rows)
        if not hits:
            self._foot.setText(_("Nothing found. Try a part of the name, the number or the phone."))
        elif page.capped:
            self._foot.setText(
                _("More than {n} matches: keep typing.").format(n=number(page.total))
            )
        elif more > 0:
            self._foot.setText(
                ngettext(
                    "{n} more match: keep typing.", "{n} more matches: keep typing.", more
                ).format(n=more)
            )
        self._foot.setVisible(not hits or more > 0)
        self.view.setVisible(bool(hits))
        self._select(0)
        self._place()
        self.show()
        self.raise_()
        if self._open_first:
            self._on_chosen()

    def _place(self) -> None:
        window = self._field.window()
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        width = max(theme.px(440), self._field.width())
        left = min(corner.x(), window.width() - width - 8)
        rows = min(self.model.rowCount(), 14) * theme.px(26)
        inner = width - 4  # without the frame
        foot = self._foot.heightForWidth(inner) if not self._foot.isHidden() else 0
        self.setGeometry(max(left, 8), corner.y(), width, rows + foot + 4)

    # --- choosing ---------------------------------------------------------------------------------

    def _move(self, step: int) -> None:
        if self.isHidden():
            self._on_edited(self._field.text())
            return
        self._select(self.view.currentIndex().row() + step)

    def _select(self, row: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            index = self.model.index(max(0, min(row, last)))
            self.view.setCurrentIndex(index)
            self._field.setAccessibleDescription(
                str(index.data(Qt.ItemDataRole.AccessibleTextRole))
            )

    def _on_chosen(self) -> None:
        if self._waiting:  # Enter came before the answer: open its first line when it is here
            self._open_first = True
            return
        if self.isVisible():
            self._open(self.model.hit(self.view.currentIndex().row()))

    def _open(self, hit: Hit | None) -> None:
        if hit is None:
            return
        self.hide()
        self._field.clear()
        self._field.go_back()
        target = hit.target
        if isinstance(target, QAction):
            target.trigger()
        elif hit.kind is HitKind.CLIENT:
            self._desk.client_selected.emit(target)
        else:
            self._open_appointment(target)

    def _open_appointment(self, appointment_id: UUID) -> None:
        def show(rows: list[AppointmentRow]) -> None:
            for row in rows:
                self._desk.day_requested.emit(day_of(row.starts))
            self._desk.appointment_selected.emit(appointment_id)
            self._desk.edit_appointment_requested.emit(
                AppointmentRequest(appointment_id=appointment_id)
            )

        self._desk.ask(lambda view: appointments_seen(view, [appointment_id]), show, owner=self)


def _find(view: View, text: str) -> Found:
    appointment = None
    if looks_like_reference(text):
        appointment = appointment_called(view, normalise(text))
    return appointment, find_clients(view, text, limit=MAX_CLIENTS)
