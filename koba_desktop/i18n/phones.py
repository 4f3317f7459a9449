"""Phone numbers: normalised to E.164 for finding and dialling, written as DIN 5008 wants them."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


def e164(typed: str, region: str = "DE") -> str | None:
    """ "+4917604069118", or None where the text is no complete number.

    A number needs its area code: what begins with neither 0 nor + cannot be told from another
    town's number.
    """
    parsed = _parsed(typed, region)
    if parsed is None:
        return None
    import phonenumbers

    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=4096)
def display(typed: str) -> str:
    """ "0176 04069118", "03943 58-3000", "+49 3943 58-3000" (DIN 5008).

    The hyphen before an extension is kept where it was typed, and a number typed with its country
    code keeps it. What is no number stays as typed.
    """
    parsed = _parsed(typed, "DE")
    if parsed is None:
        return typed.strip()
    import phonenumbers

    length = phonenumbers.length_of_national_destination_code(parsed)
    national = phonenumbers.national_significant_number(parsed)
    area, subscriber = national[:length], national[length:]
    if parsed.country_code != 49:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if not area:
        return typed.strip()
    extension = _extension(typed, subscriber)
    if extension:
        subscriber = f"{subscriber[: -len(extension)]}-{extension}"
    abroad = typed.strip().startswith(("+", "00"))
    return f"+49 {area} {subscriber}" if abroad else f"0{area} {subscriber}"


@lru_cache(maxsize=4096)
def _parsed(typed: str, region: str) -> "PhoneNumber | None":
    text = typed.strip()
    if not text.startswith(("+", "0", "(0", "(+")):
        return None
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    return parsed if reason == phonenumbers.ValidationResult.IS_POSSIBLE else None


def _extension(typed: str, subscriber: str) -> str:
    """The digits behind the one hyphen that stands inside the subscriber's number."""
    inside = [
        tail
        for tail in (typed[at + 1 :] for at, ch in enumerate(typed) if ch in "-–")
        if 0 < _digits(tail) < len(subscriber)
    ]
    if len(inside) != 1:
        return ""
    return subscriber[-_digits(inside[0]) :]


def _digits(text: str) -> int:
    return sum(ch.isdigit() for ch in text)
