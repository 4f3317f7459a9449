"""Two versions of a record side by side: what was, mine, theirs."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from koba_desktop.domain.vocabulary import Language, Need, PhoneKind, Salutation
from koba_desktop.gui import theme
from koba_desktop.gui.clients.merging import Clash
from koba_desktop.gui.widgets import Heading, SecondText
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import phone
from koba_desktop.i18n.words import word

LONGEST = 60

Labels = Callable[[], Mapping[str, str]]
Shown = Callable[[str, Any, Mapping[Any, str]], str]


class ConflictView(QWidget):
    """One row for each field both changed; mine is chosen until somebody says otherwise."""

    chosen = Signal(str, object)  # field, the value it is to have

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        labels: Labels | None = None,
        shown: Shown | None = None,
    ) -> None:
        """``labels`` names the fields and ``shown`` says a value: by default those of a client."""
        super().__init__(parent)
        self._labels = labels or field_labels
        self._shown = shown or shown_value
        self.clashes: tuple[Clash, ...] = ()
        self.options: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self._title = Heading("", 3)
        self._title.setWordWrap(True)
        self._taken = SecondText()
        self._taken.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self._title)
        layout.addWidget(self._taken)
        layout.addLayout(self._grid)
        theme.watcher().changed.connect(self.update)
        self.hide()

    def show_clashes(
        self, clashes: tuple[Clash, ...], who: str, taken: tuple[str, ...], names: Mapping[Any, str]
    ) -> None:
        """``who`` says who changed it and when; ``names`` tells the names of offices, advisors."""
        self.clashes = clashes
        self._empty()
        self._title.setText(
            _("{who} Please choose, then save again.").format(who=who) if clashes else who
        )
        self._taken.setVisible(bool(taken))
        labels = self._labels()
        self._taken.setText(taken_text(taken, labels))
        if clashes:
            for column, text in enumerate((_("before"), _("mine"), _("theirs")), start=1):
                self._grid.addWidget(SecondText(text), 0, column)
        for line, clash in enumerate(clashes, start=1):
            self._add(line, clash, labels.get(clash.field, clash.field), names)
        self.setAccessibleName(self._title.text())
        self.show()

    def _add(self, line: int, clash: Clash, label: str, names: Mapping[Any, str]) -> None:
        was, mine, theirs = (
            self._shown(clash.field, value, names)
            for value in (clash.base, clash.mine, clash.theirs)
        )
        before = QLabel(was)
        before.setTextFormat(Qt.TextFormat.PlainText)
        self._grid.addWidget(QLabel(label), line, 0)
        self._grid.addWidget(before, line, 1)
        keep, take = QRadioButton(mine, self), QRadioButton(theirs, self)
        keep.setAccessibleName(_("{field}: keep mine, {value}").format(field=label, value=mine))
        take.setAccessibleName(_("{field}: take theirs, {value}").format(field=label, value=theirs))
        keep.setChecked(True)
        group = QButtonGroup(keep)
        group.addButton(keep)
        group.addButton(take)
        keep.toggled.connect(
            lambda on: self.chosen.emit(clash.field, clash.mine if on else clash.theirs)
        )
        self._grid.addWidget(keep, line, 2)
        self._grid.addWidget(take, line, 3)
        self.options[clash.field] = (keep, take)

    def clear(self) -> None:
        self.clashes = ()
        self._empty()
        self.hide()

    def _empty(self) -> None:
        self.options = {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setPen(QPen(t.warning_edge, 1))
        painter.setBrush(t.warning_ground)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)


def taken_text(taken: Iterable[str], labels: Mapping[str, str]) -> str:
    """Which fields were taken over from the other; empty if none was."""
    fields = ", ".join(labels.get(field, field) for field in taken)
    return _("Taken from their version: {fields}.").format(fields=fields) if fields else ""


def field_labels() -> dict[str, str]:
    """The fields of the form by name, for a sentence."""
    labels = {
        "salutation": _("Salutation"),
        "title": _("Title"),
        "given_name": _("Given name"),
        "family_name": _("Family name"),
        "birth_date": _("Date of birth"),
        "number": _("Client number"),
        "case_number": _("Benefit unit"),
        "language": _("Language"),
        "needs": _("Needs"),
        "office_id": _("Office"),
        "advisor_id": _("Advisor"),
        "closed_on": _("Closed on"),
        "phones": _("Phone numbers"),
        "email": _("E-mail"),
        "email_consent": _("Consent to e-mail"),
        "note": _("Note"),
        "care_of": _("Care of"),
        "extra": _("Extra line"),
        "street": _("Street"),
        "postcode": _("Postcode"),
        "town": _("Town"),
        "country": _("Country"),
        "address_blocked": _("Address blocked"),
        "representative": _("Representative"),
    }
    person = {
        "rep_organisation": _("Organisation"),
        "rep_salutation": _("Salutation"),
        "rep_title": _("Title"),
        "rep_given_name": _("Given name"),
        "rep_family_name": _("Family name"),
        "rep_street": _("Street"),
        "rep_postcode": _("Postcode"),
        "rep_town": _("Town"),
        "rep_country": _("Country"),
        "rep_phone": _("Phone"),
        "rep_valid_from": _("Valid from"),
        "rep_valid_until": _("Valid until"),
    }
    return labels | {
        field: _("Representative: {field}").format(field=label) for field, label in person.items()
    }


def shown_value(field: str, value: Any, names: Mapping[str, str]) -> str:
    """A field's value as the form would show it, shortened; "–" where it is empty."""
    if field == "phones":
        text = ", ".join(f"{phone(row['typed'])} ({word(PhoneKind(row['kind']))})" for row in value)
    elif field == "needs":
        text = ", ".join(word(Need(need)) for need in value)
    elif field in ("salutation", "rep_salutation"):
        text = word(Salutation(value))
    elif field == "language":
        text = word(Language(value))
    elif isinstance(value, bool):
        text = _("yes") if value else _("no")
    else:
        text = names.get(value, value)
    text = " ".join(text.split())
    return (f"{text[:LONGEST]}…" if len(text) > LONGEST else text) or "–"
