"""Opening finished PDFs. PDFium must not be called from two threads at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from koba_desktop.domain.errors import Unavailable

_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The document (``pypdfium2.PdfDocument``), closed afterwards.

    Raises Unavailable(``pdf_damaged``).
    """
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise Unavailable("pdf_damaged") from error
        try:
            yield document
        finally:
            document.close()
