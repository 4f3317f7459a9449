"""What a new appointment begins with."""

from datetime import datetime, timedelta

from koba_desktop.domain.clock import wall
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.gui.appointments.content import Content
from koba_desktop.gui.desk import AppointmentRequest, Desk

QUARTER = timedelta(minutes=15)


def fresh_content(desk: Desk, request: AppointmentRequest) -> Content:
    """What is known from where it was asked for; else me, the first kind, the next quarter."""
    today = desk.today()
    ids = [advisor.id for advisor in desk.book.advisors(desk.office.id, today)]
    mine = desk.member.id if desk.member.id in ids else None
    kinds = sorted(
        (k for k in desk.book.kinds if k.retired_on is None or k.retired_on > today),
        key=lambda k: (k.position, k.name),
    )
    content = Content(
        kind_id=kinds[0].id if kinds else None,
        channel=request.channel or Channel.TELEPHONE,
        advisor_id=request.advisor_id or mine or (ids[0] if ids else None),
        day=today,
        at=wall(desk.now()).time(),
        minutes=request.minutes or (kinds[0].minutes if kinds else 30),
    )
    return content.with_start(request.starts or _next_quarter(desk.now()))


def _next_quarter(now: datetime) -> datetime:
    begun = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return begun + QUARTER
