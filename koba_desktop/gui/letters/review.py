"""Whether a native reader has confirmed the translation that goes along with a letter."""

from PySide6.QtWidgets import QWidget

from koba_desktop.domain.vocabulary import Language
from koba_desktop.gui.widgets import IconLabel
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.ports import CourtesyText


class Review(IconLabel):
    """Hidden where there is no translation."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("warning", "", parent, role="warning")
        self.label.setWordWrap(True)
        self.hide()

    def show_outdated(self) -> None:
        """The letter is in Leichte Sprache, and the standard text says something else by now."""
        self.set(
            _("Easy German: the standard text has changed since this text was written."),
            "warning",
            "warning",
        )
        self.show()

    def show_translation(self, translation: CourtesyText | None) -> None:
        self.setVisible(translation is not None)
        if translation is None:
            return
        language = word(Language(translation.language))
        if translation.reviewed_on is None:
            text = _("{language}: the translation has not been checked yet.")
            self.set(text.format(language=language), "warning", "warning")
            return
        text = _("{language}: checked by {reviewer} on {day}.")
        day = formats.date_short(translation.reviewed_on)
        checked = text.format(language=language, reviewer=translation.reviewed_by, day=day)
        self.set(checked, "tick", "ok")
