"""Small widgets every panel may use."""

from koba_desktop.gui.widgets.bars import Band, Bar
from koba_desktop.gui.widgets.buttons import LinkButton, PrimaryButton, ToolButton, segmented
from koba_desktop.gui.widgets.labels import (
    Heading,
    IconLabel,
    KeyHint,
    SecondText,
    SectionHeader,
)
from koba_desktop.gui.widgets.message import InlineMessage, Level

__all__ = [
    "Band",
    "Bar",
    "Heading",
    "IconLabel",
    "InlineMessage",
    "KeyHint",
    "Level",
    "LinkButton",
    "PrimaryButton",
    "SecondText",
    "SectionHeader",
    "ToolButton",
    "segmented",
]
