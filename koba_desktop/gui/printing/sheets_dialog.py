"""A paper that is looked at before it is printed: what is seen is what is printed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.fitting import open_at
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.printing.page_turner import PageTurner
from koba_desktop.gui.printing.paper_dialog import PaperDialog
from koba_desktop.gui.printing.preview import DPI, PagePreviewWidget
from koba_desktop.gui.printing.settings import Printed
from koba_desktop.gui.widgets import Heading, SecondText
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.messages import describe
from koba_desktop.services.facade import Services
from koba_desktop.services.outage.facade import SharedServices

if TYPE_CHECKING:
    from koba_desktop.services.commands import NotePaper
    from koba_desktop.services.ports import PageImage
    from koba_desktop.services.view import View


_SHOWN_TIMES = 8


def taken_at(services: Services) -> datetime | None:
    """When what is read now was written down, where that is not the database itself."""
    if isinstance(services, SharedServices) and services.offline:
        return services.state.taken_at
    return None


class SheetsDialog(PaperDialog):
    """Made anew when something else is chosen (``remake``).

    A subclass makes its choices, then calls ``_assemble`` once.
    """

    def __init__(self, desk: Desk, title: str, paper: Printed, parent: QWidget | None) -> None:
        super().__init__(desk, title, paper, parent)
        self._pdf: bytes | None = None
        self._content: Any = None  # what the PDF shows
        self._wish = 0  # how often something else was chosen: what was asked before is not shown

    # --- what each says itself --------------------------------------------------------------------

    def _query(self) -> "Callable[[View], Any]":
        """What is asked of the database, by what is chosen now."""
        raise NotImplementedError

    def _rendering(self, content: Any) -> Callable[[], bytes]:
        """What makes the PDF of the answer, off this thread."""
        raise NotImplementedError

    def note_of(self, content: Any, *, printed: bool) -> "NotePaper | None":
        """What is noted in the audit before a paper with this content leaves; None of one that
        names nobody."""
        raise NotImplementedError

    def _as_of(self, content: Any) -> datetime | None:
        """As of when the answer is, where that is to be said."""
        return None

    def _names(self, content: Any) -> "Iterable[tuple[datetime, str]]":
        """The clients' names on the paper, each with the time that stands beside it."""
        return ()

    # --- its parts --------------------------------------------------------------------------------

    def _assemble(self, about: str, *choices: QWidget | QLayout) -> None:
        """The choices with what the paper is for on the left, the page on the right."""
        self._make_printer()
        self.preview = PagePreviewWidget(self)
        self.preview.setAccessibleName(_("Preview"))
        self.preview.setMinimumSize(theme.px(240), theme.px(240))
        self.note = SecondText("", self)
        self.note.setWordWrap(True)
        self.note.hide()  # until a paper has something to say there
        self.turner = PageTurner(self)
        self.turner.turned.connect(self._look)
        self.printer.found.connect(lambda _any: self._enable())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(self._left(about, choices), 1)
        columns.addLayout(self._right(), 1)
        layout.addLayout(columns, 1)
        layout.addLayout(self._make_buttons())
        open_at(self, 760, 560)
        tidy(self)
        self.printer.search()
        self.remake()

    def _left(self, about: str, choices: "tuple[QWidget | QLayout, ...]") -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(10)
        what = SecondText(about, self)
        what.setWordWrap(True)
        for each in (Heading(self._title, 1, self), what, self.note, *choices):
            if isinstance(each, QWidget):
                left.addWidget(each)
            else:
                left.addLayout(each)
        form = choices[-1] if choices else None
        if not isinstance(form, QFormLayout):
            form = QFormLayout()
            left.addLayout(form)
        form.addRow(_("P&rinter"), self.printer)  # below the other fields, as wide as they
        left.addWidget(self.message)
        left.addStretch()
        return left

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.turner)
        return right

    # --- making and looking -----------------------------------------------------------------------

    def remake(self) -> None:
        """Read it, then render it, both off this thread."""
        desk = self._desk
        self._show_nothing(_("The paper is being made …"))
        wish = self._wish

        def fail(error: Exception) -> None:
            if wish == self._wish:
                self._failed(error)

        def take(content: Any, made: tuple[bytes, list[datetime]]) -> None:
            if wish == self._wish:
                self._take(content, *made)

        def render(content: Any) -> None:
            if wish == self._wish:
                rendering, names = self._rendering(content), list(self._names(content))
                desk.make(
                    lambda: (rendering(), self._nameless(names)),
                    lambda made: take(content, made),
                    owner=self,
                    key="pdf",
                    failed=fail,
                )

        desk.ask(self._query(), render, owner=self, key="content", failed=fail)

    def _nameless(self, names: list[tuple[datetime, str]]) -> list[datetime]:
        """The times beside which a number stands in place of a name; off this thread."""
        if not names:
            return []
        unprintable = self._desk.papers.unprintable(name for _at, name in names)
        return sorted({at for at, name in names if name in unprintable})

    def _show_nothing(self, why: str) -> None:
        """There is no paper (yet)."""
        self._wish += 1
        self._pdf = None
        self.message.clear()
        self.preview.show_text(why)
        self._enable()

    def _take(self, content: Any, pdf: bytes, nameless: list[datetime]) -> None:
        self._pdf, self._content = pdf, content
        today, as_of = self._desk.today(), self._as_of(content)
        said = []
        if as_of is not None:
            moment = formats.recent_moment(as_of, today)
            said.append(_("As of {moment}").format(moment=moment))
        if nameless:
            times = [formats.recent_moment(at, today) for at in nameless]
            shown = ", ".join([*times[:_SHOWN_TIMES], *(["…"] if times[_SHOWN_TIMES:] else [])])
            said.append(
                ngettext(
                    "{times}: a name has characters that cannot be printed. The client number "
                    "stands in its place.",
                    "{times}: names have characters that cannot be printed. The client numbers "
                    "stand in their place.",
                    len(times),
                ).format(times=shown)
            )
        if said:
            self.note.setText("\n".join(said))
            self.note.show()
        self._enable()
        self._look(0)

    def _look(self, page: int) -> None:
        pdf = self._pdf
        if pdf is None:
            return

        def draw() -> "tuple[PageImage, int]":
            return self._desk.pages.page_image(pdf, page, DPI), self._desk.pages.page_count(pdf)

        def show(drawn: "tuple[PageImage, int]") -> None:
            image, count = drawn
            self.turner.show_page(page, count)
            self.preview.show_page(image, None, self.turner.text())

        self._desk.make(draw, show, owner=self, key="page", failed=self._not_seen)

    def _not_seen(self, error: Exception) -> None:
        """The paper can be printed all the same."""
        if isinstance(error, OfficeError):
            self.preview.show_text(describe(error))
        else:
            self._desk.problem.emit(error)

    # --- on paper, or in a file -------------------------------------------------------------------

    def leaving_note(self, *, printed: bool) -> "NotePaper | None":
        return self.note_of(self._content, printed=printed)

    def _produce(self, take: Callable[[bytes], None]) -> None:
        if self._pdf is not None:
            self.message.clear()
            self.save.setEnabled(False)
            self.print.setEnabled(False)
            take(self._pdf)

    def _ready(self) -> None:
        self._enable()
        if self._pdf is None:
            self.preview.show_text("")

    def _enable(self) -> None:
        there = self._pdf is not None
        self.save.setEnabled(there)
        self.print.setEnabled(there and self.printer.count() > 0)
        if not there:
            self.turner.clear()
            self.note.setText("")
