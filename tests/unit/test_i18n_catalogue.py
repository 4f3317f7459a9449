"""The catalogues are whole: nothing missing, nothing stale, nothing that would break a sentence."""

import ast
import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest

from koba_desktop.i18n import update
from koba_desktop.i18n.catalogue import LANGUAGES
from koba_desktop.i18n.extraction import KEYWORDS, collect, form_strings

_PLACE = re.compile(r"\{[^{}]*\}")


@pytest.fixture(scope="module")
def template():
    return collect(update.CHECKOUT)


def keys(catalogue):
    return {(entry.context, entry.id) for entry in update.entries(catalogue)}


@pytest.mark.parametrize("language", LANGUAGES)
class TestCatalogues:
    def test_every_text_of_the_program_is_translated(self, language, template):
        catalogue = update.load(update.po_file(language), language)
        missing = keys(template) - keys(catalogue)
        missing |= {(m.context, m.id) for m in update.untranslated(catalogue)}
        assert sorted(missing, key=str) == [], "run python -m koba_desktop.i18n.update"

    def test_no_translation_is_left_over(self, language, template):
        catalogue = update.load(update.po_file(language), language)
        assert sorted(keys(catalogue) - keys(template), key=str) == []

    def test_translations_fill_the_same_places(self, language, template):
        wrong = []
        for entry in update.entries(update.load(update.po_file(language), language)):
            sources = entry.id if isinstance(entry.id, (tuple, list)) else (entry.id,)
            strings = entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)
            if not all(strings):
                continue  # missing: the first test says so
            # A singular may say "one" where the plural names the number.
            allowed = set().union(*(_PLACE.findall(text) for text in sources))
            needed = set(_PLACE.findall(sources[-1]))
            if set(_PLACE.findall(strings[-1])) != needed or any(
                not set(_PLACE.findall(text)) <= allowed for text in strings
            ):
                wrong.append(entry.id)
        assert wrong == []

    def test_the_compiled_catalogue_is_that_of_the_text(self, language, template):
        path = update.po_file(language)
        compiled = BytesIO(update.mo_bytes(update.load(path, language)))
        with path.with_suffix(".mo").open("rb") as shipped:
            assert texts(gettext.GNUTranslations(shipped)) == texts(
                gettext.GNUTranslations(compiled)
            )


def test_german_puts_no_name_where_herr_would_have_to_be_herrn():
    """A name comes as "Herr Noack": no text may put it behind a word that asks for "Herrn"."""
    behind = re.compile(
        r"\b(an|auf|bei|durch|für|gegen|mit|nach|ohne|von|zu)\b \W?\{(name|advisor|client|who)\}",
        re.IGNORECASE,
    )
    german = update.load(update.po_file("de"), "de")
    assert [m.id for m in update.entries(german) if behind.search(str(m.string))] == []


def texts(translations):
    """All entries but the header, which names the version of Babel."""
    return {key: text for key, text in translations._catalog.items() if key}


def test_no_text_is_asked_for_inside_an_f_string():
    """Babel does not look into f-strings: such a text would never be translated."""
    found = [
        f"{path.name}:{call.lineno}"
        for path in sorted((update.CHECKOUT / "koba_desktop").rglob("*.py"))
        for joined in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
    ]
    assert found == []


def test_forms_give_their_texts_with_the_context_the_compiled_form_asks_for():
    form = b"""<?xml version="1.0"?>
<ui><class>X</class><widget>
 <property name="text"><string>&amp;Save</string></property>
 <property name="text"><string comment="verb">Open</string></property>
 <property name="text"><string extracomment="a room">Free</string></property>
 <property name="text"><string notr="true">H1</string></property>
 <property name="text"><string/></property>
</widget></ui>"""
    assert list(form_strings(BytesIO(form), {}, [], {})) == [
        (3, "_", "&Save", []),
        (4, "pgettext", ("verb", "Open"), []),
        (5, "_", "Free", ["a room"]),
    ]


def test_a_checkout_gives_the_texts_of_code_and_forms(tmp_path: Path):
    code = tmp_path / "koba_desktop" / "gui"
    (code / "forms").mkdir(parents=True)
    (tmp_path / "forms").mkdir()
    (code / "a.py").write_text('_("One"); ngettext("a", "b", n); pgettext("ctx", "Two")')
    (code / "forms" / "ui_x.py").write_text('_("Compiled", None)')
    (tmp_path / "forms" / "x.ui").write_text("<ui><string>Three</string></ui>")
    assert keys(collect(tmp_path)) == {
        (None, "One"),
        (None, ("a", "b")),
        ("ctx", "Two"),
        (None, "Three"),
    }


def test_an_update_keeps_what_is_translated_and_drops_what_nobody_uses(tmp_path: Path):
    path = tmp_path / "koba.po"
    old = update.load(path, "de")
    old.add("One", "Eins")
    old.add("Gone", "Weg")
    update.save(old, path)
    template = update.load(tmp_path / "none.po", "de")
    template.add("One")
    template.add("Ones")
    catalogue = update.merged(template, "de", path)
    assert {entry.id: entry.string for entry in update.entries(catalogue)} == {
        "One": "Eins",
        "Ones": None,
    }
    assert [entry.id for entry in update.untranslated(catalogue)] == ["Ones"]
