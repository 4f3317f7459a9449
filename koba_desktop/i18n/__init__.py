"""Languages. ``_`` looks a source string up in the language in force when it is called."""

from koba_desktop.i18n.catalogue import _, activate, language, ngettext, pgettext

__all__ = ["_", "activate", "language", "ngettext", "pgettext"]
