"""The three layouts on Ctrl+1, 2, 3: what a consultation, the reception and the lead look at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """A view in front and the docks beside it with their widths (px at 96 dpi)."""

    tab: str
    docks: dict[str, int]


CONSULTATION = Layout("calendar", {"clients": 258, "rooms": 292})
RECEPTION = Layout("reception", {})
LEAD = Layout("mode", {})
