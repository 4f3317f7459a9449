"""How people call the choices of a printer: what its PPD file (Adobe PPD 4.3) says."""

import re

_ENCODINGS = {"ISOLatin1": "latin-1", "WindowsANSI": "cp1252", "UTF-8": "utf-8"}
_ENCODING = re.compile(rb"^\*LanguageEncoding:\s*(\S+)", re.MULTILINE)
_HEXADECIMAL = re.compile(r"<((?:[0-9A-Fa-f]{2}\s*)+)>")


def choices(file: bytes, option: str, language: str) -> dict[str, str]:
    """The choices of an option with their names, in ``language`` where the file has it; those
    without a name are left out."""
    named = _ENCODING.search(file)
    encoding = _ENCODINGS.get(named[1].decode("ascii", "replace") if named else "", "latin-1")
    text = file.decode(encoding, "replace")
    found: dict[str, str] = {}
    # The file's own names first, then those of the language, which are written in UTF-8.
    for prefix, source in (
        ("", text),
        (rf"{re.escape(language)}(?:_\w+)?\.", file.decode("utf-8", "replace")),
    ):
        line = re.compile(rf"^\*{prefix}{re.escape(option)} ([^\s/:]+)/([^:]+):", re.MULTILINE)
        for key, name in line.findall(source):
            found[key] = _HEXADECIMAL.sub(lambda code: _text(code[1], encoding), name).strip()
    return {key: name for key, name in found.items() if name}


def _text(hexadecimal: str, encoding: str) -> str:
    return bytes.fromhex(hexadecimal).decode(encoding, "replace")
