"""The appointment as an entry for the client's own calendar (RFC 5545), for the QR code.

It says nothing of the office and nobody's name: a telephone shows its calendar to whoever looks at
it. The number of the appointment is the entry's id, so that a later letter moves the entry: of two
with one id a calendar keeps the one with the higher sequence (RFC 5545, 3.8.7.4).
"""

from datetime import UTC, date, datetime, timedelta

_SECOND = "%Y%m%dT%H%M%SZ"


def calendar_entry(
    reference: str,
    starts: datetime,
    minutes: int,
    summary: str,
    made_on: date,
    sequence: int = 0,
) -> str:
    """The text of an iCalendar file; ``starts`` is an instant, ``made_on`` the letter's day. A
    ``sequence`` of 0 goes without saying, and makes the code no larger.

    The summary is to be short and without line breaks: it stays within the 75 bytes of a line.
    """
    begins = starts.astimezone(UTC)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KoBa//DE",
        "BEGIN:VEVENT",
        f"UID:{reference}",
        *([f"SEQUENCE:{sequence}"] if sequence else []),
        f"DTSTAMP:{made_on:%Y%m%d}T000000Z",
        f"DTSTART:{begins.strftime(_SECOND)}",
        f"DTEND:{(begins + timedelta(minutes=minutes)).strftime(_SECOND)}",
        f"SUMMARY:{_escaped(summary)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{line}\r\n" for line in lines)


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11; without halves of characters, which nothing can encode."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    for special in "\\;,":
        text = text.replace(special, f"\\{special}")
    return " ".join(text.split())
