"""Letters as files: what would be printed, and the archive copy of what was."""

import errno
import os
from dataclasses import replace
from pathlib import Path

from koba_desktop.gui.letters import wording
from tests.gui.letters_desk import idle


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


def test_the_name_of_the_file_suits_every_file_system(panel, letters):
    row = panel._model.item(panel._model.find(letters[0])).row
    name = wording.file_name(replace(row, recipient="D'Arc/Weiß, Özlem"))
    assert name == f"D_Arc_Weiß_Özlem_{row.reference}.pdf"
