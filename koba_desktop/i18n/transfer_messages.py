"""What the screen says when a whole database moves: code to sentence."""

from collections.abc import Mapping

from koba_desktop.i18n.catalogue import _


def texts() -> Mapping[str, str]:
    """Code to sentence, in the language in force."""
    return {
        "row_differs": _("An entry of “{kind}” is not the same in both databases: {fields}."),
        "row_missing": _("An entry of “{kind}” did not arrive."),
        "row_surplus": _("There is an entry of “{kind}” that was not in the first database."),
        "rows_differ": _("{count} entries of “{kind}” are not the same in both databases."),
        "row_refused": _(
            "An entry of “{kind}” breaks a rule of the new database ({rule}). Nothing was moved."
        ),
        "row_unreadable": _("An entry of “{kind}” is damaged and cannot be read."),
    }
