"""When letters could be made so that they arrive in time for what they propose."""

from datetime import date, datetime, time, timedelta

from koba_desktop.domain import postal
from koba_desktop.domain.clock import instant
from koba_desktop.services.demo.maker import DAY, Maker

_RULES = postal.PostalRules()
_LOOK_BACK = 40  # days in which letters were made
_WAITING = 0.3
_TIMES = ((8, 35), (9, 50), (11, 20))  # before the last collection


class Post:
    """The days on which letters were made, each with the earliest day they may propose."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self._earliest: list[tuple[date, date]] = []
        day = maker.today - timedelta(days=_LOOK_BACK)
        while day <= maker.today:
            if maker.works(day) and self._at(day, *_TIMES[0]) <= maker.now:
                posting = postal.posting_day(
                    instant(day, time(9)), _RULES, maker.holidays.is_holiday
                )
                earliest = postal.earliest_proposal(posting, _RULES, maker.holidays.is_holiday)
                self._earliest.append((day, earliest))
            day += DAY

    def made_for(self, proposed: date) -> datetime | None:
        """An instant at which a letter proposing that day was made; None: it is too soon."""
        in_time = [made for made, earliest in self._earliest if earliest <= proposed]
        if not in_time:
            return None
        # Of today's letters most are printed and gone: a few wait in the outbox.
        waiting = self._maker.chance(_WAITING)
        days = in_time[-6:] if waiting else in_time[-7:-1] or in_time
        return self._some_time(self._maker.random.choice(days))

    def made_today(self, proposed: date) -> datetime | None:
        """The same for a letter made on the last working day; None: it is too soon."""
        if not self._earliest or self._earliest[-1][1] > proposed:
            return None
        return self._some_time(self._earliest[-1][0])

    def _some_time(self, day: date) -> datetime:
        times = [at for each in _TIMES if (at := self._at(day, *each)) <= self._maker.now]
        return self._maker.random.choice(times)

    @staticmethod
    def _at(day: date, hour: int, minute: int) -> datetime:
        return instant(day, time(hour, minute))
