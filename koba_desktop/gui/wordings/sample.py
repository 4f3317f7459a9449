"""The page as it will be printed: it follows what is typed, with an easy letter or the hardest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.page_turner import PageTurner
from koba_desktop.gui.printing.preview import DPI, PagePreviewWidget
from koba_desktop.gui.printing.zoom import PageScroll, WindowChoice, ZoomChoice
from koba_desktop.gui.widgets import InlineMessage, Level, SecondText, ToolButton, segmented
from koba_desktop.gui.widgets.flow import FlowLayout
from koba_desktop.gui.wordings import naming
from koba_desktop.gui.wordings.sheet_choice import SheetChoice, sheet_of
from koba_desktop.gui.wordings.shelf import title_of
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe
from koba_desktop.services.letters.wordings import WordingKey
from koba_desktop.services.ports import PageImage

QUIET_MS = 250
"""The page is drawn anew when nothing was typed for this long."""
_NOT_CHOSEN = frozenset({"second_page"})  # the layout decides


@dataclass(frozen=True, slots=True)
class Content:
    """A wording to be shown: its blocks as they read now, those of its German master, and the
    language's title."""

    which: WordingKey
    blocks: Mapping[str, str]
    master: Mapping[str, str]
    review: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class _Drawn:
    image: PageImage
    number: int
    count: int
    window_mm: tuple[float, float, float, float]


class SamplePane(QWidget):
    """Draws on the PDF lane, the latest only. The page before stays until the new one is there."""

    drawn = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._content: Callable[[], Content | None] = lambda: None
        self._page = 0  # wanted; of a translation -1, the last, until it is known which that is
        self._cases: tuple[str, ...] = ()
        self._learnt = False
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self._draw)
        self._build()

    def _build(self) -> None:
        self.easy = ToolButton(_("Short"), "", self, tool_tip=_("A letter with little in it"))
        self.hard = ToolButton(
            _("Hardest case"),
            "",
            self,
            tool_tip=_("A long name, six lines of address, many papers"),
        )
        for button in (self.easy, self.hard):
            button.setCheckable(True)
        self.hard.setChecked(True)
        both = segmented([self.easy, self.hard], self)
        both.setAccessibleName(_("Data of the sample"))
        self.hard.toggled.connect(lambda _on: self.renew())
        self.case = ToolButton(_("&Case"), "chevron-down", self)
        self.case.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.case.setMenu(QMenu(self.case))
        self.sheet = SheetChoice(self)
        self.sheet.currentIndexChanged.connect(lambda _row: self.renew())
        self.case_line = SecondText("", self)
        self.case_line.setWordWrap(True)
        self.zoom = ZoomChoice(self)
        self.turner = PageTurner(self)
        self.turner.turned.connect(self._turn)
        self.show_window = WindowChoice(self)
        self.message = InlineMessage(self)
        self.preview = PagePreviewWidget(self)
        self.frame = PageScroll(self.preview, self)
        self.show_window.toggled.connect(self.preview.set_window_shown)
        self.zoom.currentIndexChanged.connect(lambda _row: self.frame.set_zoom(self.zoom.zoom))
        upper, middle, lower = FlowLayout(), QHBoxLayout(), QHBoxLayout()
        upper.addWidget(both)
        upper.addWidget(self.case)
        upper.addWidget(self.sheet)
        for line in (middle, lower):
            line.setSpacing(8)
        lower.addWidget(self.turner)
        lower.addStretch(1)
        middle.addWidget(self.case_line, 1)
        middle.addWidget(self.zoom)
        lower.addWidget(self.show_window)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(upper)
        layout.addLayout(middle)
        layout.addLayout(lower)
        layout.addWidget(self.message)
        layout.addWidget(self.frame, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._learnt:
            self._learnt = True
            office_id = self._desk.actor.office_id
            self._desk.ask(
                lambda view: sheet_of(view, office_id), self.sheet.choose, owner=self, key="sheet"
            )

    # --- what is shown ----------------------------------------------------------------------------

    def show_wording(self, content: Callable[[], Content | None]) -> None:
        """Another wording; ``content`` is asked for each time a page is to be drawn."""
        self._content = content
        now = content()
        self._page = 0 if now is None or now.which.binding else -1
        keys = now.blocks if now is not None else {}
        self._cases = tuple(
            dict.fromkeys(
                condition
                for key in keys
                for condition in key.split(".")[1:]
                if condition not in _NOT_CHOSEN
            )
        )
        self._fill_menu()
        self._say_case()
        if now is None:
            self._timer.stop()
            self._show_nothing(_("Choose a wording to see it here."))
        else:
            self._draw()

    def show_case(self, key: str) -> None:
        """The letter in which this version of a block stands."""
        wanted = [each for each in key.split(".")[1:] if each not in _NOT_CHOSEN]
        if sorted(wanted) != sorted(self.conditions()):
            for action in self._actions():
                action.blockSignals(True)
                action.setChecked(action.data() in wanted)
                action.blockSignals(False)
            self._say_case()
            self.renew()

    def conditions(self) -> list[str]:
        """The case chosen."""
        return [action.data() for action in self._actions() if action.isChecked()]

    @property
    def waiting(self) -> bool:
        """Whether a page is to be drawn soon."""
        return self._timer.isActive()

    def renew(self) -> None:
        """Something was typed: draw soon."""
        self._timer.start()

    def _actions(self) -> list[QAction]:
        return self.case.menu().actions()

    def _fill_menu(self) -> None:
        menu = self.case.menu()
        menu.clear()
        for condition in self._cases:
            action = menu.addAction(naming.condition_text(condition))
            action.setCheckable(True)
            action.setData(condition)
            action.toggled.connect(self._on_case)
        self.case.setEnabled(bool(self._cases))

    def _on_case(self, _on: bool) -> None:
        self._say_case()
        self.renew()

    def _say_case(self) -> None:
        words = [naming.condition_text(each) for each in self.conditions()]
        self.case_line.setText(", ".join(words) if words else _("the usual letter"))

    # --- drawing ----------------------------------------------------------------------------------

    def _turn(self, page: int) -> None:
        self._page = page
        self._draw()

    def _draw(self) -> None:
        self._timer.stop()
        content = self._content()
        if content is None:
            return
        conditions, hard, page = self.conditions(), self.hard.isChecked(), self._page
        form, envelope = self.sheet.chosen

        def draw() -> _Drawn:
            desk = self._desk
            made = desk.wordings.sample(
                *content.which,
                content.blocks,
                content.master,
                conditions=conditions,
                hard=hard,
                review=content.review,
                form=form,
                envelope=envelope,
            )
            count = desk.pages.page_count(made.pdf)
            number = page % count if page < 0 else min(page, count - 1)
            image = desk.pages.page_image(made.pdf, number, DPI)
            window = desk.renderer.window({"form": form, "envelope": envelope})
            return _Drawn(image, number, count, window)

        self._desk.make(draw, self._show, owner=self, key="sample", failed=self._failed)

    def _show(self, drawn: _Drawn) -> None:
        content = self._content()
        if content is None:
            return
        self._page = drawn.number
        self.message.clear()
        self.turner.show_page(drawn.number, drawn.count)
        said = f"{title_of(content.which)}. {self.turner.text()}. {self.case_line.text()}"
        window = drawn.window_mm if drawn.number == 0 else None
        self.preview.show_page(drawn.image, window, said)
        self.drawn.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        if self.preview.has_page:
            said = _("The page shows the text before. {reason}").format(reason=describe(error))
            self.message.show_message(said, Level.WARNING)
        else:
            self._show_nothing(describe(error))
        self.drawn.emit()

    def _show_nothing(self, text: str) -> None:
        self.turner.clear()
        self.message.clear()
        self.preview.show_text(text)
