"""Who sits at this PC: the person linked to the login, chosen once, or switched."""

from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.folding import fold
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import Role
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.widgets import Heading
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.execution import Actor
from koba_desktop.services.office.book import OfficeBook


def linked_member(book: OfficeBook, os_user: str) -> Staff | None:
    """The person linked to the login of this PC."""
    return next(
        (s for s in book.staff if s.os_user and s.os_user == os_user and s.left_on is None), None
    )


def demo_member(book: OfficeBook, today: date) -> Staff | None:
    """Whom a demo begins with: the first advisor of the first office."""
    for office in book.offices:
        if advisors := book.advisors(office.id, today):
            return advisors[0]
    return next(iter(book.staff), None)


def actor_of(book: OfficeBook, member: Staff) -> Actor:
    """The person in the home office, or where she has a role, or in the first office."""
    places = [member.office_id, *(r.office_id for r in book.roles if r.staff_id == member.id)]
    office = next((place for place in places if place is not None), book.offices[0].id)
    return Actor(staff_id=member.id, office_id=office)


def offices_of(book: OfficeBook, staff_id: UUID, day: date) -> tuple[Office, ...]:
    """The offices in which somebody holds a role on a day."""
    held = {role.office_id for role in roles_in_force(book, staff_id, day)}
    return tuple(office for office in book.offices if office.id in held)


def actor_signed_in(book: OfficeBook, staff_id: UUID, day: date) -> Actor:
    """Whoever signed in to the shared database, in the home office if a role is held there, else in
    the first office where one is."""
    home = book.member(staff_id).office_id
    places = [office.id for office in offices_of(book, staff_id, day)]
    return Actor(staff_id, home if home in places else places[0])


def linking(book: OfficeBook, member: Staff, os_user: str) -> tuple[Staff, ...]:
    """The rows to save so that the login of this PC is that person, and nobody else."""
    if not os_user or member.os_user == os_user:
        return ()
    others = (s for s in book.staff if s.os_user == os_user and s.id != member.id)
    return (*(replace(s, os_user=None) for s in others), replace(member, os_user=os_user))


def roles_in_force(book: OfficeBook, staff_id: UUID, day: date) -> list[StaffRole]:
    return [r for r in book.roles if r.staff_id == staff_id and valid_on(r, day)]


def first_tab(book: OfficeBook, actor: Actor, day: date) -> str:
    """The view with which a person's day begins, "" for the one last looked at."""
    held = {
        r.role for r in roles_in_force(book, actor.staff_id, day) if r.office_id == actor.office_id
    }
    receives = Role.RECEPTION in held and held.isdisjoint({Role.ADVISOR, Role.LEAD})
    return "reception" if receives else ""


def link_login(desk: Desk, member: Staff, os_user: str) -> None:
    """From now on the login of this PC is that person, and nobody else."""
    records = linking(desk.book, member, os_user)
    if records:
        desk.execute(SaveMasterData(records=records), owner=desk)


class PersonDialog(QDialog):
    """Choose a person of any office; of each office, reception and lead stand first."""

    chosen = Signal(object, bool)  # Staff, and whether the login of this PC is to be that person

    def __init__(
        self, book: OfficeBook, today: date, *, link: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._book = book
        self.setWindowTitle(_("Change person"))
        self.setMinimumSize(420, 460)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Name, role or office …"))
        self.search.setAccessibleName(_("Search people"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setProperty("framed", True)
        self.list.setAccessibleName(_("Persons"))
        self.link = QCheckBox(_("&Remember for this login of the PC"), self)
        self.link.setVisible(link)
        self.link.setChecked(link)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(_("&Work as this person"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        hint = QLabel(_("Who is using this PC?"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(hint.text(), 1, self))
        hint.deleteLater()
        for widget in (self.search, self.list, self.link, buttons):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.accept)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self._fill(book, today)

    def _fill(self, book: OfficeBook, today: date) -> None:
        offices = {office.id: office.short_name for office in book.offices}
        order = {Role.RECEPTION: 0, Role.LEAD: 1, Role.ADVISOR: 2}
        people = []
        for member in book.staff:
            if member.left_on is not None and member.left_on <= today:
                continue
            roles = roles_in_force(book, member.id, today)
            words = ", ".join(dict.fromkeys(word(r.role) for r in roles))
            place = offices.get(actor_of(book, member).office_id, "")
            rank = min((order.get(r.role, 3) for r in roles), default=4)
            name = formats.name_sorted(member.family_name, member.given_name)
            people.append((place, rank, name, words, member.id))
        for place, _rank, name, words, staff_id in sorted(people, key=lambda p: p[:3]):
            text = " · ".join(part for part in (name, words, place) if part)
            item = QListWidgetItem(text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, staff_id)
        self._filter("")

    def _filter(self, text: str) -> None:
        wanted = fold(text).split()
        first = -1
        for row in range(self.list.count()):
            item = self.list.item(row)
            shown = all(part in fold(item.text()) for part in wanted)
            item.setHidden(not shown)
            if shown and first < 0:
                first = row
        self.list.setCurrentRow(first)
        self._ok.setEnabled(first >= 0)

    def staff_id(self) -> UUID | None:
        """The person chosen."""
        item = self.list.currentItem()
        return cast(UUID, item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def accept(self) -> None:
        staff_id = self.staff_id()
        if staff_id is not None:
            super().accept()
            self.chosen.emit(self._book.member(staff_id), self.link.isChecked())
