"""When letters of an office leave, and what they can announce then."""

from datetime import date
from functools import cached_property
from uuid import UUID

from koba_desktop.domain import policy, postal
from koba_desktop.domain.entities.office import Setting
from koba_desktop.services.view import View


class ByPost:
    """Reckoned once a day of posting, for thousands of letters: the rules in force today, for a
    letter printed now."""

    def __init__(self, view: View, office_id: UUID) -> None:
        self._view = view
        self._rules = policy.postal_rules(view.reader.find(Setting), office_id, view.today)
        self._earliest: dict[date, date] = {}

    @cached_property
    def next_posting(self) -> date:
        """The day of the next collection. Raises ValueError as ``postal.posting_day``."""
        return postal.posting_day(self._view.now, self._rules, self._view.is_holiday)

    def earliest(self, posted: date) -> date:
        """The first day that a letter posted on that day can announce."""
        if posted not in self._earliest:
            self._earliest[posted] = postal.earliest_proposal(
                posted, self._rules, self._view.is_holiday
            )
        return self._earliest[posted]
