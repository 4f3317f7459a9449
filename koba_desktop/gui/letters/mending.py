"""Where what keeps a letter from being laid out can be put right: by the code of the refusal and
the field or text block it is about."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from koba_desktop.domain.addresses import ADDRESS_HOLDS
from koba_desktop.domain.vocabulary import HoldReason


class Place(StrEnum):
    """What has to be opened."""

    ADDRESS = "address"
    OFFICE = "office"
    WORDING = "wording"


_OF_WORDING = frozenset(
    {
        "block_empty",
        "block_missing",
        "letter_too_long",
        "markup_not_allowed",
        "markup_not_closed",
        "placeholder_missing",
        "placeholder_unknown",
        "text_does_not_fit",
        HoldReason.UNPRINTABLE_CHARACTER.value,
    }
)
_OF_RECIPIENT = ("recipient_lines", "client.name")
_OF_OFFICE = ("office", "letterhead", "info_")


def place_of(code: str, params: Mapping[str, Any]) -> Place | None:
    """None where nothing in the program's data is wrong, or nobody can tell what."""
    where = str(params.get("where", ""))
    if code == "return_line_does_not_fit" or (code in _OF_WORDING and where.startswith(_OF_OFFICE)):
        return Place.OFFICE
    if where.startswith(_OF_RECIPIENT):
        return Place.ADDRESS
    if code in _OF_WORDING and where:
        return Place.WORDING
    if code in ADDRESS_HOLDS or code == HoldReason.WINDOW_CHECK_FAILED:
        return Place.ADDRESS
    return None
