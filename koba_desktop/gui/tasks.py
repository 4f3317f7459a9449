"""Worker lanes: commands (1), queries (2), PDF (1), printer (1). Only lanes touch the database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from koba_desktop.gui.garbage import collect_in_this_thread

T = TypeVar("T")


class Lane(Enum):
    COMMANDS = "commands"
    QUERIES = "queries"
    PDF = "pdf"
    PRINTER = "printer"


WORKERS = {Lane.COMMANDS: 1, Lane.QUERIES: 2, Lane.PDF: 1, Lane.PRINTER: 1}


class Task:
    """A job under way. ``cancel`` drops its answer; a command is never cancelled."""

    def __init__(
        self,
        lane: Lane,
        job: Callable[[], Any],
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.lane = lane
        self.job = job
        self.owner = owner
        self.done = done
        self.failed = failed
        self.key = ""
        self.cancelled = False

    def cancel(self) -> None:
        if self.lane is not Lane.COMMANDS:
            self.cancelled = True


class TaskRunner(QObject):
    """Runs jobs on lanes and brings their answers back to the GUI thread.

    The answer is dropped if the owner is gone or the task was cancelled; every submit has an
    error path. Workers know a task by its number only: what a task holds on to, widgets among
    it, is let go in the GUI thread.
    """

    _answered = Signal(object, object, object)  # number of the task, answer, error
    idle_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        collect_in_this_thread()
        self._pools = {
            lane: ThreadPoolExecutor(workers, thread_name_prefix=f"koba-{lane.value}")
            for lane, workers in WORKERS.items()
        }
        self._tasks: dict[int, Task] = {}
        self._numbers = count()
        self._closed = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        lane: Lane,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: QObject,
        key: str = "",
    ) -> Task:
        """Run ``job`` on a lane. With ``key``, an earlier task of the same owner and key is
        cancelled first (a panel that asks again)."""
        task = Task(lane, job, owner, done, failed)
        if self._closed:
            task.cancelled = True
            return task
        number = next(self._numbers)
        if key:
            for earlier in self._tasks.values():
                if earlier.owner is owner and earlier.key == key:
                    earlier.cancel()
            task.key = key
        self._tasks[number] = task
        if len(self._tasks) == 1:
            self.idle_changed.emit(False)
        self._pools[lane].submit(self._run, number)
        return task

    @property
    def idle(self) -> bool:
        return not self._tasks

    def waits_for(self, lane: Lane) -> bool:
        """Whether a job of that lane is under way or waits for its turn, cancelled or not."""
        return any(task.lane is lane for task in self._tasks.values())

    @property
    def closed(self) -> bool:
        """Whether no job is taken any more: a long one asks from time to time, and stops."""
        return self._closed

    def close(self) -> None:
        """Refuse new jobs, wait for the running ones. Commands already given are carried out:
        the last of them keep what was typed."""
        self._closed = True
        for lane, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=lane is not Lane.COMMANDS)

    def _run(self, number: int) -> None:
        answer, error = None, None
        try:
            if not self._tasks[number].cancelled:
                answer = self._tasks[number].job()
        except Exception as raised:  # every error goes to the task's error path
            error = raised
        if isValid(self):
            self._answered.emit(number, answer, error)

    @Slot(object, object, object)
    def _on_answered(self, number: int, answer: Any, error: Exception | None) -> None:
        task = self._tasks.pop(number)
        try:
            if task.cancelled or not isValid(task.owner):
                return
            if error is not None:
                task.failed(error)
            else:
                task.done(answer)
        finally:
            if not self._tasks:
                self.idle_changed.emit(True)
