"""Where an emergency is worked on: the form above, the places below, Enter at the foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.emergency.facts import Facts
from koba_desktop.gui.emergency.foot import Foot
from koba_desktop.gui.emergency.form import Form
from koba_desktop.gui.emergency.kept import KeptRow
from koba_desktop.gui.emergency.rungs import RungList
from koba_desktop.gui.emergency.whynot import WhyNot
from koba_desktop.gui.widgets import InlineMessage, Level, SectionHeader
from koba_desktop.i18n import _


class Workplace(QWidget):
    """The parts one below the other. Where they have no room, all but the foot is scrolled."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.kept = KeptRow(desk, self)
        self.form = Form(desk, self)
        self.ladder = RungList(desk.now, self)
        self.nothing = InlineMessage(self)
        self.why = WhyNot(self)
        self.foot = Foot(self)
        places = SectionHeader(
            _("Places, the best first"),
            _("room now → room soon → outside the door → later → telephone"),
            self,
        )
        head = places.layout()
        assert head is not None
        head.setContentsMargins(14, 4, 14, 4)
        ground = QWidget(self)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for widget in (self.kept, self.form, places, self.nothing):
            inner.addWidget(widget)
        inner.addWidget(self.ladder, 3)
        inner.addWidget(self.why)
        self.why.opened.connect(lambda opened: inner.setStretchFactor(self.why, 4 * opened))
        scroll = QScrollArea(self)
        scroll.setWidget(ground)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self.foot)

    def say_if_nothing(self, facts: Facts) -> None:
        """Where there is no place at all: what to do next."""
        self.ladder.setVisible(bool(facts.answer.ladder.rungs))
        if facts.answer.ladder.rungs:
            self.nothing.clear()
        elif facts.answer.advisor_id is None:
            self.nothing.show_message(
                _("No advisor works here today. Take up the case in another office."),
                Level.WARNING,
            )
        else:
            self.nothing.show_message(
                _("Nothing is free any more today. Choose another advisor or a shorter talk."),
                Level.WARNING,
            )
