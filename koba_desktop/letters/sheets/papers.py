"""The lists and slips of the office's work as PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from koba_desktop.letters.sheets import call_list, day_list, paper_cells, slip_sheet
from koba_desktop.letters.typesetting.pdf import drawn
from koba_desktop.services.calendar.day_list import DayList
from koba_desktop.services.contacts.call_list import CallList
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.reply_slips import BlankSlips
from koba_desktop.services.ports import LetterSource


@dataclass(frozen=True, slots=True)
class Papers:
    """Fulfils ``services.ports.PaperRenderer``. ``invariant`` makes equal papers equal bytes."""

    invariant: bool = False

    def day_list(self, content: DayList) -> bytes:
        return drawn(
            day_list.pages(content),
            title=day_list.title(content),
            author=content.office.name,
            invariant=self.invariant,
        )

    def call_list(self, content: CallList) -> bytes:
        return drawn(
            call_list.pages(content),
            title=call_list.title(content),
            author=content.office.name,
            invariant=self.invariant,
        )

    def unprintable(self, names: Iterable[str]) -> frozenset[str]:
        return paper_cells.unprintable(names)

    def reply_slips(self, slips: Sequence[LetterSource]) -> bytes:
        """Raises Refused as ``slip_sheet.pages``."""
        made = slip_sheet.pages(slips)
        author = letter_data(slips[0].data)["office"]["name"]
        return drawn(made, title=slip_sheet.TITLE, author=author, invariant=self.invariant)

    def blank_slips(self, content: BlankSlips) -> bytes:
        return drawn(
            slip_sheet.blank_page(content),
            title=slip_sheet.TITLE,
            author=content.office,
            invariant=self.invariant,
        )
