"""The letter beside the list: its pages, the envelope's window, and the days it leads through."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.answers import AnswerBar
from koba_desktop.gui.letters.chain import Chain, DateChain, chain_of
from koba_desktop.gui.letters.review import Review
from koba_desktop.gui.printing.page_turner import PageTurner
from koba_desktop.gui.printing.preview import DPI, PagePreviewWidget
from koba_desktop.gui.printing.zoom import PageScroll, WindowChoice, Zoom, ZoomChoice
from koba_desktop.gui.widgets import LinkButton
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe
from koba_desktop.services.letters.outbox import OutboxItem
from koba_desktop.services.letters.printing import finished_pdf
from koba_desktop.services.letters.reading import LetterView, letter_views
from koba_desktop.services.ports import PageImage
from koba_desktop.services.view import View

_ZOOM_KEY = "letters/zoom"
WindowMm = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ShownPdf:
    """A finished PDF. ``windows`` is, by page from 0, what the envelope shows of it; ``names`` to
    whom the page goes, in a PDF of several letters."""

    pdf: bytes
    pages: int
    windows: dict[int, WindowMm]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    view: LetterView
    chain: Chain


class LetterPane(QWidget):
    """Shows one letter as it will leave the house, or as it left; or a whole stack of them."""

    left = Signal()  # the stack was put away

    def __init__(self, desk: Desk, answers: AnswerBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item: OutboxItem | None = None
        self._paper: ShownPdf | None = None
        self._stack = False
        self._doubtful = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._build_head())
        self.preview = PagePreviewWidget(self)
        self.sheet = PageScroll(self.preview, self)
        self.show_window.toggled.connect(self.preview.set_window_shown)
        self.zoom.currentIndexChanged.connect(self._on_zoom)
        layout.addWidget(self.sheet, 1)
        self.chain = DateChain(self)
        layout.addWidget(self.chain)
        self.answers = answers
        answers.setParent(self)
        layout.addWidget(answers)
        stored = str(QSettings().value(_ZOOM_KEY, Zoom.PAGE.value))
        self.zoom.setCurrentIndex(max(0, row_of(self.zoom, stored)))
        self.show_item(None)

    def _build_head(self) -> QVBoxLayout:
        """Two lines: beside a name the page's number and the window's box need more width than the
        pane has on a small screen."""
        head = QVBoxLayout()
        head.setContentsMargins(10, 7, 10, 7)
        head.setSpacing(4)
        self.title = QLabel(self)
        self.title.setFont(theme.font(bold=True))
        self._back_to_letter = LinkButton(_("Back to the letter"), self)
        self._back_to_letter.clicked.connect(self.put_stack_away)
        self._back_to_letter.hide()
        self.zoom = ZoomChoice(self)
        self.turner = PageTurner(self)
        self.turner.turned.connect(self._turn)
        self.show_window = WindowChoice(self)
        self.review = Review(self)
        top, line = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        top.addWidget(self._back_to_letter)
        top.addWidget(self.zoom)
        line.setSpacing(8)
        line.addWidget(self.turner)
        line.addStretch(1)
        line.addWidget(self.show_window)
        head.addLayout(top)
        head.addLayout(line)
        head.addWidget(self.review)
        return head

    # --- one letter -------------------------------------------------------------------------------

    def show_item(self, item: OutboxItem | None) -> None:
        """Show a letter; nothing is made anew for one that is shown already."""
        if item == self._item and item is not None and not self._doubtful:
            return
        other = item is None or self._item is None or item.row.id != self._item.row.id
        if self._stack and not other:  # the stack stays in sight while its letters change
            self._item = item
            return
        self._doubtful = self._stack = False
        self._item = item
        self._back_to_letter.hide()
        self.answers.show_item(item)
        self.title.setText(item.row.recipient if item is not None else "")
        if item is None:
            self.chain.hide()
            self.review.hide()
            self._show_text(_("Choose a letter to see it here."))
            return
        self._ask(item, 0 if other else self.turner.number)

    def doubt(self) -> None:
        """Who may see the letter may have changed: the next time it is drawn anew."""
        self._doubtful = True

    def _ask(self, item: OutboxItem, page: int) -> None:
        letter_id = item.row.id

        def make(asked: _Asked) -> None:
            self._show_facts(item, asked)
            self._draw(lambda: self._papers(asked.view), page)

        def ask(view: View) -> _Asked:
            [found] = letter_views(view, (letter_id,))
            return _Asked(found, chain_of(view, item, found.letter.data))

        self._desk.ask(ask, make, owner=self, key="letter", failed=self._failed)

    def _show_facts(self, item: OutboxItem, asked: _Asked) -> None:
        self.chain.show_chain(item, asked.chain, self._desk.today())
        self.review.show_translation(asked.view.source.translation)
        if asked.view.outdated:
            self.review.show_outdated()

    def _papers(self, view: LetterView) -> ShownPdf:
        """Runs on the PDF lane."""
        renderer = self._desk.renderer
        pdf = finished_pdf(renderer, view)
        window = renderer.window(view.letter.data)
        return ShownPdf(pdf, self._desk.pages.page_count(pdf), {0: window})

    # --- a stack of letters -----------------------------------------------------------------------

    def show_stack(self, paper: ShownPdf) -> None:
        """Show the PDF of several letters until another letter is chosen."""
        self._stack = True
        self.chain.hide()
        self.review.hide()
        self.answers.hide()
        self._back_to_letter.show()
        self._draw(lambda: paper, 0)

    def put_stack_away(self) -> None:
        """Back to the letter chosen in the list."""
        item, self._item = self._item, None
        self._stack = False
        self.show_item(item)
        self.left.emit()

    # --- pages ------------------------------------------------------------------------------------

    def _turn(self, page: int) -> None:
        paper = self._paper
        if paper is not None:
            self._draw(lambda: paper, page)

    def _draw(self, paper: Callable[[], ShownPdf], page: int) -> None:
        """Draw this page, or the last, of what ``paper`` makes on the PDF lane."""
        pages = self._desk.pages
        dpi = DPI * max(1.0, self.devicePixelRatioF() / 1.5)

        def draw() -> tuple[ShownPdf, int, PageImage]:
            made = paper()
            number = min(page, made.pages - 1)
            return made, number, pages.page_image(made.pdf, number, dpi)

        self._desk.make(
            draw, lambda drawn: self._show(*drawn), owner=self, key="page", failed=self._failed
        )

    def _show(self, paper: ShownPdf, number: int, image: PageImage) -> None:
        if self._item is None and not self._stack:
            return
        self._paper = paper
        self.turner.show_page(number, paper.pages)
        name = paper.names[number] if paper.names else self.title.text()
        if paper.names:
            self.title.setText(name)
        window = paper.windows.get(number)
        parts = (name, self.turner.text(), self.chain.text() if not self.chain.isHidden() else "")
        said = ". ".join(part for part in parts if part)
        self.preview.show_page(image, window, said, window_kept=window is not None)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, OfficeError):
            self._show_text(describe(error))
        else:
            self._desk.problem.emit(error)

    def _show_text(self, text: str) -> None:
        self._paper = None
        self.turner.clear()
        self.preview.show_text(text)

    def _on_zoom(self) -> None:
        QSettings().setValue(_ZOOM_KEY, self.zoom.zoom.value)
        self.sheet.set_zoom(self.zoom.zoom)
