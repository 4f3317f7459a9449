"""Deciding on the operating mode: always possible, also without incidence."""

from datetime import date, time
from typing import cast

from PySide6.QtCore import QDate, QDateTime, QModelIndex, Qt, QTime
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.clock import instant, wall
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.vocabulary import Mode, ModeSource, Role
from koba_desktop.gui import theme
from koba_desktop.gui.dates import date_pattern
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.forms.ui_mode import Ui_Mode
from koba_desktop.gui.mode.model import ROW_ROLE, Column, ModeModel
from koba_desktop.gui.mode.typed import FORM, TypedDecision
from koba_desktop.gui.widgets import (
    Heading,
    IconLabel,
    InlineMessage,
    Level,
    SecondText,
    ToolButton,
)
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe
from koba_desktop.i18n.words import word
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import SetMode, WithdrawMode
from koba_desktop.services.drafts.keeping import open_draft
from koba_desktop.services.execution import Actor
from koba_desktop.services.modes.history import mode_history
from koba_desktop.services.view import View

MAY_DECIDE = frozenset({Role.LEAD, Role.ADMINISTRATOR})
SOURCES = (
    ModeSource.DISTRICT_ORDER,
    ModeSource.STATE_REGULATION,
    ModeSource.LEAD_DECISION,
)
Answer = tuple[tuple[OperatingMode, ...], Draft | None]
_ICONS = {Mode.CLOSED: "lock", Mode.BY_APPOINTMENT: "calendar", Mode.REGULAR: "door"}


class ModePanel(QWidget):
    """What holds now and why, the form for a new decision, and the whole history."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mode")
        self.setAccessibleName(_("Operating mode"))
        self._desk = desk
        self._stale = True
        self._may_decide = False
        self._model = ModeModel(desk, self)
        self._build()
        self._typed = TypedDecision(
            desk, self.form, self.withdrawal_reason, self.table, self._model
        )
        self._typed.restored.connect(self._on_restored)
        desk.changed.connect(self._on_changed)
        desk.actor_changed.connect(self._on_actor_changed)
        desk.tick.connect(self._refresh)
        self._on_actor_changed()

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [self.withdraw]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the history. A focus proxy would make Tab pass over what stands above it."""
        self.table.setFocus(event.reason())

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        self._now = IconLabel("lock", "", self, role="accent", bold=True)
        self._now.label.setFont(theme.font(theme.LARGE, bold=True))
        self._why = QLabel("", self)
        self._means = SecondText("", self)
        self._coming = IconLabel("calendar", "", self, bold=True)
        for text in (self._why, self._means):
            text.setWordWrap(True)
        for widget in (self._now, self._why, self._means, self._coming):
            layout.addWidget(widget)
        layout.addSpacing(8)
        self._message = InlineMessage(self)
        layout.addWidget(self._message)
        layout.addSpacing(4)
        below = QHBoxLayout()
        below.setSpacing(24)
        below.addWidget(self._build_form(), 0, Qt.AlignmentFlag.AlignTop)
        below.addLayout(self._build_history(), 1)
        layout.addLayout(below, 1)

    def _build_form(self) -> QWidget:
        self._decision = QWidget(self)
        self._decision.setFixedWidth(theme.px(360))
        layout = QVBoxLayout(self._decision)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("New decision"), 2, self._decision))
        fields = QWidget(self._decision)
        self.form = Ui_Mode()
        self.form.setupUi(fields)
        self.form.form.setContentsMargins(0, 0, 0, 0)
        self.form.decide.setProperty("kind", "primary")
        for mode in Mode:
            self.form.mode.addItem(word(mode), mode)
        for source in SOURCES:
            self.form.source.addItem(word(source), source)
        self.form.valid_from.setDisplayFormat(f"{date_pattern()} HH:mm")
        self.form.decide.clicked.connect(self._decide)
        self.form.reason.returnPressed.connect(self._decide)
        layout.addWidget(fields)
        return self._decision

    def _build_history(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(8)
        layout.addWidget(Heading(_("Decisions"), 2, self))
        self.table = QTableView(self)
        self.table.setModel(self._model)
        self.table.setProperty("framed", True)
        self.table.setAccessibleName(_("Decisions, the latest first"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(26))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.REASON, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._build_withdrawal())
        return layout

    def _build_withdrawal(self) -> QWidget:
        """Below the table, where a planned change is chosen: the reason and the button."""
        self.withdraw = QAction(_("&Withdraw the planned change"), self)
        theme.bind_icon(self.withdraw, "undo")
        self.withdraw.setEnabled(False)
        self.withdraw.triggered.connect(self._on_withdraw)
        self.table.addAction(self.withdraw)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.withdrawal = QWidget(self)
        row = QHBoxLayout(self.withdrawal)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = QLabel(_("Reason for wi&thdrawing it"), self.withdrawal)
        self.withdrawal_reason = QLineEdit(self.withdrawal)
        self.withdrawal_reason.setAccessibleName(_("Reason for withdrawing the planned change"))
        self.withdrawal_reason.setMaxLength(self.form.reason.maxLength())
        self.withdrawal_reason.returnPressed.connect(self.withdraw.trigger)
        label.setBuddy(self.withdrawal_reason)
        button = ToolButton(_("Withdraw the planned change"), "undo", self.withdrawal)
        button.clicked.connect(self.withdraw.trigger)
        row.addWidget(label)
        row.addWidget(self.withdrawal_reason, 1)
        row.addWidget(button)
        self.withdrawal.hide()
        return self.withdrawal

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._typed.keep()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.MODES, Topic.OFFICE):
            self._refresh()

    def _on_actor_changed(self) -> None:
        may = any(
            role.staff_id == self._desk.actor.staff_id
            and role.office_id == self._desk.actor.office_id
            and role.role in MAY_DECIDE
            and role.valid_from <= self._desk.today()
            and (role.valid_until is None or self._desk.today() <= role.valid_until)
            for role in self._desk.book.roles
        )
        self._may_decide = may
        self._decision.setVisible(may)
        self.withdraw.setVisible(may)
        if may:
            self._message.clear()
        else:
            self._message.show_message(
                _(
                    "The team lead decides on the mode. Here you can see what applies and "
                    "what is planned."
                ),
                Level.INFO,
            )
        self._typed.leave()
        self._propose_now()
        if may:
            self._typed.start()
        self._refresh()

    def _propose_now(self) -> None:
        """Decisions hold from now on or later, never for what is past."""
        now = wall(self._desk.now())
        moment = QDateTime(QDate(now.year, now.month, now.day), QTime(now.hour, now.minute))
        self.form.valid_from.setMinimumDateTime(moment)
        self.form.valid_from.setDateTime(moment)

    def _refresh(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        office_id, look = self._desk.actor.office_id, self._typed.waiting

        def query(view: View) -> Answer:
            draft = open_draft(view, FORM, office_id) if look else None
            return mode_history(view, office_id), draft

        self._desk.ask(query, self._show, owner=self, key="history")

    def _show(self, answer: Answer) -> None:
        rows, draft = answer
        chosen: OperatingMode | None = self.table.currentIndex().data(ROW_ROLE)
        self._model.show_rows(rows)
        now = self._desk.now()
        row = self._model.timeline.row_at(now)
        mode = self._model.timeline.at(now)
        self._now.set(word(mode), _ICONS[mode])
        self._why.setText(
            _("{reason} · since {day} · {source}").format(
                reason=row.reason,
                day=formats.date_short(wall(row.valid_from)),
                source=word(row.source),
            )
            if row is not None
            else _("No decision yet: a new office starts in normal operation.")
        )
        self._means.setText(meaning(mode))
        planned = self._model.timeline.planned(now)
        self._coming.setVisible(bool(planned))
        if planned:
            self._coming.set(
                _("Planned: {mode} from {moment} ({reason})").format(
                    mode=word(planned[0].mode),
                    moment=formats.moment_of(planned[0].valid_from),
                    reason=planned[0].reason,
                )
            )
        if chosen is not None:
            self.table.selectRow(self._model.row_of(chosen.id))
        self._on_current(self.table.currentIndex(), QModelIndex())
        self._typed.take(draft)

    # --- what was being typed ---------------------------------------------------------------------

    def carry_on(self, draft: Draft) -> None:
        """Show what was typed before an interruption; in its office, where that is another."""
        office_id = draft.subject_id
        if office_id is not None and office_id != self._desk.actor.office_id:
            self._desk.become(Actor(staff_id=self._desk.actor.staff_id, office_id=office_id))
        self._typed.carry_on(draft)
        self.form.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_restored(self) -> None:
        self._message.show_message(
            _("This is what you had typed before. It is not saved yet."), Level.INFO
        )

    # --- deciding ---------------------------------------------------------------------------------

    def _decide(self) -> None:
        typed = self.form.valid_from.dateTime()
        valid_from = instant(
            cast(date, typed.date().toPython()), cast(time, typed.time().toPython())
        )
        mode = Mode(self.form.mode.currentData())
        self._desk.execute(
            SetMode(
                office_id=self._desk.actor.office_id,
                mode=mode,
                valid_from=valid_from,
                source=ModeSource(self.form.source.currentData()),
                reason=self.form.reason.text(),
            ),
            owner=self,
            done=lambda _receipt: self._decided(),
            failed=self._failed,
            message=_("Decided: {mode} from {moment}.").format(
                mode=word(mode), moment=formats.moment_of(valid_from)
            ),
        )

    def _decided(self) -> None:
        self.form.reason.clear()
        self._propose_now()
        self._settled(self.withdrawal_reason)

    def _withdrawn(self) -> None:
        self.withdrawal_reason.clear()
        self._settled(self.form.reason)

    def _settled(self, other: QLineEdit) -> None:
        """One of the two was saved; what was typed for the other stays kept."""
        self._message.clear()
        if not other.text():
            self._typed.discard()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        self._message.show_message(describe(error), Level.ERROR)
        if error.problems[0].where == "reason":
            self.form.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        can = self._may_decide and self._model.planned(current) is not None
        self.withdraw.setEnabled(can)
        self.withdrawal.setVisible(can)

    def _on_withdraw(self) -> None:
        row = self._model.planned(self.table.currentIndex())
        if row is None:
            return
        reason = self.withdrawal_reason.text().strip()
        if not reason:
            self._message.show_message(
                _("Please give the reason for withdrawing the planned change."), Level.WARNING
            )
            self.withdrawal_reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._desk.execute(
            WithdrawMode(mode_id=row.id, reason=reason),
            owner=self,
            done=lambda _receipt: self._withdrawn(),
            failed=self._failed,
            message=_("The planned change was withdrawn."),
        )


def meaning(mode: Mode) -> str:
    """What a mode allows, in a sentence (domain rules § 4)."""
    return {
        Mode.CLOSED: _(
            "Consultation by telephone. In person only emergencies and urgent visits, "
            "with a reason."
        ),
        Mode.BY_APPOINTMENT: _(
            "In person by appointment, limited by rooms and by the number of visitors."
        ),
        Mode.REGULAR: _("Everything is possible."),
    }[mode]
