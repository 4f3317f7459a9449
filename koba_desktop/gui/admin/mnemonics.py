"""A key for each label of a form that is made at run time: Alt and an underlined letter."""

from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractButton, QLabel, QMenuBar, QWidget


def with_mnemonics(labels: Iterable[str], taken: Iterable[str]) -> list[str]:
    """The labels with "&" before a letter nobody else has, the first of a word where possible."""
    used = set(taken)
    made = []
    for label in labels:
        text = label.replace("&", "&&")
        starts = [at for at, c in enumerate(text) if at == 0 or text[at - 1] == " "]
        places = [*starts, *(at for at in range(len(text)) if at not in starts)]
        at = next((i for i in places if text[i].isalpha() and text[i].casefold() not in used), None)
        if at is not None:
            used.add(text[at].casefold())
            text = f"{text[:at]}&{text[at:]}"
        made.append(text)
    return made


def letters_taken(window: QWidget, form: QWidget) -> set[str]:
    """The letters that menus, buttons and labels outside the form already use."""
    texts = [action.text() for bar in window.findChildren(QMenuBar) for action in bar.actions()]
    widgets: list[QAbstractButton | QLabel] = [
        *window.findChildren(QAbstractButton),
        *window.findChildren(QLabel),
    ]
    texts += [
        widget.text() for widget in widgets if widget.isVisible() and not form.isAncestorOf(widget)
    ]
    return {letter for text in texts if (letter := _letter(text))}


def _letter(text: str) -> str:
    _before, ampersand, after = text.replace("&&", "").partition("&")
    return after[:1].casefold() if ampersand else ""
