"""The client editor: all a person's data in one form; nothing typed is ever lost."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QWidget,
)

from koba_desktop.domain.addresses import address_problems, recipient
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Conflict, OfficeError, Problem, Refused
from koba_desktop.domain.vocabulary import Salutation
from koba_desktop.gui import mnemonics, theme
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.merging import merge
from koba_desktop.gui.clients.profile_fields import ProfileFields, book_names
from koba_desktop.gui.clients.profile_text import (
    TEXTS,
    Content,
    content_of,
    problems_of,
    profile_from,
    window_text,
)
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.forms.ui_client_editor import Ui_ClientEditorForm
from koba_desktop.gui.naming import member_name
from koba_desktop.gui.overtaken import OvertakenLine
from koba_desktop.gui.presence import PresenceLine
from koba_desktop.gui.widgets import Level
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import date_short, moment_of, name_full
from koba_desktop.i18n.messages import describe, message
from koba_desktop.services.changes import Topic
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import ClientProfile, SaveClient
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id


def open_client_editor(
    desk: Desk,
    client_id: UUID | None,
    parent: QWidget | None,
    draft: Draft | None = None,
    field: str = "",
) -> "ClientEditor":
    """Show the editor of a client (None: a new one); one that is open already comes forward.

    With ``draft`` what was typed before an interruption stands in the form again; ``field`` is the
    name of the one to go to.
    """
    if client_id is not None and parent is not None:
        for other in parent.findChildren(ClientEditor):
            if other.client_id == client_id and other.isVisible():
                other.raise_()
                other.activateWindow()
                other.go_to_field(field)
                return other
    editor = ClientEditor(desk, client_id, parent, draft, field)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    editor.show()
    return editor


class ClientEditor(QDialog):
    """A window beside the others, so that one can look something up while typing."""

    def __init__(
        self,
        desk: Desk,
        client_id: UUID | None,
        parent: QWidget | None = None,
        draft: Draft | None = None,
        field: str = "",
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.client_id = client_id
        self._draft = draft
        self._field = field
        self._base: ClientProfile | None = None
        self._keeper: DraftKeeper | None = None
        self._command_id = new_id()
        self._tried = False
        self._presence: PresenceLine | None = None
        self._touched: set[str] = set()
        self._server_problems: tuple[Problem, ...] = ()
        self.form = Ui_ClientEditorForm()
        self.form.setupUi(self)
        self.fields = ProfileFields(self.form, desk.book, self)
        self._prepare()
        self._connect()
        if client_id is not None:
            self._watch(client_id)
        mnemonics.tidy(self)
        if client_id is None:
            self._open(self._blank())
        else:
            self._enable(False)
            desk.ask(
                lambda view: client_profile(view, client_id),
                self._open,
                self,
                "profile",
                self._on_not_opened,
            )

    # --- building ---------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self.form.heading.setFont(theme.font(theme.TITLE, bold=True))
        QShortcut(QKeySequence.StandardKey.Save, self, self._save)

    def _connect(self) -> None:
        form = self.form
        self.fields.typed.connect(self._on_typed)
        self.fields.left.connect(self._on_left)
        form.conflict.chosen.connect(self._on_chosen)
        form.save.clicked.connect(self._save)
        form.discard.clicked.connect(self._discard)
        form.close_button.clicked.connect(self.close)

    def _watch(self, client_id: UUID) -> None:
        """Who else has the client open, and whether somebody changes the data meanwhile."""
        sentence = _("{name} has this client open just now.")
        self._presence = PresenceLine(self._desk, client_id, sentence, self)
        self.overtaken = OvertakenLine(
            self._desk,
            Client,
            Topic.CLIENTS,
            self._version,
            _("{name} changed this client at {time}. What you typed is untouched."),
            self,
        )
        self.overtaken.watch(client_id)
        self.overtaken.reload_wanted.connect(self._reload)
        self.form.column.insertWidget(1, self._presence)
        self.form.column.insertWidget(2, self.overtaken)

    def _version(self) -> int | None:
        """The version the form has read; None while it saves or reads."""
        if self._base is None or not self.form.scroll.isEnabled():
            return None
        return self._base.client.version

    def _blank(self) -> ClientProfile:
        actor = self._desk.actor
        advises = any(
            member.id == actor.staff_id
            for member in self._desk.book.advisors(actor.office_id, self._desk.today())
        )
        subject = self._draft.subject_id if self._draft is not None else None
        return ClientProfile(
            client=Client(
                id=subject or new_id(),
                family_name="",
                office_id=actor.office_id,
                advisor_id=actor.staff_id if advises else None,
            )
        )

    # --- opening ----------------------------------------------------------------------------------

    def _open(self, profile: ClientProfile) -> None:
        self._base = profile
        self._enable(True)
        self._fill(content_of(profile))
        draft = self._draft
        self._keeper = DraftKeeper(
            self._desk,
            "client",
            self.client_id,
            self.content,
            self._fill,
            self,
            draft_id=draft.id if draft is not None else None,
        )
        if draft is not None:
            self._restore(draft.content)
        self._show_state()
        first = "salutation" if self.client_id is None else "given_name"
        self.go_to_field(self._field or first)

    def _restore(self, typed: Content) -> None:
        """What was typed before, on top of how the client stands now."""
        assert self._keeper is not None
        self._keeper.restore(self.content() | typed)
        self.form.message.show_message(
            _("This is what you had typed before. It is not saved yet."), Level.INFO
        )

    def _on_not_opened(self, error: Exception) -> None:
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        self.form.message.show_message(describe(error), Level.ERROR)
        self.form.close_button.setFocus()

    def _enable(self, enabled: bool) -> None:
        for widget in (self.form.scroll, self.form.save, self.form.discard):
            widget.setEnabled(enabled)

    # --- content ----------------------------------------------------------------------------------

    def content(self) -> Content:
        """What stands in the form, as JSON values."""
        return self.fields.content()

    def _fill(self, content: Content) -> None:
        self.fields.fill(content)
        self._show_state()

    @property
    def dirty(self) -> bool:
        return self._base is not None and self.content() != content_of(self._base)

    # --- while typing -----------------------------------------------------------------------------

    def _on_typed(self, name: str) -> None:
        self._server_problems = tuple(
            problem for problem in self._server_problems if problem.where.split(".")[0] != name
        )
        if name == "representative" and self.form.representative.isChecked():
            self._start_representative()
        self._touched.add(name)
        self._show_state()
        if self._keeper is not None:
            self._keeper.touch()

    def _start_representative(self) -> None:
        if not self.form.rep_valid_from.text():
            self.form.rep_valid_from.setText(date_short(self._desk.today()))

    def _on_left(self, name: str) -> None:
        self._show_problems(self.content(), {*self._touched, name})

    def _show_state(self) -> None:
        """Heading, preview, problems and buttons as the form stands now."""
        base = self._base
        if base is None:
            return
        content = self.content()
        dirty = content != content_of(base)
        self._show_heading(content)
        self._show_preview(content, base)
        focused = self.focusWidget()
        here = focused.objectName() if focused is not None else ""
        self._show_problems(content, self._touched - ({here} if not self._tried else set()))
        self.form.save.setEnabled(dirty)
        self.form.discard.setVisible(dirty)
        self.setWindowModified(dirty)

    def _show_heading(self, content: Content) -> None:
        name = name_full(
            Salutation(content["salutation"]),
            content["title"].strip(),
            content["given_name"].strip(),
            content["family_name"].strip(),
        )
        new = self.client_id is None
        bare = content["given_name"].strip() or content["family_name"].strip()
        shown = name if bare else _("New client") if new else _("Client")
        self.form.heading.setText(shown)
        self.setWindowTitle(f"{shown}[*]")

    def _show_preview(self, content: Content, base: ClientProfile) -> None:
        today = self._desk.today()
        text = window_text(content, base, today)
        profile = text.profile
        problems = address_problems(recipient(profile.client, profile.address, text.representative))
        office = next(
            (one for one in self._desk.book.offices if one.id == profile.client.office_id),
            self._desk.office,
        )
        self.form.preview.show_address(
            office.return_line, text.lines, message(problems[0]) if problems else ""
        )

    def _show_problems(self, content: Content, fields: set[str]) -> tuple[Problem, ...]:
        """Show what is wrong beside the fields the user has left (all, once saving was tried)."""
        problems = (*problems_of(content, self._desk.today()), *self._server_problems)
        self.fields.show_problems(
            problem for problem in problems if self._tried or problem.where.split(".")[0] in fields
        )
        return problems

    # --- saving -----------------------------------------------------------------------------------

    def _save(self) -> None:
        base = self._base
        if base is None or not self.form.save.isEnabled():
            return
        self._tried = True
        content = self.content()
        problems = self._show_problems(content, set())
        if problems:
            self._go_to(problems[0])
            return
        self._enable(False)
        today = self._desk.today()
        profile = profile_from(content, base, today)
        client = profile.client
        name = texts.short_name(client.salutation, client.given_name, client.family_name)
        self._desk.execute(
            SaveClient(command_id=self._command_id, profile=profile),
            self,
            done=self._on_saved,
            failed=self._on_refused,
            message=_("Saved: {name}.").format(name=name),
        )

    def _go_to(self, problem: Problem) -> None:
        self.go_to_field(problem.where.split(".")[0])

    def go_to_field(self, name: str) -> None:
        """Put the cursor into a field of the form, where there is one of that name."""
        field = getattr(self.form, name, None)
        if isinstance(field, QWidget):
            field = self.form.phones.first() if field is self.form.phones else field
            field.setFocus()
            self.form.scroll.ensureWidgetVisible(field)

    def _on_saved(self, receipt: Receipt) -> None:
        if self._keeper is not None:
            self._keeper.discard()
        client_id = self._base.client.id if self._base is not None else None
        self._base = None
        self._desk.client_selected.emit(client_id)
        self.close()

    def _on_refused(self, error: Exception) -> None:
        self._enable(True)
        self._command_id = new_id()
        if isinstance(error, Conflict) and self.client_id is not None:
            params = error.problems[0].params
            self._read_anew(
                self._who(params.get("changed_by"), params.get("changed_at")), save=True
            )
        elif isinstance(error, Refused):
            known = [p for p in error.problems if p.where.split(".")[0] in (*TEXTS, "phones")]
            self._server_problems = tuple(known)
            self._show_state()
            if known:
                self._go_to(known[0])
            if len(known) < len(error.problems):
                self.form.message.show_message(describe(error), Level.ERROR)
        elif isinstance(error, OfficeError):
            kept = _("What you typed is kept.")
            self.form.message.show_message(f"{describe(error)} {kept}", Level.ERROR)
            if self._keeper is not None:
                self._keeper.touch()
        else:
            self._desk.problem.emit(error)

    # --- somebody else was faster -----------------------------------------------------------------

    def _reload(self) -> None:
        stored = self.overtaken.stored
        if stored is not None:
            self._read_anew(self._who(stored.changed_by, stored.changed_at), save=False)

    def _read_anew(self, who: str, *, save: bool) -> None:
        """Read the client anew, with what was typed on top. ``who`` says who changed it; ``save``
        goes on saving where nothing is to be asked."""
        client_id = self.client_id
        assert client_id is not None
        self._desk.ask(
            lambda view: client_profile(view, client_id),
            partial(self._merge, who, save),
            self,
            "profile",
            self._on_not_opened,
        )

    def _merge(self, who: str, save: bool, theirs: ClientProfile) -> None:
        assert self._base is not None
        result = merge(content_of(self._base), self.content(), content_of(theirs))
        self._base = theirs
        self._fill(result.content)
        self.overtaken.clear()
        if save or result.clashes:
            self.form.conflict.show_clashes(
                result.clashes, who, result.from_theirs, book_names(self._desk.book)
            )
        if result.clashes:
            first = result.clashes[0].field
            self.form.conflict.options[first][0].setFocus()
        elif save:
            self._save()

    def _who(self, by: UUID | None, at: datetime | None) -> str:
        name = member_name(by, self._desk.book)
        if at is None:
            return _("{name} changed this client meanwhile.").format(name=name)
        return _("{name} changed this client meanwhile ({when}).").format(
            name=name, when=moment_of(at)
        )

    def _on_chosen(self, field: str, value: Any) -> None:
        self._fill(self.content() | {field: value})
        if self._keeper is not None:
            self._keeper.touch()

    # --- leaving ----------------------------------------------------------------------------------

    def _discard(self) -> None:
        """Throw away what was typed; the window stays open with the stored data."""
        if self._base is None:
            return
        self._tried = False
        self._touched.clear()
        self._server_problems = ()
        self._fill(content_of(self._base))
        self.form.message.clear()
        self.form.conflict.clear()
        if self._keeper is not None:
            self._keeper.discard()

    def reject(self) -> None:
        """Esc is closing: what was typed is kept."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._presence is not None:
            self._presence.leave()
        if self.dirty and self._keeper is not None:
            self._keeper.keep()
            self._desk.message.emit(
                _("Not saved yet. What you typed is kept among the unfinished forms."), False
            )
        event.accept()
