"""What became of a job, told by a printing service whose answers are written down before."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.system.printing.following import USUAL_PATIENCE, follow
from koba_desktop.system.printing.ipp import Gone, Service, ServiceAway, Values

PENDING, HELD, PROCESSING, COMPLETED = 3, 4, 5, 9
IDLE: Values = {"printer-state": (3,), "printer-is-accepting-jobs": (1,)}


@dataclass
class Told:
    """States of the job, look by look; None: it is not known (any more)."""

    looks: list[int | None]
    history: bool | None = False
    printer_state: Values = field(default_factory=lambda: IDLE)

    def job(self, _number: int, *_wanted: str) -> Values:
        state = self.looks.pop(0)
        if state is None:
            raise Gone("/jobs/17")
        return {"job-state": (state,)}

    def printer(self, _name: str, *_wanted: str) -> Values:
        return self.printer_state

    def remembers(self) -> bool:
        if self.history is None:
            raise ServiceAway("IPP 0401")
        return self.history


def followed(told: Told, *, remembers: bool = False) -> tuple[Any, ...]:
    """What is said of a job that was not printed; () where it was."""
    try:
        follow(
            cast(Service, told),
            "HBS-EG",
            17,
            patience=USUAL_PATIENCE,
            remembers=remembers,
            proceed=lambda: True,
        )
    except Unavailable as error:
        detail: tuple[Any, ...] = error.problems[0].params["detail"]
        return (*detail,) if error.code == "print_failed" else (error.code,)
    return ()


SEEN = ([PENDING, None], [PROCESSING, None], [PENDING, PROCESSING, PROCESSING, None])


@pytest.mark.parametrize("looks", SEEN)
def test_a_job_that_vanishes_from_a_service_with_a_memory_was_removed(
    looks: list[int | None],
) -> None:
    assert followed(Told(list(looks)), remembers=True) == (PrintTrouble.CANCELLED,)
    assert followed(Told(list(looks), history=True)) == (PrintTrouble.CANCELLED,)


@pytest.mark.parametrize("looks", SEEN)
def test_a_service_that_never_remembers_is_believed(looks: list[int | None]) -> None:
    assert followed(Told(list(looks), history=False)) == ()
    assert followed(Told(list(looks), history=None)) == ()


def test_a_job_that_is_over_before_the_first_look_counts_as_printed() -> None:
    assert followed(Told([None]), remembers=True) == ()
    assert followed(Told([COMPLETED]), remembers=True) == ()


def test_a_job_that_vanishes_with_its_printer_stopped_was_not_printed() -> None:
    stopped: Values = {"printer-state": (5,)}
    assert followed(Told([None], printer_state=stopped)) == (PrintTrouble.STOPPED,)


def test_a_held_job_is_not_waited_for() -> None:
    assert followed(Told([PENDING, HELD])) == (PrintTrouble.HELD,)
