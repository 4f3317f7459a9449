"""Uses as blocks: the kind as shape, icon and colour, the state as outline, the pause hatched.

What is dropped on narrow blocks, in this order: the advisor's name becomes initials, then goes;
then the icon; "…" comes last. The compact timeline shows the advisor's initials alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from koba_desktop.domain.entities.staff import Staff
from koba_desktop.gui.blocks.kinds import BlockKind, KindColours, kind_colours, kind_icon
from koba_desktop.gui.blocks.painting import blend, cut_corner
from koba_desktop.gui.icons import draw_icon
from koba_desktop.gui.timeline import wording
from koba_desktop.gui.timeline.geometry import Geometry
from koba_desktop.gui.timeline.scene import Block, Phase
from koba_desktop.gui.tokens import Tokens
from koba_desktop.i18n import _
from koba_desktop.services.rows import RoomBookingRow

BAR = 4
CORNER = 6
AIR = 4  # px between the edge of a block and its text
AHEAD = 0.35  # of the fill of what is still to come
MUTED, MUTED_FILL = 0.45, 0.7  # of the edge and the fill of what is over
LEAST_TEXT = 14  # px below which nothing is written

AdvisorOf = Callable[[RoomBookingRow], Staff | None]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a block says: an icon (or none), a text, and what is said at its right end."""

    icon: str
    text: str
    end: str = ""


class BlockPainter:
    """Paints blocks in one colour scheme and font; made anew when either changes."""

    def __init__(
        self, tokens: Tokens, font: QFont, advisor_of: AdvisorOf, *, compact: bool
    ) -> None:
        self.tokens = tokens
        self.font = QFont(font)
        self.font.setBold(False)
        self._advisor_of = advisor_of
        self._compact = compact
        self._colours: dict[tuple[BlockKind, Phase], KindColours] = {}
        self._metrics = QFontMetricsF(self.font)
        self._icon = round(self._metrics.height() * 0.82)

    # --- under the blocks -------------------------------------------------------------------------

    def pause(self, painter: QPainter, geometry: Geometry, block: Block) -> None:
        """The time in which the place is aired and cleaned, hatched."""
        rect = geometry.span_rect(block.line, block.ends, block.until, 0)
        if rect.width() <= 1:
            return
        tokens = self.tokens
        muted = block.phase in (Phase.OVER, Phase.UNUSED)
        colour = tokens.cleaning if block.to_clean else tokens.airing
        if muted:
            colour = blend(colour, tokens.base, MUTED)
        pattern = Qt.BrushStyle.FDiagPattern if block.to_clean else Qt.BrushStyle.BDiagPattern
        painter.fillRect(rect, tokens.base)
        painter.fillRect(rect, QBrush(blend(colour, tokens.base, 0.8), pattern))
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def closure(self, painter: QPainter, geometry: Geometry, block: Block) -> None:
        """A place out of service, hatched across with its reason."""
        tokens = self.tokens
        rect = geometry.span_rect(block.line, block.starts, block.ends)
        painter.fillRect(rect, tokens.blocked_ground)
        hatch = blend(tokens.blocked, tokens.blocked_ground, 0.55)
        painter.fillRect(rect, QBrush(hatch, Qt.BrushStyle.FDiagPattern))
        painter.setPen(QPen(blend(tokens.blocked, tokens.base, 0.6), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))

    # --- the block --------------------------------------------------------------------------------

    def ground(self, painter: QPainter, geometry: Geometry, block: Block) -> None:
        """Fill, outline and shape, without any text."""
        if block.closure:
            self.closure(painter, geometry, block)
            return
        rect = geometry.span_rect(block.line, block.starts, block.ends)
        colours = self.colours(block)
        pen = self._outline(block, colours)
        corner = self._corner(block, rect)
        box = QRectF(rect)
        inset = pen.widthF() / 2
        outline = box.adjusted(inset, inset, -inset, -inset)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if corner:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.fill)
            painter.drawPolygon(cut_corner(box, corner))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            self._overrun(painter, geometry, block, rect)
            painter.setPen(pen)
            painter.drawPolygon(cut_corner(outline, corner))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        else:
            painter.fillRect(rect, colours.fill)
            self._overrun(painter, geometry, block, rect)
            painter.setPen(pen)
            painter.drawRect(outline)
        if block.kind in (BlockKind.IN_PERSON, BlockKind.OUTDOORS):
            self._bar(painter, rect, block, colours.edge)
        self._not_ready(painter, geometry, block)

    def text(self, painter: QPainter, geometry: Geometry, block: Block) -> None:
        """Icon and words, as many as fit."""
        if block.closure:
            self._reason(painter, geometry, block)
            return
        rect = geometry.span_rect(block.line, block.starts, block.ends)
        room = self._room(block, rect)
        if block.ready is not None and block.ready > block.starts:
            room.setLeft(max(room.left(), geometry.x_of(block.ready) + 3))
        if room.width() < LEAST_TEXT or rect.height() < self._metrics.height() - 4:
            return
        writing = self.writing(block, room.width())
        colours = self.colours(block)
        left = float(room.left())
        middle = rect.top() + rect.height() / 2
        if writing.icon:
            size = min(self._icon, rect.height() - 4)
            ink = self.tokens.warning if writing.icon == "warning" else colours.edge
            draw_icon(painter, writing.icon, QRectF(left, middle - size / 2, size, size), ink)
            left += size + 3
        baseline = middle + self._metrics.capHeight() / 2
        painter.setFont(self.font)
        painter.setPen(colours.text)
        painter.drawText(QPointF(left, baseline), writing.text)
        if writing.end:
            extent = self._metrics.horizontalAdvance(writing.end)
            painter.setPen(self.tokens.warning)
            painter.drawText(QPointF(room.right() + 1 - extent, baseline), writing.end)

    # --- what it says -----------------------------------------------------------------------------

    def writing(self, block: Block, width: int) -> Writing:
        """The longest of the texts that fits; the shortest, elided, where none does."""
        icon = self._sign(block)
        icon_room = self._icon + 3
        end = f"+{block.overrun}" if block.overrun and not self._compact else ""
        signs = ((icon, icon_room), ("", 0)) if icon else (("", 0),)
        for said in dict.fromkeys((end, "")):
            end_room = self._metrics.horizontalAdvance(said) + 6 if said else 0.0
            for text in self._texts(block):
                extent = self._metrics.horizontalAdvance(text) + end_room
                for sign, sign_room in signs:
                    if sign_room + extent <= width:
                        return Writing(sign, text, said)
        if icon and icon_room <= width and self._speaks(block):
            return Writing(icon, "")
        shortest = "" if self._compact else wording.short_name(block)
        elided = self._metrics.elidedText(shortest, Qt.TextElideMode.ElideRight, width)
        return Writing("", elided if len(elided) > 1 else "")

    def _texts(self, block: Block) -> Iterator[str]:
        row, name = block.row, wording.short_name(block)
        if self._compact:
            yield row.advisor_initials or ("" if row.appointment_id else name)
            return
        late = ""
        if block.ready is not None:
            late = _("from {time}").format(time=_clock(block.ready)) + " · "
        advisor = self._advisor_of(row)
        for who in (advisor.family_name if advisor is not None else "", row.advisor_initials):
            if who:
                yield f"{late}{name} · {who}"
        yield f"{late}{name}"
        if late:
            yield name

    def _sign(self, block: Block) -> str:
        """The icon before the text: what is wrong first, then what runs, then the kind."""
        if block.ready is not None or (block.overrun and self._compact):
            return "warning"
        if block.kind is BlockKind.EMERGENCY:
            return "emergency"
        if block.phase is Phase.RUNNING:
            return "run"
        return kind_icon(block.kind) if block.kind is BlockKind.OUTDOORS else ""

    def _speaks(self, block: Block) -> bool:
        """Whether the icon alone says more than the beginning of a name."""
        return block.ready is not None or block.overrun > 0 or self._compact

    def _room(self, block: Block, rect: QRect) -> QRect:
        """Where icon and words may stand; in the compact timeline every pixel counts."""
        bar = BAR if block.kind in (BlockKind.IN_PERSON, BlockKind.OUTDOORS) else 2
        if self._compact:
            return rect.adjusted(min(bar, rect.width() // 3) + 1, 0, 0, 0)
        air = AIR if rect.width() > 40 else 2
        return rect.adjusted(min(bar, rect.width() // 3) + air, 0, -min(air, 3), 0)

    def _reason(self, painter: QPainter, geometry: Geometry, block: Block) -> None:
        rect = geometry.span_rect(block.line, block.starts, block.ends)
        metrics = self._metrics
        for text in (wording.closure_text(block), wording.short_name(block)):
            if metrics.horizontalAdvance(text) <= rect.width() - 16:
                break
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 16)
        extent = round(metrics.horizontalAdvance(text)) + 10
        if rect.width() < 30 or rect.height() < metrics.height() - 4:
            return
        box = QRect(rect.center().x() - extent // 2, rect.top() + 2, extent, rect.height() - 4)
        painter.fillRect(box, self.tokens.blocked_ground)
        painter.setFont(self.font)
        painter.setPen(self.tokens.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # --- how it looks -----------------------------------------------------------------------------

    def colours(self, block: Block) -> KindColours:
        """Those of its kind: tinted faintly ahead, in full while it runs, muted once it is over."""
        key = (block.kind, block.phase)
        if key not in self._colours:
            self._colours[key] = self._mixed(*key)
        return self._colours[key]

    def _mixed(self, kind: BlockKind, phase: Phase) -> KindColours:
        tokens = self.tokens
        colours = kind_colours(tokens, kind)
        match phase:
            case Phase.RUNNING:
                return colours
            case Phase.AHEAD:
                return replace(colours, fill=blend(colours.fill, tokens.base, AHEAD))
            case Phase.UNUSED:
                edge = blend(colours.edge, tokens.base, MUTED)
                return KindColours(tokens.base, edge, tokens.text2)
        return KindColours(
            blend(colours.fill, tokens.base, MUTED_FILL),
            blend(colours.edge, tokens.base, MUTED),
            tokens.text2,
        )

    def _outline(self, block: Block, colours: KindColours) -> QPen:
        if block.phase in (Phase.AHEAD, Phase.UNUSED) and block.kind is not BlockKind.INTERNAL:
            width = 2.0 if block.kind is BlockKind.EMERGENCY else 1.2
            pen = QPen(colours.edge, width, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([4 / width, 2.5 / width])
            return pen
        if block.phase is Phase.RUNNING or block.kind is BlockKind.EMERGENCY:
            return QPen(colours.edge, 2)
        return QPen(blend(colours.edge, colours.fill, 0.6), 1)

    def _corner(self, block: Block, rect: QRect) -> int:
        """Outdoors the upper right corner is cut off."""
        if block.kind is not BlockKind.OUTDOORS:
            return 0
        return min(CORNER, rect.width() // 3, max(0, rect.height() - 10))

    def _bar(self, painter: QPainter, rect: QRect, block: Block, colour: QColor) -> None:
        width = min(BAR, max(2, rect.width() // 3))
        painter.fillRect(QRect(rect.left(), rect.top(), width, rect.height()), colour)

    def _overrun(self, painter: QPainter, geometry: Geometry, block: Block, rect: QRect) -> None:
        """What lies beyond the planned end, on the ground of a warning, with a line at that end."""
        if not block.overrun:
            return
        beyond = geometry.span_rect(block.line, block.plan, block.ends, 0).intersected(rect)
        painter.fillRect(beyond, self.tokens.warning_ground)
        painter.setPen(QPen(self.tokens.warning_edge, 1))
        x = beyond.left() + 0.5
        painter.drawLine(QLineF(x, beyond.top(), x, beyond.bottom() + 1))

    def _not_ready(self, painter: QPainter, geometry: Geometry, block: Block) -> None:
        """The beginning in which the place is still somebody else's or being aired."""
        if block.ready is None or block.ready <= block.starts:
            return
        rect = geometry.span_rect(block.line, block.starts, min(block.ready, block.ends), 0)
        painter.fillRect(rect, QBrush(self.tokens.airing, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(self.tokens.warning_edge, 2))
        painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
