"""What the editor of wordings says about what has happened."""

from collections.abc import Iterable

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.wordings.naming import language_title
from koba_desktop.gui.wordings.shelf import title_of
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe
from koba_desktop.services.letters.wordings import WordingKey


def saved(which: WordingKey, number: object) -> str:
    text = _("{wording}: saved as version {n}.")
    return text.format(wording=title_of(which), n=number)


def failed(error: OfficeError) -> str:
    """Why it was not saved."""
    return " ".join((describe(error), _("What you typed is kept.")))


def overtaken(who: str, number: int, both: bool) -> str:
    """Somebody else has saved a version; ``both``: of the same text block."""
    text = _("{name} has saved version {n} meanwhile. What you typed stands on top of it.")
    parts = [text.format(name=who, n=number)]
    if both:
        parts.append(_("Compare the versions: both of you changed the same text."))
    return " ".join(parts)


def outdated(languages: Iterable[str]) -> str:
    """What follows the text that was saved."""
    names = ", ".join(language_title(code, "") for code in languages)
    return _("Outdated now, as they follow this text: {languages}.").format(languages=names)


def taken(version: str, differs: bool) -> str:
    """Another version stands in the editor; ``differs`` from the newest."""
    said = (
        _("“{version}” stands in the editor now. Saving makes it a new version.")
        if differs
        else _("“{version}” is what the newest version says.")
    )
    return said.format(version=version)


def restored() -> str:
    return _("This is what you had typed before. It is not saved yet.")


def only_administrators() -> str:
    return _("Only administrators change the wordings. Here you can see what applies.")
