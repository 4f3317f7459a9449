"""Python's search for cyclic garbage, in the GUI thread alone.

Left to itself it runs in whichever thread allocates next. In a worker it would delete widgets and
timers there, and Qt, which still holds them in the GUI thread's lists, ends the program.
"""

import gc

from PySide6.QtCore import QCoreApplication, Qt, QTimer

EVERY_MS = 1000
FIRST_MS = 5000
"""Not while the program starts, when all that is made stays (see ``settle``)."""
NAME = "garbage"
_OLDEST = 2
_GROWN = 1.25

_survivors = 0
"""What was left when all was looked through last."""
_settled = False


def collect_in_this_thread() -> None:
    """From now on look for garbage once a second, after some seconds, in the thread that calls.
    Twice is once."""
    application = QCoreApplication.instance()
    gc.disable()
    if application is None or application.findChild(QTimer, NAME) is not None:
        return
    timer = QTimer(application, interval=FIRST_MS)
    timer.setObjectName(NAME)
    timer.timeout.connect(
        lambda: timer.setInterval(EVERY_MS), Qt.ConnectionType.SingleShotConnection
    )
    timer.timeout.connect(collect_due)
    timer.start()


def settle() -> None:
    """Once the program has started: what is there stays, and is left out of the searches. To look
    through it once would hold the window for 100 ms. Twice is once: what is there later may go."""
    global _settled
    if not _settled:
        gc.freeze()
    _settled = True


def collect_due() -> None:
    """Collect the oldest generation whose threshold is passed, as Python itself would: all there is
    only once a quarter of it has come since it was looked through last. That takes longer than the
    window may stand still."""
    global _survivors
    for generation in (2, 1, 0):
        if gc.get_count()[generation] <= gc.get_threshold()[generation]:
            continue
        if generation == _OLDEST and _old_ones() < _survivors * _GROWN:
            continue
        gc.collect(generation)
        if generation == _OLDEST:
            _survivors = _old_ones()
        return


def _old_ones() -> int:
    return len(gc.get_objects(generation=_OLDEST))


def begin_heavy_work() -> None:
    """Before a worker makes a great deal of garbage: what is there by now is left out of the
    searches, which would look through thousands of letters again and again."""
    gc.freeze()


def collect_young() -> None:
    """While it does so: a little at a time, in the GUI thread, instead of much once a second."""
    gc.collect(0)


def end_heavy_work() -> None:
    """All is looked through again, once a quarter more is there than now."""
    global _survivors
    gc.unfreeze()
    _survivors = _old_ones()
