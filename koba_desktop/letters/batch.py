"""Many pages in one PDF: what many of them have in common is drawn once, as a form XObject."""

import io
from collections import Counter
from collections.abc import Hashable
from itertools import chain

from koba_desktop.letters import page
from koba_desktop.letters.pdf import new_canvas

_TOGETHER = 200  # pages looked at together for what they share; they are held in memory
_LEAST = 4  # pages for which a form is worth its object in the file
_SHARE = 0.15  # of the pages of a family that an item stands on, to be one of a form

Items = tuple[page.Item, ...]


class BatchPdf:
    """Takes finished pages and draws them; fonts and forms are in the file once.

    A form is drawn below what is the page's own, so shared items must not cover others.
    """

    def __init__(self, *, title: str, invariant: bool = False) -> None:
        self._buffer = io.BytesIO()
        self._canvas = new_canvas(self._buffer, title=title, author="", invariant=invariant)
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
        self._canvas.save()
        return self._buffer.getvalue()

    def _draw(self) -> None:
        """Draw the waiting pages. Items are equal where they say the same in the same place."""
        sizes = Counter(family for family, _items in self._waiting)
        numbers: dict[tuple[Hashable, page.Item], int] = {}
        numbered = [
            [numbers.setdefault((family, item), len(numbers)) for item in items]
            for family, items in self._waiting
        ]
        seen = Counter(chain.from_iterable(numbered))
        common = {
            number
            for (family, _item), number in numbers.items()
            if seen[number] >= max(_LEAST, _SHARE * sizes[family])
        }
        shared = [tuple(filter(common.__contains__, page_numbers)) for page_numbers in numbered]
        alike = Counter(shared)
        forms: dict[tuple[int, ...], str] = {}
        for (_family, items), own, below in zip(self._waiting, numbered, shared, strict=True):
            if below and alike[below] >= _LEAST:
                pairs = list(zip(items, own, strict=True))
                if below not in forms:
                    forms[below] = self._form(tuple(i for i, n in pairs if n in common))
                self._canvas.doForm(forms[below])
                items = tuple(item for item, number in pairs if number not in common)
            page.paint(self._canvas, items)
            self._canvas.showPage()
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
