"""A command whose line broke is tried again; one that may have been done is never called failed."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.retrying import AGAIN, PATIENCE_SECONDS, carried_out


class Line:
    """Answers with these codes one after the other, then "done"; time passes only in pauses."""

    def __init__(self, *codes: str) -> None:
        self._codes: Iterator[str] = iter(codes)
        self.time = 0.0
        self.tries = 0

    def once(self) -> str:
        self.tries += 1
        code = next(self._codes, "")
        if code:
            raise Unavailable(code)
        return "done"

    def run(self) -> str:
        return carried_out(self.once, pause=self._pause, clock=lambda: self.time)

    def _pause(self, seconds: float) -> None:
        self.time += seconds


@given(st.lists(st.sampled_from(sorted(AGAIN)), max_size=4))
def test_a_short_trouble_is_not_noticed(codes: list[str]) -> None:
    line = Line(*codes)
    assert line.run() == "done"
    assert line.tries == len(codes) + 1


def test_a_server_that_is_away_is_told_at_once() -> None:
    line = Line("server_away")
    with pytest.raises(Unavailable, match="server_away"):
        line.run()
    assert line.tries == 1


def test_a_server_that_restarts_is_waited_for() -> None:
    assert Line("connection_lost", "server_away", "server_away").run() == "done"


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["connection_lost"] + ["server_away"] * 1000, "server_away"),
        (["outcome_unclear"] + ["server_away"] * 1000, "outcome_unclear"),
        (["outcome_unclear", "connection_lost"] + ["server_away"] * 1000, "outcome_unclear"),
        (["outcome_unclear", "password_wrong"], "outcome_unclear"),
    ],
)
def test_what_may_have_been_done_is_never_called_failed(codes: list[str], told: str) -> None:
    line = Line(*codes)
    with pytest.raises(Unavailable) as caught:
        line.run()
    assert caught.value.code == told
    assert line.time < PATIENCE_SECONDS + 2


def test_a_full_disk_is_not_tried_again() -> None:
    line = Line("disk_full")
    with pytest.raises(Unavailable, match="disk_full"):
        line.run()
    assert line.tries == 1
