"""The same letter by other ways of making a PDF: typst, fpdf2, WeasyPrint. Same sheet, same texts,
same fonts, same codes; what each of them is good at is left to it (columns, wrapping).

They stand beside the program's own in one run, so that its figures can be judged. None of them
checks its window.
"""

import io
import json
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from koba_desktop.letters.letter import german, texts, values
from koba_desktop.letters.letter.calendar_entry import calendar_entry
from koba_desktop.letters.typesetting import markup
from koba_desktop.letters.typesetting.geometry import sheet
from koba_desktop.paths import resource_root
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.ports import LetterSource

FONTS = resource_root() / "fonts"
_FRAME = "#00565E"


def said(source: LetterSource) -> dict[str, Any]:
    """All that stands on a letter, as plain text, and what its codes say."""
    data = letter_data(source.data)
    starts = values.appointment_start(data)
    assert starts
    blocks = texts.choose(source.blocks, values.conditions(data))
    wording = {
        name: markup.plain(text) for name, text in texts.fill(blocks, values.values(data)).items()
    }
    office = data["office"]
    made_on = date.fromisoformat(data["made_on"])
    calendar = calendar_entry(
        data["reference"], starts, 30, data.get("calendar_entry", ""), made_on
    )
    return wording | {
        "address": data["recipient_lines"],
        "salutation": data["salutation_line"],
        "return_line": office["return_line"],
        "site": f"{office['name']}\n{values.values(data)['ort']}",
        "info": [(wording[name], said) for name, said in values.info_values(data).items() if said],
        "large": german.moment(starts),
        "papers": [wording["papers_always"], *data["papers"]],
        "ways": [
            (wording["contact_phone"], office["phone"]),
            (wording["contact_mail"], office["email"]),
            (wording["contact_post"], wording["contact_slip"]),
        ],
        "slip": [wording[f"slip_{name}"] for name in ("fits", "other", "phone", "translation")],
        "reply": office["reply_lines"],
        "reference": values.grouped(data["reference"]),
        "client": data["client"]["name"],
        "marks": sheet(data["form"], data["envelope"]).form.fold_marks,
        "calendar": calendar,
        "number": data["reference"],
    }


def _code(text: str, kind: str) -> Any:
    import zxingcpp

    options = {"ec_level": "M", "data_mask": 3} if kind == "QRCode" else {}
    return zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind), **options)


def _picture(text: str, kind: str) -> Any:
    """A code as a picture of one pixel a module."""
    import zxingcpp
    from PIL import Image

    image: Any = zxingcpp.write_barcode_to_image(_code(text, kind), scale=1, add_quiet_zones=False)
    return Image.frombytes("L", image.shape[::-1], bytes(memoryview(image))).convert("1")


def _png(text: str, kind: str) -> bytes:
    buffer = io.BytesIO()
    _picture(text, kind).save(buffer, "png")
    return buffer.getvalue()


# --- typst ------------------------------------------------------------------------------------

_TYPST = """
#let letters = json(bytes(sys.inputs.letters))
#set page(paper: "a4", margin: 0pt)
#set text(font: "Noto Sans", size: 10pt, lang: "de")
#set par(leading: 0.5em, spacing: 0.6em)
#let at(x, y, w, body) = place(dx: x * 1mm, dy: y * 1mm, box(width: w * 1mm, body))
#let strong-in(body) = text(fill: rgb("#00565E"), weight: "bold", body)
#let code(svg, w) = image(bytes(svg), format: "svg", width: w * 1mm)
#for l in letters {
  for y in l.marks + (148.5,) { place(dx: 3.5mm, dy: y * 1mm, line(length: 4mm, stroke: 0.4pt)) }
  at(25, 12, 95, text(size: 16pt, strong-in(l.letterhead)) + linebreak() + l.letterhead_line)
  at(125, 12.8, 64, text(size: 8.6pt, l.site))
  at(190, 13.6, 10, code(l.number_svg, 8.4))
  at(25, 58.5, 73, text(size: 8pt, underline(l.return_line)))
  at(25, 63, 73, text(size: 10.5pt, l.address.join(linebreak())))
  at(125, 50, 75, text(size: 9.2pt, grid(columns: (31mm, 44mm), row-gutter: 1.6mm,
    ..l.info.flatten())))
  at(25, 98.5, 165, text(size: 13pt, weight: "bold", l.subject) + parbreak() + l.salutation
    + parbreak() + l.intro)
  at(25, 122, 165, block(stroke: 0.8pt + rgb("#00565E"), width: 100%, inset: 4mm,
    grid(columns: (1fr, 29mm),
      text(size: 17pt, weight: "bold", l.large) + parbreak() + l.box_line + parbreak()
      + text(size: 8.5pt, l.box_code), code(l.calendar_svg, 28.5))))
  at(25, 164, 76, strong-in(l.about_heading) + linebreak() + l.about + parbreak()
    + strong-in(l.papers_heading) + list(..l.papers) + l.closing)
  at(109, 164, 81, strong-in(l.change_heading) + linebreak() + l.change
    + grid(columns: (20mm, 60mm), row-gutter: 1.4mm, ..l.ways.flatten()) + l.silence)
  place(dx: 10mm, dy: 211.2mm, line(length: 190mm, stroke: (thickness: 0.5pt, dash: "dashed")))
  at(25, 216, 118, text(size: 13pt, strong-in(l.slip_heading)) + " " + l.slip_subject)
  for (n, row) in l.slip.enumerate() {
    place(dx: 25mm, dy: (226 + 9.2 * n) * 1mm, rect(width: 3.8mm, height: 3.8mm, stroke: 0.7pt))
    at(32, 226 + 9.2 * n, 110, row)
  }
  at(173, 216, 17, code(l.number_svg, 16.8))
  at(147, 236, 43, align(right, text(size: 15pt, weight: "bold", l.reference) + linebreak()
    + l.client + parbreak() + l.reply.join(linebreak())))
  pagebreak(weak: true)
}
"""


def typst_letters(sources: Sequence[LetterSource]) -> bytes:
    """One document of them all, as typst likes it."""
    import typst
    import zxingcpp

    letters = []
    for source in sources:
        content = said(source)
        for name, kind in (("calendar", "QRCode"), ("number", "DataMatrix")):
            code = _code(content[name], kind)
            content[f"{name}_svg"] = zxingcpp.write_barcode_to_svg(code, add_quiet_zones=False)
        letters.append(content)
    made = typst.compile(
        _TYPST.encode(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"letters": json.dumps(letters)},
    )
    assert isinstance(made, bytes)
    return made


# --- fpdf2 ------------------------------------------------------------------------------------


def fpdf_letters(sources: Sequence[LetterSource]) -> bytes:
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("Noto", "", FONTS / "NotoSans-Regular.ttf")
    pdf.add_font("Noto", "B", FONTS / "NotoSans-Bold.ttf")

    def at(x: float, y: float, w: float, text: str, size: float = 10, style: str = "") -> float:
        """Where the block ends that begins there."""
        pdf.set_font("Noto", style, size)
        pdf.set_xy(x, y)
        pdf.multi_cell(w, size * 0.48, text, align="L", padding=0)
        return float(pdf.get_y())

    for source in sources:
        content = said(source)
        pdf.add_page()
        for y in (*content["marks"], 148.5):
            pdf.line(3.5, y, 7.5, y)
        at(25, 12, 95, content["letterhead"], 16, "B")
        at(25, 20, 95, content["letterhead_line"])
        at(125, 12.8, 64, content["site"], 8.6)
        number = _picture(content["number"], "DataMatrix")
        pdf.image(number, 190, 13.6, 8.4)
        at(25, 58, 73, content["return_line"], 8)
        at(25, 63, 73, "\n".join(content["address"]), 10.5)
        for row, (label, value) in enumerate(content["info"]):
            at(125, 50 + 4.9 * row, 31, label, 9.2)
            at(156, 50 + 4.9 * row, 44, value, 9.2)
        y = at(25, 98.5, 165, content["subject"], 13, "B")
        y = at(25, y + 2, 165, content["salutation"])
        y = at(25, y + 2, 165, content["intro"])
        pdf.rect(25, y + 3, 165, 34)
        pdf.image(_picture(content["calendar"], "QRCode"), 160, y + 5, 28.5)
        below = at(33, y + 6, 122, content["large"], 17, "B")
        below = at(33, below + 1, 122, content["box_line"])
        at(33, below + 1, 122, content["box_code"], 8.5)
        top = y + 41
        y = at(25, top, 76, content["about_heading"], 10.5, "B")
        y = at(25, y, 76, content["about"])
        y = at(25, y + 2, 76, content["papers_heading"], 10.5, "B")
        for paper in content["papers"]:
            y = at(28, y, 73, f"• {paper}")
        at(25, y + 2, 76, content["closing"])
        y = at(109, top, 81, content["change_heading"], 10.5, "B")
        y = at(109, y, 81, content["change"])
        for label, value in content["ways"]:
            at(109, y, 20, label)
            y = at(129, y, 60, value)
        at(109, y + 1, 81, content["silence"])
        pdf.set_dash_pattern(dash=0.6, gap=0.5)
        pdf.line(10, 211.2, 200, 211.2)
        pdf.set_dash_pattern()
        at(25, 216, 30, content["slip_heading"], 13, "B")
        at(55, 216, 88, content["slip_subject"], 9)
        for row, text in enumerate(content["slip"]):
            pdf.rect(25, 226 + 9.2 * row, 3.8, 3.8)
            at(32, 225.5 + 9.2 * row, 110, text, 10, "B")
        pdf.image(number, 173, 216, 16.8)
        at(147, 236, 43, content["reference"], 15, "B")
        at(147, 244, 43, content["client"], 9)
        at(147, 258, 43, "\n".join(content["reply"]), 9)
    return bytes(pdf.output())


# --- WeasyPrint -------------------------------------------------------------------------------

_CSS = f"""
@font-face {{ font-family: Noto; src: url({(FONTS / "NotoSans-Regular.ttf").as_uri()}) }}
@font-face {{ font-family: Noto; font-weight: bold;
              src: url({(FONTS / "NotoSans-Bold.ttf").as_uri()}) }}
@page {{ size: A4; margin: 0 }}
body {{ margin: 0; font: 10pt/1.36 Noto }}
section {{ position: relative; width: 210mm; height: 296.9mm; page-break-after: always }}
section > * {{ position: absolute; margin: 0 }}
h1, h2, h3 {{ color: {_FRAME}; font-size: 10.5pt; margin: 0 }} p, ul {{ margin: 0 0 2mm }}
ul {{ padding-left: 4mm }} i {{ border-top: 0.4pt solid; left: 3.5mm; width: 4mm }}
img {{ image-rendering: pixelated; width: 100% }} td {{ padding: 0 3mm 1mm 0 }}
.box {{ border: 0.8pt solid {_FRAME}; padding: 4mm; box-sizing: border-box; display: flex }}
.row:before {{ content: ""; display: inline-block; width: 3.8mm; height: 3.8mm;
               border: 0.7pt solid; margin-right: 3mm }}
"""


def weasy_letters(sources: Sequence[LetterSource]) -> bytes:
    import weasyprint

    pages = "".join(_html(said(source)) for source in sources)
    document = f"<html lang=de><style>{_CSS}</style><body>{pages}</body></html>"
    return bytes(weasyprint.HTML(string=document).write_pdf())


def _html(content: dict[str, Any]) -> str:
    text = {name: escape(said) for name, said in content.items() if isinstance(said, str)}

    def at(x: float, y: float, w: float, body: str, look: str = "") -> str:
        place = f"left: {x}mm; top: {y}mm; width: {w}mm; {look}"
        return f"<div style='{place}'>{body}</div>"

    def lines(name: str) -> str:
        return "<br>".join(map(escape, content[name]))

    def table(name: str) -> str:
        rows = (f"<tr><td>{escape(a)}<td>{escape(b)}" for a, b in content[name])
        return f"<table style='border-spacing: 0'>{''.join(rows)}</table>"

    def code(name: str, kind: str) -> str:
        return f"<img src='data:image/png;base64,{b64encode(_png(content[name], kind)).decode()}'>"

    number = code("number", "DataMatrix")
    papers = "".join(f"<li>{escape(paper)}" for paper in content["papers"])
    boxed = (
        f"<div><b style='font-size: 17pt'>{text['large']}</b><p>{text['box_line']}"
        f"<p style='font-size: 8.5pt'>{text['box_code']}</div>"
        f"<div style='min-width: 28.5mm'>{code('calendar', 'QRCode')}</div>"
    )
    parts = (
        *(f"<i style='top: {y}mm'></i>" for y in (*content["marks"], 148.5)),
        at(25, 12, 95, f"<h1 style='font-size: 16pt'>{text['letterhead']}</h1>"
           + text["letterhead_line"]),
        at(125, 12.8, 64, text["site"].replace("\n", "<br>"), "font-size: 8.6pt"),
        at(190, 13.6, 8.4, number),
        at(25, 57.5, 73, f"<u>{text['return_line']}</u>", "font-size: 8pt"),
        at(25, 62.7, 73, lines("address"), "font-size: 10.5pt"),
        at(125, 50, 75, table("info"), "font-size: 9.2pt"),
        at(25, 98.5, 165, f"<b style='font-size: 13pt'>{text['subject']}</b>"
           f"<p>{text['salutation']}<p>{text['intro']}"),
        f"<div class=box style='left: 25mm; top: 124mm; width: 165mm'>{boxed}</div>",
        at(25, 164, 76, f"<h2>{text['about_heading']}</h2><p>{text['about']}"
           f"<h2>{text['papers_heading']}</h2><ul>{papers}</ul>{text['closing']}"),
        at(109, 164, 81, f"<h2>{text['change_heading']}</h2>{text['change']}"
           f"{table('ways')}{text['silence']}"),
        at(10, 211.2, 190, "", "border-top: 0.5pt dashed"),
        at(25, 216, 118, f"<b style='font-size: 13pt'>{text['slip_heading']}</b> "
           + text["slip_subject"]),
        *(f"<div class=row style='left: 25mm; top: {226 + 9.2 * row}mm'>{escape(said)}</div>"
          for row, said in enumerate(content["slip"])),
        at(173.2, 216, 16.8, number),
        at(147, 236, 43, f"<b style='font-size: 15pt'>{text['reference']}</b>"
           f"<p>{text['client']}<p>{lines('reply')}", "text-align: right"),
    )  # fmt: skip
    return f"<section>{''.join(parts)}</section>"
