"""One event of the audit with everything known about it."""

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from koba_desktop.domain.clock import wall
from koba_desktop.gui import theme
from koba_desktop.gui.widgets import Heading
from koba_desktop.gui.widgets.buttons import EnterButton
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.audit_words import field_word, object_word
from koba_desktop.i18n.words import word
from koba_desktop.services.audit.rows import AuditRow
from koba_desktop.services.audit.wording import author


class AuditDetails(QWidget):
    """``subject_wanted`` with the id of the object, whose events are all to be shown."""

    subject_wanted = Signal(object)  # UUID

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row: AuditRow | None = None
        self.setFixedWidth(theme.px(300))
        self._text = QTextBrowser(self)
        self._text.setAccessibleName(_("Details of the event"))
        self._text.setOpenLinks(False)
        self._text.setTabChangesFocus(True)
        self.all_of_it = EnterButton(_("Show e&verything about this"), self)
        theme.bind_icon(self.all_of_it, "list")
        self.all_of_it.clicked.connect(self._on_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("Details"), 2, self))
        layout.addWidget(self._text, 1)
        layout.addWidget(self.all_of_it)
        theme.watcher().changed.connect(self._render)
        self.show_row(None)

    def show_row(self, row: AuditRow | None) -> None:
        self._row = row
        self.all_of_it.setEnabled(row is not None and row.object_id is not None)
        self._render()

    def text(self) -> str:
        return self._text.toPlainText()

    def _render(self) -> None:
        row, quiet = self._row, theme.tokens().text2.name()
        if row is None:
            hint = _("Choose an event in the table to see everything about it.")
            self._text.setHtml(f"<p style='color:{quiet}'>{escape(hint)}</p>")
            return
        lines = (
            f"<p style='margin:0 0 6px 0'><span style='color:{quiet}'>{escape(name)}</span>"
            f"<br>{'<br>'.join(escape(part) for part in parts)}</p>"
            for name, parts in _facts(row)
        )
        self._text.setHtml("".join(lines))

    def _on_all(self) -> None:
        if self._row is not None and self._row.object_id is not None:
            self.subject_wanted.emit(self._row.object_id)


def _facts(row: AuditRow) -> list[tuple[str, list[str]]]:
    """Names and values; what is not known is left out."""
    moment = wall(row.created_at)
    facts = [
        (_("Date and time"), [f"{formats.date_long(moment.date())}, {moment:%H:%M:%S}"]),
        (_("Person"), [author(row) or _("nobody: the program itself")]),
        (_("Login"), [row.login or ""]),
        (_("PC"), [row.host]),
        (_("Action"), [word(row.action)]),
        (_("Object"), [object_word(row.object_kind)]),
        (_("Appointment number"), [formats.reference(row.reference)]),
        (_("Identifier"), [str(row.object_id or "")]),
        (_("Fields changed"), [field_word(name) for name in row.fields]),
        (_("Reason"), row.reason.splitlines()),
    ]
    return [(name, parts) for name, parts in facts if any(parts)]
