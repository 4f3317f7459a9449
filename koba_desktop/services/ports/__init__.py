"""What the use cases need of the outside. ``storage``, ``letters`` and ``system`` fulfil it."""

from koba_desktop.services.ports.database import (
    After,
    AnyOf,
    Before,
    Foreign,
    From,
    Reader,
    Store,
    UnitOfWork,
)
from koba_desktop.services.ports.holidays import Holidays
from koba_desktop.services.ports.printing import (
    PageImage,
    PagePreview,
    PrinterOptions,
    Printers,
    PrintSettings,
)
from koba_desktop.services.ports.rendering import (
    BatchedLetter,
    CourtesyText,
    DoorPlanRenderer,
    EmergencyListRenderer,
    LetterRenderer,
    LetterSource,
    PaperRenderer,
    ProofPageRenderer,
    RenderedBatch,
    RenderedLetter,
    Violation,
    WordingDesk,
)

__all__ = [
    "After",
    "AnyOf",
    "BatchedLetter",
    "Before",
    "CourtesyText",
    "DoorPlanRenderer",
    "EmergencyListRenderer",
    "Foreign",
    "From",
    "Holidays",
    "LetterRenderer",
    "LetterSource",
    "PageImage",
    "PagePreview",
    "PaperRenderer",
    "PrintSettings",
    "PrinterOptions",
    "Printers",
    "ProofPageRenderer",
    "Reader",
    "RenderedBatch",
    "RenderedLetter",
    "Store",
    "UnitOfWork",
    "Violation",
    "WordingDesk",
]
