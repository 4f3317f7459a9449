"""Deciding on the operating mode: always possible, also without incidence."""

from datetime import date, time
from typing import cast

from PySide6.QtCore import QDate, QDateTime, QModelIndex, Qt, QTime
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from koba_desktop.domain.clock import instant, wall
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.vocabulary import Mode, ModeSource, Role
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.forms.ui_mode import Ui_Mode
from koba_desktop.gui.mode.model import Column, ModeModel
from koba_desktop.gui.widgets import Heading, IconLabel, InlineMessage, Level, SecondText
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe
from koba_desktop.i18n.words import word
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import SetMode, WithdrawMode
from koba_desktop.services.modes.history import mode_history

MAY_DECIDE = frozenset({Role.LEAD, Role.ADMINISTRATOR})
SOURCES = (
    ModeSource.DISTRICT_ORDER,
    ModeSource.STATE_REGULATION,
    ModeSource.LEAD_DECISION,
)


class ModePanel(QWidget):
    """What holds now and why, the form for a new decision, and the whole history."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mode")
        self.setAccessibleName(_("Operating mode"))
        self._desk = desk
        self._stale = True
        self._model = ModeModel(desk, self)
        self._build()
        desk.changed.connect(self._on_changed)
        desk.actor_changed.connect(self._on_actor_changed)
        desk.tick.connect(self._refresh)
        self._on_actor_changed()

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [self._withdraw]

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        self._now = IconLabel("lock", "", self, role="accent", bold=True)
        self._now.label.setFont(theme.font(theme.LARGE, bold=True))
        self._why = SecondText("", self)
        self._means = SecondText("", self)
        for text in (self._why, self._means):
            text.setWordWrap(True)
        layout.addWidget(self._now)
        layout.addWidget(self._why)
        layout.addWidget(self._means)
        layout.addSpacing(8)
        layout.addWidget(Heading(_("New decision"), 2, self))
        self._form_widget = QWidget(self)
        self._form_widget.setMaximumWidth(theme.px(640))
        self._form = Ui_Mode()
        self._form.setupUi(self._form_widget)
        self._form.form.setContentsMargins(0, 0, 0, 0)
        self._form.decide.setProperty("kind", "primary")
        for mode in Mode:
            self._form.mode.addItem(word(mode), mode)
        for source in SOURCES:
            self._form.source.addItem(word(source), source)
        self._form.decide.clicked.connect(self._decide)
        self._form.reason.returnPressed.connect(self._decide)
        layout.addWidget(self._form_widget)
        self._message = InlineMessage(self)
        layout.addWidget(self._message)
        layout.addSpacing(8)
        layout.addWidget(Heading(_("Decisions"), 2, self))
        self._table = QTableView(self)
        self._table.setModel(self._model)
        self._table.setProperty("framed", True)
        self._table.setAccessibleName(_("Decisions, the latest first"))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.REASON, QHeaderView.ResizeMode.Stretch)
        self._withdraw = QAction(_("&Withdraw the planned change"), self)
        theme.bind_icon(self._withdraw, "undo")
        self._withdraw.setEnabled(False)
        self._withdraw.triggered.connect(self._on_withdraw)
        self._table.addAction(self._withdraw)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._table.selectionModel().currentChanged.connect(self._on_current)
        layout.addWidget(self._table, 1)

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

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
        self._form_widget.setEnabled(may)
        self._withdraw.setVisible(may)
        if may:
            self._message.clear()
        else:
            self._message.show_message(
                _(
                    "The team lead decides on the mode. "
                    "You can see here what holds and what is planned."
                ),
                Level.INFO,
            )
        self._propose_now()
        self._refresh()

    def _propose_now(self) -> None:
        now = wall(self._desk.now())
        self._form.valid_from.setDateTime(
            QDateTime(QDate(now.year, now.month, now.day), QTime(now.hour, now.minute))
        )

    def _refresh(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        office_id = self._desk.actor.office_id
        self._desk.ask(
            lambda view: mode_history(view, office_id), self._show, owner=self, key="history"
        )

    def _show(self, rows: tuple[OperatingMode, ...]) -> None:
        self._model.show_rows(rows)
        now = self._desk.now()
        row = self._model.timeline.row_at(now)
        mode = self._model.timeline.at(now)
        self._now.set(word(mode), "lock" if mode is Mode.CLOSED else "door")
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
        self._on_current(self._table.currentIndex(), QModelIndex())

    # --- deciding ---------------------------------------------------------------------------------

    def _decide(self) -> None:
        typed = self._form.valid_from.dateTime()
        valid_from = instant(
            cast(date, typed.date().toPython()), cast(time, typed.time().toPython())
        )
        mode = self._form.mode.currentData()
        self._desk.execute(
            SetMode(
                office_id=self._desk.actor.office_id,
                mode=mode,
                valid_from=valid_from,
                source=self._form.source.currentData(),
                reason=self._form.reason.text(),
            ),
            owner=self,
            done=lambda _receipt: self._decided(),
            failed=self._failed,
            message=_("Decided: {mode} from {moment}.").format(
                mode=word(mode), moment=formats.moment_of(valid_from)
            ),
        )

    def _decided(self) -> None:
        self._message.clear()
        self._form.reason.clear()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        self._message.show_message(describe(error), Level.ERROR)
        if error.problems[0].where == "reason":
            self._form.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._withdraw.setEnabled(self._model.planned(current) is not None)

    def _on_withdraw(self) -> None:
        row = self._model.planned(self._table.currentIndex())
        if row is None:
            return
        reason = self._form.reason.text().strip()
        if not reason:
            self._message.show_message(
                _("Please give the reason in the field above, then withdraw the plan."),
                Level.WARNING,
            )
            self._form.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._desk.execute(
            WithdrawMode(mode_id=row.id, reason=reason),
            owner=self,
            done=lambda _receipt: self._decided(),
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
