"""The calendar panel: head, picture, legend, and what happens when something is done in it."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from koba_desktop.domain.clock import day_of, wall
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.gui.calendar.actions import STEPS, CalendarActions
from koba_desktop.gui.calendar.chooser import AdvisorChooser
from koba_desktop.gui.calendar.datepopup import DatePopup
from koba_desktop.gui.calendar.deeds import Deeds
from koba_desktop.gui.calendar.following import Following
from koba_desktop.gui.calendar.header import ColumnHeader
from koba_desktop.gui.calendar.hovercard import HoverCard
from koba_desktop.gui.calendar.legend import Legend
from koba_desktop.gui.calendar.message import BlockMessage
from koba_desktop.gui.calendar.neighbours import Neighbours
from koba_desktop.gui.calendar.pages import (
    Page,
    PageWish,
    Span,
    columns,
    fetch,
    heads,
    title,
    weekday_beside,
)
from koba_desktop.gui.calendar.scene import Scene
from koba_desktop.gui.calendar.view import CalendarView
from koba_desktop.gui.desk import Desk
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
        self.select_next: UUID | None = None
        self._stand_next: tuple[int, int] | None = None
        self._neighbours = Neighbours(desk, self)
        self._build(settings)
        self._deeds = Deeds(desk, self, self.notice)
        self._following = Following(desk, self)
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

    def _wire(self) -> None:
        a, view, desk = self.actions_, self.view, self._desk
        a.connect(a.today, self.go_today)
        a.connect(a.back, lambda: self.turn(-1))
        a.connect(a.forward, lambda: self.turn(1))
        a.connect(a.date, self.choose_date)
        a.connect(a.day_list, self._print_day)
        a.connect(a.slips, self._print_slips)
        a.connect(a.day_view, lambda: self.show_span(Span.DAY))
        a.connect(a.week_view, lambda: self.show_span(Span.WEEK))
        for step in STEPS:
            a.connect(a.zooms[step], partial(self.set_step, step))
        a.former.toggled.connect(lambda _on: self.refresh())
        a.legend.setChecked(not self._legend.isHidden())
        a.legend.toggled.connect(self._on_legend)
        a.single_keys.setChecked(view.single_keys)
        a.single_keys.toggled.connect(self._on_single_keys)
        view.page_requested.connect(lambda n: self.go_to(self._day + timedelta(days=7 * n)))
        view.step_requested.connect(self._on_step)
        view.today_requested.connect(self.go_today)
        view.date_requested.connect(self.choose_date)
        view.hovered.connect(self._on_hovered)
        view.geometry_changed.connect(self._show_heads)
        view.show_marks(desk.marks, desk.said_of)
        self.chooser.changed.connect(self._on_chosen)
        self._deeds.mover.pending_changed.connect(self._redraw)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._on_tick)
        desk.book_changed.connect(self._offer_advisors)
        desk.actor_changed.connect(self._on_actor)
        desk.day_requested.connect(self.go_to)
        self._show_step()

    def commands(self) -> list[QAction]:
        """For the command search."""
        return self.actions_.all()

    def prints(self) -> list[QAction]:
        """For the menu of what can be printed."""
        return [self.actions_.day_list, self.actions_.slips]

    def tools(self) -> list[list[QAction]]:
        """For the window's tool bar while this panel is in front."""
        return self.actions_.groups()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the slots. A focus proxy would make Tab pass over what stands above them."""
        self.view.setFocus(event.reason())

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

    def go_to(self, day: date, advisor_id: UUID | None = None) -> None:
        """Show a day, in the span chosen; an advisor not shown yet joins the others."""
        self._day = day
        if advisor_id is not None and advisor_id not in {a.id for a in self.chooser.chosen}:
            self.chooser.toggle(advisor_id)  # which refreshes
        else:
            self.refresh()

    def go_today(self) -> None:
        minute = wall(self._desk.now()).hour * 60
        self._stand_next = (-1, minute)
        self.go_to(self._desk.today())

    def turn(self, pages: int) -> None:
        """Forward by weeks, or by days from Monday to Friday in the day view."""
        self.go_to(self._day_at(pages))

    def _day_at(self, pages: int) -> date:
        if self._span is Span.WEEK:
            return self._day + timedelta(days=7 * pages)
        day, side = self._day, 1 if pages > 0 else -1
        for _n in range(abs(pages)):
            day = weekday_beside(day, side)
        return day

    def choose_date(self) -> None:
        popup = DatePopup(self._day, self)
        popup.chosen.connect(self.go_to)
        popup.show_at(self._title.mapToGlobal(QPoint(0, self._title.height() + 4)))

    def _print_day(self) -> None:
        """The list of the day somebody stands on."""
        from koba_desktop.gui.calendar.day_list import open_day_list

        open_day_list(self._desk, self.window(), *self._stands_on())

    def _print_slips(self) -> None:
        """The reply slips of the day somebody stands on."""
        from koba_desktop.gui.letters.reply_slips import open_reply_slips

        day, advisor_id = self._stands_on()
        open_reply_slips(self._desk, self.window(), day=day, advisor_id=advisor_id)

    def _stands_on(self) -> tuple[date, UUID | None]:
        """The day, and the only advisor shown, if it is one."""
        slot, row = self.view.current_slot(), self.view.current_row()
        starts = slot.starts if slot is not None else row.starts if row is not None else None
        chosen = self.chooser.chosen
        day = self._day if starts is None else day_of(starts)
        return day, chosen[0].id if len(chosen) == 1 else None

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
        held = self._neighbours.take(wish)
        if held is not None:
            self._on_page(held)
        else:
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
        if page.wish != self._wish():  # overtaken by a page that was here already
            return
        self._page = page
        self._deeds.mover.settle(page.content.appointments)
        self._redraw()
        wish = page.wish
        self.actions_.day_view.setChecked(wish.span is Span.DAY)
        self.actions_.week_view.setChecked(wish.span is Span.WEEK)
        if self.select_next is not None:
            self.view.select_appointment(self.select_next)
            self.select_next = None
        if self._stand_next is not None:
            column, minute = self._stand_next
            self._stand_next = None
            self._stand(column, minute)
        if self.view.hasFocus():
            self.view.take_place()
        self.page_shown.emit()
        self._neighbours.fetch_around(page, (self._day_at(1), self._day_at(-1)))

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
        rows = self._deeds.mover.adapt(page.content.appointments)
        wish = page.wish
        only = wish.advisors[0].id if len(wish.advisors) == 1 else None
        scene = Scene(columns(wish, rows), page.content.days, rows, only)
        self.view.with_advisor = wish.span is Span.WEEK and len(wish.advisors) > 1
        self.view.set_pending(self._deeds.mover.pending)
        self.view.set_former(page.former)
        self.view.set_now(self._desk.now())
        self.view.show_scene(scene)
        text, beside = title(wish, scene.columns)
        self._title.setText(text)
        info = page.content.days[0] if page.content.days else None
        notes = info.notes if info is not None and wish.span is Span.DAY else ()
        self._beside.setText(" · ".join((beside, *notes) if beside else notes))
        self.view.setAccessibleName(", ".join((_("Calendar"), text)))
        self._show_heads()
        self._deeds.place_notice()

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
        self._neighbours.forget()
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

    def _on_step(self, side: int, minute: int) -> None:
        self._stand_next = (0 if side > 0 else 1000, minute)
        self.turn(side)

    def _on_hovered(self, row: AppointmentRow | None, block: QRect) -> None:
        if row is not None and self.notice.isVisible():
            row = None
        said = self._desk.said_of(row.id) if row is not None else ""
        place = block.translated(self.view.viewport().mapTo(self, QPoint(0, 0)))
        self._card.offer(row, place, said)

    # --- what changes -----------------------------------------------------------------------------

    def _on_changed(self, changes: ChangeSet) -> None:
        if not changes.concerns(*TOPICS):
            return
        self._neighbours.forget()
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
