"""What can be done in the calendar, as actions for the tool bar, the menus and the search."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from koba_desktop.gui import theme
from koba_desktop.i18n import _

STEPS = (15, 30, 60)


class CalendarActions:
    """Keys without Ctrl or Alt are the list's own; these work while the calendar has the focus."""

    def __init__(self, panel: QWidget, view: QWidget) -> None:
        self._panel = panel
        self._view = view
        self.today = self._make(_("&Today"), "", "Ctrl+T")
        self.back = self._make(_("&Back"), "chevron-left", "Ctrl+PgUp")
        self.forward = self._make(_("For&ward"), "chevron-right", "Ctrl+PgDown")
        self.today.setProperty("wide", True)
        self.date = self._make(_("&Go to date…"), "calendar", "Ctrl+G")
        spans = QActionGroup(panel)
        self.day_view = self._make(_("&Day"), "", "", group=spans)
        self.week_view = self._make(_("&Week"), "", "", group=spans)
        zooms = QActionGroup(panel)
        self.zooms = {
            step: self._make(_("{n} minutes").format(n=step), "", "", group=zooms) for step in STEPS
        }
        self.former = self._make(_("&Former times"), "", "", checkable=True)
        self.legend = self._make(_("&Legend"), "", "", checkable=True)
        self.single_keys = self._make(
            _("Single &keys N, T, G in the calendar"), "", "", checkable=True
        )
        self.new = self._make(_("&New appointment here…"), "plus", "")
        self.open = self._make(_("&Open appointment…"), "pencil", "")
        self.cut = self._make(_("C&ut appointment"), "scissors", "", QKeySequence.StandardKey.Cut)
        self.copy = self._make(_("&Copy appointment"), "copy", "", QKeySequence.StandardKey.Copy)
        self.paste = self._make(_("&Paste appointment"), "", "", QKeySequence.StandardKey.Paste)
        self.day_list = self._make(_("Print day &list…"), "printer", "Ctrl+P")
        self.slips = self._make(_("Print reply &slips of the day…"), "scissors", "")
        for action in (self.back, self.forward, self.day_list):
            action.setProperty("icon_only", True)

    def groups(self) -> list[list[QAction]]:
        """For the window's tool bar, in groups that stand together."""
        return [
            [self.today],
            [self.back, self.forward],
            [self.day_view, self.week_view],
            [self.day_list],
        ]

    def all(self) -> list[QAction]:
        """For the command search."""
        return [
            *(self.today, self.back, self.forward, self.date, self.day_view, self.week_view),
            *self.zooms.values(),
            *(self.former, self.legend, self.single_keys),
            *(self.new, self.open, self.cut, self.copy, self.paste, self.day_list),
            self.slips,
        ]

    def connect(self, action: QAction, slot: Callable[[], None]) -> None:
        action.triggered.connect(lambda _checked=False: slot())

    def _make(
        self,
        text: str,
        icon: str,
        keys: str,
        standard: QKeySequence.StandardKey | None = None,
        *,
        group: QActionGroup | None = None,
        checkable: bool = False,
    ) -> QAction:
        action = QAction(text, self._panel)
        if icon:
            theme.bind_icon(action, icon)
        if group is not None:
            group.addAction(action)
        action.setCheckable(checkable or group is not None)
        if standard is not None:
            action.setShortcuts(standard)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._view.addAction(action)
        elif keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._panel.addAction(action)
        return action
