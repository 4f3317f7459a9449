"""The timeline by keyboard: along a row, from row to row, and moving without the mouse."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from koba_desktop.gui.blocks.keyboard import ACTIONS, ALT, ARROWS, Action, BlockKeyboard, Key
from koba_desktop.gui.timeline.gestures import GRID
from koba_desktop.gui.timeline.ghost import Ghost, judged, spoken
from koba_desktop.gui.timeline.model import Spot
from koba_desktop.gui.timeline.scene import Scene, Stop

if TYPE_CHECKING:
    from koba_desktop.gui.timeline.view import RoomTimeline

_ACTIONS = {
    **ACTIONS,
    Key.Key_PageUp: Action.MovePageUp,
    Key.Key_PageDown: Action.MovePageDown,
}


class Keyboard(BlockKeyboard[Ghost]):
    """Goes about by stops, the uses and what is free between them."""

    _view: "RoomTimeline"

    def __init__(self, view: "RoomTimeline") -> None:
        super().__init__(view)
        self._level: int | None = None  # the minute Up and Down keep to from row to row

    # --- keys -------------------------------------------------------------------------------------

    def _act(self, key: Key) -> bool:
        if key in _ACTIONS:
            self.move(_ACTIONS[key])
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._view.open_current()
        else:
            return False
        return True

    def enter(self) -> None:
        """The focus came: stand at what is free from now on in the first row. Nobody is selected
        yet, so that the other panels keep theirs."""
        view = self._view
        if view.currentIndex().isValid() or not view.scene.lines:
            return
        free = [stop for stop in view.scene.stops(0) if stop.block is None]
        ahead = [stop for stop in free if stop.ends > self._present()]
        if free:
            self._go(0, (ahead or free)[0])

    # --- going about ------------------------------------------------------------------------------

    def _present(self) -> int:
        view = self._view
        minute = int(view.now_minute) if view.now_minute is not None else view.scene.first
        return max(view.scene.first, min(minute, view.scene.last - 1))

    def _place(self) -> tuple[int, int]:
        """Row and minute the keyboard is at."""
        view = self._view
        block, spot = view.current_block(), view.current_spot()
        if block is not None:
            return block.line, block.starts
        if spot is not None:
            return spot.line, spot.stop.starts
        return 0, self._present()

    def move(self, action: Action) -> QModelIndex:
        """Go one stop further along the row, or to another row at the same minute."""
        view = self._view
        if not view.scene.lines:
            return QModelIndex()
        line, minute = self._place()
        rows = {Action.MoveUp: -1, Action.MoveDown: 1}
        pages = {Action.MovePageUp: -1, Action.MovePageDown: 1}
        if action in rows or action in pages:
            by = rows[action] if action in rows else pages[action] * view.rows_seen()
            level = minute if self._level is None else self._level
            self._stand(max(0, min(line + by, len(view.scene.lines) - 1)), level)
            self._level = level
            return view.currentIndex()
        stops = view.scene.stops(line)
        at = self._stop_number(stops, minute)
        if action in (Action.MoveLeft, Action.MovePrevious):
            at = max(0, at - 1)
        elif action in (Action.MoveRight, Action.MoveNext):
            at = min(len(stops) - 1, at + 1)
        elif action is Action.MoveHome:
            at = 0
        elif action is Action.MoveEnd:
            at = len(stops) - 1
        else:
            return view.currentIndex()
        if stops:
            self._go(line, stops[at])
        return view.currentIndex()

    def _stop_number(self, stops: list[Stop], minute: int) -> int:
        block = self._view.current_block()
        if block is not None:
            for number, stop in enumerate(stops):
                if stop.block is not None and stop.block.id == block.id:
                    return number
        return next((n for n, stop in enumerate(stops) if stop.starts >= minute), len(stops) - 1)

    def _stand(self, line: int, minute: int) -> None:
        """At what lies at a minute of a row, else at what lies before it."""
        stops = self._view.scene.stops(line)
        if not stops:
            return
        for stop in stops:
            if stop.block is not None and stop.starts <= minute < stop.block.until:
                self._go(line, stop)
                return
        before = [stop for stop in stops if stop.starts <= minute]
        self._go(line, before[-1] if before else stops[0])

    def _go(self, line: int, stop: Stop) -> None:
        self._level = None
        if stop.block is not None:
            self._view.stand_on_block(stop.block)
        else:
            self._view.stand_on_spot(Spot(line, stop))

    # --- moving a use -----------------------------------------------------------------------------

    def _nudge(self, key: Key, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers != ALT or key not in ARROWS:
            return False
        view = self._view
        block = view.current_block()
        if block is None or not block.movable_elsewhere:
            return False
        trying = view.ghost if self._trying and view.ghost is not None else None
        line, starts = (trying.line, trying.starts) if trying else (block.line, block.starts)
        side = 1 if key in (Key.Key_Down, Key.Key_Right) else -1
        if key in (Key.Key_Up, Key.Key_Down):
            line = max(0, min(line + side, len(view.scene.lines) - 1))
        else:
            starts = (starts // GRID + side) * GRID if side > 0 else (starts - 1) // GRID * GRID
        ghost = judged(view.scene, block, line, starts, view.now)
        self._try_out(ghost)
        view.ensure_shown(view.ghost_rects(ghost)[0])
        QAccessible.updateAccessibility(
            QAccessibleAnnouncementEvent(view, spoken(ghost, view.scene))
        )
        return True

    def _carry_out(self, ghost: Ghost) -> None:
        if ghost.elsewhere:
            self._view.request_move(ghost)

    def follow(self, scene: Scene) -> None:
        """The scene is another one: what is tried goes on unless it is gone or was changed."""
        ghost = self._view.ghost
        if self._trying and ghost is not None:
            block = scene.block_of(ghost.block.id)
            if block is None or block.row != ghost.block.row:
                self.drop()
            else:
                self._view.set_ghost(judged(scene, block, ghost.line, ghost.starts, self._view.now))
