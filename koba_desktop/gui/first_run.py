"""The first start with an empty database: name the office and its administrator."""

from datetime import date

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Role
from koba_desktop.gui import theme
from koba_desktop.gui.widgets import Heading, InlineMessage, Level
from koba_desktop.i18n import _
from koba_desktop.services.ids import new_id

FirstRecords = tuple[Office, Staff, tuple[Changeable, ...]]


class FirstRunDialog(QDialog):
    """The least an office needs to begin; all the rest is done in Verwaltung."""

    def __init__(
        self, os_user: str, today: date, recovery_key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._os_user = os_user
        self._today = today
        self.setWindowTitle(_("Set up the office"))
        self.setMinimumWidth(theme.px(480))
        explanation = QLabel(
            _(
                "This database is empty. Name the office and yourself; hours, rooms and colleagues "
                "follow in Administration."
            ),
            self,
        )
        explanation.setWordWrap(True)
        self.message = InlineMessage(self)
        form = QFormLayout()
        self.fields: dict[str, QLineEdit] = {}
        for name, label in (
            ("name", _("&Office")),
            ("street", _("&Street")),
            ("postcode", _("Post&code")),
            ("town", _("&Town")),
            ("phone", _("&Phone")),
            ("given_name", _("Your &given name")),
            ("family_name", _("Your &family name")),
        ):
            field = QLineEdit(self)
            field.setObjectName(name)
            field.setAccessibleName(label.replace("&", ""))
            form.addRow(label, field)
            self.fields[name] = field
        self.fields["name"].setPlaceholderText(_("for example Regionalstelle Halberstadt"))
        self.fields["postcode"].setMaxLength(5)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("&Begin"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("Welcome"), 1, self))
        layout.addWidget(explanation)
        layout.addWidget(self.message)
        layout.addLayout(form)
        if recovery_key:
            self._show_key(recovery_key, layout)
        layout.addWidget(buttons)

    def _show_key(self, key: str, layout: QVBoxLayout) -> None:
        """The one time the recovery key is seen."""
        text = QLabel(
            _(
                "The database is encrypted; its key lies in the keyring of this PC. If the PC is "
                "lost, only this recovery key opens it. Write it down and lock it away now:"
            ),
            self,
        )
        text.setWordWrap(True)
        shown = QLineEdit(key, self)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Recovery key"))
        layout.addWidget(text)
        layout.addWidget(shown)

    def value(self, name: str) -> str:
        return self.fields[name].text().strip()

    def accept(self) -> None:
        missing = [
            name
            for name in ("name", "street", "postcode", "town", "family_name")
            if not self.value(name)
        ]
        if missing:
            label = self.fields[missing[0]].accessibleName()
            self.message.show_message(
                _("Please fill in: {field}.").format(field=label), Level.ERROR
            )
            self.fields[missing[0]].setFocus()
            return
        if len(self.value("postcode")) != 5 or not self.value("postcode").isdigit():
            self.message.show_message(_("A postcode has five digits."), Level.ERROR)
            self.fields["postcode"].setFocus()
            return
        super().accept()

    def records(self) -> FirstRecords:
        """The office, its first member, and all rows to save."""
        name, town = self.value("name"), self.value("town")
        street, place = self.value("street"), f"{self.value('postcode')} {town}"
        office = Office(
            id=new_id(),
            name=name,
            short_name=town,
            street=street,
            postcode=self.value("postcode"),
            town=town,
            return_line=f"{street} · {place}",
            reply_lines=(name, street, place),
            phone=self.value("phone"),
        )
        given, family = self.value("given_name"), self.value("family_name")
        member = Staff(
            id=new_id(),
            login=self._os_user or family.lower(),
            family_name=family,
            given_name=given,
            initials=family[:2].upper(),
            office_id=office.id,
            os_user=self._os_user or None,
        )
        roles = tuple(
            StaffRole(
                id=new_id(),
                staff_id=member.id,
                office_id=office.id,
                role=role,
                valid_from=self._today,
            )
            for role in (Role.ADMINISTRATOR, Role.LEAD, Role.ADVISOR)
        )
        return office, member, (office, member, *roles)
