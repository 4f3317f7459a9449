"""The letters of the demonstration, made by the same rules as every letter."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import LetterKind, LetterState
from koba_desktop.services.demo.entry import Entry
from koba_desktop.services.demo.house import House
from koba_desktop.services.demo.maker import DAY, Maker
from koba_desktop.services.demo.shelf import Shelf
from koba_desktop.services.execution import Actor
from koba_desktop.services.letters.freezing import known_of
from koba_desktop.services.letters.making import frozen
from koba_desktop.services.ports import UnitOfWork
from koba_desktop.services.work import Work


class Paper:
    """Makes the letters of one demonstration."""

    def __init__(self, maker: Maker, house: House, shelf: Shelf) -> None:
        self._maker = maker
        self._house = house
        self._shelf = shelf

    def can_write(self, kind: LetterKind) -> bool:
        """Whether there is a wording."""
        return kind in self._house.versions

    def proposal(self, entry: Entry, task: CallTask) -> Letter:
        """The letter that proposed a telephone appointment."""
        return self._letter(entry, LetterKind.TELEPHONE_PROPOSAL, task)

    def cancellation(self, entry: Entry) -> Letter:
        return self._letter(entry, LetterKind.CANCELLATION, None)

    def _letter(self, entry: Entry, kind: LetterKind, task: CallTask | None) -> Letter:
        a = entry.appointment
        letter = Letter(
            **self._maker.stamps(entry.made, a.advisor_id),
            client_id=entry.client.id,
            office_id=a.office_id,
            advisor_id=a.advisor_id,
            kind=kind,
            template_version_id=self._house.versions[kind].id,
            data={},
            appointment_id=a.id,
            call_task_id=task.id if task is not None else None,
            assumed_posting=day_of(entry.made),
            created_at=entry.made,
        )
        work = Work(
            cast(UnitOfWork, self._shelf),  # only read from
            now=entry.made,
            actor=Actor(staff_id=a.advisor_id, office_id=a.office_id),
            holidays=self._maker.holidays,
            host="",
        )
        former = known_of(a) if kind is LetterKind.CANCELLATION else None
        return self._on_its_way(frozen(work, letter, a, entry.client, former))

    def _on_its_way(self, letter: Letter) -> Letter:
        """Printed and posted, as far as there was time since it was made."""
        made = cast(datetime, letter.created_at)
        working_days = sum(
            self._maker.works(day_of(made) + n * DAY)
            for n in range(1, (self._maker.today - day_of(made)).days + 1)
        )
        if letter.state is LetterState.HELD or working_days == 0:
            return letter
        printed_at = made + timedelta(minutes=40)
        if working_days == 1 and self._maker.chance(0.5):
            return replace(letter, state=LetterState.PRINTED, printed_at=printed_at)
        return replace(
            letter,
            state=LetterState.POSTED,
            printed_at=printed_at,
            posted_on=letter.assumed_posting,
        )
