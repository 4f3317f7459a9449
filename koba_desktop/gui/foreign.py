"""What other programs commit, paced for the panels; and what they changed a moment ago."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject, QSettings, QTimer, Signal

from koba_desktop.gui.actions import MARK_SECONDS
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.services.ports import Foreign
from koba_desktop.services.touched import Touched

MERGE_MS = 100
"""The least time the panels are given to answer."""
MOST_REST_MS = 1000
AGAIN_MS = 20
"""How often it is looked whether the panels have their answers."""
TIDY_MS = 500
"""Marks that end so close to each other go together."""


class Pace(QObject):
    """Tells what others committed: at once where it was quiet, and merged in a busy office.

    While the panels still wait for answers nothing is told: each has one query under way at the
    most, and one after it with all that came meanwhile. Telling sooner would cancel the query
    under way, and a panel in a busy office would never see an answer. Then the window rests as
    long as it worked: whoever types must not feel the others.
    """

    told = Signal(object)  # Foreign

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._rows: set[tuple[str, UUID]] = set()
        self._everything = self._resting = False
        self._work = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_time)

    def take(self, foreign: Foreign) -> None:
        """Somebody committed."""
        self._rows |= foreign.rows
        self._everything = self._everything or foreign.everything
        if not self._timer.isActive():
            self._tell()

    def _tell(self) -> None:
        foreign = Foreign(frozenset(self._rows), self._everything)
        self._rows, self._everything, self._resting = set(), False, False
        self._work.start()
        self._timer.start(MERGE_MS)
        self.told.emit(foreign)

    def _on_time(self) -> None:
        if self._tasks.waits_for(Lane.QUERIES):
            self._timer.start(AGAIN_MS)
        elif not self._resting:
            self._resting = True
            self._timer.start(min(self._work.elapsed(), MOST_REST_MS))
        elif self._rows or self._everything:
            self._tell()


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody else changed this: who (a staff id) and when (UTC), where that is known."""

    by: UUID | None
    at: datetime | None
    ends: float  # on the marks' own clock, in seconds


class Marks(QObject):
    """What others changed in the last seconds, by id. A row it is about shows a small sign."""

    changed = Signal(object)  # frozenset of UUIDs: their marks came or went

    def __init__(
        self, parent: QObject | None = None, *, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._marks: dict[UUID, Mark] = {}
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.tidy)

    @property
    def seconds(self) -> int:
        """How long a mark stays; 0 where the user wants none."""
        chosen = QSettings().value("marks/seconds", MARK_SECONDS[0], int)
        return chosen if chosen in MARK_SECONDS else MARK_SECONDS[0]

    @property
    def any(self) -> bool:
        """Whether there is a mark at all."""
        return bool(self._marks)

    def ids(self) -> tuple[UUID, ...]:
        """Everything that has a mark now."""
        return tuple(self._marks)

    def put(self, rows: Iterable[Touched]) -> None:
        """These were changed just now."""
        seconds = self.seconds
        if not seconds:
            return
        ends = self._clock() + seconds
        new = {each: Mark(row.by, row.at, ends) for row in rows for each in row.ids}
        if new:
            self._marks |= new
            self.changed.emit(frozenset(new))
            self._wait()

    def of(self, *ids: UUID | None) -> Mark | None:
        """The latest mark of something that is known by several ids."""
        found = [self._marks[each] for each in ids if each in self._marks]
        return max(found, key=lambda mark: mark.ends, default=None)

    def tidy(self) -> None:
        """Take off what has stood long enough."""
        now = self._clock()
        over = frozenset(each for each, mark in self._marks.items() if mark.ends <= now)
        for each in over:
            del self._marks[each]
        if over:
            self.changed.emit(over)
        self._wait()

    def _wait(self) -> None:
        if not self._marks:
            self._timer.stop()
        elif not self._timer.isActive():
            left = min(mark.ends for mark in self._marks.values()) - self._clock()
            self._timer.start(max(TIDY_MS, round(left * 1000)))
