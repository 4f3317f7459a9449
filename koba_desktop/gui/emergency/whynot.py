"""Below the places: what is not offered, and on demand all the reasons and numbers."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QTextBrowser, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.emergency.explaining import explained
from koba_desktop.gui.emergency.facts import Facts
from koba_desktop.gui.emergency.wording import refused_line
from koba_desktop.gui.widgets import LinkButton
from koba_desktop.gui.widgets.ring import FocusRing
from koba_desktop.i18n import _


class WhyNot(QWidget):
    """One line with a link that opens the rest."""

    opened = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts: Facts | None = None
        self._now: datetime | None = None
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.link = LinkButton(_("Why not?"), self)
        self.link.setCheckable(True)
        self.link.toggled.connect(self._on_toggled)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(_("Why not, and how the numbers come about"))
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(4)
        self.text.document().setDefaultStyleSheet("p { margin: 1px 0; } h4 { margin: 4px 0 2px; }")
        self.text.setMinimumHeight(theme.px(90))
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        FocusRing(self.text)
        self.text.hide()
        first = QHBoxLayout()
        first.setSpacing(8)
        first.setContentsMargins(theme.px(24), 0, 0, 0)
        first.addWidget(self.line, 1)
        first.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addWidget(self.text, 1)
        theme.watcher().changed.connect(self.update)

    def show_facts(self, facts: Facts, now: datetime) -> None:
        self._facts, self._now = facts, now
        refused = facts.answer.ladder.refused
        if refused:
            text = _("Not offered: {places}").format(places=refused_line(refused, now))
        else:
            text = _("Every place of the office is offered.")
        self.line.setText(text)
        if self.link.isChecked():
            self._explain()

    def close_text(self) -> None:
        self.link.setChecked(False)

    def _on_toggled(self, opened: bool) -> None:
        self.link.setText(_("Hide why") if opened else _("Why not?"))
        self.text.setVisible(opened)
        self.opened.emit(opened)
        if opened:
            self._explain()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _explain(self) -> None:
        if self._facts is None or self._now is None:
            return
        answer = self._facts.answer
        place = self.text.verticalScrollBar().value()
        self.text.setHtml(
            explained(answer.ladder, self._facts.case.persons, self._facts.co2_litres, self._now)
        )
        self.text.verticalScrollBar().setValue(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.window)
        painter.setPen(t.separator)
        painter.drawLine(0, 0, self.width(), 0)
        size = theme.px(16)
        theme.draw_icon(painter, "blocked", QRectF(14, 7, size, size), t.text2)
