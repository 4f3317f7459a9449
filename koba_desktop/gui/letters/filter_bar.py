"""The filter of the outbox and its order, remembered for the next time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from koba_desktop.domain.vocabulary import Language, LetterKind
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.cells import column_title
from koba_desktop.gui.letters.piles import Column, Narrowing, Occurring, Order, Tray
from koba_desktop.gui.naming import member_name
from koba_desktop.gui.printing.settings import settings_for
from koba_desktop.gui.widgets import LinkButton, ToolButton
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word

_KEY = "letters/filter"
_ORDER_KEY = "letters/order"


class FilterBar(QWidget):
    """Kind, advisor, language and tray; and by what the list is sorted. The choices are those that
    occur among the letters; what was chosen stays a choice."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._quiet = False
        self._store = QSettings(self)  # one that stays writes its file when there is time
        self.kind = self._combo(_("Kind of letter"), _("All kinds"))
        self.advisor = self._combo(_("Advisor"), _("All advisors"))
        self.language = self._combo(_("Language"), _("All languages"))
        self.tray = self._combo(_("Printer and tray"), _("All printers"))
        self.order = self._combo(_("Sorted by"), _("Time of making"))
        label = QLabel(_("&Sorted by"), self)
        label.setBuddy(self.order)
        for column in Column:
            if column is not Column.TICK:
                self.order.addItem(column_title(column), column)
        self.way = ToolButton("", "arrow-up", self)
        self.way.setCheckable(True)
        self.way.toggled.connect(self._on_changed)
        self._reset = LinkButton(_("Show all"), self)
        self._reset.clicked.connect(self.reset)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for combo in (self.kind, self.advisor, self.language, self.tray):
            layout.addWidget(combo, 1)
        layout.addWidget(self._reset)
        layout.addStretch()
        layout.addWidget(label)
        layout.addWidget(self.order, 1)
        layout.addWidget(self.way)
        self._recall()
        self._dress()

    def _combo(self, name: str, anything: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        combo.addItem(anything, None)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(9)
        combo.setMaximumWidth(theme.px(190))
        combo.currentIndexChanged.connect(self._on_changed)
        return combo

    # --- what is wanted ---------------------------------------------------------------------------

    @property
    def narrowing(self) -> Narrowing:
        kind = self.kind.currentData()  # a plain text by now
        return Narrowing(
            kind=LetterKind(kind) if kind else None,
            advisor_id=self.advisor.currentData(),
            language=self.language.currentData(),
            tray=_tray(self.tray.currentData() or ""),
        )

    @property
    def wanted_order(self) -> Order:
        column = self.order.currentData()
        return Order(None if column is None else Column(column), self.way.isChecked())

    def take_order(self, order: Order) -> None:
        """Sort as somebody chose elsewhere, by a click on a header."""
        with self._quietly():
            self.order.setCurrentIndex(max(0, row_of(self.order, order.column)))
            self.way.setChecked(order.descending)
        self._on_changed()

    def reset(self) -> None:
        """Nothing is left out any more; the order stays."""
        with self._quietly():
            for combo in (self.kind, self.advisor, self.language, self.tray):
                combo.setCurrentIndex(0)
        self._on_changed()

    def narrow_to_advisor(self, advisor_id: UUID) -> None:
        """Show the letters of one advisor."""
        with self._quietly():
            self._offer(self.advisor, [(member_name(advisor_id, self._desk.book), advisor_id)])
            self.advisor.setCurrentIndex(row_of(self.advisor, advisor_id))
        self._on_changed()

    # --- the choices ------------------------------------------------------------------------------

    def learn(self, there: Occurring) -> None:
        """Offer what occurs among the letters."""
        book = self._desk.book
        trays = {tray_of(kind) for kind in there.kinds}
        with self._quietly():
            self._offer(self.kind, [(word(kind), kind) for kind in there.kinds])
            self._offer(self.advisor, [(member_name(one, book), one) for one in there.advisors])
            self._offer(self.language, [(word(Language(one)), one) for one in there.languages])
            self._offer(self.tray, [(tray_name(tray), _code(tray)) for tray in trays])

    def _offer(self, combo: QComboBox, choices: list[tuple[str, Any]]) -> None:
        """Add what is new and drop what is gone, but what is chosen."""
        chosen, text = combo.currentData(), combo.currentText()
        if chosen is not None and chosen not in [value for _text, value in choices]:
            choices = [*choices, (text, chosen)]
        choices.sort(key=lambda each: each[0].casefold())
        now = [(combo.itemText(row), combo.itemData(row)) for row in range(1, combo.count())]
        if now == choices:
            return
        while combo.count() > 1:
            combo.removeItem(1)
        for name, value in choices:
            combo.addItem(name, value)
        combo.setCurrentIndex(max(0, row_of(combo, chosen)) if chosen is not None else 0)

    # --- telling and remembering ------------------------------------------------------------------

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _on_changed(self) -> None:
        if self._quiet:
            return
        self._dress()
        self._remember()
        self.changed.emit()

    def _dress(self) -> None:
        descending = self.way.isChecked()
        theme.bind_icon(self.way, "arrow-down" if descending else "arrow-up")
        name = _("The last first") if descending else _("The first first")
        self.way.setToolTip(name)
        self.way.setAccessibleName(name)
        self._reset.setVisible(self.narrowing.count > 0)

    def _remember(self) -> None:
        store, wanted = self._store, self.narrowing
        store.setValue(f"{_KEY}/kind", wanted.kind.value if wanted.kind else "")
        store.setValue(f"{_KEY}/advisor", str(wanted.advisor_id or ""))
        store.setValue(f"{_KEY}/language", wanted.language or "")
        store.setValue(f"{_KEY}/tray", _code(wanted.tray) if wanted.tray else "")
        column = self.wanted_order.column
        store.setValue(f"{_ORDER_KEY}/column", column.name if column is not None else "")
        store.setValue(f"{_ORDER_KEY}/descending", self.way.isChecked())

    def _recall(self) -> None:
        """As it was left; what is no choice any more is forgotten."""
        store = self._store

        def said(name: str) -> str:
            return str(store.value(name, ""))

        with self._quietly():
            kind, language = said(f"{_KEY}/kind"), said(f"{_KEY}/language")
            if kind in set(LetterKind):
                self._offer(self.kind, [(word(LetterKind(kind)), LetterKind(kind))])
                self.kind.setCurrentIndex(1)
            if language in set(Language):
                self._offer(self.language, [(word(Language(language)), language)])
                self.language.setCurrentIndex(1)
            advisor = next(
                (one.id for one in self._desk.book.staff if str(one.id) == said(f"{_KEY}/advisor")),
                None,
            )
            if advisor is not None:
                self._offer(self.advisor, [(member_name(advisor, self._desk.book), advisor)])
                self.advisor.setCurrentIndex(1)
            tray = _tray(said(f"{_KEY}/tray"))
            if tray is not None:
                self._offer(self.tray, [(tray_name(tray), _code(tray))])
                self.tray.setCurrentIndex(1)
            column = said(f"{_ORDER_KEY}/column")
            if column in Column.__members__:
                self.order.setCurrentIndex(row_of(self.order, Column[column]))
            way = store.value(f"{_ORDER_KEY}/descending", False, type=bool)
            self.way.setChecked(bool(way))


def _code(tray: Tray) -> str:
    """As a text that Qt keeps."""
    return "\n".join(tray)


def _tray(code: str) -> Tray | None:
    printer, line_break, tray = code.partition("\n")
    return (printer, tray) if line_break else None


def tray_of(kind: LetterKind) -> Tray:
    """Where a kind of letter is printed."""
    printer, settings = settings_for(kind)
    return printer, settings.tray


def tray_name(tray: Tray) -> str:
    printer, name = tray
    if not printer:
        return _("no printer chosen yet")
    return f"{printer} · {name}" if name else printer
