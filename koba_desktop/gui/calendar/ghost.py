"""A move or a new booking that is being tried: where it would lie, and what stands against it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.gui.calendar.geometry import Column
from koba_desktop.gui.calendar.scene import Scene, slot_times
from koba_desktop.gui.calendar.wording import closure_text, short_name
from koba_desktop.i18n import _
from koba_desktop.services.rows import AppointmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """``row`` is the appointment being moved, None for a new one. Minutes of the column's day.

    ``forbidden`` is true where the database would refuse; else ``problem`` is a warning.
    """

    row: AppointmentRow | None
    column: int
    starts: int
    minutes: int
    problem: str = ""
    forbidden: bool = False

    def times(self, columns: tuple[Column, ...]) -> tuple[datetime, datetime]:
        return slot_times(columns[self.column], self.starts, self.minutes)

    def advisor(self, columns: tuple[Column, ...]) -> UUID | None:
        """The advisor it would lie with; None: not decided by the column."""
        own = self.row.advisor_id if self.row is not None else None
        return columns[self.column].advisor_id or own


def judged(
    scene: Scene, row: AppointmentRow | None, column: int, starts: int, minutes: int
) -> Ghost:
    """A ghost with what the calendar itself can see against it."""
    ghost = Ghost(row=row, column=column, starts=starts, minutes=minutes)
    begins, ends = ghost.times(scene.columns)
    advisor = ghost.advisor(scene.columns)
    against = scene.collisions(begins, ends, advisor, row)
    problem, forbidden = "", False
    if against:
        other = against[0]
        forbidden = True
        if row is not None and row.client_id is not None and other.client_id == row.client_id:
            problem = _("{name} has another appointment then").format(name=short_name(other))
        else:
            problem = _("{advisor} is busy: {name}").format(
                advisor=other.advisor_name, name=short_name(other)
            )
    else:
        closure = scene.closed_at(column, starts) or scene.closed_at(column, starts + minutes - 1)
        if closure is not None:
            problem = closure_text(closure)
    return Ghost(
        row=row,
        column=column,
        starts=starts,
        minutes=minutes,
        problem=problem,
        forbidden=forbidden,
    )
