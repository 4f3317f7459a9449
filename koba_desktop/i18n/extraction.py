"""Collecting the source strings of a checkout: from the program's code and from its forms.

Python code marks them with ``_``, ``ngettext`` and ``pgettext``; in Qt Designer's forms every
``<string>`` counts that is not marked ``notr``. The ``comment`` of a form's string is its context,
as the compiled form passes it to ``_``; ``extracomment`` is a note to the translator.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, cast
from xml.etree import ElementTree

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

KEYWORDS: dict[str, Any] = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
"""``_(text)``, ``ngettext(singular, plural, n)``, ``pgettext(context, text)``."""

Extracted = tuple[int, str, str | tuple[str, ...], list[str]]


def form_strings(
    file: IO[bytes], keywords: Mapping[str, Any], tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Extracted]:
    """Babel extractor for .ui files: (line, function name, arguments, comments)."""
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(["end"])
    for line, text in enumerate(file.read().decode("utf-8").splitlines(keepends=True), 1):
        parser.feed(text)
        events = cast(Iterator[tuple[str, ElementTree.Element]], parser.read_events())
        for _event, element in events:
            if element.tag != "string" or element.get("notr") == "true" or not element.text:
                continue
            context, note = element.get("comment"), element.get("extracomment")
            notes = [note] if note else []
            if context:
                yield line, "pgettext", (context, element.text), notes
            else:
                yield line, "_", element.text, notes


def collect(checkout: Path) -> Catalog:
    """All source strings of a checkout, with the files they stand in."""
    template = Catalog(project="KoBa Desktop", charset="utf-8", fuzzy=False)
    methods: list[tuple[str, Any]] = [
        ("koba_desktop/gui/forms/ui_*.py", "ignore"),
        ("koba_desktop/**.py", "python"),
        ("forms/*.ui", form_strings),
    ]
    for folder in ("koba_desktop", "forms"):
        # Babel matches the patterns against paths below the folder it is given.
        here = [
            (pattern.removeprefix(f"{folder}/"), method)
            for pattern, method in methods
            if pattern.startswith(f"{folder}/")
        ]
        found = extract_from_dir(checkout / folder, here, {}, KEYWORDS, ["L10n:"])
        for name, line, text, comments, context in sorted(found, key=lambda f: (f[0], f[1])):
            template.add(
                text,
                locations=[(f"{folder}/{name}", line)],
                auto_comments=comments,
                context=context,
            )
    return template
