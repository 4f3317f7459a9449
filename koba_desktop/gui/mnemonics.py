"""Alt and an underlined letter: each letter once in a menu, a dialog, a panel.

Translators choose the letters; where two meet on one screen, the later one gets another letter.
"""

import re
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QMenuBar, QWidget

from koba_desktop.gui import theme


def letter_of(text: str) -> str:
    """The underlined letter, in lower case; "" where there is none."""
    found = re.search(r"&([^&\s])", text.replace("&&", ""))
    return found.group(1).casefold() if found else ""


def distinct(texts: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """The texts with letters nobody else has; the first to wish for one keeps it."""
    used = set(taken)
    kept = []
    for text in texts:
        letter = letter_of(text)
        kept.append(bool(letter) and letter not in used)
        if kept[-1]:
            used.add(letter)
    made = []
    for text, keeps in zip(texts, kept, strict=True):
        new = text if keeps or not letter_of(text) else underlined(bare(text), used)
        used.add(letter_of(new))
        made.append(new)
    return made


def underlined(text: str, used: Iterable[str]) -> str:
    """A text ("&&" for "&") with a free letter underlined, the first of a word where possible."""
    starts = [at for at in range(len(text)) if at == 0 or text[at - 1] == " "]
    places = [*starts, *(at for at in range(len(text)) if at not in starts)]
    taken = set(used)
    at = next((i for i in places if text[i].isalpha() and text[i].casefold() not in taken), None)
    return text if at is None else f"{text[:at]}&{text[at:]}"


def tidy_menus(menus: Iterable[QMenu]) -> None:
    """See to it, whenever one of the menus or their submenus is opened."""
    for menu in menus:
        menu.aboutToShow.connect(lambda m=menu: tidy_menu(m))
        tidy_menus(inner for action in menu.actions() if (inner := _menu_of(action)) is not None)


def tidy_menu(menu: QMenu) -> None:
    """Give the entries of one menu letters of their own."""
    actions = [action for action in menu.actions() if action.isVisible()]
    for action, text in zip(actions, distinct([a.text() for a in actions]), strict=True):
        if action.text() != text:
            action.setText(text)


def tidy(root: QWidget, taken: Iterable[str] = ()) -> None:
    """Give the parts of a dialog or panel letters of their own, those now hidden included.

    Buttons come first, so that they keep their letters in every form; labels of fields follow.
    """
    marked: list[QAbstractButton | QLabel] = [
        *root.findChildren(QAbstractButton),
        *(label for label in root.findChildren(QLabel) if label.buddy() is not None),
    ]
    texts = distinct([widget.text() for widget in marked], taken)
    for widget, text in zip(marked, texts, strict=True):
        if widget.text() != text:
            widget.setText(text)
        if isinstance(widget, QLabel):
            _make_room(widget)


def _make_room(label: QLabel) -> None:
    """Qt measures a label with its kerning, and draws the underlined letter without: as the "T" of
    "Termin", whose "n" is cut."""
    if not label.wordWrap():
        needed = label.sizeHint().width() + theme.px(2)
        label.setMinimumWidth(max(label.minimumWidth(), needed))


def menu_letters(window: QWidget) -> set[str]:
    """The letters that open the menus of a window."""
    actions = [action for bar in window.findChildren(QMenuBar) for action in bar.actions()]
    return {letter_of(action.text()) for action in actions} - {""}


def bare(text: str) -> str:
    """A text without its underlined letter; "&&" stays."""
    return re.sub(r"&([^&\s])", r"\1", text.replace("&&", "\0")).replace("\0", "&&")


def _menu_of(action: QAction) -> QMenu | None:
    inner = action.menu()
    return inner if isinstance(inner, QMenu) else None
