"""What My day says in words about the call in hand, or about having none."""

from collections.abc import Sequence

from koba_desktop.gui.clients.lines import Line
from koba_desktop.i18n import _
from koba_desktop.services.contacts.offer import LetterOffer


def reason(offer: LetterOffer | None) -> str:
    """What the call is to agree on: "Beratung, 30 min"."""
    if offer is None:
        return ""
    return _("{kind}, {minutes} min").format(kind=offer.kind_name, minutes=offer.minutes)


def nobody(due_again: Sequence[Line]) -> str:
    """Nobody is to be called; ``due_again`` are those who will be."""
    if due_again:
        return _("Nobody to call right now. Next: {name}, {when}.").format(
            name=due_again[0].name, when=due_again[0].when
        )
    return _("Nobody to call right now. To call somebody, look them up on the left (Ctrl+K).")
