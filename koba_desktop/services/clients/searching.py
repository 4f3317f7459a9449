"""Finding clients: those of the offices in which the viewer has to do with clients, and the own."""

from collections.abc import Sequence
from uuid import UUID

from koba_desktop.domain.rights import Right, offices_with
from koba_desktop.services.office.entitlement import my_roles
from koba_desktop.services.rows import ClientPage
from koba_desktop.services.view import View


def find_clients(
    view: View, text: str, *, office_ids: Sequence[UUID] = (), limit: int = 50, offset: int = 0
) -> ClientPage:
    """The clients the viewer may see (domain rules § 7) by any part of what is known of them.

    ``office_ids`` narrows it to these offices, without the viewer's own clients of others.
    """
    roles = my_roles(view)
    seen = offices_with(roles, Right.SEE_CLIENTS)
    if not seen:
        return ClientPage((), 0)
    narrowed = [office_id for office_id in office_ids if office_id in seen]
    if office_ids and not narrowed:
        return ClientPage((), 0)
    return view.reader.search_clients(
        text,
        office_ids=narrowed or sorted(seen),
        advisor_id=None if narrowed else view.viewer,
        limit=limit,
        offset=offset,
    )
