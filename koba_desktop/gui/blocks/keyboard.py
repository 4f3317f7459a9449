"""Blocks by keyboard: Alt and the arrows move one without the mouse."""

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

if TYPE_CHECKING:
    from koba_desktop.gui.blocks.view import BlockView

SETTLE_MS = 900  # a keyboard move counts once Alt is let go, or after this time

Action = QAbstractItemView.CursorAction
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
GhostT = TypeVar("GhostT")

ACTIONS = {
    Key.Key_Up: Action.MoveUp,
    Key.Key_Down: Action.MoveDown,
    Key.Key_Left: Action.MoveLeft,
    Key.Key_Right: Action.MoveRight,
    Key.Key_Home: Action.MoveHome,
    Key.Key_End: Action.MoveEnd,
}
ARROWS = (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right)


class BlockKeyboard(QObject, Generic[GhostT]):
    """Alt+arrows show a ghost first; letting Alt go, or another key, carries the move out, Esc
    drops it."""

    def __init__(self, view: "BlockView[GhostT]") -> None:
        super().__init__(view)
        self._view = view
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.commit)
        self._trying = False

    # --- what each view's keyboard knows itself ---------------------------------------------------

    def enter(self) -> None:
        """The focus came: stand somewhere that makes sense."""
        raise NotImplementedError

    def move(self, action: Action) -> QModelIndex:
        """Go about, as far as there is somewhere to go."""
        raise NotImplementedError

    def _nudge(self, key: Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Try a move if the key means one; True if it does."""
        raise NotImplementedError

    def _act(self, key: Key) -> bool:
        """A key without modifiers; True if it meant something."""
        raise NotImplementedError

    def _carry_out(self, ghost: GhostT) -> None:
        raise NotImplementedError

    # --- keys -------------------------------------------------------------------------------------

    def press(self, event: QKeyEvent) -> bool:
        """True if the key meant something here."""
        key, modifiers = Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Key.Key_Alt, Key.Key_Shift):
            return False
        if self._nudge(key, modifiers):
            return True
        if key is Key.Key_Escape:
            return self.drop()
        self.commit()
        return not modifiers and self._act(key)

    def release(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_Alt and not event.isAutoRepeat():
            self.commit()

    # --- moving a block ---------------------------------------------------------------------------

    def _try_out(self, ghost: GhostT) -> None:
        """Show where the block would lie; it counts unless Esc comes in time."""
        self._view.set_ghost(ghost)
        self._trying = True
        self._settle.start()

    def commit(self) -> None:
        """Carry out what Alt+arrows have shown."""
        self._settle.stop()
        ghost = self._view.ghost
        if self._trying and ghost is not None:
            self._trying = False
            self._view.set_ghost(None)
            self._carry_out(ghost)

    def drop(self) -> bool:
        """Forget what Alt+arrows have shown; True if there was something."""
        self._settle.stop()
        if self._trying:
            self._trying = False
            self._view.set_ghost(None)
            return True
        return False

    # --- what assistive technology is told --------------------------------------------------------

    def announce_free(self) -> None:
        """The free time under the keyboard is another one now."""
        event = QAccessibleEvent(self._view, QAccessible.Event.NameChanged)
        event.setChild(self._view.model().rowCount() - 1)
        QAccessible.updateAccessibility(event)
