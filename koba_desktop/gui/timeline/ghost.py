"""A move that is being tried: where the use would lie, and what stands against it."""

from dataclasses import dataclass
from datetime import datetime

from koba_desktop.domain.place_reasons import Bearing, Reason
from koba_desktop.domain.vocabulary import RoomKind
from koba_desktop.gui.blocks.minutes import MINUTES_A_DAY, moment_at
from koba_desktop.gui.calendar import wording as calendar_wording
from koba_desktop.gui.timeline import wording
from koba_desktop.gui.timeline.geometry import minute_at
from koba_desktop.gui.timeline.scene import Aim, Block, Line, Scene, aimed
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import text_of
from koba_desktop.i18n.place_reasons import reason_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """``starts`` is the beginning that is asked for; ``begins`` to ``until`` where the use and its
    pause would then lie. Minutes of the day.

    ``forbidden`` is true where the database would refuse; else ``problem`` is a warning.
    """

    block: Block
    line: int
    starts: int
    begins: int
    ends: int
    until: int
    problem: str = ""
    forbidden: bool = False

    def aim(self, scene: Scene) -> Aim:
        return aim_at(scene, self.block, self.line, self.starts)

    @property
    def elsewhere(self) -> bool:
        """Whether anything would change."""
        return (self.line, self.starts) != (self.block.line, self.block.starts)


def aim_at(scene: Scene, block: Block, line: int, starts: int) -> Aim:
    """A row and a minute as place and instant; the same minute is the very same instant."""
    assert scene.day is not None
    same = starts == block.starts
    moment = block.row.starts if same else moment_at(scene.day, starts)
    return Aim(scene.lines[line].place_id, moment)


def judged(scene: Scene, block: Block, line: int, starts: int, now: datetime) -> Ghost:
    """A ghost with what the timeline itself can see against it."""
    assert scene.day is not None
    if not block.movable:
        starts = block.starts
    starts = max(0, min(starts, MINUTES_A_DAY - (block.plan - block.starts)))
    target = scene.lines[line]
    aim = aim_at(scene, block, line, starts)
    row = aimed(block.row, aim, target.day.pause.minutes, now)
    begins, ends, until = (
        int(minute_at(moment, scene.day)) for moment in (row.starts, row.ends, row.blocked_until)
    )
    ghost = Ghost(block=block, line=line, starts=starts, begins=begins, ends=ends, until=until)
    if not ghost.elsewhere:
        return ghost
    hard = _taken(scene, ghost)
    problem = hard or _doubt(scene, ghost, target, now)
    return Ghost(
        block=block,
        line=line,
        starts=starts,
        begins=begins,
        ends=ends,
        until=until,
        problem=problem,
        forbidden=bool(hard),
    )


def _taken(scene: Scene, ghost: Ghost) -> str:
    """What the database refuses: the place or the advisor is somebody else's then."""
    assert scene.day is not None
    for other in scene.overlapping(ghost.line, ghost.begins, ghost.until, ghost.block.id):
        name = wording.short_name(other)
        if other.closure:
            return wording.closure_text(other)
        if other.starts < ghost.ends and ghost.begins < other.ends:
            span = formats.span_of(other.row.starts, other.row.ends)
            return _("taken by {name}, {time}").format(name=name, time=span)
        if ghost.begins >= other.ends:
            free = formats.time_of(moment_at(scene.day, other.until))
            return _("being aired after {name} until {time}").format(name=name, time=free)
        begins = formats.time_of(moment_at(scene.day, other.starts))
        return _("no time to air before {name} at {time}").format(name=name, time=begins)
    for other in scene.busy_elsewhere(ghost.block, ghost.begins, ghost.ends):
        return _("{advisor} is busy: {name}").format(
            advisor=other.row.advisor_initials, name=wording.short_name(other)
        )
    return ""


def _doubt(scene: Scene, ghost: Ghost, target: Line, now: datetime) -> str:
    """What speaks against it and can be overruled, or is good to know."""
    assert scene.day is not None
    row, day, room = ghost.block.row, target.day, target.day.room
    if row.persons > day.capacity.persons:
        return text_of(
            "too_many_persons",
            {"room": room.name, "persons": row.persons, "most": day.capacity.persons},
        )
    if ghost.starts != ghost.block.starts and ghost.begins < minute_at(now, scene.day) - 1:
        return _("this time is past")
    closure = scene.closed_at(ghost.begins) or scene.closed_at(ghost.ends - 1)
    if closure is not None:
        return calendar_wording.closure_text(closure)
    if ghost.line == ghost.block.line:
        return ""
    if room.kind is RoomKind.OUTDOOR:
        return reason_text(Reason(Bearing.WARNING, "overheard"))
    if not day.pause.sufficient:
        params = {"minutes": day.pause.minutes}
        return reason_text(Reason(Bearing.WARNING, "not_aired_enough", params))
    return ""


def spoken(ghost: Ghost, scene: Scene) -> str:
    """What a screen reader says of a move that is being tried."""
    assert scene.day is not None
    starts, ends = (moment_at(scene.day, minute) for minute in (ghost.begins, ghost.ends))
    parts = [wording.line_name(scene.lines[ghost.line]), wording.spoken_span(starts, ends)]
    return ", ".join((*parts, ghost.problem) if ghost.problem else parts)
