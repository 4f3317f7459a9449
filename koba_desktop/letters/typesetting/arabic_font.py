"""The Arabic faces as ReportLab embeds them: what is searched and copied are letters.

An Arabic letter has up to four shapes. ReportLab names each shape by the code point the font has
for it, a "presentation form"; readers of the PDF are told the letter instead. The glyphs stand in
the order in which they are seen, which is what readers of PDFs expect and turn around themselves.
"""

import unicodedata
from functools import cache
from typing import Any


def arabic_font(name: str, file: str) -> Any:
    """A face to be registered. Raises as ReportLab's ``TTFont``."""
    return _embedding()(name, file)


@cache
def _embedding() -> Any:
    from reportlab.pdfbase.ttfonts import TTFont, makeToUnicodeCMap

    class ArabicFont(TTFont):  # type: ignore[misc]
        def addObjects(self, document: Any) -> None:  # noqa: N802 - ReportLab's name
            subsets = [list(subset) for subset in self.state[document].subsets]
            names = [
                self.getSubsetInternalName(number, document)[1:] for number in range(len(subsets))
            ]
            super().addObjects(document)
            for name, subset in zip(names, subsets, strict=True):
                base = document.idToObject[name].BaseFont
                stream = document.idToObject[f"toUnicodeCMap:{base}"]
                stream.content = makeToUnicodeCMap(base, [_letter(code) for code in subset])

    return ArabicFont


def _letter(code: int) -> int:
    """The letter whose shape this is. What stands for two letters stays: readers know it."""
    plain = unicodedata.normalize("NFKC", chr(code))
    return ord(plain) if len(plain) == 1 else code
