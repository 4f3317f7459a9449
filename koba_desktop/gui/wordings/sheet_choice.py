"""On which sheet a sample is laid out: form and envelope, usually those of the office."""

from itertools import product
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QWidget

from koba_desktop.domain import policy
from koba_desktop.domain.entities.office import Setting
from koba_desktop.i18n import _
from koba_desktop.services.view import View

_FORM, _ENVELOPE = "letters.form", "letters.envelope"


class SheetChoice(QComboBox):
    """Both say where the address must stand, and how much room is left for the text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Form of letters and envelope"))
        self.setToolTip(_("Form of letters (DIN 5008) and envelope"))
        forms, envelopes = policy.POLICIES[_FORM].choices, policy.POLICIES[_ENVELOPE].choices
        usual = (policy.POLICIES[_FORM].default, policy.POLICIES[_ENVELOPE].default)
        self._sheets = sorted(product(forms, envelopes), key=lambda sheet: sheet != usual)
        for form, envelope in self._sheets:
            self.addItem(_("Form {form}, {envelope}").format(form=form, envelope=envelope))

    def choose(self, sheet: tuple[str, str]) -> None:
        self.setCurrentIndex(self._sheets.index(sheet))

    @property
    def chosen(self) -> tuple[str, str]:
        """Form and envelope."""
        form, envelope = self._sheets[self.currentIndex()]
        return form, envelope


def sheet_of(view: View, office_id: UUID) -> tuple[str, str]:
    """Form and envelope of an office's letters today."""
    settings = view.reader.find(Setting)
    form, envelope = (
        policy.value_in_force(settings, key, office_id, view.today) for key in (_FORM, _ENVELOPE)
    )
    return form, envelope
