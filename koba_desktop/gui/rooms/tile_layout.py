"""Where in a large tile everything stands: measured once for a content, painted often."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF

from koba_desktop.gui import theme
from koba_desktop.gui.rooms import wording
from koba_desktop.gui.rooms.steps import Deed, Step
from koba_desktop.gui.rooms.tiles import Alarm, Tile, Warned
from koba_desktop.i18n import pgettext

BAR = 6
"""The width of the coloured bar at the left of a tile."""
_PAD = 8
_ALARM_ROLES = {Alarm.WARNING: "warning", Alarm.ERROR: "now"}
_BUTTONS = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text at its baseline. ``role`` is the token of its colour."""

    at: QPointF
    text: str
    role: str
    size: int = theme.SMALL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    place: QRectF
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Button:
    """A painted button: a real target of the mouse at ``rect``. ``weak`` before it can be used."""

    rect: QRect
    step: Step
    label: str
    icon: str
    primary: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class TileLayout:
    """All in the tile's own coordinates. ``live`` is what the clock changes; ``bar`` the line that
    fills with time; ``initials`` where somebody signs."""

    texts: tuple[Text, ...]
    pictures: tuple[Picture, ...]
    buttons: tuple[Button, ...]
    initials: QRect
    live: QRect
    bar: QRect


def low_height() -> int:
    """The height at which a tile has its clock, its step and one line: what is wrong, or who."""
    return theme.px(112)


def least_height() -> int:
    """The height at which a tile still says who, until when and what is wrong."""
    return theme.px(150)


def full_height() -> int:
    """The height at which a tile says everything."""
    return theme.px(226)


def least_width() -> int:
    return theme.px(164)


def lay_out(tile: Tile, size: QSize) -> TileLayout:
    return _Builder(tile, size).build()


class _Builder:
    """From the top: head, state, large line. From the bottom: buttons, what comes. Between them
    as many lines as there is room for, those that warn first."""

    def __init__(self, tile: Tile, size: QSize) -> None:
        self._tile = tile
        self._size = size
        self._left = BAR + _PAD
        self._right = size.width() - _PAD
        self._texts: list[Text] = []
        self._pictures: list[Picture] = []
        self._row = QFontMetricsF(theme.font()).height() + theme.px(2)

    def build(self) -> TileLayout:
        width, low = self._right - self._left, self._size.height() < least_height()
        y = float(theme.px(2 if low else 5))
        y = self._low_head(y) if low else self._state(self._head(y))
        live = QRect(self._left, round(y), width, theme.px(28 if low else 30))
        bar = QRect(self._left, live.bottom() + 1, width, theme.px(5 if low else 6))
        y = bar.bottom() + theme.px(2 if low else 4)
        bottom = self._size.height() - theme.px(6 if low else 8)
        button = theme.px(24 if low else 26)
        buttons, initials = self._buttons(bottom - button, button)
        foot = bottom - button - theme.px(3 if low else 5) if buttons else bottom
        self._between(y, foot)
        return TileLayout(
            texts=tuple(self._texts),
            pictures=tuple(self._pictures),
            buttons=buttons,
            initials=initials,
            live=live,
            bar=bar,
        )

    def _head(self, y: float) -> float:
        tile, height = self._tile, theme.px(22)
        right = self._right - self._width(tile.persons)
        self._write(right, y, height, tile.persons, "text2")
        if tile.wheelchair:
            size = theme.px(15)
            right -= size + theme.px(4)
            self._picture(right, y, height, size, "wheelchair", "text2")
        width = right - theme.px(6) - self._left
        self._write(self._left, y, height, tile.name, "text", theme.CARD, bold=True, width=width)
        return y + height

    def _low_head(self, y: float) -> float:
        """Name, state and persons in one row; what has no room is left out from the right."""
        tile, height, size = self._tile, theme.px(22), theme.px(15)
        self._write(self._left, y, height, tile.name, "text", theme.CARD, bold=True)
        name = QFontMetricsF(theme.font(theme.CARD, bold=True)).horizontalAdvance(tile.name)
        left, right = self._left + name + theme.px(8), float(self._right)
        self._picture(left, y, height, size, tile.icon, tile.role)
        left += size + theme.px(5)
        state = QFontMetricsF(theme.font(bold=True)).horizontalAdvance(tile.state)
        persons = self._width(tile.persons)
        if left + state + theme.px(8) + persons <= right:
            right -= persons
            self._write(right, y, height, tile.persons, "text2")
            right -= theme.px(4)
        if tile.wheelchair and left + state + theme.px(4) + size <= right:
            right -= size
            self._picture(right, y, height, size, "wheelchair", "text2")
        self._write(left, y, height, tile.state, tile.role, bold=True, width=right - left)
        return y + height

    def _state(self, y: float) -> float:
        tile, height, size = self._tile, theme.px(19), theme.px(15)
        self._picture(self._left, y, height, size, tile.icon, tile.role)
        left = self._left + size + theme.px(5)
        self._write(left, y, height, tile.state, tile.role, bold=True, width=self._right - left)
        return y + height

    def _buttons(self, top: int, height: int) -> tuple[tuple[Button, ...], QRect]:
        steps = self._tile.steps[:_BUTTONS]
        if not steps:
            return (), QRect()
        gap, width = theme.px(6), self._right - self._left
        if steps[0].deed is Deed.CLEANED:
            field = max(theme.px(52), round(width * 0.36))
            rect = QRect(self._left, top, width - field - gap, height)
            place = QRect(rect.right() + 1 + gap, top, field, height)
            return (self._button(steps[0], rect),), place
        each = (width - gap * (len(steps) - 1)) // len(steps)
        found = []
        for number, step in enumerate(steps):
            rect = QRect(self._left + number * (each + gap), top, each, height)
            found.append(self._button(step, rect, brief=len(steps) > 1))
        return tuple(found), QRect()

    def _button(self, step: Step, rect: QRect, *, brief: bool = False) -> Button:
        icon = wording.STEP_ICONS[step.deed]
        full = wording.plain_step(step, self._tile.moment)
        short = {Deed.VACATE: pgettext("button", "Vacate")}.get(step.deed, full)
        room = rect.width() - theme.px(6)
        label = short if brief or self._width(full) > room - theme.px(20) else full
        if self._width(label) > room - theme.px(20):
            icon = ""
        return Button(
            rect=rect,
            step=step,
            label=_elided(label, theme.SMALL, False, room),
            icon=icon,
            primary=step.deed is Deed.CLEANED,
            weak=not step.ready(self._tile.moment),
        )

    def _between(self, y: float, foot: float) -> None:
        """Where not all have room: the first warning and who is in it before everything else."""
        tile = self._tile
        rows = int((foot - y) // self._row)
        first = [*tile.warnings[:1], *tile.lines[:1], *tile.warnings[1:]]
        wanted = [*first, tile.coming, *tile.lines[1:]]
        kept = {id(each) for each in wanted[:rows]}
        width = self._right - self._left
        for text in tile.lines:
            if id(text) in kept:
                self._write(self._left, y, self._row, text, "text", width=width)
                y += self._row
        for each in tile.warnings:
            if id(each) in kept:
                self._warn(y, each)
                y += self._row
        if id(tile.coming) in kept:
            self._write(self._left, foot - self._row, self._row, tile.coming, "text2", width=width)

    def _warn(self, y: float, warned: Warned) -> None:
        role, size = _ALARM_ROLES[warned.alarm], theme.px(14)
        self._picture(self._left, y, self._row, size, "warning", role)
        left = self._left + size + theme.px(5)
        width = self._right - left
        self._write(left, y, self._row, warned.text, role, bold=True, width=width)

    # --- pieces -----------------------------------------------------------------------------------

    def _write(
        self,
        x: float,
        y: float,
        height: float,
        text: str,
        role: str,
        size: int = theme.SMALL,
        *,
        bold: bool = False,
        width: float | None = None,
    ) -> None:
        metrics = QFontMetricsF(theme.font(size, bold))
        shown = text if width is None else _elided(text, size, bold, width)
        base = y + (height - metrics.height()) / 2 + metrics.ascent()
        self._texts.append(Text(QPointF(x, round(base)), shown, role, size, bold))

    def _picture(self, x: float, y: float, height: float, size: int, name: str, role: str) -> None:
        place = QRectF(round(x), round(y + (height - size) / 2), size, size)
        self._pictures.append(Picture(place, name, role))

    def _width(self, text: str) -> float:
        return QFontMetricsF(theme.font()).horizontalAdvance(text)


def _elided(text: str, size: int, bold: bool, width: float) -> str:
    metrics = QFontMetricsF(theme.font(size, bold))
    if metrics.horizontalAdvance(text) <= width:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def timer_texts(tile: Tile, layout: TileLayout) -> Iterator[Text]:
    """The large line with what stands before and after it, which the clock changes."""
    timer = tile.timer
    small = QFontMetricsF(theme.font())
    large = QFontMetricsF(theme.font(theme.TIMER, bold=True))
    x: float = layout.live.left()
    right = layout.live.right()
    base = round(layout.live.top() + (layout.live.height() - large.height()) / 2 + large.ascent())
    if timer.before:
        yield Text(QPointF(x, base), timer.before, "text2")
        x += small.horizontalAdvance(timer.before) + theme.px(6)
    role = "now" if tile.alarm is Alarm.ERROR else "text"
    yield Text(QPointF(x, base), timer.value, role, theme.TIMER, True)
    x += large.horizontalAdvance(timer.value) + theme.px(6)
    if timer.after:
        yield Text(QPointF(x, base), _elided(timer.after, theme.SMALL, False, right - x), "text2")
