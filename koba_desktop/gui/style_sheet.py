"""The little QSS that Fusion and the palette do not give: flat controls, tabs, docks, menus."""

from collections.abc import Callable

from koba_desktop.gui.tokens import Tokens
from koba_desktop.paths import resource_root

_COLOURS = (
    "base",
    "window",
    "alternate",
    "text",
    "text2",
    "accent",
    "on_accent",
    "edge",
    "separator",
    "selection",
    "on_selection",
    "emergency_edge",
    "emergency_text",
)
_SHEET = """
QToolTip {{ background: {base}; color: {text}; border: 1px solid {accent}; padding: 4px; }}

QLabel[role="second"] {{ color: {text2}; }}
QLabel[role="error"] {{ color: {emergency_text}; }}
QPushButton, QToolButton[kind="button"] {{
    background: {base}; color: {text}; border: 1px solid {edge}; border-radius: 3px;
    padding: 3px 9px; min-height: {h18}px;
}}
QPushButton:hover, QToolButton[kind="button"]:hover {{
    background: {alternate}; border-color: {accent};
}}
QPushButton:pressed, QToolButton[kind="button"]:pressed {{ background: {selection}; }}
QPushButton:checked, QToolButton[kind="button"]:checked {{
    background: {accent}; color: {on_accent}; border-color: {accent};
}}
QPushButton:focus, QToolButton[kind="button"]:focus {{
    border: 2px solid {accent}; padding: 2px 8px;
}}
QPushButton:checked:focus, QToolButton[kind="button"]:checked:focus {{
    border: 3px double {on_accent}; padding: 1px 7px;
}}
QPushButton:disabled, QToolButton[kind="button"]:disabled {{
    color: {faint}; border-color: {separator}; background: {window};
}}
QPushButton:default {{ border-color: {accent}; }}
QPushButton[kind="primary"], QToolButton[kind="primary"] {{
    background: {accent}; color: {on_accent}; border: 1px solid {accent}; border-radius: 3px;
    font-weight: bold; padding: 3px 9px; min-height: {h18}px;
}}
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover {{ border-color: {text}; }}
QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus {{
    border: 3px double {on_accent}; padding: 1px 7px;
}}
QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled {{
    background: {window}; color: {faint}; border-color: {separator};
}}
QPushButton[kind="danger"] {{ color: {emergency_edge}; border-color: {emergency_edge}; }}
QPushButton[kind="danger"]:disabled {{ color: {faint}; border-color: {separator}; }}
QToolButton[kind="emergency"] {{
    background: {base}; color: {emergency_edge}; border: 1px solid {emergency_edge};
    border-radius: 3px; padding: 3px 9px; min-height: {h18}px;
}}
QToolButton[kind="emergency"]:hover, QToolButton[kind="emergency"][open="true"] {{
    background: {selection}; color: {on_selection};
}}
QToolButton[kind="emergency"]:focus {{ border: 2px solid {accent}; padding: 2px 8px; }}
QToolButton[kind="emergency"]:disabled {{ color: {faint}; border-color: {separator}; }}
QPushButton[segment="first"], QToolButton[segment="first"] {{
    border-top-right-radius: 0; border-bottom-right-radius: 0;
}}
QPushButton[segment="middle"], QToolButton[segment="middle"] {{
    border-radius: 0; margin-left: -1px;
}}
QPushButton[segment="last"], QToolButton[segment="last"] {{
    border-top-left-radius: 0; border-bottom-left-radius: 0; margin-left: -1px;
}}
QPushButton::menu-indicator, QToolButton[kind="button"]::menu-indicator,
QToolButton[kind="primary"]::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="link"] {{
    background: transparent; color: {accent}; border: 0; padding: 1px 2px; min-height: 0;
    text-decoration: underline; text-align: left;
}}
QPushButton[kind="link"]:focus {{ border: 2px solid {accent}; padding: 0; }}

QLineEdit, QPlainTextEdit, QTextEdit, QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox,
QDoubleSpinBox, QComboBox {{
    background: {base}; color: {text}; border: 1px solid {edge}; border-radius: 3px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit, QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
    min-height: {h18}px; padding: 3px 5px;
}}
QLineEdit:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus, QSpinBox:focus,
QDoubleSpinBox:focus {{ border: 2px solid {accent}; padding: 2px 4px; }}
/* Padding as without the ring: Qt counts on it for the height of the list. */
QComboBox:focus, QComboBox[invalid="true"] {{
    border: 2px solid {accent}; padding: 3px 4px; min-height: {h16}px;
}}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QDateEdit:disabled,
QTimeEdit:disabled, QDateTimeEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
QComboBox:disabled {{ color: {faint}; border-color: {separator}; background: {window}; }}
QLineEdit:read-only {{ background: {window}; }}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QDateEdit[invalid="true"],
QTimeEdit[invalid="true"], QSpinBox[invalid="true"] {{
    border: 2px solid {emergency_edge}; padding: 2px 4px;
}}
QComboBox[invalid="true"] {{ border-color: {emergency_edge}; }}
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down {{
    subcontrol-origin: padding; subcontrol-position: center right; width: 18px; border: 0;
}}
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {{
    image: url({icons}/chevron-down.svg); width: 12px; height: 12px;
}}
QSpinBox::up-button, QDoubleSpinBox::up-button, QTimeEdit::up-button,
QDateEdit::up-button, QDateTimeEdit::up-button {{
    subcontrol-origin: border; subcontrol-position: top right; width: 18px; border: 0;
}}
QSpinBox::down-button, QDoubleSpinBox::down-button, QTimeEdit::down-button,
QDateEdit::down-button, QDateTimeEdit::down-button {{
    subcontrol-origin: border; subcontrol-position: bottom right; width: 18px; border: 0;
}}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QTimeEdit::up-arrow, QDateEdit::up-arrow,
QDateTimeEdit::up-arrow {{ image: url({icons}/chevron-up.svg); width: 9px; height: 9px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QTimeEdit::down-arrow {{
    image: url({icons}/chevron-down.svg); width: 9px; height: 9px;
}}
QComboBox QAbstractItemView {{
    background: {base}; border: 1px solid {edge};
    selection-background-color: {selection}; selection-color: {on_selection};
}}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QCheckBox, QRadioButton {{ spacing: 6px; }}
QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator,
QGroupBox::indicator {{
    width: 13px; height: 13px; border: 1px solid {edge}; border-radius: 2px; background: {base};
}}
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked, QGroupBox::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url({icons}/tick.svg);
}}
QCheckBox::indicator:indeterminate, QTreeView::indicator:indeterminate,
QTableView::indicator:indeterminate {{
    background: {accent}; border-color: {accent}; image: url({icons}/minus.svg);
}}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {accent}; border-radius: 3px; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; padding: 1px; }}
QRadioButton::indicator {{
    width: 12px; height: 12px; border: 1px solid {edge}; border-radius: 7px; background: {base};
}}
QRadioButton::indicator:checked {{
    width: 6px; height: 6px; border: 4px solid {accent}; background: {on_accent};
}}
QCheckBox::indicator:disabled {{ border-color: {separator}; background: {window}; }}
QCheckBox::indicator:checked:disabled {{ background: {text2}; border-color: {text2}; }}

QAbstractItemView {{
    background: {base}; alternate-background-color: {alternate}; border: 0; outline: 0;
    selection-background-color: {selection}; selection-color: {on_selection};
}}
QAbstractItemView[framed="true"] {{ border: 1px solid {separator}; }}
QAbstractItemView[framed="true"]:focus {{ border: 2px solid {accent}; }}
QHeaderView {{ background: {window}; }}
QHeaderView::section {{
    background: {window}; color: {text2}; border: 0; border-bottom: 1px solid {separator};
    padding: 4px 6px; font-weight: normal;
}}
QTableCornerButton::section {{ background: {window}; border: 0; }}

QMenuBar {{ background: {window}; padding: 0 4px; }}
QMenuBar::item {{ padding: 4px 8px; background: transparent; border-radius: 3px; }}
QMenuBar::item:selected {{ background: {selection}; color: {on_selection}; }}
QMenu {{ background: {base}; border: 1px solid {edge}; padding: 4px 0; }}
QMenu::item {{ padding: 5px 24px 5px 12px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {selection}; color: {on_selection}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {separator}; margin: 4px 0; }}

QToolBar {{
    background: {window}; border: 0; border-bottom: 1px solid {separator};
    spacing: 8px; padding: 4px 8px;
}}
QToolBar::separator {{ width: 1px; background: {separator}; margin: 4px 4px; }}
QToolButton {{
    background: transparent; border: 1px solid transparent; border-radius: 3px; padding: 3px;
}}
QToolButton:hover {{ background: {selection}; }}
QToolButton:focus {{ border: 2px solid {accent}; padding: 2px; }}
QToolButton:checked {{ background: {selection}; }}
QToolButton:disabled {{ color: {faint}; }}
QToolButton[kind="chip"] {{
    background: {base}; color: {text}; border: 1px solid {edge}; padding: 3px 7px;
    min-height: {h18}px;
}}
QToolButton[kind="chip"]:hover {{ background: {alternate}; }}
QToolButton[kind="chip"]:checked {{ background: {selection}; color: {on_selection}; }}
QToolButton[kind="chip"]:focus {{ border: 2px solid {accent}; padding: 2px 6px; }}

QTabWidget::pane {{ border: 0; border-top: 1px solid {separator}; top: -1px; }}
QTabBar {{ background: {window}; qproperty-drawBase: 0; }}
QTabBar::tab {{
    background: {window}; color: {text}; padding: 6px 12px 5px 10px;
    border: 1px solid transparent; border-bottom: 1px solid {separator};
    border-top: 2px solid transparent; min-height: {h18}px;
}}
QTabBar::tab:selected {{
    background: {base}; border: 1px solid {separator}; border-top: 2px solid {accent};
    border-bottom: 1px solid {base}; font-weight: bold;
}}
QTabBar::tab:hover:!selected {{ background: {alternate}; }}
QTabBar::tab:focus {{ border: 2px solid {accent}; }}

QMainWindow::separator {{ background: {separator}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QSplitter::handle {{ background: {separator}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QScrollBar:vertical {{ background: {window}; width: 10px; margin: 0; border: 0; }}
QScrollBar:horizontal {{ background: {window}; height: 10px; margin: 0; border: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::handle:hover {{ background: {text2}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: {window}; border: 0; }}
QProgressBar {{
    border: 1px solid {edge}; border-radius: 3px; background: {base}; color: {text};
    text-align: center; max-height: {h18}px;
}}
QProgressBar::chunk {{ background: {accent}; }}
QStatusBar {{ background: {window}; border-top: 1px solid {separator}; }}
QStatusBar::item {{ border: 0; }}
QGroupBox {{
    border: 1px solid {separator}; border-radius: 3px; margin-top: 9px; padding-top: 8px;
}}
QGroupBox:focus {{ border: 2px solid {accent}; }}
QGroupBox::title {{ subcontrol-origin: margin; left: 8px; padding: 0 4px; font-weight: bold; }}
"""


def style_sheet(tokens: Tokens, px: Callable[[int], int]) -> str:
    """The sheet for a scheme; ``px`` scales lengths with the system font."""
    icons = resource_root() / "icons" / ("dark" if tokens.dark else "light")
    faint = tokens.text2
    return _SHEET.format(
        icons=icons.as_posix(),
        h16=px(16),
        h18=px(18),
        faint=f"rgba({faint.red()}, {faint.green()}, {faint.blue()}, 60%)",
        **{name: getattr(tokens, name).name() for name in _COLOURS},
    )
