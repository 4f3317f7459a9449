"""Setting up an office on this PC: the steps, what is kept of them, and whether they are right."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from koba_desktop.domain.errors import Problem
from koba_desktop.gui.admin.kinds import NotReadable
from koba_desktop.gui.first_run.forms import FormStep, OfficeStep, PersonStep
from koba_desktop.gui.first_run.records import NOTHING_YET, FirstRecords, first_records
from koba_desktop.gui.first_run.secrets import KeyStep, PassphraseStep
from koba_desktop.gui.first_run.steps import Content, Step, StepsPage
from koba_desktop.gui.first_run.times import TimesStep
from koba_desktop.gui.widgets import Level
from koba_desktop.i18n.messages import message
from koba_desktop.services.office.founding import problems_of_new

_NOBODY = {"family_name": "–", "initials": "–", "roles": ()}
"""Stands for the person while only the office is looked at."""


def makers(shortest_passphrase: int | None) -> dict[str, Callable[[QWidget], Step]]:
    """How each step is made, in their order; each takes a moment. ``shortest_passphrase`` is None
    where no passphrase has to be chosen."""
    ways: dict[str, Callable[[QWidget], Step]] = {
        "office": OfficeStep,
        "person": PersonStep,
        "times": TimesStep,
    }
    if shortest_passphrase is not None:
        ways["passphrase"] = partial(PassphraseStep, shortest_passphrase)
    return {**ways, "key": KeyStep}


class SetupPage(StepsPage):
    """Made of the steps that ``makers`` makes."""

    def __init__(self, steps: Mapping[str, Step], parent: QWidget) -> None:
        self.office = cast(OfficeStep, steps["office"])
        self.person = cast(PersonStep, steps["person"])
        self.times = cast(TimesStep, steps["times"])
        self.passphrase = cast(PassphraseStep | None, steps.get("passphrase"))
        self.key = cast(KeyStep, steps["key"])
        super().__init__(steps, parent)

    def show_step(self, name: str) -> None:
        self.times.offer_consultations(self.person.advises())
        super().show_step(name)

    # --- what was typed ---------------------------------------------------------------------------

    def contents(self) -> dict[str, Content]:
        """What is kept of each step that has something to keep."""
        contents = {name: step.content() for name, step in self.steps.items()}
        return {name: content for name, content in contents.items() if content}

    def put(self, contents: Mapping[str, Content]) -> None:
        """Put back what was kept; what another version kept in other ways is left out."""
        for name, content in contents.items():
            if name in self.steps:
                with suppress(KeyError, TypeError, ValueError, AttributeError):
                    self.steps[name].put(content)

    def secret(self) -> str:
        """The passphrase, "" where none is needed."""
        return self.passphrase.passphrase() if self.passphrase is not None else ""

    # --- whether it is right ----------------------------------------------------------------------

    def passes(self, name: str, today: date) -> bool:
        """Whether a step is right; what is not is said at its fields, and the step shown."""
        step = self.steps[name]
        if isinstance(step, PassphraseStep):
            return step.check()
        try:
            records = self.read(today, upto=name)
        except _Unreadable as unreadable:
            self._show_problems(unreadable.step, unreadable.problems)
            return False
        placed = [records.place_of(each) for each in problems_of_new(records.all(), today)]
        problems = tuple(problem for where, problem in placed if where == name)
        self._show_problems(name, problems)
        return not problems

    def read(self, today: date, *, os_user: str = "", upto: str = "times") -> FirstRecords:
        """The records that the steps up to one describe. Raises where a field holds no value."""
        said: dict[str, Any] = {"person": _NOBODY, "times": NOTHING_YET}
        for name, step in (
            ("office", self.office),
            ("person", self.person),
            ("times", self.times),
        ):
            try:
                said[name] = step.values()
            except NotReadable as error:
                raise _Unreadable(name, error.problems) from error
            if name == upto:
                break
        return first_records(
            said["office"], said["person"], said["times"], os_user=os_user, today=today
        )

    def _show_problems(self, name: str, problems: tuple[Problem, ...]) -> None:
        """At the fields of the step; what belongs to none of them stands above."""
        if self.at != name:
            self.show_step(name)
        step: Any = self.steps[name]
        step.show_problems(problems)
        apart = [
            message(problem)
            for problem in problems
            if isinstance(step, FormStep) and problem.where not in step.form.inputs
        ]
        if apart:
            self.message.show_message("\n".join(apart), Level.ERROR)
        else:
            self.message.clear()


class _Unreadable(Exception):
    """A step in whose fields stands what is no value."""

    def __init__(self, step: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(step, problems)
        self.step = step
        self.problems = problems
