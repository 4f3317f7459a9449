"""Exporting the audit: noted first, then written in the background with its progress."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget
from shiboken6 import isValid

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.tasks import Lane
from koba_desktop.gui.widgets.buttons import EnterButton
from koba_desktop.i18n import _, formats
from koba_desktop.services.audit.exporting import ExportAudit
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.audit.writing import AuditExport, write_audit


class _Teller(QObject):
    """Brings word of the progress from the thread that writes."""

    told = Signal(int, int)


class ExportLine(QWidget):
    """One export at a time: how far it is, and a way to stop it. Hidden without one."""

    ended = Signal()
    done = Signal(object, int)  # Path of the file, number of events
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stop = Event()
        self._teller = _Teller(self)
        self._teller.told.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._text = QLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(_("Progress of the export"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(12))
        self.cancel = EnterButton(_("&Cancel the export"), self)
        self.cancel.clicked.connect(self._on_cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._text)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        self.hide()

    @property
    def busy(self) -> bool:
        return not self.isHidden()

    def start(self, wanted: AuditFilter, kind: ExportFormat, path: Path) -> None:
        """Note the export in the audit, and write the file once that is done."""
        self._stop = stop = Event()
        self.destroyed.connect(stop.set)
        self.bar.setRange(0, 0)
        self._text.setText(_("Exporting …"))
        self.show()
        order = AuditExport(wanted=wanted, format=kind, path=path, viewer=self._desk.actor.staff_id)
        self._desk.execute(
            ExportAudit(wanted=wanted, format=kind),
            owner=self,
            done=lambda _receipt: self._write(order, stop),
            failed=self._fail,
        )

    def stop(self) -> None:
        """Nothing is written any more; a file begun is gone."""
        self._stop.set()

    def _write(self, order: AuditExport, stop: Event) -> None:
        services, tasks, teller = self._desk.services, self._desk.tasks, self._teller

        def tell(done: int, of: int) -> None:
            if isValid(teller):
                teller.told.emit(done, of)

        def finish(written: int | None) -> None:
            self._end()
            if written is not None:
                self.done.emit(order.path, written)

        tasks.submit(
            Lane.QUERIES,
            lambda: write_audit(services, order, tell, lambda: stop.is_set() or tasks.closed),
            finish,
            self._fail,
            self,
        )

    def _on_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self._text.setText(
            _("Exporting: {done} of {of}").format(done=formats.number(done), of=formats.number(of))
        )

    def _on_cancel(self) -> None:
        self.stop()
        self._text.setText(_("Stopping …"))

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self.hide()
        self.ended.emit()
