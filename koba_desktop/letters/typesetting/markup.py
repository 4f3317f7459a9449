"""The little markup of a wording (``domain.wording``) as paragraphs read it; all else is text.

Values from the database are escaped before they are filled in, so no name can become markup.
"""

import html

from koba_desktop.domain.wording import TAG


def escape(text: str) -> str:
    """A value as text inside a wording."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def to_paragraph(text: str) -> str:
    """A checked wording as ReportLab's paragraphs read it: stray ``&``, ``<``, ``>`` escaped."""
    parts = []
    at = 0
    for tag in TAG.finditer(text):
        parts.append(escape(text[at : tag.start()]))
        name = tag[2].lower()
        parts.append("<br/>" if name == "br" else f"<{tag[1]}{name}>")
        at = tag.end()
    parts.append(escape(text[at:]))
    return "".join(parts).replace("\n", " ")


def plain(paragraph: str) -> str:
    """What a paragraph says: without markup, line breaks as spaces."""
    return html.unescape(TAG.sub(lambda tag: " " if tag[2].lower() == "br" else "", paragraph))


def styled(paragraph: str) -> list[list[tuple[str, bool]]]:
    """A paragraph's lines (parted by ``<br/>``), each as texts with whether they are bold."""
    lines: list[list[tuple[str, bool]]] = [[]]
    bold = 0
    at = 0
    for tag in (*TAG.finditer(paragraph), None):
        text = html.unescape(paragraph[at : tag.start() if tag else len(paragraph)])
        if text:
            lines[-1].append((text, bold > 0))
        if tag is None:
            break
        at = tag.end()
        name = tag[2].lower()
        if name == "br":
            lines.append([])
        elif name == "b":
            bold += -1 if tag[1] else 1
    return lines
