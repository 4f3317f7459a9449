"""The audit viewer: a filter, the events that meet it, and one of them in full."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QFocusEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.audit.details import AuditDetails
from koba_desktop.gui.audit.entitlement import reads_audit
from koba_desktop.gui.audit.exporting import ExportLine
from koba_desktop.gui.audit.filters import AuditFilters
from koba_desktop.gui.audit.model import AuditModel, Column
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.mnemonics import menu_letters, tidy
from koba_desktop.gui.refusals import show_refusal
from koba_desktop.gui.widgets import InlineMessage, Level, SecondText, ToolButton
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.audit.reading import audit_page
from koba_desktop.services.audit.rows import AuditPage
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.changes import ChangeSet


class AuditPanel(QWidget):
    """Shows nothing to whoever is not entitled: the window does not show its tab then."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audit")
        self.setAccessibleName(_("Audit"))
        self._desk = desk
        self._entitled = False
        self._stale = True
        self._tidied = False
        self._passing = False  # whether the message is settled by the next answer
        self.model = AuditModel(self)
        self._make_actions()
        self._build()
        self.filters.changed.connect(self._on_filter)
        self.model.more_wanted.connect(self._ask_more)
        self.details.subject_wanted.connect(self.show_subject)
        self.export_line.ended.connect(self._on_export_ended)
        self.export_line.done.connect(self._on_exported)
        self.export_line.failed.connect(self._on_failed)
        desk.changed.connect(self._on_changed)
        desk.actor_changed.connect(self._on_entitlement)
        desk.book_changed.connect(self._on_entitlement)
        desk.book_changed.connect(self.filters.learn_people)
        desk.tick.connect(self._on_tick)
        desk.audit_requested.connect(self.show_subject)
        self._on_entitlement()

    def commands(self) -> list[QAction]:
        """For the menu and the search; not to be seen by those not entitled."""
        return [self.export]

    def tools(self) -> list[list[QAction]]:
        """None in the tool bar: the button stands with the filter it is about."""
        return []

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the events. A focus proxy would make Tab pass over the filter."""
        self.table.setFocus(event.reason())

    def _make_actions(self) -> None:
        self.export = QAction(_("E&xport the audit…"), self)
        self.export.setIconText(_("Export…"))
        theme.bind_icon(self.export, "save")
        self.export.triggered.connect(self._on_export)

    def _build(self) -> None:
        """From the top down: Tab goes the way the parts were made."""
        self.filters = AuditFilters(self._desk, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.filters)
        layout.addLayout(self._build_line())
        self.message = InlineMessage(self)
        layout.addWidget(self.message)
        self.export_line = ExportLine(self._desk, self)
        layout.addWidget(self.export_line)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self._build_table(), 1)
        self.details = AuditDetails(self)
        below.addWidget(self.details)
        layout.addLayout(below, 1)

    def _build_line(self) -> QHBoxLayout:
        """Between filter and table: how many events, and what can be done with them."""
        line = QHBoxLayout()
        line.setSpacing(8)
        self.count = SecondText("", self)
        self.reset_button = ToolButton(_("Reset the &filter"), "undo", self)
        self.reset_button.clicked.connect(self.filters.reset)
        self.export_button = ToolButton(_("E&xport…"), "save", self)
        self.export_button.follow(self.export)
        line.addWidget(self.count, 1)
        line.addWidget(self.reset_button)
        line.addWidget(self.export_button)
        return line

    def _build_table(self) -> QWidget:
        side = QWidget(self)
        self.table = QTableView(side)
        self.table.setModel(self.model)
        self.table.setProperty("framed", True)
        self.table.setAccessibleName(_("Events, the latest first"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(25))
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in (
            (Column.WHEN, 136),
            (Column.WHO, 120),
            (Column.ACTION, 126),
            (Column.OBJECT, 186),
            (Column.FIELDS, 150),
            (Column.HOST, 84),
        ):
            header.resizeSection(column, theme.px(width))
        header.setSectionResizeMode(Column.REASON, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.empty = QLabel(side)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.hide()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        return side

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._tidied:
            self._tidied = True
            tidy(self, menu_letters(self.window()))
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """The latest events that meet the filter, now or as soon as the panel is seen."""
        if not self._entitled or not self.isVisible():
            self._stale = True
            return
        self._stale = False
        wanted = self.filters.wanted()
        self._desk.ask(
            lambda view: audit_page(view, wanted),
            self._show,
            owner=self,
            key="audit",
            failed=self._on_not_read,
        )

    def _ask_more(self) -> None:
        last, wanted = self.model.last, self.filters.wanted()
        if last is None or not self._entitled:
            return
        self._desk.ask(
            lambda view: audit_page(view, wanted, after=last.key),
            self._append,
            owner=self,
            key="audit",
            failed=self._on_not_read,
        )

    def _show(self, page: AuditPage) -> None:
        if not self._entitled:  # somebody else sits here by now
            return
        before = self.model.row(self.table.currentIndex())
        self.model.show_page(page)
        self._settle_message()
        at = self.model.row_of(before) if before is not None else -1
        if page.rows:
            self.table.setCurrentIndex(self.model.index(max(at, 0), 0))
        else:
            self.details.show_row(None)
        self._count()

    def _append(self, page: AuditPage) -> None:
        if self._entitled:
            self.model.append(page)
            self._settle_message()
            self._count()

    def _count(self) -> None:
        n = self.model.rowCount()
        text = ngettext("{n} event", "{n} events", n).format(n=formats.number(n))
        if self.model.more:
            text = _("The latest {n} events; older ones follow as you scroll.").format(
                n=formats.number(n)
            )
        self.count.setText(text if n else "")
        self.table.setVisible(n > 0)
        self.empty.setVisible(n == 0)
        self.empty.setText(
            _("Nothing has been recorded yet.")
            if self.filters.wanted().empty
            else _("Nothing meets the filter. Choose a longer period, or reset the filter.")
        )

    def _on_filter(self) -> None:
        self.table.scrollToTop()
        self.refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        """New events come in at the top; nobody loses the place he or she is reading."""
        reading = self.table.verticalScrollBar().value() > 0
        if reading and not changes.everything and self.isVisible():
            self._passing = True
            self.message.show_message(
                _("Something has been recorded since."), Level.INFO, _("Show it"), self._show_new
            )
        else:
            self.refresh()

    def _show_new(self) -> None:
        self.table.scrollToTop()
        self.refresh()

    def _on_tick(self) -> None:
        self.filters.pass_day()
        if reads_audit(self._desk) is not self._entitled:  # a role begins or ends at midnight
            self._on_entitlement()

    def _on_entitlement(self) -> None:
        """Another person, another role: what the one before saw is not left on the screen."""
        self._entitled = reads_audit(self._desk)
        self.export.setVisible(self._entitled)
        self.export.setEnabled(self._entitled and not self.export_line.busy)
        self.setEnabled(self._entitled)
        if not self._entitled:
            self.export_line.stop()
            self.model.clear()
            self.details.show_row(None)
            self.message.clear()
            self._stale = True
        else:
            self.refresh()

    def _on_current(self, current: QModelIndex) -> None:
        self.details.show_row(self.model.row(current))

    def show_subject(self, object_id: UUID) -> None:
        """Every event about an object and what belongs to it."""
        if self._entitled:
            self.filters.ask_about(str(object_id))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_not_read(self, error: Exception) -> None:
        self.model.give_up()
        self._on_failed(error)
        self._passing = True

    def _settle_message(self) -> None:
        """What the next answer puts right needs no message any more; a failed export does."""
        if self._passing:
            self._passing = False
            self.message.clear()

    def _on_failed(self, error: Exception) -> None:
        self._passing = False
        show_refusal(self._desk, self.message, error)

    # --- the export -------------------------------------------------------------------------------

    def _on_export(self) -> None:
        csv, json = _("CSV for a spreadsheet (*.csv)"), _("JSON for programs (*.json)")
        name = _("audit") + f"-{self._desk.today().isoformat()}.csv"
        path, chosen = QFileDialog.getSaveFileName(
            self, _("Export the audit"), name, f"{csv};;{json}"
        )
        if path:
            kind = ExportFormat.JSON if chosen == json else ExportFormat.CSV
            self.export_to(Path(path), kind)

    def export_to(self, path: Path, kind: ExportFormat = ExportFormat.CSV) -> None:
        """Export what meets the filter. An ending of the name that is known decides the kind."""
        ending = path.suffix[1:].lower()
        if ending in list(ExportFormat):
            kind = ExportFormat(ending)
        else:
            path = path.with_name(f"{path.name}.{kind}")
        self.message.clear()
        self.export.setEnabled(False)
        self.export_line.start(self.filters.wanted(), kind, path)

    def _on_export_ended(self) -> None:
        self.export.setEnabled(self._entitled)

    def _on_exported(self, path: Path, written: int) -> None:
        self._desk.message.emit(
            ngettext("{n} event exported: {file}", "{n} events exported: {file}", written).format(
                n=formats.number(written), file=path.name
            ),
            False,
        )
