"""Text files with rows and columns, as other programs export them.

The encoding and the separator are found out. Every record knows the line it begins on; what is
wrong with it (a quotation mark that is not closed, another number of cells than the heading) is
kept beside it, so that one bad record costs no other.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from koba_desktop.domain.errors import Problem, Refused

SEPARATORS = (";", "\t", ",", "|")

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_KINDS = ((b"PK\x03\x04", "XLSX"), (b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF", "PDF"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')


@dataclass(frozen=True, slots=True)
class Row:
    """A record: counted from 1, the line it begins on (from 1), its cells without quotation marks.

    ``open_quote`` is the index of the cell whose quotation mark is not closed properly.
    """

    record: int
    line: int
    cells: tuple[str, ...]
    open_quote: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the records below it; empty lines and empty records are left out."""

    encoding: str
    separator: str
    titles: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(data: bytes, known: Callable[[str], bool]) -> Table:
    """Read a file. ``known`` tells whether a column title is one of those looked for.

    Raises Refused: ``file_empty``, ``file_kind`` (an Excel file or a PDF), ``file_not_text``,
    ``file_encoding`` with the line.
    """
    encoding, text = decoded(data)
    if text.lower().startswith("sep=") and len(text) > 4:  # Excel's own hint
        lines = _LINE_END.split(text, 1)
        text = "\n" + (lines[1] if len(lines) > 1 else "")
    if not text.strip():
        raise Refused(Problem("file_empty"))
    heading = next(line for line in _LINE_END.split(text) if line.strip())
    if _CONTROL.search(heading.replace("\t", "")):
        raise Refused(Problem("file_not_text"))
    separator = _separator(heading, known)
    rows = list(_rows(text, separator))
    titles = tuple(title.strip() for title in rows[0].cells)
    return Table(
        encoding,
        separator,
        titles,
        tuple(
            Row(number, row.line, row.cells, row.open_quote)
            for number, row in enumerate(rows[1:], 1)
        ),
    )


def decoded(data: bytes) -> tuple[str, str]:
    """The encoding and the text: a byte order mark decides, else UTF-8, else Windows-1252."""
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            raise Refused(Problem("file_kind", {"kind": kind}))
    data = data.rstrip(b"\x1a")  # DOS programs end a file so
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)]
    failed: UnicodeDecodeError | None = None
    for encoding in marked or ("utf-8", "cp1252"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError as error:
            failed = error
    assert failed is not None
    if b"\x00" in data[:1024]:
        raise Refused(Problem("file_not_text"))
    line = len(_LINE_END.findall(data[: failed.start].decode("latin-1"))) + 1
    raise Refused(Problem("file_encoding", {"line": line}, where=f"line {line}"))


def _separator(heading: str, known: Callable[[str], bool]) -> str:
    """The separator that makes most known titles of the heading, of equals most cells."""

    def score(separator: str) -> tuple[int, int]:
        cells = next(_rows(heading, separator)).cells
        return sum(known(cell.strip()) for cell in cells), len(cells)

    return max(SEPARATORS, key=score)


def _rows(text: str, separator: str) -> Iterator[Row]:
    position, line, number = 0, 1, 0
    while position < len(text):
        cells, open_quote, end = _record(text, position, separator)
        if any(cell.strip() for cell in cells):
            number += 1
            yield Row(number, line, tuple(cells), open_quote)
        line += len(_LINE_END.findall(text, position, end))
        position = end


def _record(text: str, start: int, separator: str) -> tuple[list[str], int | None, int]:
    """The cells of the record that begins at ``start``, a badly quoted cell, and where it ends.

    A badly quoted record ends with its first line, so that it cannot swallow those below it.
    """
    cells: list[str] = []
    position = start
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    while True:
        quoted = _QUOTED.match(text, position)
        after = quoted.end() if quoted else position
        if quoted and (after == len(text) or text[after] in f"{separator}\r\n"):
            cells.append(quoted[1].replace('""', '"'))
        elif text.startswith('"', position):
            return _unquoted(text, start, separator, bad=len(cells))
        else:
            match = plain.match(text, position)
            assert match is not None
            cells.append(match[0])
            after = match.end()
        if after == len(text) or text[after] != separator:
            return cells, None, _next_line(text, after)
        position = after + 1


def _unquoted(
    text: str, start: int, separator: str, *, bad: int
) -> tuple[list[str], int | None, int]:
    end = _next_line(text, start)
    return _LINE_END.sub("", text[start:end]).split(separator), bad, end


def _next_line(text: str, position: int) -> int:
    found = _LINE_END.search(text, position)
    return found.end() if found else len(text)


def shape_problem(row: Row, titles: Sequence[str]) -> tuple[int, Problem] | None:
    """What is wrong with the form of a record, and the index of the column it begins at."""
    if row.open_quote is not None:
        return min(row.open_quote, len(titles) - 1), Problem("quote_open")
    surplus = row.cells[len(titles) :]
    if len(row.cells) < len(titles) or any(cell.strip() for cell in surplus):
        counts = {"found": len(row.cells), "expected": len(titles)}
        return min(len(row.cells), len(titles) - 1), Problem("columns_count", counts)
    for index, cell in enumerate(row.cells):
        if _CONTROL.search(cell):
            return index, Problem("control_character")
    return None
