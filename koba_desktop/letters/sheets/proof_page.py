"""The page that shows on paper whether a printer keeps to 100 % and an address lies in the window.

No program sees what a printer makes of a page: one that fits it to its margins prints 96 %, puts
the address at 28 mm, and says nothing. So somebody measures a bar, folds, and looks into the
envelope once, when a printer is set up or has been repaired.
"""

from collections.abc import Iterator
from datetime import date

from koba_desktop.letters.letter import german
from koba_desktop.letters.letter.address import fit, fit_return_line
from koba_desktop.letters.letter.letterhead import address_field, marks
from koba_desktop.letters.typesetting import codes, fonts
from koba_desktop.letters.typesetting.geometry import (
    FOLD_MARK_LENGTH,
    FORMS,
    MARGIN_LEFT,
    MARK_X,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_RIGHT,
    Sheet,
    sheet,
)
from koba_desktop.letters.typesetting.page import (
    ACCENT,
    SECOND_INK,
    Frame,
    Item,
    Passage,
    Rule,
    Text,
    fitted,
    passage,
)
from koba_desktop.letters.typesetting.pdf import drawn

CORNER = 5.0
"""How far the corners are from the sheet's edges, mm: printers leave some 4 mm white."""
BAR = 100.0
"""How long both bars are, mm."""
MATRIX_SAYS = "KOBATEST"
QR_SAYS = "KoBa Desktop: Dieser Code ist gut zu lesen."

_RETURN_LINE = "Postfach 15 42 · 38805 Halberstadt"
_ADDRESS = ("Frau", "Erika Mustermann", "Musterstraße 12", "38820 Halberstadt")
_HEAD_BASELINE = 17.0
_COLUMN = 112.0  # right of every envelope's window
_COLUMN_TOP = 27.0
_CORNER_LENGTH = 8.0
_LONGEST_NAME = 48
_BESIDE_MARK = MARK_X + FOLD_MARK_LENGTH + 1.0
_NUMBER_SIZE = 6.5
_OTHER_DASH = (2.0, 2.0)
_ACROSS_TOP = 118.0
_DOWN_X = 33.0
_DOWN_TOP = 136.0
_REMEDY_X = 52.0
_REMEDY_TOP = 128.0
_CODES_GAP = 4.0
_MATRIX_MODULE = 0.6
_SIZE = 9.5
_GAP = 2.2  # mm between passages
_RESULT_BASELINE = 268.0
_NB = "\N{NO-BREAK SPACE}"


class ProofPages:
    """Fulfils ``services.ports.ProofPageRenderer``. ``invariant`` makes equal pages equal bytes."""

    def __init__(self, *, invariant: bool = False) -> None:
        self._invariant = invariant

    def render(self, *, form: str, envelope: str, printer: str, tray: str, made_on: date) -> bytes:
        """One page for the office's form and envelope; ``printer`` and ``tray`` as people call
        them, "" where nobody knows yet."""
        used = sheet(form, envelope)
        other = sheet(next(name for name in FORMS if name != form), envelope)
        items: list[Item] = [
            *_head(printer, tray, made_on),
            *_corners(),
            *marks(used),
            *_named_marks(used),
            *_window(used),
            *_other_form(other, used),
            *_steps(used),
            *_across(),
            *_down(),
            *_remedies(used),
            *_result(),
        ]
        return drawn([items], title="Testseite", author="KoBa Desktop", invariant=self._invariant)


def _head(printer: str, tray: str, made_on: date) -> Iterator[Item]:
    yield Text(MARGIN_LEFT, _HEAD_BASELINE, "Testseite", 16.0, bold=True, ink=ACCENT)
    said = (_printable(printer), _printable(tray), german.day(made_on))
    yield fitted(
        " · ".join(filter(None, said)),
        x=60.0,
        baseline=_HEAD_BASELINE,
        width=TEXT_RIGHT - 60.0,
        largest=_SIZE,
        smallest=4.0,
    )


def _printable(name: str) -> str:
    """Names of printers are the system's: neither length nor what the fonts lack is a reason not
    to print."""
    tidied = fonts.tidy(name)[:_LONGEST_NAME]
    absent = fonts.missing(tidied)
    return "".join("?" if ch in absent else ch for ch in tidied)


def _corners() -> Iterator[Item]:
    """Angles that lie the same way from all edges, if nothing was moved or scaled."""
    for x, inward in ((CORNER, 1), (PAGE_WIDTH - CORNER, -1)):
        for y, down in ((CORNER, 1), (PAGE_HEIGHT - CORNER, -1)):
            yield Rule(x, y, x + inward * _CORNER_LENGTH, y, weight=0.5)
            yield Rule(x, y, x, y + down * _CORNER_LENGTH, weight=0.5)


def _named_marks(used: Sheet) -> Iterator[Item]:
    for y in used.form.fold_marks:
        yield Text(_BESIDE_MARK, y + 0.9, f"{y:.0f} mm", 6.5)


def _window(used: Sheet) -> Iterator[Item]:
    """What must be seen whole, with an address in it."""
    seen = used.always_visible
    yield Frame(seen.left, seen.top, seen.right - seen.left, seen.bottom - seen.top, weight=1.2)
    address = fit(_ADDRESS, used)
    yield from address_field(address, fit_return_line(_RETURN_LINE, address, used))


def _other_form(other: Sheet, used: Sheet) -> Iterator[Item]:
    """Where the window is in the other form, as far as it lies beside this one: whoever folds at
    the wrong marks sees it."""
    seen, ours = other.always_visible, used.always_visible
    higher = seen.top < ours.top
    far, near = (seen.top, ours.top) if higher else (seen.bottom, ours.bottom)
    for x0, y0, x1, y1 in (
        (seen.left, near, seen.left, far),
        (seen.left, far, seen.right, far),
        (seen.right, far, seen.right, near),
    ):
        yield Rule(x0, y0, x1, y1, weight=0.4, ink=SECOND_INK, dash=_OTHER_DASH)
    yield Text(seen.left + 2.0, far + (4.0 if higher else -2.0), _form(other), 6.5, ink=SECOND_INK)
    for y in other.form.fold_marks:
        end = MARK_X + FOLD_MARK_LENGTH
        yield Rule(MARK_X, y, end, y, weight=0.4, ink=SECOND_INK, dash=_OTHER_DASH)
        yield Text(_BESIDE_MARK, y + 0.9, _form(other), 6.5, ink=SECOND_INK)


def _form(of: Sheet) -> str:
    return f"Form{_NB}{of.form.name}"


def _steps(used: Sheet) -> Iterator[Item]:
    first, second = used.form.fold_marks
    yield from _column(
        "So prüfen Sie",
        (
            f"<b>1. Messen.</b> Beide Balken unten sind genau 100{_NB}mm lang.",
            f"<b>2. Falten.</b> Falten Sie an den durchgezogenen Marken links: bei {first:.0f} "
            f"und {second:.0f}{_NB}mm (DIN{_NB}5008, {_form(used)}).",
            "<b>3. Einlegen.</b> Stecken Sie das Blatt in einen Umschlag "
            f"{used.envelope.name} mit Fenster und klopfen Sie ihn auf alle vier Kanten. "
            "Der dicke Rahmen muss jedes Mal ganz zu sehen sein, die Anschrift darin auch.",
            f"<b>4. Scannen.</b> Der kleine Code unten schreibt {MATRIX_SAYS}, der große einen "
            "Satz.",
            "Gestrichelt ist, was zur anderen Form gehört.",
        ),
        x=_COLUMN,
        top=_COLUMN_TOP,
    )


def _remedies(used: Sheet) -> Iterator[Item]:
    laid = list(
        _column(
            "Wenn etwas nicht stimmt",
            (
                "<b>Die Balken sind kürzer oder länger.</b> Der Drucker ändert die Größe: "
                f"96{_NB}mm heißt 96{_NB}%. Wählen Sie in seinen Einstellungen „Tatsächliche "
                f"Größe“ oder „100{_NB}%“. Schalten Sie „An Seite anpassen“, „Verkleinern“, "
                "„Randlos“ und „Mehrere Seiten pro Blatt“ aus.",
                f"<b>100{_NB}mm stimmen, aber alles ist verschoben.</b> Die Winkel in den Ecken "
                f"liegen überall 5{_NB}mm vom Rand; bis zu 1{_NB}mm Abweichung macht nichts. "
                "Sonst: im Fach die Führungen an das Papier schieben, als Papier A4 einstellen "
                "(nicht Letter) oder das Fach im Menü des Druckers ausrichten.",
                "<b>Die Maße stimmen, aber der Rahmen ist nicht ganz zu sehen.</b> Der Umschlag "
                f"hat ein anderes Fenster als {used.envelope.name}, oder an den falschen Marken "
                "wurde gefaltet. Form und Umschlag stehen in den Vorgaben der Regionalstelle.",
                "<b>Ein Code ist nicht zu lesen.</b> Toner und Sparmodus des Druckers prüfen; der "
                "Scanner muss QR-Code und DataMatrix lesen dürfen.",
            ),
            x=_REMEDY_X,
            top=_REMEDY_TOP,
        )
    )
    yield from laid
    yield from _codes(laid[-1].bottom + _CODES_GAP)


def _column(heading: str, passages: tuple[str, ...], *, x: float, top: float) -> Iterator[Passage]:
    width = TEXT_RIGHT - x
    head = passage(heading, x=x, top=top, width=width, size=11.0, bold=True, ink=ACCENT)
    yield head
    at = head.bottom + 1.0
    for content in passages:
        said = passage(content, x=x, top=at, width=width, size=_SIZE)
        yield said
        at = said.bottom + _GAP


def _across() -> Iterator[Item]:
    """The bar that lies, with a ruler."""
    x, y = MARGIN_LEFT, _ACROSS_TOP
    yield Rule(x, y, x + BAR, y, weight=1.0)
    for mm, length in _ticks():
        yield Rule(x + mm, y, x + mm, y - length, weight=_weight(mm))
        if mm % 10 == 0:
            width = fonts.text_width(str(mm), fonts.REGULAR, _NUMBER_SIZE)
            yield Text(x + mm - width / 2, y - length - 1.0, str(mm), _NUMBER_SIZE)
    yield Text(x + BAR + 4.0, y, "100 mm waagerecht", _SIZE)


def _down() -> Iterator[Item]:
    """The bar that stands."""
    x, y = _DOWN_X, _DOWN_TOP
    yield Rule(x, y, x, y + BAR, weight=1.0)
    for mm, length in _ticks():
        yield Rule(x, y + mm, x - length, y + mm, weight=_weight(mm))
        if mm % 10 == 0:
            yield Text(x + 1.2, y + mm + 0.8, str(mm), _NUMBER_SIZE)
    yield Text(MARGIN_LEFT, y + BAR + 5.0, "100 mm senkrecht", _SIZE)


def _ticks() -> Iterator[tuple[int, float]]:
    """Each millimetre, and how long its stroke is."""
    for mm in range(int(BAR) + 1):
        yield mm, 4.0 if mm % 10 == 0 else 3.0 if mm % 5 == 0 else 1.8


def _weight(mm: int) -> float:
    return 0.5 if mm % 10 == 0 else 0.25


def _codes(top: float) -> Iterator[Item]:
    small = codes.data_matrix(
        MATRIX_SAYS, x=_REMEDY_X, top=top, module=_MATRIX_MODULE, content="DataMatrix"
    )
    yield small
    yield codes.qr(QR_SAYS, x=_REMEDY_X + 30.0, top=top, content="QR-Code")
    yield Text(_REMEDY_X, small.bottom + 4.0, MATRIX_SAYS, 8.0)


def _result() -> Iterator[Item]:
    """Room to write down what was found: the page is kept where the printer's papers are."""
    at = MARGIN_LEFT
    for said, length in (
        ("Gemessen: waagerecht", 12.0),
        ("mm, senkrecht", 12.0),
        ("mm. Geprüft am", 20.0),
        ("von", 22.0),
    ):
        text = Text(at, _RESULT_BASELINE, said, _SIZE)
        yield text
        at += text.width + 1.5
        yield Rule(at, _RESULT_BASELINE + 0.8, at + length, _RESULT_BASELINE + 0.8, weight=0.4)
        at += length + 1.5
