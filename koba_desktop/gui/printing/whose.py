"""Whose list it is to be: of one of the office's advisors, or of them all."""

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QWidget

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _, formats


class WhoseChoice(QComboBox):
    """Begins with ``advisor_id``; without one with whoever sits at the desk, if he or she advises.
    ``everybody``: it may be the list of the whole office as well."""

    def __init__(
        self,
        desk: Desk,
        day: date,
        parent: QWidget,
        *,
        advisor_id: UUID | None = None,
        everybody: bool = False,
    ) -> None:
        super().__init__(parent)
        if everybody:
            self.addItem(_("The whole office"), None)
        for member in desk.book.advisors(desk.actor.office_id, day):
            name = formats.name_full(member.salutation, "", member.given_name, member.family_name)
            self.addItem(name, member.id)
        for wanted in (advisor_id, desk.member.id):
            row = row_of(self, wanted) if wanted is not None else -1
            if row >= 0:
                self.setCurrentIndex(row)
                break

    @property
    def advisor_id(self) -> UUID | None:
        """None for the whole office, and where the office has no advisor."""
        found: UUID | None = self.currentData()
        return found

    @property
    def file_part(self) -> str:
        """ "-berger" for a file's name, "" for the whole office."""
        if self.advisor_id is None:
            return ""
        name = self.currentText().rsplit(" ", 1)[-1].casefold()
        return "-" + "".join(ch if ch.isalnum() else "-" for ch in name)
