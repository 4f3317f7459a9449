"""Whose appointments the calendar shows: chips for the team, a menu for everybody."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from koba_desktop.domain.entities.staff import Staff
from koba_desktop.gui import tab_order, theme
from koba_desktop.gui.widgets import SecondText, ToolButton, segmented
from koba_desktop.i18n import _

CHIPS_AT_MOST = 5


class AdvisorChooser(QWidget):
    """Holds at least one advisor; toggling the last one off is refused."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._advisors: tuple[Staff, ...] = ()
        self._chosen: tuple[UUID, ...] = ()
        self._team = ""
        self._label = SecondText("", self)
        self._chips: QWidget | None = None
        self._chip_of: dict[UUID, ToolButton] = {}
        self._menu_button = ToolButton("", "people", self, tool_tip=_("Choose advisors"))
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu_button.setMenu(self._menu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch()
        self._row.addWidget(self._label)
        self._row.addWidget(self._menu_button)

    @property
    def chosen(self) -> tuple[Staff, ...]:
        """The advisors chosen, by name."""
        return tuple(a for a in self._advisors if a.id in self._chosen)

    def offer(self, advisors: Sequence[Staff], team: str, chosen: Sequence[UUID]) -> None:
        """Show these advisors to choose from; chips stand for those of ``team``."""
        self._advisors, self._team = tuple(advisors), team
        known = {a.id for a in advisors}
        self._chosen = tuple(i for i in chosen if i in known) or tuple(
            a.id for a in self._advisors[:1]
        )
        self._build()

    def toggle(self, advisor_id: UUID) -> None:
        held = set(self._chosen) ^ {advisor_id}
        if held:
            self._choose(tuple(held))
        else:
            self._build()

    def _choose(self, chosen: tuple[UUID, ...]) -> None:
        self._chosen = chosen
        self._build()
        self.changed.emit()

    def _team_members(self, team: str) -> tuple[Staff, ...]:
        return tuple(a for a in self._advisors if a.team == team)

    def _build(self) -> None:
        members = self._team_members(self._team) if self._team else self._advisors
        outside = [a for a in self.chosen if a not in members]
        chips = members if 1 < len(members) <= CHIPS_AT_MOST and not outside else ()
        if list(self._chip_of) != [member.id for member in chips]:
            self._make_chips(chips)
        for member_id, chip in self._chip_of.items():
            _show_chosen(chip, member_id in self._chosen)
        self._fit()

    def _make_chips(self, members: Sequence[Staff]) -> None:
        """Only where the team changed: who pressed a chip keeps the focus on it."""
        if self._chips is not None:
            self._row.removeWidget(self._chips)
            self._chips.hide()
            self._chips.deleteLater()
            self._chips = None
        self._chip_of = {}
        for member in members:
            chip = ToolButton(f"{member.family_name} ({member.initials})", "", self)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.clicked.connect(lambda _on, i=member.id: self.toggle(i))
            self._chip_of[member.id] = chip
        if members:
            self._chips = segmented(list(self._chip_of.values()), self, exclusive=False)
            self._row.insertWidget(2, self._chips)
            tab_order.precede(self._menu_button, *self._chip_of.values())

    def _fit(self) -> None:
        wide = self._chips is not None and (self._chips.sizeHint().width() + 140 <= self.width())
        if self._chips is not None:
            self._chips.setVisible(wide)
        self._label.setText(f"{self._team}:" if wide and self._team else "")
        style = Qt.ToolButtonStyle
        self._menu_button.setText("" if wide else self._summary())
        self._menu_button.setToolButtonStyle(
            style.ToolButtonIconOnly if wide else style.ToolButtonTextBesideIcon
        )

    def _summary(self) -> str:
        chosen = self.chosen
        teams = {a.team for a in chosen}
        if len(teams) == 1:
            team = teams.pop()
            if team and len(chosen) == len(self._team_members(team)):
                return team
        return ", ".join(a.initials for a in chosen[:4]) + (" …" if len(chosen) > 4 else "")

    def minimumSizeHint(self) -> QSize:
        """The chips give way to the menu where there is no room for them."""
        return QSize(self._menu_button.sizeHint().width(), self._menu_button.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fill_menu(self) -> None:
        self._menu.clear()
        teams = sorted({a.team for a in self._advisors if a.team})
        for team in teams:
            action = self._menu.addAction(team)
            ids = tuple(a.id for a in self._team_members(team))
            action.triggered.connect(lambda _on=False, t=team, i=ids: self._choose_team(t, i))
        if teams:
            self._menu.addSeparator()
        for advisor in self._advisors:
            name = f"{advisor.family_name}, {advisor.given_name} ({advisor.initials})"
            action = self._menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(advisor.id in self._chosen)
            action.triggered.connect(lambda _on=False, i=advisor.id: self.toggle(i))

    def _choose_team(self, team: str, ids: tuple[UUID, ...]) -> None:
        self._team = team
        self._choose(ids)


def _show_chosen(chip: ToolButton, chosen: bool) -> None:
    """A tick says it besides the colour."""
    chip.setChecked(chosen)
    if chosen:
        theme.bind_icon(chip, "tick")
    else:
        chip.setProperty("koba_icon", "")
        chip.setIcon(QIcon())
    style = Qt.ToolButtonStyle
    chip.setToolButtonStyle(style.ToolButtonTextBesideIcon if chosen else style.ToolButtonTextOnly)
