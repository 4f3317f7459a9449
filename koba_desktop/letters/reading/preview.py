"""Pages of a finished PDF as pixels, for the preview and for printers that take no PDF."""

from koba_desktop.domain.errors import NotFound
from koba_desktop.letters.reading.pdfium import opened
from koba_desktop.services.ports import PageImage


def page_image(pdf: bytes, page: int, dpi: float) -> PageImage:
    """Page ``page`` (from 0) at ``dpi``, on white, as RGBA bytes.

    Raises NotFound(``page_missing``) and Unavailable(``pdf_damaged``).
    """
    import pypdfium2.raw as pdfium_c

    with opened(pdf) as document:
        if not 0 <= page < len(document):
            raise NotFound("page_missing", page=page + 1)
        sheet = document[page]
        bitmap = sheet.render(
            scale=dpi / 72, rev_byteorder=True, force_bitmap_format=pdfium_c.FPDFBitmap_BGRA
        )
        image = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        sheet.close()
        return image


class PdfPages:
    """Fulfils ``services.ports.PagePreview``."""

    def page_image(self, pdf: bytes, page: int, dpi: float) -> PageImage:
        return page_image(pdf, page, dpi)

    def page_count(self, pdf: bytes) -> int:
        with opened(pdf) as document:
            return len(document)
