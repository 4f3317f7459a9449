"""The fields of the editor: putting a content in, reading it out, what a mode leaves open."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from uuid import UUID

from PySide6.QtCore import QDate, QLocale, QObject, QSignalBlocker, QSize, QTime, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from koba_desktop.domain.appointments import planned_minutes
from koba_desktop.domain.entities.clients import ClientPhone
from koba_desktop.domain.modes import allows
from koba_desktop.domain.rights import Right, in_force, rights_in
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    Mode,
    Urgency,
    UrgencyCategory,
)
from koba_desktop.gui import theme
from koba_desktop.gui.appointments.clientfield import ClientField, described
from koba_desktop.gui.appointments.content import Content
from koba_desktop.gui.appointments.roomfield import RoomField
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.forms.ui_appointment_editor import Ui_AppointmentEditor
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _, formats, language
from koba_desktop.i18n.words import word
from koba_desktop.services.rows import ClientRow

DATE_PATTERNS = {"de": "ddd dd.MM.yyyy", "en": "ddd dd/MM/yyyy"}


class Form(QObject):
    """Between widgets and ``Content``. ``edited`` is emitted for what the user did."""

    edited = Signal()

    def __init__(self, desk: Desk, ui: Ui_AppointmentEditor, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self.ui = ui
        self._surcharge = 0.0
        self._filled_phone = ""
        self.client = ClientField(desk, ui.client, (desk.office.id,))
        self.client.chosen.connect(self._on_client)
        self.room = RoomField(ui, self)
        self.room.edited.connect(self._on_edited)
        self._fill_choices()
        ui.channel.currentIndexChanged.connect(self._show_room)
        ui.day.setLocale(QLocale(language()))
        ui.day.setDisplayFormat(DATE_PATTERNS[language()])
        for signal in (
            ui.channel.currentIndexChanged,
            ui.category.currentIndexChanged,
            ui.advisor.currentIndexChanged,
            ui.state.currentIndexChanged,
            ui.day.dateChanged,
            ui.time.timeChanged,
            ui.minutes.valueChanged,
            ui.phone.editTextChanged,
            ui.purpose.textChanged,
        ):
            signal.connect(self._on_edited)
        ui.kind.currentIndexChanged.connect(self._on_kind)
        ui.urgency.currentIndexChanged.connect(self._on_urgency)
        ui.by_letter.toggled.connect(self._on_by_letter)

    # --- content ----------------------------------------------------------------------------------

    def content(self) -> Content:
        ui = self.ui
        day, at = ui.day.date(), ui.time.time()
        category = ui.category.currentData()
        urgency = Urgency(ui.urgency.currentData())
        return Content(
            client_id=self.client.client_id,
            name=ui.client.text().strip(),
            kind_id=ui.kind.currentData(),
            channel=Channel(ui.channel.currentData()),
            urgency=urgency,
            category=UrgencyCategory(category)
            if category and urgency is not Urgency.NONE
            else None,
            advisor_id=ui.advisor.currentData(),
            day=date(day.year(), day.month(), day.day()),
            at=time(at.hour(), at.minute()),
            minutes=ui.minutes.value(),
            phone=ui.phone.currentText().strip(),
            purpose=ui.purpose.toPlainText(),
            state=AppointmentState(ui.state.currentData()),
            by_letter=ui.by_letter.isChecked(),
            place_id=self.room.place_id,
            persons=self.room.persons,
        )

    def typed_since(self, base: Content) -> Content:
        """The content, where ``base`` has no number without the one the program put in."""
        content = self.content()
        if not base.phone and content.phone == self._filled_phone:
            return replace(content, phone=base.phone)
        return content

    def show(self, content: Content) -> None:
        """Put a content in without calling it edited."""
        ui = self.ui
        blockers = [QSignalBlocker(w) for w in self._widgets()]
        self.client.set(content.client_id, content.name)
        _choose(ui.kind, content.kind_id)
        _choose(ui.channel, content.channel.value)
        _choose(ui.urgency, content.urgency.value)
        _choose(ui.category, content.category.value if content.category else None)
        if content.advisor_id is not None and row_of(ui.advisor, content.advisor_id) < 0:
            member = self._desk.book.member(content.advisor_id)
            ui.advisor.addItem(
                formats.name_sorted(member.family_name, member.given_name), member.id
            )
        _choose(ui.advisor, content.advisor_id)
        ui.day.setDate(QDate(content.day.year, content.day.month, content.day.day))
        ui.time.setTime(QTime(content.at.hour, content.at.minute))
        ui.minutes.setValue(content.minutes)
        ui.phone.setEditText(content.phone)
        if ui.purpose.toPlainText() != content.purpose:
            ui.purpose.setPlainText(content.purpose)
        if row_of(ui.state, content.state.value) < 0:
            ui.state.addItem(word(content.state), content.state.value)
        _choose(ui.state, content.state.value)
        ui.by_letter.setChecked(content.by_letter)
        del blockers
        self.room.set(content.place_id, content.persons)
        self._show_room()
        self._show_urgency()
        self._show_client("")

    def take(self, content: Content) -> None:
        """Put a content in on the user's behalf (a free time chosen, versions merged)."""
        self.show(content)
        self.edited.emit()

    # --- what the database knows ------------------------------------------------------------------

    def show_phones(self, phones: Sequence[ClientPhone]) -> None:
        """Offer the client's numbers; the first one where nothing stands yet."""
        ui = self.ui
        typed = ui.phone.currentText()
        blocker = QSignalBlocker(ui.phone)
        ui.phone.clear()
        for phone in phones:
            ui.phone.addItem(formats.phone(phone.typed))
        first = formats.phone(phones[0].typed) if phones else ""
        self._filled_phone = self._filled_phone if typed else first
        ui.phone.setEditText(typed or first)
        del blocker

    def show_mode(self, mode: Mode) -> None:
        """Channels the mode suspends cannot be chosen, and the line below says why."""
        ui = self.ui
        urgency = Urgency(ui.urgency.currentData())
        model = ui.channel.model()
        closed = []
        for number in range(ui.channel.count()):
            channel = Channel(ui.channel.itemData(number))
            allowed = allows(mode, channel, urgency)
            if isinstance(model, QStandardItemModel):
                model.item(number).setEnabled(allowed)
            if not allowed:
                closed.append(word(channel))
        text = ""
        if closed:
            text = _("{mode}: only for urgent visits and emergencies: {channels}.").format(
                mode=word(mode), channels=", ".join(closed)
            )
        ui.channel_info.setText(text)
        ui.channel_info.setVisible(bool(text))

    def set_surcharge(self, percent: float, *, apply: bool) -> None:
        """The pandemic's surcharge on durations; ``apply`` it to the kind chosen now."""
        if percent != self._surcharge:
            self._surcharge = percent
            if apply:
                self._plan_minutes()

    # --- choices ----------------------------------------------------------------------------------

    def _fill_choices(self) -> None:
        ui, desk = self.ui, self._desk
        today = desk.today()
        for kind in sorted(desk.book.kinds, key=lambda k: (k.position, k.name)):
            if kind.retired_on is None or kind.retired_on > today:
                ui.kind.addItem(kind.name, kind.id)
        icons = {Channel.TELEPHONE: "phone", Channel.IN_PERSON: "person", Channel.OUTDOORS: "tree"}
        ui.channel.setIconSize(QSize(theme.px(16), theme.px(16)))
        for channel in Channel:
            ui.channel.addItem(theme.icon(icons[channel]), word(channel), channel.value)
        for urgency in Urgency:
            ui.urgency.addItem(word(urgency), urgency.value)
        for category in UrgencyCategory:
            ui.category.addItem(word(category), category.value)
        for advisor in desk.book.advisors(desk.office.id, today):
            name = formats.name_sorted(advisor.family_name, advisor.given_name)
            ui.advisor.addItem(f"{name} ({advisor.initials})", advisor.id)
        for state in (AppointmentState.CONFIRMED, AppointmentState.PROPOSED):
            ui.state.addItem(word(state), state.value)
        reads_purpose = self.may_read_purpose()
        ui.purpose.setVisible(reads_purpose)
        ui.purpose_label.setVisible(reads_purpose)
        ui.phone.setCurrentIndex(-1)
        typed = ui.phone.lineEdit()
        assert typed is not None
        typed.setAccessibleName(ui.phone.accessibleName())
        ui.tabs.setAccessibleName(_("Free times and history"))

    def may_read_purpose(self) -> bool:
        """The purpose is social data: not for reception (§ 35 SGB I)."""
        desk = self._desk
        mine = [r for r in desk.book.roles if r.staff_id == desk.actor.staff_id]
        rights = rights_in(in_force(mine, desk.today()), desk.office.id)
        return Right.READ_SOCIAL_DATA in rights

    def _widgets(self) -> list[QWidget]:
        ui = self.ui
        return [
            *(ui.client, ui.kind, ui.channel, ui.urgency, ui.category, ui.advisor),
            *(ui.day, ui.time, ui.minutes, ui.phone, ui.purpose, ui.state, ui.by_letter),
        ]

    # --- the user ---------------------------------------------------------------------------------

    def _on_edited(self, *_values: object) -> None:
        self.edited.emit()

    def _on_client(self, row: ClientRow | None) -> None:
        if row is not None:
            self.ui.phone.setEditText(formats.phone(row.phone))
        self._show_client(described(row) if row is not None else "")
        self.edited.emit()

    def _show_client(self, text: str) -> None:
        ui = self.ui
        if not text and self.client.client_id is None and ui.client.text().strip():
            text = _("Not chosen from the list: booked as a visitor without a client number.")
        ui.client_info.setText(text)
        ui.client_info.setVisible(bool(text))

    def _on_kind(self, _number: int) -> None:
        self._plan_minutes()
        self.edited.emit()

    def _plan_minutes(self) -> None:
        kind_id: UUID | None = self.ui.kind.currentData()
        if kind_id is not None:
            minutes = planned_minutes(self._desk.book.kind(kind_id).minutes, self._surcharge)
            self.ui.minutes.setValue(minutes)

    def _on_urgency(self, _number: int) -> None:
        self._show_urgency()
        self.edited.emit()

    def _show_urgency(self) -> None:
        self.ui.category.setVisible(self.ui.urgency.currentData() != Urgency.NONE.value)

    def _show_room(self, _number: int = 0) -> None:
        personal = self.ui.channel.currentData() != Channel.TELEPHONE.value
        self.room.show_for(personal=personal)

    def _on_by_letter(self, on: bool) -> None:
        """Who learns of it by letter has not answered yet."""
        content = self.content()
        fresh = {AppointmentState.PROPOSED, AppointmentState.CONFIRMED}
        if self.ui.state.isEnabled() and content.state in fresh:
            state = AppointmentState.PROPOSED if on else AppointmentState.CONFIRMED
            self.show(replace(content, state=state))
        self.edited.emit()


def _choose(box: QComboBox, value: object) -> None:
    number = row_of(box, value)
    if number >= 0 or value is None:
        box.setCurrentIndex(number)
