"""Widgets are only ever deleted in the GUI thread, whatever the workers are doing."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer

from koba_desktop.gui import garbage
from koba_desktop.gui.garbage import collect_due
from koba_desktop.gui.tasks import Lane, TaskRunner
from tests.running import turn_until


@pytest.fixture
def tasks(qapp: object) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


class Panel(QObject):
    """Something with a timer that refers to itself, as panels do."""

    def __init__(self, deleted_in: list[threading.Thread]) -> None:
        super().__init__()
        self.timer = QTimer(self, interval=1)
        self.timer.start()
        self.myself = self
        weakref.finalize(self, lambda: deleted_in.append(threading.current_thread()))


def busy() -> None:
    """Allocate as much as a large answer does: far over Python's threshold."""
    kept = [[number] for number in range(20 * gc.get_threshold()[0])]
    assert kept


def failed(error: Exception) -> None:
    raise error


def test_a_busy_worker_does_not_collect_what_the_window_left_behind(tasks: TaskRunner) -> None:
    deleted_in: list[threading.Thread] = []
    panel = Panel(deleted_in)
    del panel
    for _again in range(5):
        tasks.submit(Lane.QUERIES, busy, lambda _answer: None, failed, tasks)
        turn_until(lambda: tasks.idle)
    gc.collect()
    assert deleted_in == [threading.main_thread()]


def test_the_gui_thread_looks_for_garbage_itself(tasks: TaskRunner) -> None:
    assert not gc.isenabled()
    gc.collect()
    deleted_in: list[threading.Thread] = []
    panel = Panel(deleted_in)
    del panel
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    assert kept
    turn_until(lambda: bool(deleted_in))
    assert deleted_in == [threading.main_thread()]


def test_nothing_is_looked_for_before_there_is_enough(tasks: TaskRunner) -> None:
    gc.collect()
    before = gc.get_stats()
    collect_due()
    assert gc.get_stats() == before


def test_all_is_looked_through_once_there_is_a_quarter_more(
    tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_survivors", 0)

    def searches() -> int:
        return gc.get_stats()[2]["collections"]

    def fill_up() -> list[list[int]]:
        """Some objects that stay, and younger generations searched often enough."""
        kept = [[number] for number in range(1000)]
        for _time in range(gc.get_threshold()[2] + 1):
            gc.collect(1)
        return kept

    stays = [fill_up()]
    collect_due()  # so many are left
    before = searches()
    stays.append(fill_up())
    collect_due()
    assert searches() == before
    old_ones = len(gc.get_objects(generation=2))
    stays += [[[number]] for number in range(old_ones // 2)]
    stays.append(fill_up())
    collect_due()
    assert searches() == before + 1


def test_what_is_there_after_the_start_is_left_out_of_the_searches(
    tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_settled", False)
    stays = [[number] for number in range(10_000)]
    garbage.settle()
    try:
        assert gc.get_freeze_count() > len(stays)
        assert gc.get_count()[0] < gc.get_threshold()[0]
        assert not any(each is stays for each in gc.get_objects())
        later = [[number] for number in range(10)]
        garbage.settle()
        assert any(each is later for each in gc.get_objects())
    finally:
        garbage.end_heavy_work()
    assert gc.get_freeze_count() == 0
    assert any(each is stays for each in gc.get_objects())


def test_a_run_makes_no_search_of_all_due(
    tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_survivors", 0)
    garbage.begin_heavy_work()
    garbage.end_heavy_work()
    before = gc.get_stats()[2]["collections"]
    for _time in range(gc.get_threshold()[2] + 1):
        gc.collect(1)
    collect_due()
    assert gc.get_stats()[2]["collections"] == before


def test_what_a_task_held_is_let_go_in_the_gui_thread(tasks: TaskRunner) -> None:
    deleted_in: list[threading.Thread] = []
    answers: list[int] = []

    class Owner(QObject):
        pass

    owner = Owner()
    weakref.finalize(owner, lambda: deleted_in.append(threading.current_thread()))
    tasks.submit(Lane.QUERIES, lambda o=owner: len(o.children()), answers.append, failed, owner)
    del owner
    turn_until(lambda: tasks.idle and bool(deleted_in))
    assert answers == [0]
    assert deleted_in == [threading.main_thread()]


def test_asked_again_only_the_last_answer_counts(tasks: TaskRunner) -> None:
    gate = threading.Event()
    answers: list[str] = []

    def waiting() -> str:
        assert gate.wait(10)
        return "first"

    tasks.submit(Lane.PDF, waiting, answers.append, failed, tasks, key="page")
    tasks.submit(Lane.PDF, lambda: "second", answers.append, failed, tasks, key="page")
    tasks.submit(Lane.PDF, lambda: "other", answers.append, failed, tasks, key="thumbnail")
    gate.set()
    turn_until(lambda: tasks.idle)
    assert answers == ["second", "other"]
