"""What is wrong with a wording somebody is about to save, and what to do about it."""

from collections.abc import Mapping

from koba_desktop.i18n.catalogue import _


def texts() -> Mapping[str, str]:
    """Sentences by code."""
    return {
        "block_empty": _("The letter cannot do without this text. Write one."),
        "character_not_in_font": _(
            "The character “{character}” cannot be printed. Replace it by another."
        ),
        "placeholder_not_always": _(
            "There are letters of this kind in which {placeholder} stands for nothing. Take it out "
            "here, or use it in the version for the case in which it is known."
        ),
        "wording_too_long": _(
            "With this text the letter does not fit on its pages: {over} mm are missing. Shorten "
            "the text."
        ),
        "wording_missing": _("The program brings no wording for the letter “{kind}”."),
    }
