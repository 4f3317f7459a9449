"""From the case and the chosen place to the command, and what its refusal means."""

from dataclasses import replace
from uuid import UUID

from koba_desktop.domain.emergency import Ladder, Rung, passed_over
from koba_desktop.domain.errors import Taken
from koba_desktop.domain.vocabulary import Channel, RoomKind
from koba_desktop.gui.emergency.case import ALONE, Case
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe
from koba_desktop.services.commands.door import AssignEmergency, PassedOver


def channel_of(rung: Rung) -> Channel:
    """How the talk takes place there."""
    if rung.offer is None:
        return Channel.TELEPHONE
    outdoors = rung.offer.room.kind is RoomKind.OUTDOOR
    return Channel.OUTDOORS if outdoors else Channel.IN_PERSON


def command_of(
    case: Case, rung: Rung, ladder: Ladder, office_id: UUID, advisor_id: UUID
) -> AssignEmergency:
    """Room, advisor and participant, and every room that is not taken with its reason."""
    calls = rung.offer is None
    return AssignEmergency(
        office_id=office_id,
        advisor_id=advisor_id,
        channel=channel_of(rung),
        starts=rung.starts,
        ends=rung.ends,
        category=case.category,
        urgency=case.urgency,
        client_id=case.client_id,
        visitor_name=case.name if case.client_id is None else "",
        place_id=rung.offer.situation.place_id if rung.offer is not None else None,
        companions=case.persons - ALONE,
        needs=tuple(sorted(case.needs)),
        phone=(case.phone or "") if calls else "",
        passed_over=tuple(
            PassedOver(room_id=room_id, code=code) for room_id, code in passed_over(ladder, rung)
        ),
    )


def as_before(command: AssignEmergency, sent: AssignEmergency | None) -> AssignEmergency:
    """With the id of the same command sent before: its answer may have been lost, and a repeat
    must not book twice."""
    if sent is not None and replace(command, command_id=sent.command_id) == sent:
        return sent
    return command


def who_was_faster(error: Taken, advisor: str) -> str:
    """What somebody else has taken meanwhile; the next best is chosen by then."""
    params = error.problems[0].params
    span = ""
    if params.get("starts") is not None and params.get("ends") is not None:
        span = formats.span_of(params["starts"], params["ends"])
    subject = error.code.split("_")[0]
    if subject == "place":
        text = _("Somebody was quicker: {room} is taken now ({span}).").format(
            room=params.get("room") or _("the place"), span=span or "–"
        )
    elif subject == "advisor":
        text = _("Somebody was quicker: {advisor} has another appointment now ({span}).").format(
            advisor=advisor, span=span or "–"
        )
    elif subject == "client":
        text = _("This person has an appointment at that time already ({span}).").format(
            span=span or "–"
        )
    else:
        text = describe(error)
    return _(
        "{what} Nothing you typed is lost: the next best place is chosen, Enter assigns."
    ).format(what=text)
