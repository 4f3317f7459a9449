"""Who did it and when, in the words of a sentence on the screen."""

from datetime import datetime
from uuid import UUID

from koba_desktop.i18n import _, formats
from koba_desktop.services.office.book import OfficeBook


def member_name(staff_id: UUID | None, book: OfficeBook) -> str:
    """ "Frau Lindner"; "Somebody" where the office book does not know who it is."""
    member = next((one for one in book.staff if one.id == staff_id), None)
    if member is None:
        return _("Somebody")
    return formats.name_full(member.salutation, "", "", member.family_name)


def changed_text(by: UUID | None, at: datetime | None, book: OfficeBook, me: UUID) -> str:
    """ "changed at 09:42 by Frau Lindner", of what was changed in another place."""
    if at is None:
        return _("changed by somebody else")
    time = formats.time_of(at)
    if by == me:
        return _("changed at {time} under your name, in another place").format(time=time)
    return _("changed at {time} by {name}").format(time=time, name=member_name(by, book))
