"""The calendar by keyboard: slots and appointments, moving and stretching without the mouse."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt

from koba_desktop.gui.blocks.keyboard import ACTIONS, ALT, ARROWS, Action, BlockKeyboard, Key
from koba_desktop.gui.blocks.minutes import MINUTES_A_DAY, minute_of
from koba_desktop.gui.calendar.ghost import Ghost, judged
from koba_desktop.gui.calendar.scene import Stop

if TYPE_CHECKING:
    from koba_desktop.gui.calendar.view import CalendarView

GRID = 15  # minutes an Alt+arrow moves
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Keyboard(BlockKeyboard[Ghost]):
    """Goes about by stops, the appointments and the free slots; Shift stretches what Alt moves."""

    _view: "CalendarView"

    def __init__(self, view: "CalendarView") -> None:
        super().__init__(view)
        self._level: int | None = None  # the minute Left and Right keep to across columns

    # --- keys -------------------------------------------------------------------------------------

    def _act(self, key: Key) -> bool:
        if key in ACTIONS:
            index = self.move(ACTIONS[key])
            if index.isValid() and index != self._view.rows.slot_index():
                self._view.select_appointment(index.data(Qt.ItemDataRole.UserRole))
            return True
        if key in (Key.Key_PageUp, Key.Key_PageDown):
            self._view.page_requested.emit(1 if key is Key.Key_PageDown else -1)
            return True
        if key in (Key.Key_Return, Key.Key_Enter):
            self._enter_key()
            return True
        return self._single_key(key)

    def enter(self) -> None:
        """The focus came: stand at the first free slot from now on. Nobody is selected yet, so
        that the other panels keep theirs."""
        view = self._view
        if not view.currentIndex().isValid() and view.scene.columns:
            column, minute = self._place()
            free = [
                stop.starts
                for stop in view.scene.stops(column, view.step)
                if stop.number is None and stop.starts >= minute
            ]
            view.stand_on(column, free[0] if free else minute)

    def _enter_key(self) -> None:
        row = self._view.current_row()
        if row is not None:
            self._view.opened.emit(row.id)
        else:
            self._create()

    def _single_key(self, key: Key) -> bool:
        if not self._view.single_keys:
            return False
        if key is Key.Key_N:
            self._create()
        elif key is Key.Key_T:
            self._view.today_requested.emit()
        elif key is Key.Key_G:
            self._view.date_requested.emit()
        else:
            return False
        return True

    def _create(self) -> None:
        if not self._view.scene.columns:
            return
        column, minute = self._place()
        self._view.creation_requested.emit(
            judged(self._view.scene, None, column, minute, self._view.step)
        )

    # --- going about ------------------------------------------------------------------------------

    def _place(self) -> tuple[int, int]:
        """Column and minute the keyboard is at; the present, or where the day begins."""
        view = self._view
        entry = view.scene.entry_of.get(view.currentIndex().row())
        if view.current_row() is not None and entry is not None:
            return entry.column, entry.starts
        slot = view.current_slot()
        if slot is not None:
            return slot.column, minute_of(slot.starts, view.scene.columns[slot.column].day)
        if view.now is not None:
            for number, column in enumerate(view.scene.columns):
                minute = minute_of(view.now, column.day)
                if view.scene.first <= minute < view.scene.last:
                    return number, minute // view.step * view.step
        for minute in range(view.scene.first, view.scene.last, view.step):
            if view.scene.closed_at(0, minute) is None:
                return 0, minute
        return 0, view.scene.first

    def move(self, action: Action) -> QModelIndex:
        """Go one stop further; past the first or last column, turn the page."""
        view = self._view
        if not view.scene.columns:
            return QModelIndex()
        column, minute = self._place()
        stops = view.scene.stops(column, view.step)
        row = view.currentIndex().row() if view.current_row() is not None else None
        at = next(
            (n for n, s in enumerate(stops) if s.number == row and s.starts == minute),
            next((n for n, s in enumerate(stops) if s.starts >= minute), 0),
        )
        if action in (Action.MoveUp, Action.MovePrevious):
            return self._go(column, stops[max(0, at - 1)])
        if action in (Action.MoveDown, Action.MoveNext):
            return self._go(column, stops[min(len(stops) - 1, at + 1)])
        if action is Action.MoveHome:
            return self._go(column, stops[0])
        if action is Action.MoveEnd:
            return self._go(column, stops[-1])
        if action in (Action.MoveLeft, Action.MoveRight):
            side = 1 if action is Action.MoveRight else -1
            if not 0 <= column + side < len(view.scene.columns):
                view.step_requested.emit(side, minute)
                return view.currentIndex()
            level = minute if self._level is None else self._level
            index = self._stand(column + side, level)
            self._level = level
            return index
        return view.currentIndex()

    def _stand(self, column: int, minute: int) -> QModelIndex:
        """At the appointment that covers a minute, else at the slot there."""
        view = self._view
        stops = view.scene.stops(column, view.step)
        for entry in view.scene.by_column[column]:
            if entry.starts <= minute < entry.ends:
                return self._go(column, Stop(entry.starts, entry.number))
        before = [s for s in stops if s.starts <= minute]
        return self._go(column, before[-1] if before else stops[0])

    def stand(self, column: int, minute: int) -> None:
        self._stand(column, minute)

    def _go(self, column: int, stop: Stop) -> QModelIndex:
        view = self._view
        self._level = None
        if stop.number is None:
            view.stand_on(column, stop.starts)
        else:
            view.select_appointment(view.scene.rows[stop.number].id)
        return view.currentIndex()

    # --- moving an appointment --------------------------------------------------------------------

    def _nudge(self, key: Key, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers not in (ALT, ALT | SHIFT) or key not in ARROWS:
            return False
        view = self._view
        row = view.current_row()
        entry = view.scene.entry_of.get(view.currentIndex().row())
        if row is None or entry is None:
            return False
        trying = view.ghost if view.ghost is not None and view.ghost.row == row else None
        column = trying.column if trying else entry.column
        starts = trying.starts if trying else entry.starts
        minutes = trying.minutes if trying else entry.ends - entry.starts
        side = 1 if key in (Key.Key_Down, Key.Key_Right) else -1
        if modifiers & SHIFT:
            if key in (Key.Key_Left, Key.Key_Right):
                return False
            minutes = max(GRID, minutes + side * GRID)
        elif key in (Key.Key_Up, Key.Key_Down):
            starts += side * GRID
        elif 0 <= column + side < len(view.scene.columns):
            column += side
        else:
            self.drop()
            view.edge_move_requested.emit(row, side)
            return True
        if starts >= 0 and starts + minutes <= MINUTES_A_DAY:
            ghost = judged(view.scene, row, column, starts, minutes)
            self._try_out(ghost)
            view.ensure_shown(view.ghost_rect(ghost))
        return True

    def _carry_out(self, ghost: Ghost) -> None:
        self._view.move_requested.emit(ghost)
