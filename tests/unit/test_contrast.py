"""Every colour of the screen stands out from the ground it is meant for (WCAG 1.4.3, 1.4.11)."""

import pytest
from PySide6.QtGui import QColor, QPalette

from koba_desktop.gui.tokens import DARK, LIGHT, Tokens, of_system

KINDS = ("telephone", "in_person", "outdoors", "emergency", "internal")
GROUNDS = ("window", "base", "alternate")

TEXTS = [
    *((text, ground) for text in ("text", "text2", "accent") for ground in GROUNDS),
    ("on_accent", "accent"),
    ("on_selection", "selection"),
    ("text2", "selection"),
    *((f"{kind}_text", f"{kind}_fill") for kind in KINDS),
    *((f"{kind}_text", "base") for kind in KINDS),  # proposed ones lie on the base
    ("emergency_text", "window"),  # errors below a field
    ("emergency_edge", "base"),  # "Cancel appointment"
    ("warning", "warning_ground"),
    ("text", "warning_ground"),
    ("text", "emergency_fill"),
    ("text", "blocked_ground"),
    ("text2", "hatch_ground"),  # the reason of a closure
    ("accent", "warning_ground"),  # a link in a message
    ("now", "base"),
]
GRAPHICS = [
    ("edge", "base"),  # the frame of a field
    ("edge", "window"),
    *(("accent", ground) for ground in GROUNDS),  # the ring of the focus
    ("on_accent", "accent"),  # the ring within what is filled with the accent
    *((f"{kind}_edge", "base") for kind in KINDS),
    *((f"{kind}_edge", f"{kind}_fill") for kind in KINDS),
    ("warning_edge", "base"),
    *((icon, "base") for icon in ("ok", "warning", "now", "airing", "cleaning", "blocked")),
    ("ok", "window"),
    ("blocked", "blocked_ground"),
]


def luminance(colour: QColor) -> float:
    """The relative luminance as WCAG 2 defines it."""
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_low(tokens: Tokens, pairs: list[tuple[str, str]], least: float) -> dict[str, float]:
    found = {
        f"{front} on {ground}": contrast(getattr(tokens, front), getattr(tokens, ground))
        for front, ground in pairs
    }
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}


def test_the_ratio_is_that_of_the_standard():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_can_be_read(tokens):
    assert too_low(tokens, TEXTS, 4.5) == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_icons_and_the_focus_can_be_seen(tokens):
    assert too_low(tokens, GRAPHICS, 3) == {}


def test_a_system_in_high_contrast_keeps_its_colours():
    """White on black with a yellow highlight, as desktops have it."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: "black",
        role.Base: "black",
        role.Text: "white",
        role.WindowText: "white",
        role.Highlight: "yellow",
        role.HighlightedText: "black",
    }.items():
        palette.setColor(which, QColor(colour))
    tokens = of_system(palette)
    selected = [("text2", "selection")]  # there, a system has its own colour for selected text
    assert too_low(tokens, [pair for pair in TEXTS if pair not in selected], 7) == {}
    assert too_low(tokens, GRAPHICS, 7) == {}
    assert tokens.base == QColor("black")
    assert tokens.accent == QColor("yellow")
