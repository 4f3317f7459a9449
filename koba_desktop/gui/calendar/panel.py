"""The calendar panel: head, picture, legend, and what happens when something is done in it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.clock import day_of, wall
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.gui.calendar.actions import STEPS, CalendarActions
from koba_desktop.gui.calendar.chooser import AdvisorChooser
from koba_desktop.gui.calendar.datepopup import DatePopup
from koba_desktop.gui.calendar.geometry import minute_of, moment_at
from koba_desktop.gui.calendar.ghost import Ghost
from koba_desktop.gui.calendar.header import ColumnHeader
from koba_desktop.gui.calendar.hovercard import HoverCard
from koba_desktop.gui.calendar.legend import Legend
from koba_desktop.gui.calendar.menu import build_menu
from koba_desktop.gui.calendar.message import BlockMessage
from koba_desktop.gui.calendar.moves import Move, Mover, Refusal
from koba_desktop.gui.calendar.pages import Page, PageWish, Span, columns, fetch, heads, title
from koba_desktop.gui.calendar.scene import Scene
from koba_desktop.gui.calendar.view import CalendarView
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.widgets import Heading, SecondText, ToolButton
from koba_desktop.i18n import _
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.rows import AppointmentRow

TOPICS = (Topic.APPOINTMENTS, Topic.ROOMS, Topic.LETTERS, Topic.OFFICE, Topic.MODES, Topic.CLIENTS)
COLUMNS_AT_FIRST = 6


class CalendarPanel(QWidget):
    """Day and week. The old picture stays until the new one is there."""

    page_shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendar")
        self.setAccessibleName(_("Calendar"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._desk = desk
        settings = QSettings()
        self._span = Span(str(settings.value("calendar/span", Span.WEEK.value)))
        self._day = desk.today()
        self._chosen: dict[Span, tuple[UUID, ...]] = {}
        self._page: Page | None = None
        self._dirty = True
        self._select_next: UUID | None = None
        self._stand_next: tuple[int, int] | None = None
        self._notice_row: UUID | None = None
        self._telling = False
        self._clip: tuple[AppointmentRow, bool] | None = None  # and whether it was cut
        self._mover = Mover(desk, self)
        self._build(settings)
        self._wire()
        self._offer_advisors()

    # --- building ---------------------------------------------------------------------------------

    def _build(self, settings: QSettings) -> None:
        self._title = Heading("", 1, self)
        self._beside = SecondText("", self)
        self.chooser = AdvisorChooser(self)
        self.view = CalendarView(self)
        self.view.setObjectName("calendar_view")
        self.view.step = int(str(settings.value("calendar/step", 30)))
        self.view.single_keys = settings.value("calendar/single_keys", True, bool) is True
        self.actions_ = CalendarActions(self, self.view)
        self._zoom = ToolButton("", "zoom", self, tool_tip=_("Zoom"))
        self._zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._zoom.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        menu = QMenu(self._zoom)
        menu.addActions(list(self.actions_.zooms.values()))
        menu.addSeparator()
        menu.addActions([self.actions_.former, self.actions_.legend, self.actions_.single_keys])
        self._zoom.setMenu(menu)
        self._header = ColumnHeader(self)
        self._legend = Legend(self)
        self._legend.setVisible(settings.value("calendar/legend", True, bool) is True)
        self._card = HoverCard(self)
        self.notice = BlockMessage(self)
        top = QHBoxLayout()
        top.setContentsMargins(10, 6, 10, 6)
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(self._beside)
        top.addWidget(self.chooser, 1)
        top.addWidget(self._zoom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._header)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._legend)
        self.setTabOrder(self.chooser, self._zoom)
        self.setTabOrder(self._zoom, self.view)
        self.setTabOrder(self.view, self.notice)
        self.setFocusProxy(self.view)

    def _wire(self) -> None:
        a, view, desk = self.actions_, self.view, self._desk
        a.connect(a.today, self.go_today)
        a.connect(a.back, lambda: self.turn(-1))
        a.connect(a.forward, lambda: self.turn(1))
        a.connect(a.date, self.choose_date)
        a.connect(a.day_view, lambda: self.show_span(Span.DAY))
        a.connect(a.week_view, lambda: self.show_span(Span.WEEK))
        for step in STEPS:
            a.connect(a.zooms[step], partial(self.set_step, step))
        a.former.toggled.connect(lambda _on: self.refresh())
        a.legend.setChecked(not self._legend.isHidden())
        a.legend.toggled.connect(self._on_legend)
        a.single_keys.setChecked(view.single_keys)
        a.single_keys.toggled.connect(self._on_single_keys)
        a.connect(a.new, self._new_here)
        a.connect(a.open, self._open_current)
        a.connect(a.cut, lambda: self._take(cut=True))
        a.connect(a.copy, lambda: self._take(cut=False))
        a.connect(a.paste, self._paste)
        view.opened.connect(self._open)
        view.creation_requested.connect(self._create)
        view.client_dropped.connect(self._on_client_dropped)
        view.move_requested.connect(self._on_move)
        view.edge_move_requested.connect(self._on_edge_move)
        view.page_requested.connect(lambda n: self.go_to(self._day + timedelta(days=7 * n)))
        view.step_requested.connect(self._on_step)
        view.today_requested.connect(self.go_today)
        view.date_requested.connect(self.choose_date)
        view.menu_requested.connect(self._on_menu)
        view.hovered.connect(self._on_hovered)
        view.geometry_changed.connect(self._show_heads)
        view.verticalScrollBar().valueChanged.connect(lambda _v: self._place_notice())
        view.selectionModel().currentChanged.connect(lambda _n, _o: self._on_current())
        self.chooser.changed.connect(self._on_chosen)
        self._mover.pending_changed.connect(self._redraw)
        self._mover.refused.connect(self._on_refused)
        self._mover.moved.connect(self._on_moved)
        self.notice.retried.connect(self._mover.retry)
        self.notice.closed.connect(self._on_notice_closed)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._on_tick)
        desk.book_changed.connect(self._offer_advisors)
        desk.actor_changed.connect(self._on_actor)
        desk.appointment_selected.connect(self._on_appointment_selected)
        desk.client_selected.connect(self._on_client_selected)
        desk.day_requested.connect(self.go_to)
        self._show_step()

    def commands(self) -> list[QAction]:
        """For the command search."""
        return self.actions_.all()

    def tools(self) -> list[list[QAction]]:
        """For the window's tool bar while this panel is in front."""
        return self.actions_.groups()

    # --- which page -------------------------------------------------------------------------------

    @property
    def span(self) -> Span:
        return self._span

    @property
    def page(self) -> Page | None:
        """What is on the screen now."""
        return self._page

    def show_span(self, span: Span) -> None:
        if span is not self._span:
            self._chosen[self._span] = tuple(a.id for a in self.chooser.chosen)
            self._span = span
            QSettings().setValue("calendar/span", span.value)
            self._offer_advisors()

    def go_to(self, day: date) -> None:
        """Show a day, in the span chosen."""
        self._day = day
        self.refresh()

    def go_today(self) -> None:
        minute = wall(self._desk.now()).hour * 60
        self._stand_next = (-1, minute)
        self.go_to(self._desk.today())

    def turn(self, pages: int) -> None:
        """Forward by weeks, or by working days in the day view."""
        if self._span is Span.WEEK:
            self.go_to(self._day + timedelta(days=7 * pages))
            return
        day, side = self._day, 1 if pages > 0 else -1
        for _n in range(abs(pages)):
            day += timedelta(days=side)
            while day.weekday() > 4:
                day += timedelta(days=side)
        self.go_to(day)

    def choose_date(self) -> None:
        popup = DatePopup(self._day, self)
        popup.chosen.connect(self.go_to)
        popup.show_at(self._title.mapToGlobal(QPoint(0, self._title.height() + 4)))

    def set_step(self, minutes: int) -> None:
        """Zoom to slots of 15, 30 or 60 minutes."""
        QSettings().setValue("calendar/step", minutes)
        self.view.set_step(minutes)
        self._show_step()

    def refresh(self) -> None:
        """Ask for the page in force; only when somebody can see it."""
        if not self.isVisible():
            self._dirty = True
            return
        self._dirty = False
        wish = self._wish()
        self._desk.ask(lambda view: fetch(view, wish), self._on_page, owner=self, key="page")

    def _wish(self) -> PageWish:
        return PageWish(
            self._desk.office.id,
            self._span,
            self._day,
            self.chooser.chosen,
            self.actions_.former.isChecked(),
        )

    def _on_page(self, page: Page) -> None:
        self._page = page
        self._mover.settle(page.content.appointments)
        self._redraw()
        wish = page.wish
        self.actions_.day_view.setChecked(wish.span is Span.DAY)
        self.actions_.week_view.setChecked(wish.span is Span.WEEK)
        if self._select_next is not None:
            self.view.select_appointment(self._select_next)
            self._select_next = None
        if self._stand_next is not None:
            column, minute = self._stand_next
            self._stand_next = None
            self._stand(column, minute)
        if self.view.hasFocus():
            self.view.take_place()
        self.page_shown.emit()

    def _stand(self, column: int, minute: int) -> None:
        """Put the keyboard in a column; -1: that of today, else the last."""
        count = len(self.view.scene.columns)
        if column < 0:
            today = self._desk.today()
            days = [c.day for c in self.view.scene.columns]
            column = days.index(today) if today in days else count - 1
        if count:
            self.view.stand_near(min(column, count - 1), minute)

    def _redraw(self) -> None:
        page = self._page
        if page is None:
            return
        rows = self._mover.adapt(page.content.appointments)
        wish = page.wish
        only = wish.advisors[0].id if len(wish.advisors) == 1 else None
        scene = Scene(columns(wish, rows), page.content.days, rows, only)
        self.view.with_advisor = wish.span is Span.WEEK and len(wish.advisors) > 1
        self.view.set_pending(self._mover.pending)
        self.view.set_former(page.former)
        self.view.set_now(self._desk.now())
        self.view.show_scene(scene)
        text, beside = title(wish, scene.columns)
        self._title.setText(text)
        info = page.content.days[0] if page.content.days else None
        notes = info.notes if info is not None and wish.span is Span.DAY else ()
        self._beside.setText(" · ".join((beside, *notes) if beside else notes))
        self.view.setAccessibleName(f"{_('Calendar')}, {text}")
        self._show_heads()
        self._place_notice()

    def _show_heads(self) -> None:
        if self._page is not None:
            page, view = self._page, self.view
            self._header.show_heads(
                heads(
                    page.wish,
                    view.scene.columns,
                    page.content.days,
                    view.scene.rows,
                    self._desk.now(),
                    self._desk.member.id,
                ),
                view.geometry_now,
            )

    # --- whose ------------------------------------------------------------------------------------

    def _offer_advisors(self) -> None:
        """Week: me. Day: my team, or me and a few others."""
        desk = self._desk
        me = desk.member
        advisors = sorted(
            desk.book.advisors(desk.office.id, self._day),
            key=lambda a: (a.team != me.team, a.team),
        )
        ids = [a.id for a in advisors]
        if self._span in self._chosen:
            chosen: Sequence[UUID] = self._chosen[self._span]
        elif self._span is Span.WEEK:
            chosen = [me.id] if me.id in ids else ids[:1]
        else:
            chosen = self._some(advisors, me)
        team = me.team if any(a.team == me.team for a in advisors) else ""
        self.chooser.offer(advisors, team, chosen)
        self.refresh()

    def _some(self, advisors: Sequence[Staff], me: Staff) -> list[UUID]:
        team = [a.id for a in advisors if me.team and a.team == me.team]
        if len(team) > 1:
            return team
        first = [a.id for a in advisors if a.id == me.id]
        rest = [a.id for a in advisors if a.id != me.id]
        return [*first, *rest][:COLUMNS_AT_FIRST]

    def _on_chosen(self) -> None:
        self._chosen[self._span] = tuple(a.id for a in self.chooser.chosen)
        self.refresh()

    def _on_actor(self) -> None:
        self._chosen.clear()
        self._offer_advisors()

    # --- doing ------------------------------------------------------------------------------------

    def _open(self, appointment_id: UUID) -> None:
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(appointment_id=appointment_id)
        )

    def _open_current(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self._open(row.id)

    def _new_here(self) -> None:
        slot = self.view.current_slot()
        row = self.view.current_row()
        starts = slot.starts if slot is not None else row.ends if row is not None else None
        advisor = self._column_advisor()
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(advisor_id=advisor, starts=starts)
        )

    def _column_advisor(self, column: int | None = None) -> UUID | None:
        """The advisor a new appointment in a column is for."""
        slot = self.view.current_slot()
        if column is None and slot is not None:
            column = slot.column
        if column is not None and self.view.scene.columns[column].advisor_id is not None:
            return self.view.scene.columns[column].advisor_id
        chosen = [a.id for a in self.chooser.chosen]
        me = self._desk.member.id
        return me if me in chosen else chosen[0] if chosen else None

    def _create(self, ghost: Ghost, client_id: UUID | None = None) -> None:
        starts, _ends = ghost.times(self.view.scene.columns)
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(
                client_id=client_id,
                advisor_id=self._column_advisor(ghost.column),
                starts=starts,
                minutes=ghost.minutes,
            )
        )

    def _on_client_dropped(self, client_id: UUID, ghost: Ghost) -> None:
        self._create(ghost, client_id)

    def _on_move(self, ghost: Ghost) -> None:
        row = ghost.row
        if row is None:
            return
        starts, ends = ghost.times(self.view.scene.columns)
        advisor = ghost.advisor(self.view.scene.columns) or row.advisor_id
        self._go(row, starts, ends, advisor)

    def _go(self, row: AppointmentRow, starts: datetime, ends: datetime, advisor: UUID) -> None:
        self.notice.dismiss()
        if row.state not in MOVABLE:
            self._on_refused(
                Refusal(
                    Move(row=row, starts=starts, ends=ends, advisor_id=advisor),
                    (_("Only proposed and confirmed appointments can be moved."),),
                    frozenset(),
                )
            )
        elif (starts, ends, advisor) != (row.starts, row.ends, row.advisor_id):
            self._mover.go(Move(row=row, starts=starts, ends=ends, advisor_id=advisor))

    def _on_edge_move(self, row: AppointmentRow, side: int) -> None:
        """Alt+arrow past the last day: to the next working day, and show it."""
        if self._span is Span.DAY:
            return
        day = day_of(row.starts) + timedelta(days=side)
        while day.weekday() > 4:
            day += timedelta(days=side)
        starts = moment_at(day, minute_of(row.starts, day_of(row.starts)))
        self._select_next = row.id
        self._go(row, starts, starts + (row.ends - row.starts), row.advisor_id)
        self.go_to(day)

    def _on_step(self, side: int, minute: int) -> None:
        self._stand_next = (0 if side > 0 else 1000, minute)
        self.turn(side)

    def _take(self, *, cut: bool) -> None:
        row = self.view.current_row()
        if row is not None:
            self._clip = (row, cut)
            text = _("{name} cut: paste it at another time") if cut else _("{name} copied")
            self._desk.message.emit(text.format(name=row.family_name or row.kind_name), False)

    def _paste(self) -> None:
        slot = self.view.current_slot()
        if self._clip is None or slot is None:
            return
        row, cut = self._clip
        ends = slot.starts + (row.ends - row.starts)
        advisor = self.view.scene.columns[slot.column].advisor_id or row.advisor_id
        self._select_next = row.id if cut else None
        if cut:
            self._clip = None
            self._go(row, slot.starts, ends, advisor)
        else:
            self._mover.book_copy(
                Move(row=row, starts=slot.starts, ends=ends, advisor_id=advisor, copy=True)
            )

    # --- what is said about it --------------------------------------------------------------------

    def _on_refused(self, refusal: Refusal) -> None:
        self.refresh()
        self._notice_row = refusal.move.row.id
        self.notice.show_refusal(refusal, self._block(self._notice_row))

    def _on_moved(self, move: Move, text: str, offer: bool) -> None:
        if offer:
            self._notice_row = move.row.id
            self.notice.offer(
                text,
                _("The client holds a letter with the former time."),
                _("Write a letter about the new time"),
                partial(self._mover.write_letter, move.row),
                self._block(move.row.id),
            )

    def _block(self, appointment_id: UUID | None) -> QRect:
        block = self.view.row_rect(appointment_id) if appointment_id else QRect()
        if block.isNull():
            block = QRect(
                self.view.viewport().rect().center(), self.view.viewport().rect().center()
            )
        offset = self.view.viewport().mapTo(self, QPoint(0, 0))
        return block.translated(offset)

    def _place_notice(self) -> None:
        if self.notice.isVisible():
            self.notice.follow(self._block(self._notice_row))

    def _on_notice_closed(self) -> None:
        self.view.setFocus()

    def _on_hovered(self, row: AppointmentRow | None, block: QRect) -> None:
        if row is not None and self.notice.isVisible():
            row = None
        self._card.offer(row, block.translated(self.view.viewport().mapTo(self, QPoint(0, 0))))

    def _on_menu(self, place: QPoint, row: AppointmentRow | None) -> None:
        self.actions_.paste.setEnabled(self._clip is not None)
        menu = build_menu(self._desk, self.actions_, row, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    # --- selecting, both ways ---------------------------------------------------------------------

    def _on_current(self) -> None:
        row = self.view.current_row()
        if self._telling or row is None:
            return
        self._telling = True
        try:
            self._desk.appointment_selected.emit(row.id)
            if row.client_id is not None:
                self._desk.client_selected.emit(row.client_id)
        finally:
            self._telling = False

    def _on_appointment_selected(self, appointment_id: UUID | None) -> None:
        if self._telling or appointment_id is None:
            return
        if self.view.rows.index_of(appointment_id).isValid():
            self._quietly_select(appointment_id)
        elif self.isVisible():
            self._desk.ask(
                lambda view: view.reader.appointment_rows([appointment_id]),
                self._show_found,
                owner=self,
                key="found",
            )

    def _on_client_selected(self, client_id: UUID | None) -> None:
        """Bring the client's next appointment into view."""
        if self._telling or client_id is None or not self.isVisible():
            return
        now = self._desk.now()

        def upcoming(rows: Sequence[AppointmentRow]) -> list[AppointmentRow]:
            ahead = [r for r in rows if r.ends > now and r.state in MOVABLE]
            return sorted(ahead, key=lambda r: r.starts)[:1]

        shown = upcoming([r for r in self.view.scene.rows if r.client_id == client_id])
        if shown:
            self._quietly_select(shown[0].id)
        else:
            self._desk.ask(
                lambda view: upcoming(view.reader.client_appointments(client_id)),
                self._show_found,
                owner=self,
                key="found",
            )

    def _show_found(self, rows: Sequence[AppointmentRow]) -> None:
        """Go to the day of an appointment; its advisor joins those shown."""
        if not rows or rows[0].office_id != self._desk.office.id:
            return
        row = rows[0]
        self._select_next = row.id
        if row.advisor_id not in {a.id for a in self.chooser.chosen}:
            self._day = day_of(row.starts)
            self.chooser.toggle(row.advisor_id)
        else:
            self.go_to(day_of(row.starts))

    def _quietly_select(self, appointment_id: UUID) -> None:
        self._telling = True
        try:
            self.view.select_appointment(appointment_id)
        finally:
            self._telling = False

    # --- what changes -----------------------------------------------------------------------------

    def _on_changed(self, changes: ChangeSet) -> None:
        if not changes.concerns(*TOPICS):
            return
        wish = self._wish()
        if changes.days and not changes.everything and not any(map(wish.shows, changes.days)):
            return
        self.refresh()

    def _on_tick(self) -> None:
        self.view.set_now(self._desk.now())
        self._show_heads()

    def _on_legend(self, on: bool) -> None:
        QSettings().setValue("calendar/legend", on)
        self._legend.setVisible(on)

    def _on_single_keys(self, on: bool) -> None:
        QSettings().setValue("calendar/single_keys", on)
        self.view.single_keys = on

    def _show_step(self) -> None:
        self._zoom.setText(_("{n} min").format(n=self.view.step))
        self.actions_.zooms[self.view.step].setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.notice.isVisible():
            self.notice.dismiss()
        else:
            super().keyPressEvent(event)
