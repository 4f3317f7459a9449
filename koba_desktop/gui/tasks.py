"""Worker lanes: commands (1), queries (2), PDF (1). Only lanes touch the database."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")


class Lane(Enum):
    COMMANDS = "commands"
    QUERIES = "queries"
    PDF = "pdf"


WORKERS = {Lane.COMMANDS: 1, Lane.QUERIES: 2, Lane.PDF: 1}


class Task:
    """A job under way. ``cancel`` drops its answer; a command is never cancelled."""

    def __init__(
        self,
        lane: Lane,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.lane = lane
        self.owner = owner
        self.done = done
        self.failed = failed
        self.cancelled = False

    def cancel(self) -> None:
        if self.lane is not Lane.COMMANDS:
            self.cancelled = True


class TaskRunner(QObject):
    """Runs jobs on lanes and brings their answers back to the GUI thread.

    The answer is dropped if the owner is gone or the task was cancelled; every submit has an
    error path.
    """

    _answered = Signal(object, object, object)  # Task, answer, error
    idle_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {
            lane: ThreadPoolExecutor(workers, thread_name_prefix=f"koba-{lane.value}")
            for lane, workers in WORKERS.items()
        }
        self._latest: dict[tuple[int, str], Task] = {}
        self._open = 0
        self._closed = False
        self._lock = threading.Lock()
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
        task = Task(lane, owner, done, failed)
        if self._closed:
            task.cancelled = True
            return task
        if key:
            before = self._latest.get((id(owner), key))
            if before is not None:
                before.cancel()
            self._latest[(id(owner), key)] = task
        self._open += 1
        if self._open == 1:
            self.idle_changed.emit(False)
        self._pools[lane].submit(self._run, task, job)
        return task

    @property
    def idle(self) -> bool:
        return self._open == 0

    def close(self) -> None:
        """Refuse new jobs, wait for the running ones. Commands already given are carried out:
        the last of them keep what was typed."""
        self._closed = True
        for lane, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=lane is not Lane.COMMANDS)

    def _run(self, task: Task, job: Callable[[], Any]) -> None:
        if task.cancelled:
            self._emit(task, None, None)
            return
        try:
            answer = job()
        except Exception as error:  # every error goes to the task's error path
            self._emit(task, None, error)
        else:
            self._emit(task, answer, None)

    def _emit(self, task: Task, answer: Any, error: Exception | None) -> None:
        if isValid(self):
            self._answered.emit(task, answer, error)

    @Slot(object, object, object)
    def _on_answered(self, task: Task, answer: Any, error: Exception | None) -> None:
        self._open -= 1
        try:
            if task.cancelled or not isValid(task.owner):
                return
            if error is not None:
                task.failed(error)
            else:
                task.done(answer)
        finally:
            if self._open == 0:
                self.idle_changed.emit(True)
