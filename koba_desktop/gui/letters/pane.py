"""The letter beside the list: its pages, the envelope's window, and the days it leads through."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.postal import deemed_delivered
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.dispatch import finished_pdf
from koba_desktop.gui.letters.preview import DPI, PagePreviewWidget
from koba_desktop.gui.widgets import IconLabel, SecondText, ToolButton
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe
from koba_desktop.services.letters.outbox import LetterView, OutboxItem, letter_views
from koba_desktop.services.ports import PageImage


@dataclass(frozen=True, slots=True)
class _Shown:
    image: PageImage
    number: int  # from 0
    count: int
    window_mm: tuple[float, float, float, float]


class LetterPane(QWidget):
    """Shows one letter as it will leave the house, or as it left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item: OutboxItem | None = None
        self._page = 0
        self._doubtful = False
        self.show_window = QCheckBox(_("Envelope &window"), self)
        self.show_window.setChecked(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._build_head())
        self.preview = PagePreviewWidget(self)
        self.show_window.toggled.connect(self.preview.set_window_shown)
        layout.addWidget(self.preview, 1)
        self.chain = DateChain(self)
        layout.addWidget(self.chain)
        self.show_item(None)

    def _build_head(self) -> QVBoxLayout:
        """Two lines: beside a name the page's number and the window's box need more width than the
        pane has on a small screen."""
        head = QVBoxLayout()
        head.setContentsMargins(10, 7, 10, 7)
        head.setSpacing(4)
        self.title = QLabel(self)
        self.title.setFont(theme.font(bold=True))
        self.pages = SecondText("", self)
        self._back = ToolButton("", "chevron-left", self, tool_tip=_("Page before"))
        self._on = ToolButton("", "chevron-right", self, tool_tip=_("Next page"))
        self._back.clicked.connect(lambda: self._ask(self._page - 1))
        self._on.clicked.connect(lambda: self._ask(self._page + 1))
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (self.pages, self._back, self._on):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.show_window)
        head.addWidget(self.title)
        head.addLayout(line)
        return head

    def show_item(self, item: OutboxItem | None) -> None:
        """Show a letter; nothing is made anew for one that is shown already."""
        if item == self._item and item is not None and not self._doubtful:
            return
        self._doubtful = False
        other = item is None or self._item is None or item.row.id != self._item.row.id
        self._item = item
        self.chain.show_item(item)
        self.title.setText(item.row.recipient if item is not None else "")
        if item is None:
            self._show_text(_("Choose a letter to see it here."))
            return
        self._ask(0 if other else self._page)

    def doubt(self) -> None:
        """Who may see the letter may have changed: the next time it is drawn anew."""
        self._doubtful = True

    def _ask(self, page: int) -> None:
        if self._item is None:
            return
        letter_id: UUID = self._item.row.id

        def draw(views: tuple[LetterView, ...]) -> None:
            self._desk.make(
                lambda: self._drawn(views[0], page),
                self._show,
                owner=self,
                key="page",
                failed=self._failed,
            )

        self._desk.ask(
            lambda view: letter_views(view, (letter_id,)),
            draw,
            owner=self,
            key="letter",
            failed=self._failed,
        )

    def _drawn(self, view: LetterView, page: int) -> _Shown:
        """Runs on the PDF lane."""
        renderer, pages = self._desk.renderer, self._desk.pages
        pdf = finished_pdf(renderer, view)
        count = pages.page_count(pdf)
        number = min(page, count - 1)
        window = renderer.window(view.letter.data)
        return _Shown(pages.page_image(pdf, number, DPI), number, count, window)

    def _show(self, shown: _Shown) -> None:
        if self._item is None:
            return
        self._page = shown.number
        self.pages.setText(_("Page {n} of {count}").format(n=shown.number + 1, count=shown.count))
        self._back.setVisible(shown.count > 1)
        self._on.setVisible(shown.count > 1)
        self._back.setEnabled(shown.number > 0)
        self._on.setEnabled(shown.number + 1 < shown.count)
        self.preview.show_page(
            shown.image,
            shown.window_mm if shown.number == 0 else None,
            f"{self._item.row.recipient}. {self.pages.text()}. {self.chain.text()}",
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, OfficeError):
            self._show_text(describe(error))
        else:
            self._desk.problem.emit(error)

    def _show_text(self, text: str) -> None:
        self.pages.clear()
        self._back.hide()
        self._on.hide()
        self.preview.show_text(text)


class DateChain(QWidget):
    """Posting, deemed delivery, earliest day, appointment: the days that make a proposal fair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = IconLabel("mailbox", "", self)
        self._goal = IconLabel("phone", "", self, bold=True)
        for line in (self._way, self._goal):
            line.label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(self._way)
        layout.addWidget(self._goal)

    def text(self) -> str:
        """Both lines in one, for a screen reader."""
        return ". ".join(part for part in (self._way.text(), self._goal.text()) if part)

    def show_item(self, item: OutboxItem | None) -> None:
        self.setVisible(item is not None)
        if item is None:
            return
        self._way.set(_way(item))
        starts = item.row.letter_starts
        self._goal.setVisible(starts is not None)
        if starts is not None:
            self._goal.set(_("Appointment {moment}").format(moment=formats.moment_of(starts)))


def _way(item: OutboxItem) -> str:
    row = item.row
    posted = row.posted_on or item.posting or row.assumed_posting
    day = formats.weekday_date(posted)
    parts = [
        _("Posted {day}").format(day=day)
        if row.posted_on is not None
        else _("Posting {day}").format(day=day),
        _("deemed delivered {day}").format(day=formats.weekday_date(deemed_delivered(posted))),
    ]
    if item.earliest is not None:
        parts.append(_("earliest {day}").format(day=formats.weekday_date(item.earliest)))
    return " → ".join(parts)
