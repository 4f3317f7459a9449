"""Why somebody is not signed in: what the page says, where the keyboard goes, what comes next."""

from dataclasses import dataclass
from datetime import datetime

from koba_desktop.domain.errors import OfficeError
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe

LOGIN, PASSWORD = "login", "password"
_FIELDS = {"password_wrong": PASSWORD, "login_disabled": LOGIN, "login_without_right": LOGIN}
_COMES_BACK = frozenset({"server_away", "server_unknown", "connection_lost"})


@dataclass(frozen=True, slots=True)
class Reason:
    """``field`` is the one to be typed anew ("" where none is wrong: then the same can be tried
    again). ``waits`` says that the program tries again by itself, because it may pass."""

    text: str
    field: str
    waits: bool


def reason(error: OfficeError, *, kept: bool, now: datetime) -> Reason:
    """``kept`` says that the password came from the keyring; ``now`` is what this PC's clock says,
    for a certificate is only as valid as the clock is right."""
    text = describe(error)
    if error.code == "password_wrong" and kept:
        text = _(
            "The password this PC remembered is no longer right. Type the new one; if you did not "
            "change it, ask your administrator."
        )
    elif error.code == "certificate_expired":
        clock = _("This PC says: {moment}.").format(moment=formats.moment_of(now))
        text = f"{text} {clock}"
    return Reason(text, _FIELDS.get(error.code, ""), error.code in _COMES_BACK)
