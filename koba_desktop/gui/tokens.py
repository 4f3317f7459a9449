"""The colours of the screen by meaning, for the light and the dark scheme."""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour scheme. Every text colour has at least 4.5:1 on the ground it is meant for."""

    window: QColor
    base: QColor
    alternate: QColor
    text: QColor
    text2: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    on_selection: QColor
    edge: QColor  # of controls
    separator: QColor  # decoration only
    telephone_fill: QColor
    telephone_edge: QColor
    telephone_text: QColor
    in_person_fill: QColor
    in_person_edge: QColor
    in_person_text: QColor
    outdoors_fill: QColor
    outdoors_edge: QColor
    outdoors_text: QColor
    emergency_fill: QColor
    emergency_edge: QColor
    emergency_text: QColor
    internal_fill: QColor
    internal_edge: QColor
    internal_text: QColor
    ok: QColor
    warning: QColor
    warning_ground: QColor
    warning_edge: QColor
    now: QColor
    airing: QColor
    cleaning: QColor
    blocked: QColor
    blocked_ground: QColor
    hatch: QColor
    hatch_ground: QColor

    @property
    def dark(self) -> bool:
        return self.base.lightness() < 128


_LIGHT = """
    EFF2F2 FFFFFF F6F8F8  182123 4A585B  00666F FFFFFF  CDE4E6 0B2A2D  7B898C D3DADB
    DBECED 00666F 08343A  E2E6F5 42549B 222C5A  E8EDD8 56691F 333F12
    FBE4DE A82C16 661A0D  ECEFEF 66757A 323D40
    226B33  7A4D00 FFF0C7 B27A00  B4231A  14628F 74408F  5A686B E6EAEA  C3CCCE F1F3F3
"""
_DARK = """
    21282A 15191A 1B2022  E7EDED AAB7B9  52B8C2 06282B  1E4B50 E9F7F8  7A898D 384144
    163A3E 52B8C2 D5EFF1  272F52 94A5F0 DFE4FC  2D3619 A9C166 E8F0D2
    4B2018 F28D76 FFDED6  2A3133 93A2A5 D7DFE0
    7CCB8C  F2C766 42330F D9A93A  FF7B6E  74BDE8 CFA2E6  A0AEB1 2A3032  3E484B 1D2324
"""


def _scheme(table: str) -> Tokens:
    return Tokens(*(QColor(f"#{value}") for value in table.split()))


LIGHT = _scheme(_LIGHT)
DARK = _scheme(_DARK)


def of_system(palette: QPalette) -> Tokens:
    """The colours a high-contrast system gives: its text on its ground, its highlight as accent.

    Kinds are then told apart by shape, icon and text alone, which they always carry as well.
    """
    role = QPalette.ColorRole
    ground, text = palette.color(role.Base), palette.color(role.Text)
    values = {
        field.name: ground if field.name.endswith(("_fill", "_ground")) else text
        for field in fields(Tokens)
    }
    values |= {
        "window": palette.color(role.Window),
        "base": ground,
        "alternate": ground,
        "accent": palette.color(role.Highlight),
        "on_accent": palette.color(role.HighlightedText),
        "selection": palette.color(role.Highlight),
        "on_selection": palette.color(role.HighlightedText),
    }
    return Tokens(**values)
