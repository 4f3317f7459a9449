"""The reception: everybody who comes today on the left, the rooms on the right, the hours below."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from koba_desktop.domain.errors import Refused
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.reception import wording
from koba_desktop.gui.reception.actions import ReceptionActions
from koba_desktop.gui.reception.checklist import Arrival, ArrivalStrip
from koba_desktop.gui.reception.code import CodeOverlay
from koba_desktop.gui.reception.display import HallSwitch
from koba_desktop.gui.reception.door_plans import open_door_plans
from koba_desktop.gui.reception.hall import hall_lines
from koba_desktop.gui.reception.head import ReceptionHead
from koba_desktop.gui.reception.keys import take_key
from koba_desktop.gui.reception.model import ArrivalsModel, ids_of
from koba_desktop.gui.reception.parts import BoardSide, Border, HoursSide
from koba_desktop.gui.reception.steps import VisitSteps
from koba_desktop.gui.reception.tree import ArrivalsTree
from koba_desktop.gui.reception.visitors import Group, Visitor
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.widgets import SecondText
from koba_desktop.gui.widgets.changed import Index, RowSigns
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.reception.page import ReceptionPage, reception_page
from koba_desktop.services.rooms.board import RoomDay, room_days

_TOPICS = (Topic.ROOMS, Topic.APPOINTMENTS, Topic.CLIENTS, Topic.OFFICE, Topic.MODES)
_SECOND_MS = 1000
_HOURS_SHARE = 35  # per cent of the height the hours may have in a low window
_LIST_HEIGHT = 430  # px the list has before the hours get more


@dataclass(frozen=True, slots=True)
class _Answer:
    page: ReceptionPage
    days: tuple[RoomDay, ...]


class ReceptionPanel(QWidget):
    """Asks when something changed; what the seconds change is worked out without asking.

    Single keys work only while the list has the focus; they can be switched off.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reception")
        self.setAccessibleName(_("Reception"))
        self._desk = desk
        self._stale = True
        self._page: ReceptionPage | None = None
        self._days: tuple[RoomDay, ...] = ()
        self._told: UUID | None = None  # whom the other panels know to be chosen
        self.model = ArrivalsModel(self)
        self.deeds = RoomDeeds(desk, self)
        self.steps = VisitSteps(desk, self.deeds, self)
        self.acts = ReceptionActions(self)
        self.hall = HallSwitch(self)
        self._second = QTimer(self, interval=_SECOND_MS)
        self._second.timeout.connect(self.pass_time)
        self._build()
        self._connect()

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [*self.acts.steps(), self.acts.plans, self.hall.action, self.acts.keys]

    def prints(self) -> list[QAction]:
        """For the menu of what can be printed."""
        return [self.acts.plans]

    def tools(self) -> list[list[QAction]]:
        """What the tool bar offers."""
        acts = self.acts
        return [[acts.arrive], [acts.call], [acts.code], [acts.change]]

    def corner(self) -> list[QAction]:
        """What stands at the end of the tabs."""
        return [self.hall.action]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the list. A focus proxy would make Tab pass over what stands above it."""
        self.tree.setFocus(event.reason())

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.head = ReceptionHead(self)
        layout.addWidget(self.head)
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.across.setChildrenCollapsible(False)
        self.across.addWidget(self._build_list())
        self.rooms = BoardSide(self._desk, self.deeds, self)
        self.across.addWidget(self.rooms)
        self.down = QSplitter(Qt.Orientation.Vertical, self)
        self.down.setChildrenCollapsible(False)
        self.down.addWidget(self.across)
        self.hours = HoursSide(self._desk, self)
        self.down.addWidget(self.hours)
        self.across.setStretchFactor(1, 1)
        self.down.setStretchFactor(0, 1)
        self._borders = Border(self.across, "across"), Border(self.down, "down")
        layout.addWidget(self.down, 1)
        self.overlay = CodeOverlay(self)

    def _build_list(self) -> QWidget:
        side = QWidget(self)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.tree = ArrivalsTree(self.model, lambda event: take_key(self.acts, event), side)
        self.model.said = self._desk.said_of
        self.tree.signs = RowSigns(self.tree, self._desk.marks, self._ids_of)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        layout.addWidget(self.tree, 1)
        self.empty = SecondText("", side)
        self.empty.setContentsMargins(16, 16, 16, 16)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setWordWrap(True)
        self.empty.hide()
        layout.addWidget(self.empty, 1)
        self.strip = ArrivalStrip(side)
        layout.addWidget(self.strip)
        return side

    def _ids_of(self, index: Index) -> tuple[UUID | None, ...]:
        visitor = self.model.visitor(index)
        return ids_of(visitor) if visitor is not None else ()

    def _connect(self) -> None:
        desk, acts = self._desk, self.acts
        acts.arrive.triggered.connect(self.arrive)
        acts.check.triggered.connect(self.check)
        acts.step.triggered.connect(self.go_on)
        acts.call.triggered.connect(lambda: self._with_visitor(self.steps.call))
        acts.code.triggered.connect(self.show_code)
        acts.change.triggered.connect(lambda: self._with_visitor(self.steps.change))
        acts.leave.triggered.connect(lambda: self._with_visitor(self.steps.leave))
        acts.place.triggered.connect(self.choose_place)
        acts.plans.triggered.connect(lambda: open_door_plans(desk, self.window()))
        self.tree.place_wanted.connect(self.choose_place)
        self.tree.doubleClicked.connect(lambda _index: self.go_on())
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self.strip.confirmed.connect(self._on_arrival)
        self.strip.left.connect(self.tree.setFocus)
        self.overlay.closed.connect(self.tree.setFocus)
        self.hall.shown.connect(self._on_hall_shown)
        window = self.window()
        if isinstance(window, MainWindow):
            window.closing.connect(self.hall.shut)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._refresh)
        desk.actor_changed.connect(self._on_actor_changed)
        desk.appointment_selected.connect(self._on_appointment_selected)
        self.rooms.board.appointment_selected.connect(desk.appointment_selected)
        self.hall.bring_back()

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()
        self.pass_time()
        if self._stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not self.hall.on:
            self._second.stop()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(*_TOPICS):
            self._refresh()

    def _on_actor_changed(self) -> None:
        self.strip.leave()
        self._forget()
        self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible() and not self.hall.on:
            self._stale = True
            return
        self._stale = False
        office_id, today = self._desk.actor.office_id, self._desk.today()
        self._desk.ask(
            lambda view: _Answer(
                reception_page(view, office_id), room_days(view, office_id, today)
            ),
            self._show,
            owner=self,
            key="page",
            failed=self._show_failure,
        )

    def _show(self, answer: _Answer) -> None:
        first_time = self._page is None
        self._page, self._days = answer.page, answer.days
        chosen = self.tree.visitor()
        if self.model.show_page(answer.page, answer.days, self._desk.now()):
            self.tree.dress()
            if not self._stay_with(chosen):
                self.tree.choose(self.model.first() if first_time else self.model.index(0, 0))
        self.head.show_page(answer.page)
        waiting = {
            row.appointment_id: row.arrived_at
            for row in answer.page.waiting
            if row.arrived_at is not None
        }
        self._show_rooms(answer.days, waiting)
        self._share_room()
        self._say_empty(
            ""
            if any(self.model.count(group) for group in Group)
            else _("Nobody is expected today. Emergencies are taken with F2.")
        )
        self.pass_time()
        self.acts.show_visitor(self.tree.visitor())

    def _stay_with(self, chosen: Visitor | None) -> bool:
        """The choice follows a visitor from group to group, but not out of the house: those who
        wait would be out of sight. It stays at the head of the group then, where no key that is
        pressed once more meets the next visitor."""
        if chosen is None:
            return False
        now_at = self.model.find(chosen.row.appointment_id)
        visitor = self.model.visitor(now_at) if now_at.isValid() else None
        if visitor is None:
            return False
        if visitor.group is Group.GONE and chosen.group is not Group.GONE:
            return self.tree.choose(self.model.index(list(Group).index(chosen.group), 0))
        return self.tree.choose(now_at)

    def _show_failure(self, error: Exception) -> None:
        """Who receives nobody is told so in place of the list; everything else in the window."""
        if isinstance(error, Refused) and error.code == "not_entitled":
            self._forget()
            self._say_empty(describe(error))
        else:
            self._desk.problem.emit(error)

    def _forget(self) -> None:
        """Nobody's list stays on the screen for somebody else."""
        self._page, self._days = None, ()
        self.model.clear()
        self.tree.dress()
        self.acts.show_visitor(None)
        self._show_rooms((), {})
        self.hall.show_lines((), self._desk.now())

    def _show_rooms(self, days: tuple[RoomDay, ...], waiting: dict[UUID, datetime]) -> None:
        self.rooms.board.show_days(days)
        self.rooms.board.set_waiting(waiting)
        self.hours.timeline.show_days(days)

    def _share_room(self) -> None:
        """The list as wide as it likes, the hours no higher than they need."""
        across, down = self._borders
        across.suggest(min(self.tree.sizeHint().width(), self.across.width() * 11 // 20))
        whole = self.down.height()
        most = max(whole * _HOURS_SHARE // 100, whole - theme.px(_LIST_HEIGHT))
        down.suggest(whole - min(self.hours.full_height, most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _say_empty(self, text: str) -> None:
        self.empty.setText(text)
        self.empty.setVisible(bool(text))
        self.tree.setVisible(not text)

    def pass_time(self) -> None:
        """What the clock alone changes."""
        now = self._desk.now()
        if self._page is None:
            self.head.set_now(now, 0, 0)
            return
        if self.hall.on:
            self.hall.show_lines(hall_lines(self._page, self._days, now), now)
        if self.isVisible():
            self.model.set_now(now)
            self.rooms.board.set_now(now)
            self.hours.timeline.set_now(now)
            self.head.set_now(now, self.model.waiting_too_long(), self._page.wait_minutes)

    def _on_hall_shown(self) -> None:
        """The display lives on while another view is in front."""
        self._second.start()
        self._refresh()

    # --- choosing ---------------------------------------------------------------------------------

    def _on_current(self) -> None:
        visitor = self.tree.visitor()
        self.acts.show_visitor(visitor)
        if visitor is None or not self.tree.hasFocus():
            return
        if visitor.row.appointment_id != self._told:
            self._told = visitor.row.appointment_id
            self._desk.appointment_selected.emit(self._told)

    def _on_appointment_selected(self, appointment_id: UUID | None) -> None:
        """Another panel chose an appointment: its visitor is chosen here too."""
        self._told = appointment_id
        self.rooms.board.select_appointment(appointment_id)
        chosen = self.tree.visitor()
        if appointment_id is None or self.tree.hasFocus():
            return
        if chosen is None or chosen.row.appointment_id != appointment_id:
            self.tree.choose_visitor(appointment_id)

    # --- steps ------------------------------------------------------------------------------------

    def _with_visitor(self, act: Callable[[Visitor], None]) -> None:
        visitor = self.tree.visitor()
        if visitor is not None:
            act(visitor)

    def arrive(self) -> None:
        """The visitor stands at the desk. Where the office has a list of what to look at, it opens
        first."""
        visitor = self.tree.visitor()
        if visitor is None or visitor.group is not Group.EXPECTED or self._page is None:
            return
        if self._page.checklist:
            self._open_strip(visitor, self._page)
        else:
            self.steps.arrive(visitor)

    def _open_strip(self, visitor: Visitor, page: ReceptionPage) -> None:
        """The list makes room for it and keeps the visitor in sight."""
        self.strip.open_for(visitor, page.checklist, self.model.spot(visitor))
        side = self.strip.parentWidget()
        layout = side.layout() if side is not None else None
        if layout is not None:
            layout.activate()
        self.tree.scrollTo(self.tree.currentIndex())

    def check(self) -> None:
        """Look at what was missing when somebody arrived who waits now."""
        visitor = self.tree.visitor()
        if visitor is not None and visitor.group is Group.WAITING and self._page is not None:
            self._open_strip(visitor, self._page)

    def _on_arrival(self, visitor: Visitor, arrival: Arrival) -> None:
        self.tree.setFocus()
        if visitor.group is Group.WAITING:
            self.steps.check(visitor, arrival)
        else:
            self.steps.arrive(visitor, arrival)

    def go_on(self) -> None:
        """The next sensible step: arrived, into the room, out of it."""
        visitor = self.tree.visitor()
        if visitor is None:
            return
        if visitor.group is Group.EXPECTED:
            self.arrive()
        else:
            self.steps.go_on(visitor, self._beside())

    def choose_place(self) -> None:
        visitor = self.tree.visitor()
        if visitor is not None:
            self.steps.choose_place(visitor, self._beside())

    def show_code(self) -> None:
        """The number in large type, and where to go once the place is known."""
        visitor = self.tree.visitor()
        if visitor is None or not visitor.row.code:
            return
        placed = visitor.placed and visitor.group is not Group.GONE
        place = wording.place_name(visitor.row, self.model.spot(visitor)) if placed else ""
        self.overlay.show_code(visitor.row.code, place)

    def _beside(self) -> QPoint:
        """Where a little menu about the current row opens."""
        return self.tree.viewport().mapToGlobal(self.tree.row_rect().bottomLeft())

    def _show_menu(self, at: QPoint) -> None:
        if self.tree.visitor() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.acts.steps())
        menu.popup(self.tree.viewport().mapToGlobal(at))
