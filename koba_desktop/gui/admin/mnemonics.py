"""A key for each label of a form that is made at run time: Alt and an underlined letter."""

from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractButton, QLabel, QMenuBar, QWidget

from koba_desktop.gui.mnemonics import letter_of, underlined


def with_mnemonics(labels: Iterable[str], taken: Iterable[str]) -> list[str]:
    """The labels with "&" before a letter nobody else has, the first of a word where possible."""
    used = set(taken)
    made = []
    for label in labels:
        made.append(underlined(label.replace("&", "&&"), used))
        used.add(letter_of(made[-1]))
    return made


def letters_taken(window: QWidget, form: QWidget) -> set[str]:
    """The letters that menus, buttons and labels outside the form already use."""
    texts = [action.text() for bar in window.findChildren(QMenuBar) for action in bar.actions()]
    widgets: list[QAbstractButton | QLabel] = [
        *window.findChildren(QAbstractButton),
        *window.findChildren(QLabel),
    ]
    texts += [
        widget.text()
        for widget in widgets
        if not form.isAncestorOf(widget) and (widget.isVisible() or _stands_beside(widget, form))
    ]
    return {letter for text in texts if (letter := letter_of(text))}


def _stands_beside(widget: QWidget, form: QWidget) -> bool:
    """Whether it belongs to the page of the form, shown at the moment or not."""
    page = form.parentWidget()
    return page is not None and page.isAncestorOf(widget)
