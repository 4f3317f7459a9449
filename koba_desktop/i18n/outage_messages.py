"""What the screen says while the server is away, and about what was put in meanwhile."""

from collections.abc import Mapping

from koba_desktop.i18n.catalogue import _


def texts() -> Mapping[str, str]:
    """Code to sentence, in the language in force."""
    return {
        "waits_for_server": _(
            "The server is away: this has to wait until it is back. What you typed is kept."
        ),
        "earlier_input_refused": _(
            "Something you recorded before about the same matter was not taken over. "
            "Settle that first."
        ),
        "input_unreadable": _(
            "Another version of the program kept this. Open that version, or record it anew."
        ),
        "input_failed": _(
            "This could not be taken over because of an error of the program. It is kept here."
        ),
        "queue_of_another": _(
            "What is kept here was recorded under another login. Nothing was changed."
        ),
        "vault_password_changed": _(
            "Your password was changed elsewhere. What is kept on this PC opens with the one "
            "before. Enter that once."
        ),
    }
