"""The person: three letters are completed to a name, arrows go through the other hits."""

from html import escape
from uuid import UUID

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.emergency.case import Case
from koba_desktop.gui.emergency.completion import ENOUGH, completed, sorted_name
from koba_desktop.gui.emergency.facts import Who
from koba_desktop.gui.emergency.person_edit import PersonEdit
from koba_desktop.gui.widgets import LinkButton, SecondText, ToolButton
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.clients.searching import find_clients
from koba_desktop.services.rows import ClientPage, ClientRow

PAUSE_MS = 60
SHOWN = 8
NAMED = 3
"""So many of the other hits are called by name."""
_DIGITS = "1234567"


class PersonField(QWidget):
    """Finds the clients its user may see. Whoever has no client number is a visitor by name."""

    edited = Signal()  # another person, or other letters
    reason_typed = Signal(int)  # 1 … 7
    persons_stepped = Signal(int)
    walked = Signal(int)  # arrows, once there is nothing to choose here
    entered = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._typed = ""
        self._row: ClientRow | None = None
        self._client_id: UUID | None = None  # also of a client given from outside
        self._hits: tuple[ClientRow, ...] = ()
        self._total = 0
        self._capped = False  # there are more
        self._searching = False
        self._digit_waiting = ""
        self._visitor = False
        self._place = ""
        self.settled = False  # the reason is chosen: arrows are for the places
        self.edit = PersonEdit(self, self)
        self.identity = QLabel(self)
        self.without = LinkButton(_("with&out client no."), self)
        self.search = LinkButton(_("&search by client no."), self)
        for link in (self.without, self.search):
            link.clicked.connect(self._toggle_visitor)
        self.hits = SecondText("", self)
        self.hits.setTextFormat(Qt.TextFormat.RichText)
        self.hits.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.hits.linkActivated.connect(lambda number: self._choose(int(number)))
        self.next = ToolButton("", "arrow-down", self, tool_tip=_("Next hit (↓)"))
        self.next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.next.clicked.connect(lambda: self._on_stepped(1))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self.edit.textEdited.connect(self._on_edited)
        self.edit.stepped.connect(self._on_stepped)
        self.edit.entered.connect(self.entered)
        self.edit.left.connect(self._on_left)
        self.setFocusProxy(self.edit)
        self._tell()

    def _lay_out(self) -> None:
        self.edit.setFixedWidth(theme.px(206))
        policy = QSizePolicy.Policy
        self.identity.setSizePolicy(policy.Ignored, policy.Preferred)
        self.identity.setWordWrap(True)
        self.hits.setSizePolicy(policy.Maximum, policy.Preferred)
        self.next.setProperty("kind", "flat")
        self.next.setIconSize(QSize(theme.px(12), theme.px(12)))
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.edit)
        first.addWidget(self.identity, 1)
        first.addWidget(self.without)
        first.addWidget(self.search)
        second.setSpacing(8)
        second.addWidget(self.hits)
        second.addWidget(self.next)
        second.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addLayout(second)

    # --- what stands here -------------------------------------------------------------------------

    @property
    def client_id(self) -> UUID | None:
        return self._client_id

    @property
    def visitor(self) -> bool:
        return self._visitor

    @property
    def searching(self) -> bool:
        """Whether it is not known yet who is meant."""
        return self._searching

    def name(self) -> str:
        return sorted_name(self._row) if self._row is not None else self.edit.text().strip()

    def show_case(self, case: Case) -> None:
        """Put a person here without searching."""
        self._stop()
        self._hits, self._total, self._row = (), 0, None
        self._client_id, self._visitor = case.client_id, case.visitor
        self._typed = case.name
        self.edit.setText(case.name)
        self.identity.clear()
        self.settled = case.known
        self._tell()

    def show_who(self, who: Who | None) -> None:
        """What the office knows of a client who was not found here: name, birth date, number."""
        if who is not None and self._row is None and self._client_id is not None:
            self._typed = who.name
            self.edit.setText(who.name)
            self._identify("", who)
            self._tell()

    def settle(self, settled: bool) -> None:
        """The reason is chosen, or not any more: arrows are for the places then."""
        if self.settled != settled:
            self.settled = settled
            self._tell()

    # --- keys -------------------------------------------------------------------------------------

    def takes(self, text: str) -> bool:
        """Whether a character is a command: 1 to 7 and + and − once it is clear who has come."""
        given = self._client_id is not None or (self._visitor and bool(self.edit.text().strip()))
        if text in _DIGITS:
            if given:
                self.reason_typed.emit(int(text))
                return True
            if self._searching and self._typed[:1].isalpha():
                self._digit_waiting = text
                return True
        elif given and text == "+":
            self.persons_stepped.emit(1)
            return True
        elif given and text == "-" and not self._visitor and not self._goes_on(text):
            self.persons_stepped.emit(-1)
            return True
        return False

    def _goes_on(self, text: str) -> bool:
        """Whether a name found has that character next."""
        return any(completed(self._typed + text, row) is not None for row in self._hits)

    def shorten(self) -> bool:
        """Backspace takes a letter from what was typed, not the completion alone."""
        rest = self.edit.selectionStart() == len(self._typed) and self.edit.hasSelectedText()
        if not rest or self.edit.selectionEnd() != len(self.edit.text()):
            return False
        text = self._typed[:-1]
        self.edit.setText(text)
        self._on_edited(text)
        return True

    def _on_edited(self, text: str) -> None:
        self._typed = text
        self.settled = False
        self._digit_waiting = ""
        before = self._row
        self._row, self._client_id = None, None
        enough = not self._visitor and len(text.strip()) >= ENOUGH
        if enough:
            self._searching = True
            self._pause.start()
            known = [row for row in (before, *self._hits) if row is not None]
            self._complete(next((row for row in known if self._begins(row)), None))
        else:
            self._stop()
            self._hits, self._total = (), 0
        self._tell()
        self.edited.emit()

    def _begins(self, row: ClientRow) -> bool:
        return self._is_number(row) or completed(self._typed, row) is not None

    def _is_number(self, row: ClientRow) -> bool:
        """Whether the client's whole number was typed."""
        return row.number is not None and self._typed.replace(" ", "") == row.number

    def _on_stepped(self, step: int) -> None:
        at = self._hits.index(self._row) if self._row in self._hits else -1
        more = len(self._hits) > 1 or (len(self._hits) == 1 and at < 0)
        if more and not self.settled:
            self._choose((at + step) % len(self._hits) if at >= 0 else 0)
        elif not self._searching:
            self.walked.emit(step)

    def _on_left(self) -> None:
        """The name as it is written, once the field is left."""
        if self._row is not None:
            self._typed = sorted_name(self._row)
            self.edit.setText(self._typed)
        self._tell()

    def _toggle_visitor(self) -> None:
        self._visitor = not self._visitor
        self._stop()
        self._hits, self._total, self._row, self._client_id = (), 0, None, None
        self.edit.setText(self._typed)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.end(False)
        if not self._visitor:
            self._on_edited(self._typed)
            return
        self._tell()
        self.edited.emit()

    # --- searching --------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._pause.stop()
        self._searching = False
        self._digit_waiting = ""

    def _ask(self) -> None:
        text = self._typed
        self._desk.ask(
            lambda view: find_clients(view, text.strip(), limit=SHOWN),
            lambda page: self._on_found(text, page),
            owner=self,
            key="clients",
            failed=self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        self._stop()
        self._desk.problem.emit(error)

    def _on_found(self, text: str, page: ClientPage) -> None:
        if text != self._typed or not self._searching:
            return
        digit = self._digit_waiting
        self._stop()
        self._hits, self._total, self._capped = page.rows, page.total, page.capped
        before = self._client_id
        if self._row is None or self._row not in page.rows:
            self._row, self._client_id = None, None
            self._complete(next((row for row in page.rows if self._begins(row)), None))
        self._tell()
        if self._client_id != before:
            self.edited.emit()
        if digit and self._client_id is not None:
            self.reason_typed.emit(int(digit))
        elif digit:
            self.edit.insert(digit)
            self._on_edited(self.edit.text())

    def _choose(self, number: int) -> None:
        """Take one of the hits, however it was found."""
        self._complete(self._hits[number])
        self._tell()
        self.edited.emit()

    def _complete(self, row: ClientRow | None) -> None:
        """Show the rest of the name, selected: the next letter types over it."""
        self._row = row
        self._client_id = row.id if row is not None else None
        if row is None:
            return
        text = self._shown(row)
        self.edit.setText(text)
        start = len(self._typed) if text.startswith(self._typed) else 0
        self.edit.setSelection(start, len(text) - start)

    def _shown(self, row: ClientRow) -> str:
        """What stands in the field for a hit."""
        if self._is_number(row):
            return self._typed
        return completed(self._typed, row) or sorted_name(row)

    # --- telling ----------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Who that is, who else it could be, and what a screen reader hears of it."""
        self.without.setVisible(not self._visitor)
        self.search.setVisible(self._visitor)
        if self._row is not None:
            row = self._row
            name = sorted_name(row) if self._is_number(row) else ""
            self._identify(
                name, Who(name=sorted_name(row), birth_date=row.birth_date, number=row.number or "")
            )
        elif self._visitor:
            self.identity.setText(_("visitor without client number"))
        elif self._client_id is None:
            self.identity.clear()
        others = [(n, row) for n, row in enumerate(self._hits) if row is not self._row]
        self._tell_others(others)
        self._say()

    def say_place(self, text: str) -> None:
        """A screen reader hears at the field what Enter does as the form stands."""
        self._place = text
        self._say()

    def _say(self) -> None:
        said = (self.identity.text(), _plain(self.hits.text()), self._place)
        self.edit.setAccessibleDescription(". ".join(part for part in said if part))

    def _identify(self, name: str, who: Who) -> None:
        born = ""
        if who.birth_date is not None:
            born = _("born {day}").format(day=formats.date_short(who.birth_date))
        number = _("no. {number}").format(number=who.number) if who.number else ""
        self.identity.setText(" · ".join(part for part in (name, born, number) if part))

    def _tell_others(self, others: list[tuple[int, ClientRow]]) -> None:
        more = self._total - (self._row is not None)
        text = ""
        if others:
            names = " · ".join(
                f'<a href="{number}">{escape(self._told_apart(row))}</a>'
                for number, row in others[:NAMED]
            )
            if self._capped:
                text = _("More than {n} hits: {names}")
            elif self._row is not None:
                text = ngettext("{n} more hit: {names}", "{n} more hits: {names}", more)
            else:
                text = ngettext("{n} hit: {names}", "{n} hits: {names}", more)
            text = text.format(n=formats.number(more), names=names)
            if more > NAMED:
                text += " …"
        elif self._found_nobody():
            text = escape(_("Nobody found. A visitor without client number? Alt+{key}")).format(
                key=self._mnemonic()
            )
        self.hits.setText(text)
        self.hits.setVisible(bool(text))
        self.next.setVisible(bool(others) and not self.settled)

    def _told_apart(self, row: ClientRow) -> str:
        """The name, with the birth date where another hit has the same."""
        name = sorted_name(row)
        same = [other for other in self._hits if sorted_name(other) == name]
        if len(same) < 2 or row.birth_date is None:
            return name
        return f"{name} ({formats.date_short(row.birth_date)})"

    def _found_nobody(self) -> bool:
        looked = not self._searching and not self._visitor and self._client_id is None
        return looked and len(self._typed.strip()) >= ENOUGH and not self._hits

    def _mnemonic(self) -> str:
        return self.without.text().partition("&")[2][:1].upper()


def _plain(rich: str) -> str:
    """Rich text as it is read out."""
    parts = rich.replace("</a>", "").split("<a ")
    return parts[0] + "".join(part.partition(">")[2] for part in parts[1:])
