"""Letters as files: what would be printed, and the archive copy of what was."""

import errno
import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.gui.letters import copies, wording
from koba_desktop.services.ids import new_id
from tests.gui.letters_desk import idle, print_all
from tests.gui.real_office import the_outbox


def test_a_letter_is_saved_as_pdf(qtbot, panel, desk, letters, tmp_path):
    path = tmp_path / "letter.pdf"
    panel.acts.save_to(path)
    idle(qtbot, desk)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_full_disk_is_named_and_leaves_nothing_half_written(
    qtbot, panel, desk, tmp_path, monkeypatch
):
    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(Path, "replace", full)
    panel.acts.save_to(folder / "letter.pdf")
    idle(qtbot, desk)
    assert "letter.pdf" in panel.note.text()
    assert os.strerror(errno.ENOSPC) in panel.note.text()
    assert not list(folder.iterdir())


def test_a_folder_that_takes_no_files_is_named(qtbot, panel, desk, tmp_path):
    panel.acts.save_to(tmp_path / "gone" / "letter.pdf")
    idle(qtbot, desk)
    assert "letter.pdf could not be written" in panel.note.text()
    panel.acts.save_to(tmp_path / "letter.pdf")
    idle(qtbot, desk)
    assert not panel.note.isVisible()


def test_the_name_of_the_file_suits_every_file_system(panel, letters):
    row = panel._model.item(panel._model.find(letters[0])).row
    name = wording.file_name(replace(row, recipient="D'Arc/Weiß, Özlem"))
    assert name == f"D_Arc_Weiß_Özlem_{row.reference}.pdf"


# --- the archive copy ---------------------------------------------------------------------------


def opened_files(monkeypatch, works: bool = True) -> list[Path]:
    """What the system is asked to show."""
    seen: list[Path] = []

    def show(url) -> bool:
        seen.append(Path(url.toLocalFile()))
        return works

    monkeypatch.setattr(copies.QDesktopServices, "openUrl", show)
    return seen


def test_the_archive_copy_opens_as_a_file_nobody_may_change(
    qtbot, panel, desk, office, letters, monkeypatch
):
    print_all(qtbot, panel, desk)
    panel.table.choose_letter(letters[0])
    seen = opened_files(monkeypatch)
    panel.acts.open_copy.trigger()
    idle(qtbot, desk)
    [path] = seen
    with office.services.view() as view:
        [kept] = view.reader.find(LetterArchive, letter_id=letters[0])
    assert path.read_bytes() == kept.pdf
    assert not path.stat().st_mode & 0o222
    desk.plain_files.close()
    assert not path.exists()
    assert not path.parent.exists()


def test_without_a_program_for_pdf_it_says_so(qtbot, panel, desk, letters, monkeypatch, tmp_path):
    print_all(qtbot, panel, desk)
    panel.table.choose_letter(letters[0])
    opened_files(monkeypatch, works=False)
    panel.acts.open_copy.trigger()
    idle(qtbot, desk)
    assert "no program that shows PDF files" in panel.note.text()
    path = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    panel.acts.save_copy.trigger()
    idle(qtbot, desk)
    assert path.read_bytes().startswith(b"%PDF")
    assert not panel.note.isVisible()
    desk.plain_files.close()


def test_a_copy_changed_behind_the_programs_back_is_not_shown(
    qtbot, panel, desk, office, letters, monkeypatch
):
    print_all(qtbot, panel, desk)
    with office.services.view() as view:
        [kept] = view.reader.find(LetterArchive, letter_id=letters[0])
    forged = replace(kept, id=new_id(), pdf=kept.pdf + b" ")
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.add(forged)
    panel.table.choose_letter(letters[0])
    seen = opened_files(monkeypatch)
    panel.acts.open_copy.trigger()
    idle(qtbot, desk)
    assert seen == []
    assert "has been changed since it was printed" in panel.note.text()


def test_a_letter_is_sent_once_more(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    panel.table.choose_letter(letters[0])
    panel.acts.resend.trigger()
    idle(qtbot, desk)
    again = the_outbox(office).to_print
    assert len(again) == 1
    with office.services.view() as view:
        first, second = (view.reader.get(Letter, one) for one in (letters[0], again[0].row.id))
    assert second.data == first.data
    assert second.template_version_id == first.template_version_id
