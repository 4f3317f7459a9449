"""Many pages in one PDF: what many of them have in common is drawn once, as a form XObject."""

import io
from collections import Counter
from collections.abc import Hashable

from koba_desktop.letters.typesetting import page
from koba_desktop.letters.typesetting.pdf import new_canvas, show_page

_TOGETHER = 200  # pages looked at together for what they share; they are held in memory
_LEAST = 4  # pages for which a form is worth its object in the file
_SHARE = 0.15  # of the pages of a family that an item stands on, to be one of a form

Items = tuple[page.Item, ...]


class BatchPdf:
    """Takes finished pages and draws them; fonts and forms are in the file once.

    A form is drawn below what is the page's own, so shared items must not cover others.
    """

    def __init__(self, *, title: str, invariant: bool = False) -> None:
        self._canvas = new_canvas(io.BytesIO(), title=title, author="", invariant=invariant)
        self._forms: dict[Items, str] = {}
        self._waiting: list[tuple[Hashable, Items]] = []

    def add(self, items: Items, family: Hashable) -> None:
        """One more page. Pages of a family are laid out alike: they share most of their items."""
        self._waiting.append((family, items))
        if len(self._waiting) == _TOGETHER:
            self._draw()

    def finished(self) -> bytes:
        """The whole file; b"" where it has no page."""
        self._draw()
        if self._canvas.getPageNumber() == 1:
            return b""
        return bytes(self._canvas.getpdfdata())

    def _draw(self) -> None:
        """Draw the waiting pages. Items are equal where they say the same in the same place.

        What stands on the very same pages is one form: a page has one for what all have, one for
        what those of its wording have, and so on.
        """
        sizes = Counter(family for family, _items in self._waiting)
        numbers: dict[tuple[Hashable, page.Item], int] = {}
        numbered = [
            [numbers.setdefault((family, item), len(numbers)) for item in items]
            for family, items in self._waiting
        ]
        pages = [0] * len(numbers)  # that an item stands on, a bit each
        for at, own in enumerate(numbered):
            for number in own:
                pages[number] |= 1 << at
        shared: dict[int, list[page.Item]] = {}
        for (family, item), number in numbers.items():
            if pages[number].bit_count() >= max(_LEAST, _SHARE * sizes[family]):
                shared.setdefault(pages[number], []).append(item)
        forms = {on: self._form(tuple(items)) for on, items in shared.items()}
        for (_family, items), own in zip(self._waiting, numbered, strict=True):
            for name in dict.fromkeys(forms[on] for n in own if (on := pages[n]) in forms):
                self._canvas.doForm(name)
            rest = [item for item, n in zip(items, own, strict=True) if pages[n] not in forms]
            page.paint(self._canvas, rest)
            show_page(self._canvas)
        self._waiting.clear()

    def _form(self, items: Items) -> str:
        """The name of the form with these items, made at its first use."""
        if items not in self._forms:
            name = f"shared{len(self._forms)}"
            self._canvas.beginForm(name)
            page.paint(self._canvas, items)
            self._canvas.endForm()
            self._forms[items] = name
        return self._forms[items]
