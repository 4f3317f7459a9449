"""The outbox: sorted by what to do – clarify, print, post – with the letter beside it."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSettings, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.letters.dispatch import Dispatched, dispatch, finished_pdf
from koba_desktop.gui.letters.model import Column, OutboxModel, Pile
from koba_desktop.gui.letters.preview import DPI, PagePreviewWidget
from koba_desktop.gui.letters.problems import problem_text, remedies
from koba_desktop.gui.letters.saving import save_pdf
from koba_desktop.gui.widgets import (
    InlineMessage,
    Level,
    PrimaryButton,
    SecondText,
    ToolButton,
    segmented,
)
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.messages import describe, message
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import (
    Command,
    HoldLetter,
    MarkPosted,
    MarkPrinted,
    VoidLetter,
)
from koba_desktop.services.letters.outbox import (
    LetterView,
    Outbox,
    OutboxItem,
    letter_views,
    outbox,
)
from koba_desktop.services.ports import PageImage
from koba_desktop.services.view import View

PRINTER_KEY = "letters/printer"


class OutboxPanel(QWidget):
    """Letters of the office: preview, print, save, post, clarify. Everything by keyboard."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("letters")
        self.setAccessibleName(_("Letters"))
        self._desk = desk
        self._stale = True
        self._wanted: UUID | None = None  # the letter to select when the answer comes
        self._stop = False
        self._printing = False
        self._model = OutboxModel(self)
        self._make_actions()
        self._build()
        self._model.ticks_changed.connect(self._on_ticks_changed)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._refresh)
        desk.actor_changed.connect(self._refresh)
        desk.letter_requested.connect(self._on_letter_requested)
        theme.watcher().changed.connect(self._tree.viewport().update)
        self._refresh()
        self._find_printers()

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [self.print_action, self.save_action, self.posted_action, self.void_action]

    # --- building ---------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        self.print_action = self._action(_("&Print ticked letters"), "printer", self.print_ticked)
        self.print_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.save_action = self._action(_("Save as P&DF…"), "save", self._on_save)
        self.posted_action = self._action(
            _("All printed were &posted today"), "mailbox", self._post_all
        )
        self.void_action = self._action(_("&Discard the letter"), "trash", self._discard)
        self.open_client_action = self._action(_("Open the &file"), "pencil", self._open_client)
        self.open_appointment_action = self._action(
            _("Open the &appointment"), "calendar", self._open_appointment
        )
        self.reprint_action = self._action(_("Print &again"), "printer", self._reprint)
        self.post_one_action = self._action(_("Posted &today"), "mailbox", self._post_one)

    def _action(self, text: str, icon: str, act: object) -> QAction:
        action = QAction(text, self)
        theme.bind_icon(action, icon)
        action.triggered.connect(lambda: act())  # type: ignore[operator]
        return action

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._build_list())
        splitter.addWidget(self._build_preview())
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        layout.addWidget(splitter)

    def _build_list(self) -> QWidget:
        side = QWidget(self)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(8, 8, 0, 8)
        layout.setSpacing(8)
        layout.addLayout(self._build_head())
        self._tree = QTreeView(side)
        self._tree.setModel(self._model)
        self._tree.setAccessibleName(_("Letters by what is to be done"))
        self._tree.setUniformRowHeights(False)
        self._tree.setRootIsDecorated(False)
        self._tree.setIndentation(8)
        self._tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._tree.setAllColumnsShowFocus(True)
        self._tree.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tree.customContextMenuRequested.connect(self._on_context_menu)
        self._tree.activated.connect(lambda _index: self._open_appointment())
        header = self._tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in zip(Column, (170, 180, 140, 80, 120), strict=True):
            header.resizeSection(column, theme.px(width))
        self._tree.selectionModel().currentChanged.connect(self._on_current_changed)
        layout.addWidget(self._tree, 1)
        self._empty = SecondText(
            _(
                "Nothing to do here. Letters appear when an appointment is proposed, "
                "moved or called off."
            ),
            side,
        )
        self._empty.setWordWrap(True)
        self._empty.hide()
        layout.addWidget(self._empty)
        self._note = InlineMessage(side)
        layout.addWidget(self._note)
        layout.addLayout(self._build_foot())
        return side

    def _build_head(self) -> QHBoxLayout:
        self._work = ToolButton(_("Outbox"), "", self)
        self._gone = ToolButton(_("Posted"), "", self)
        for button in (self._work, self._gone):
            button.setCheckable(True)
        self._work.setChecked(True)
        head = QHBoxLayout()
        choice = segmented((self._work, self._gone), self)
        group = choice.findChild(QButtonGroup)
        assert isinstance(group, QButtonGroup)
        group.idToggled.connect(lambda _id, on: self._refresh() if on else None)
        head.addWidget(choice)
        head.addStretch(1)
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(_("Name, appointment number …"))
        self._search.setAccessibleName(_("Filter letters by name or appointment number"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(theme.px(200))
        self._search.textChanged.connect(lambda _text: self._refresh())
        head.addWidget(self._search)
        return head

    def _build_foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        first = QHBoxLayout()
        self._sum = QLabel(self)
        self._scale = SecondText(_("Scale 100 %, not fitted to the page"), self)
        first.addWidget(self._sum, 1)
        first.addWidget(self._scale)
        foot.addLayout(first)
        second = QHBoxLayout()
        label = QLabel(_("P&rinter:"), self)
        self._printer = QComboBox(self)
        self._printer.setAccessibleName(_("Printer"))
        self._printer.setMinimumWidth(theme.px(170))
        self._printer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        label.setBuddy(self._printer)
        self._printer.textActivated.connect(lambda name: QSettings().setValue(PRINTER_KEY, name))
        second.addWidget(label)
        second.addWidget(self._printer)
        second.addStretch(1)
        self._save = ToolButton(_("Save as PDF…"), "save", self)
        self._save.clicked.connect(self._on_save)
        second.addWidget(self._save)
        self._print = PrimaryButton(_("Print"), self, "printer")
        self._print.clicked.connect(self.print_action.trigger)
        second.addWidget(self._print)
        foot.addLayout(second)
        return foot

    def _build_preview(self) -> QWidget:
        side = QWidget(self)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 8, 8, 8)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        self._title = QLabel(side)
        self._title.setFont(theme.font(bold=True))
        head.addWidget(self._title, 1)
        show_window = QCheckBox(_("Envelope &window"), side)
        show_window.setChecked(True)
        head.addWidget(show_window)
        layout.addLayout(head)
        self._preview = PagePreviewWidget(side)
        show_window.toggled.connect(self._preview.set_window_shown)
        layout.addWidget(self._preview, 1)
        self._chain = QLabel(side)
        self._chain.setWordWrap(True)
        self._chain.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(self._chain)
        return side

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.LETTERS, Topic.APPOINTMENTS, Topic.CLIENTS, Topic.OFFICE):
            self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        office_id, text = self._desk.actor.office_id, self._search.text()
        self._desk.ask(
            lambda view: outbox(view, office_id, text=text), self._show, owner=self, key="outbox"
        )

    def _show(self, answer: Outbox) -> None:
        current = self.current()
        wanted = self._wanted or (current.row.id if current else None)
        if self._wanted is not None:
            posted = any(item.row.id == self._wanted for item in answer.posted)
            self._gone.setChecked(posted)
            self._work.setChecked(not posted)
        self._wanted = None
        self._model.show_outbox(answer, posted=self._gone.isChecked())
        for number in range(self._model.rowCount()):
            group = self._model.index(number, 0)
            self._tree.setFirstColumnSpanned(number, QModelIndex(), True)
            self._tree.expand(group)
            if self._model.pile(group) is Pile.POST:
                self._tree.setIndexWidget(group, self._group_head(group))
        self._gone.setText(
            _("Posted {n}").format(n=len(answer.posted)) if answer.posted else _("Posted")
        )
        self._empty.setVisible(self._model.rowCount() == 0)
        index = self._model.find(wanted) if wanted else QModelIndex()
        if not index.isValid() and self._model.rowCount():
            index = self._model.index(0, 0, self._model.index(0, 0))
        if index.isValid():
            self._tree.selectionModel().setCurrentIndex(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            self._tree.scrollTo(index)
        self._show_letter(self.current())

    def _group_head(self, group: QModelIndex) -> QWidget:
        """The heading of the printed letters, with the click that says they were posted."""
        head = QWidget(self._tree)
        layout = QHBoxLayout(head)
        layout.setContentsMargins(4, 2, 8, 2)
        title = QLabel(group.data(), head)
        title.setFont(theme.font(bold=True))
        count = len(self._model.items(Pile.POST))
        button = ToolButton(
            ngettext("Posted today", "All {n} posted today", count).format(n=count), "mailbox", head
        )
        button.clicked.connect(self._post_all)
        layout.addWidget(title, 1)
        layout.addWidget(button)
        head.setAutoFillBackground(True)
        return head

    def _on_letter_requested(self, letter_id: UUID) -> None:
        self._wanted = letter_id
        self._refresh()

    # --- the letter shown -------------------------------------------------------------------------

    def current(self) -> OutboxItem | None:
        """The letter the preview shows."""
        return self._model.item(self._tree.currentIndex())

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._show_letter(self._model.item(current))

    def _show_letter(self, item: OutboxItem | None) -> None:
        for action in (self.save_action, self.open_client_action, self.open_appointment_action):
            action.setEnabled(item is not None)
        unprinted = item is not None and item.row.state in (LetterState.PENDING, LetterState.HELD)
        self.void_action.setEnabled(unprinted)
        self._save.setEnabled(item is not None)
        self._show_note(item)
        if item is None:
            self._title.clear()
            self._chain.clear()
            self._preview.show_text(_("Choose a letter to see it here."))
            return
        self._desk.client_selected.emit(item.row.client_id)
        self._title.setText(item.row.recipient)
        self._chain.setText(_chain_text(item))
        letter_id = item.row.id
        self._desk.ask(
            lambda view: letter_views(view, (letter_id,)),
            self._render,
            owner=self,
            key="letter",
            failed=self._preview_failed,
        )

    def _show_note(self, item: OutboxItem | None) -> None:
        if item is None or item.problem is None:
            self._note.clear()
            return
        offered = remedies(self._desk, item, self._execute)
        self._note.show_message(
            problem_text(item),
            Level.ERROR,
            link=offered[0].label,
            action=offered[0].act,
        )

    def _render(self, views: tuple[LetterView, ...]) -> None:
        view = views[0]

        def job() -> PageImage:
            pdf, _pages = finished_pdf(self._desk.renderer, view)
            return self._desk.pages.page_image(pdf, 0, DPI)

        self._desk.make(job, self._show_page, owner=self, key="page", failed=self._preview_failed)

    def _show_page(self, page: PageImage) -> None:
        item = self.current()
        if item is not None:
            self._preview.show_page(page, f"{item.row.recipient}. {_chain_text(item)}")

    def _preview_failed(self, error: Exception) -> None:
        if not isinstance(error, OfficeError):
            raise error
        self._preview.show_text(describe(error))

    # --- printing ---------------------------------------------------------------------------------

    def _find_printers(self) -> None:
        self._desk.make(
            lambda: self._desk.printers.names(),
            self._show_printers,
            owner=self,
            key="printers",
            failed=lambda _error: self._show_printers([]),
        )

    def _show_printers(self, names: Sequence[str]) -> None:
        self._printer.clear()
        self._printer.addItems(list(names))
        chosen = QSettings().value(PRINTER_KEY, "")
        if chosen in names:
            self._printer.setCurrentText(str(chosen))
        self._printer.setEnabled(bool(names))
        if not names:
            self._printer.setPlaceholderText(_("No printer found"))
            self._printer.setToolTip(message(Problem("printer_missing")))

    def _on_ticks_changed(self) -> None:
        ticked = self._model.ticked()
        n = len(ticked)
        self._print.setText(
            ngettext("Print {n} letter", "Print {n} letters", n).format(n=n) if n else _("Print")
        )
        self._print.setEnabled(n > 0 and not self._printing)
        self.print_action.setEnabled(n > 0 and not self._printing)
        self.posted_action.setEnabled(bool(self._model.items(Pile.POST)))
        self._sum.setText(
            ngettext(
                "{n} letter. Each is checked against the envelope window before it is printed.",
                "{n} letters. Each is checked against the envelope window before it is printed.",
                n,
            ).format(n=n)
            if n
            else ""
        )

    def print_ticked(self) -> None:
        """Print all ticked letters."""
        self._print_letters([item.row.id for item in self._model.ticked()])

    def _reprint(self) -> None:
        item = self.current()
        if item is not None:
            self._print_letters([item.row.id])

    def _print_letters(self, ids: Sequence[UUID]) -> None:
        printer = self._printer.currentText()
        if not ids or self._printing:
            return
        if not printer:
            self._note.show_message(
                message(Problem("printer_missing")),
                Level.WARNING,
                link=_("Search again"),
                action=self._find_printers,
            )
            return
        self._printing, self._stop = True, False
        self._on_ticks_changed()
        self._note.show_message(
            _("Printing …"), Level.INFO, link=_("Stop"), action=self._stop_printing
        )
        wanted = tuple(ids)

        def print_views(views: tuple[LetterView, ...]) -> None:
            self._desk.make(
                lambda: dispatch(
                    self._desk.renderer,
                    self._desk.printers,
                    views,
                    printer,
                    _("Letters"),
                    lambda: self._stop,
                ),
                self._printed,
                owner=self,
                failed=self._print_failed,
            )

        self._desk.ask(
            lambda view: letter_views(view, wanted),
            print_views,
            owner=self,
            failed=self._print_failed,
        )

    def _stop_printing(self) -> None:
        self._stop = True

    def _printed(self, result: Dispatched) -> None:
        self._printing = False
        self._note.clear()
        n = len(result.printed)
        if n:
            self._execute(
                MarkPrinted(letters=result.printed),
                ngettext("{n} letter printed.", "{n} letters printed.", n).format(n=n),
            )
        for one in result.faulty:
            self._desk.execute(
                HoldLetter(
                    letter_id=one.letter_id,
                    version=one.version,
                    reason=one.reason,
                    details=dict(one.problem.params) | {"where": one.problem.where},
                ),
                owner=self,
            )
        if result.stopped is not None:
            self._note.show_message(
                message(result.stopped) + " " + _("What was not printed is still in the outbox."),
                Level.ERROR,
                link=_("Try again"),
                action=self.print_ticked,
            )
        self._on_ticks_changed()

    def _print_failed(self, error: Exception) -> None:
        self._printing = False
        self._on_ticks_changed()
        if isinstance(error, OfficeError):
            self._note.show_message(describe(error), Level.ERROR)
        else:
            self._desk.problem.emit(error)

    # --- saving and posting -----------------------------------------------------------------------

    def _on_save(self) -> None:
        item = self.current()
        if item is None:
            return
        name = f"{item.row.recipient.replace(', ', '_')}_{item.row.reference}.pdf"
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save the letter as PDF"), name, _("PDF files (*.pdf)")
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save the letter shown; nothing is half written."""
        item = self.current()
        if item is None:
            return
        letter_id = item.row.id

        def write(views: tuple[LetterView, ...]) -> None:
            self._desk.make(
                lambda: save_pdf(path, finished_pdf(self._desk.renderer, views[0])[0]),
                lambda _done: self._desk.message.emit(
                    _("Saved: {file}").format(file=path.name), False
                ),
                owner=self,
                failed=self._print_failed,
            )

        def query(view: View) -> tuple[LetterView, ...]:
            return letter_views(view, (letter_id,))

        self._desk.ask(query, write, owner=self, failed=self._print_failed)

    def _post_all(self) -> None:
        self._post([item.row.id for item in self._model.items(Pile.POST)])

    def _post_one(self) -> None:
        item = self.current()
        if item is not None:
            self._post([item.row.id])

    def _post(self, ids: Sequence[UUID]) -> None:
        if not ids:
            return
        n = len(ids)
        self._desk.execute(
            MarkPosted(letter_ids=tuple(ids), day=self._desk.today()),
            owner=self,
            done=lambda receipt: self._after_posting(receipt.result.get("too_early", [])),
            failed=self._print_failed,
            message=ngettext("{n} letter posted today.", "{n} letters posted today.", n).format(
                n=n
            ),
        )

    def _after_posting(self, too_early: Sequence[object]) -> None:
        if too_early:
            n = len(too_early)
            self._note.show_message(
                ngettext(
                    "{n} letter was posted later than planned: its appointment is now too early. "
                    "Please choose a later time or call.",
                    "{n} letters were posted later than planned: their appointments are now too "
                    "early. Please choose later times or call.",
                    n,
                ).format(n=n),
                Level.WARNING,
                link=_("Show the first"),
                action=lambda: self._on_letter_requested(UUID(str(too_early[0]))),
            )

    def _discard(self) -> None:
        item = self.current()
        if item is not None:
            self._execute(
                VoidLetter(letter_id=item.row.id, version=item.row.version),
                _("Letter discarded: {name}").format(name=item.row.recipient),
            )

    def _execute(self, command: Command, text: str) -> None:
        self._desk.execute(command, owner=self, message=text, failed=self._print_failed)

    # --- neighbours -------------------------------------------------------------------------------

    def _open_client(self) -> None:
        item = self.current()
        if item is not None:
            self._desk.edit_client_requested.emit(item.row.client_id)

    def _open_appointment(self) -> None:
        item = self.current()
        if item is not None and item.row.appointment_id is not None:
            self._desk.edit_appointment_requested.emit(
                AppointmentRequest(appointment_id=item.row.appointment_id)
            )

    def _on_context_menu(self, at: QPoint) -> None:
        item = self.current()
        if item is None:
            return
        menu = QMenu(self)
        for remedy in remedies(self._desk, item, self._execute) if item.problem else ():
            menu.addAction(remedy.label, remedy.act)
        menu.addSeparator()
        if item.row.state is LetterState.PRINTED:
            menu.addActions([self.post_one_action, self.reprint_action])
        elif item.row.state is LetterState.POSTED:
            menu.addAction(self.reprint_action)
        menu.addActions([self.save_action, self.open_appointment_action, self.open_client_action])
        menu.addSeparator()
        menu.addAction(self.void_action)
        menu.popup(self._tree.viewport().mapToGlobal(at))


def _chain_text(item: OutboxItem) -> str:
    """The days from posting to the appointment, as one line."""
    row = item.row
    posted = row.posted_on or row.assumed_posting
    parts = [_("Posting {day}").format(day=formats.weekday_date(posted))]
    if item.earliest is not None:
        parts.append(_("earliest {day}").format(day=formats.weekday_date(item.earliest)))
    if row.letter_starts is not None:
        parts.append(_("appointment {moment}").format(moment=formats.moment_of(row.letter_starts)))
    return " → ".join(parts)
