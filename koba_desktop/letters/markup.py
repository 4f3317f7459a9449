"""The little markup a wording may carry: ``<b>``, ``<i>`` and ``<br/>``; all else is text.

Values from the database are escaped before they are filled in, so no name can become markup. What
looks like another tag is refused: ReportLab would open files for some of them.
"""

import html
import re

from koba_desktop.domain.errors import Problem

_TAG = re.compile(r"<\s*(/?)\s*(b|i|br)\s*(/?)\s*>", re.IGNORECASE)
_LIKE_A_TAG = re.compile(r"<[A-Za-z/!?][^<>]{0,40}>?")


def escape(text: str) -> str:
    """A value as text inside a wording."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def check(text: str, where: str) -> list[Problem]:
    """``markup_not_allowed`` for another tag, ``markup_not_closed`` for an open or crossed one."""
    problems = []
    open_tags: list[str] = []
    for tag in _TAG.finditer(text):
        closing, name = tag[1], tag[2].lower()
        if name == "br":
            continue
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            problems.append(Problem("markup_not_closed", {"markup": tag[0]}, where))
            open_tags.clear()
    if open_tags:
        problems.append(Problem("markup_not_closed", {"markup": f"<{open_tags[-1]}>"}, where))
    for other in _LIKE_A_TAG.finditer(_TAG.sub(" ", text)):
        problems.append(Problem("markup_not_allowed", {"markup": other[0]}, where))
    return problems


def to_paragraph(text: str) -> str:
    """A checked wording as ReportLab's paragraphs read it: stray ``&``, ``<``, ``>`` escaped."""
    parts = []
    at = 0
    for tag in _TAG.finditer(text):
        parts.append(escape(text[at : tag.start()]))
        name = tag[2].lower()
        parts.append("<br/>" if name == "br" else f"<{tag[1]}{name}>")
        at = tag.end()
    parts.append(escape(text[at:]))
    return "".join(parts).replace("\n", " ")


def plain(paragraph: str) -> str:
    """What a paragraph says: without markup, line breaks as spaces."""
    return html.unescape(_TAG.sub(lambda tag: " " if tag[2].lower() == "br" else "", paragraph))
