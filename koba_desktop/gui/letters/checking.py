"""Letters tried before anybody prints them: whether each can be set and keeps to the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from koba_desktop.domain.errors import OfficeError, Refused
from koba_desktop.gui.desk import Desk
from koba_desktop.services.letters.outbox import OutboxItem
from koba_desktop.services.letters.reading import LetterView, letter_views
from koba_desktop.services.letters.window_check import window_problem

MOST = 200
"""So many letters are tried; of more, each is only when it is printed."""
_SLICE = 5
"""Letters at a time: a preview asked for meanwhile waits for no more than these."""

_Key = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a trial found. ``refusal`` is why the letter cannot be printed."""

    pages: int
    refusal: OfficeError | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """Of several letters: their pages, and those that cannot be printed. ``complete``: all of them
    have been tried."""

    pages: int = 0
    refused: tuple[OutboxItem, ...] = ()
    complete: bool = False


class Checker(QObject):
    """Tries the letters that wait to be printed, a few at a time while nothing else is done. It
    changes nothing: a letter that fails is held when somebody prints it."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[_Key, Checked] = {}
        self._waiting: list[_Key] = []
        self._busy = False
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._next)

    def want(self, items: Sequence[OutboxItem]) -> None:
        """These are to be printed next."""
        keys = [_key(item) for item in items]
        self._known = {key: self._known[key] for key in keys if key in self._known}
        self._waiting = [key for key in keys[:MOST] if key not in self._known]
        self._pause.start()

    def of(self, item: OutboxItem) -> Checked | None:
        """None: not tried yet."""
        return self._known.get(_key(item))

    def findings(self, items: Sequence[OutboxItem]) -> Findings:
        found = [self.of(item) for item in items]
        tried = [one for one in found if one is not None]
        return Findings(
            pages=sum(one.pages for one in tried),
            refused=tuple(
                item
                for item, one in zip(items, found, strict=True)
                if one is not None and one.refusal is not None
            ),
            complete=len(tried) == len(items),
        )

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        keys, self._waiting = self._waiting[:_SLICE], self._waiting[_SLICE:]
        self._desk.ask(
            lambda view: letter_views(view, [letter_id for letter_id, _version in keys]),
            self._try,
            owner=self,
            failed=lambda _error: self._stop(),
        )

    def _try(self, views: Sequence[LetterView]) -> None:
        renderer = self._desk.renderer
        shown = [view for view in views if not view.blocked]

        def make() -> dict[_Key, Checked]:
            batch = renderer.render_batch(view.source for view in shown)
            return {
                (view.letter.id, view.letter.version): Checked(
                    placed.pages,
                    Refused(window_problem(placed.violations, str(view.letter.id)))
                    if placed.violations
                    else placed.error,
                )
                for view, placed in zip(shown, batch.letters, strict=True)
            }

        self._desk.make(make, self._take, owner=self, failed=lambda _error: self._stop())

    def _take(self, found: dict[_Key, Checked]) -> None:
        self._busy = False
        self._known |= found
        self.changed.emit()
        self._pause.start()

    def _stop(self) -> None:
        """Whoever looks at a letter or prints it is told what is wrong."""
        self._busy = False
        self._waiting = []


def _key(item: OutboxItem) -> _Key:
    return item.row.id, item.row.version
