"""What rows, uses and free spots are called, on the screen and by a screen reader."""

from collections.abc import Iterator
from datetime import date, datetime
from math import ceil

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.place_reasons import Bearing, Reason
from koba_desktop.domain.vocabulary import Channel, RoomUse, Urgency
from koba_desktop.gui.blocks.kinds import BlockKind
from koba_desktop.gui.blocks.minutes import moment_at
from koba_desktop.gui.timeline.scene import Block, Line, Phase, Stop
from koba_desktop.i18n import _, formats, ngettext, pgettext
from koba_desktop.i18n.place_reasons import reason_text
from koba_desktop.i18n.words import word


def line_name(line: Line) -> str:
    """ "R 1.04", "Hof 1, Platz 2"."""
    room = line.day.room.name
    if line.of < 2:
        return room
    return _("{room}, place {number}").format(room=room, number=line.number)


def short_name(block: Block) -> str:
    """Who is expected, or what the place is used for."""
    row = block.row
    if row.use is RoomUse.CONSULTATION:
        return row.label or word(row.use)
    return row.note or (word(row.reason) if row.reason is not None else "") or word(row.use)


def kind_text(block: Block) -> str:
    """ "persönlich", "Notfall", "vor der Tür": channel and urgency, or the use."""
    row = block.row
    if row.use is not RoomUse.CONSULTATION:
        return word(row.use)
    if row.urgency is Urgency.EMERGENCY:
        return word(row.urgency)
    text = word(Channel.OUTDOORS if block.kind is BlockKind.OUTDOORS else Channel.IN_PERSON)
    return f"{text}, {word(row.urgency)}" if row.urgency is Urgency.URGENT else text


def advisor_text(block: Block, advisor: Staff | None) -> str:
    """ "Frau Berger"; the initials of whom the program does not know by name."""
    if advisor is None:
        return block.row.advisor_initials
    return formats.name_full(advisor.salutation, "", "", advisor.family_name)


def state_text(block: Block, day: date) -> str:
    """ "reserviert", "belegt, 24 Minuten überzogen", "wird bis 10:33 gelüftet", "vorbei"."""
    match block.phase:
        case Phase.OVER:
            return pgettext("room booking", "over")
        case Phase.UNUSED:
            return pgettext("room booking", "not used")
        case Phase.PAUSE if block.to_clean:
            return _("cleaning due")
        case Phase.PAUSE:
            time = formats.time_of(moment_at(day, block.until))
            return _("being aired until {time}").format(time=time)
    text = word(block.row.state)
    if block.overrun:
        over = ngettext("{n} minute over", "{n} minutes over", block.overrun)
        return f"{text}, {over.format(n=block.overrun)}"
    return text


def pause_text(block: Block) -> str:
    """ "danach 16 Minuten lüften"; empty where nothing lies behind the use."""
    n = block.until - block.ends
    if n <= 0 or block.closure or block.phase not in (Phase.AHEAD, Phase.RUNNING):
        return ""
    return ngettext("then {n} minute of airing", "then {n} minutes of airing", n).format(n=n)


def ready_text(block: Block, day: date) -> str:
    """ "Raum erst ab 10:35"; empty where the room is ready in time."""
    if block.ready is None:
        return ""
    time = formats.time_of(moment_at(day, block.ready))
    return _("room not before {time}").format(time=time)


def closure_text(block: Block) -> str:
    """ "gesperrt bis Do 15.: Heizung defekt"."""
    row = block.row
    day = day_of(row.ends)
    same = day == day_of(row.starts)
    until = formats.time_of(row.ends) if same else formats.weekday_date(day)
    reason = row.note or (word(row.reason) if row.reason is not None else "")
    text = _("closed until {time}").format(time=until)
    return f"{text}: {reason}" if reason else text


def spoken_span(starts: datetime, ends: datetime) -> str:
    return _("{start} to {end}").format(start=formats.time_of(starts), end=formats.time_of(ends))


def accessible_text(block: Block, line: Line, day: date, advisor: Staff | None) -> str:
    """ "R 1.04, persönlich, 10:15 bis 10:45, Kuhn, Frau Berger, reserviert, danach 16 Minuten
    lüften"."""
    row = block.row
    if block.closure:
        return f"{line_name(line)}, {closure_text(block)}"
    parts = [line_name(line), kind_text(block), spoken_span(row.starts, row.ends)]
    name = short_name(block)
    parts += [name] if name not in parts else []
    parts += [advisor_text(block, advisor), state_text(block, day), ready_text(block, day)]
    parts.append(pause_text(block))
    return ", ".join(filter(None, parts))


def spot_text(stop: Stop, line: Line, day: date) -> str:
    """What a screen reader says of a free spot."""
    starts, ends = moment_at(day, stop.starts), moment_at(day, stop.ends)
    return _("{place}, {time}, free").format(place=line_name(line), time=spoken_span(starts, ends))


def tip_lines(block: Block, line: Line, day: date, advisor: Staff | None) -> list[str]:
    """The card of a use: who, when, as what, and the pause with its reason."""
    row = block.row
    if block.closure:
        return [f"{line_name(line)} · {closure_text(block)}"]
    who = [short_name(block), advisor_text(block, advisor)]
    lines = [" · ".join(filter(None, who))]
    times = formats.span_of(row.starts, row.ends)
    lines.append(" · ".join((line_name(line), times, kind_text(block))))
    lines.append(" · ".join(filter(None, (state_text(block, day), ready_text(block, day)))))
    lines += _pause_lines(block, line, day)
    return lines


def _pause_lines(block: Block, line: Line, day: date) -> Iterator[str]:
    if not pause_text(block):
        return
    n, pause, room = block.until - block.ends, line.day.pause, line.day.room
    if not pause.sufficient:
        yield reason_text(Reason(Bearing.WARNING, "not_aired_enough", {"minutes": n}))
    elif pause.air_changes:
        fan = (room.air_changes or 0) >= pause.air_changes
        params = {"minutes": n, "changes": pause.air_changes}
        how = "fan" if fan else room.windows
        yield reason_text(Reason(Bearing.NOTE, "airing", params | {"how": how}))
    else:
        yield pause_text(block)
    free = formats.time_of(moment_at(day, block.until))
    yield _("can be used again from {time}").format(time=free)
    if pause.cleaning:
        yield _("{n} min for cleaning in it").format(n=ceil(pause.cleaning))
