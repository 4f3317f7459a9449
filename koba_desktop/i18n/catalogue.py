"""The one catalogue: gettext through Babel, German and English complete."""

import gettext as gettext_module

from koba_desktop.paths import resource_root

LANGUAGES = ("de", "en")
_current: gettext_module.NullTranslations = gettext_module.NullTranslations()
_language = "en"


def activate(code: str) -> None:
    """Put a language ("de" or "en") in force for the whole process."""
    global _current, _language
    _language = code if code in LANGUAGES else "en"
    _current = gettext_module.translation(
        "koba", resource_root() / "locale", languages=[_language], fallback=True
    )


def language() -> str:
    return _language


def _(message: str, disambiguation: str | None = None) -> str:
    """The message in the language in force. The second argument is for compiled forms."""
    if not message:
        return ""
    return (
        _current.pgettext(disambiguation, message) if disambiguation else _current.gettext(message)
    )


def pgettext(context: str, message: str) -> str:
    return _current.pgettext(context, message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return _current.ngettext(singular, plural, n)
