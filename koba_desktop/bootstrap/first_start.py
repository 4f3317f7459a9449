"""What can be done at the very first start: set up an office on this PC, or look at a demo."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.bootstrap.offices import open_demo, open_new
from koba_desktop.bootstrap.shared import Wanted, connecting
from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    from koba_desktop.gui.opening import Demo, FirstStart, Opened, Progress
    from koba_desktop.system.folders import Folders


def first_start(
    folders: "Folders", key_file: Path | None, now: str | None, demo_now: str, left: ExitStack
) -> "FirstStart":
    """What the assistant offers; ``left`` removes a demonstration when the program ends."""
    from koba_desktop.gui.opening import Demo, FirstStart
    from koba_desktop.system.passphrase import SHORTEST

    clock = parts.clock(now)

    def found(progress: "Progress", secret: str) -> "Opened":
        folders.make()
        parts.start_log(folders)
        return open_new(folders.database, key_file, secret, clock, progress)

    def demo() -> "Demo":
        folder = Path(left.enter_context(demo_folder()))

        def opener(progress: "Progress", _secret: str) -> "Opened":
            return open_demo(folder, progress, demo_now)

        return Demo(opener, folder)

    return FirstStart(
        place=folders.database,
        clock=clock,
        survey=lambda: _survey(folders.database, key_file),
        shortest_passphrase=SHORTEST,
        found=found,
        demo=demo,
        connect=connecting(folders, Wanted(now=now)),
    )


def demo_folder() -> "TemporaryDirectory[str]":
    """Where a demonstration lies until the window is closed."""
    return TemporaryDirectory(prefix="koba-demo-", ignore_cleanup_errors=True)


def _survey(database: Path, key_file: Path | None) -> bool:
    """Whether a passphrase has to lock the key. Raises Unavailable ``network_share`` and what the
    file of a named key says."""
    from koba_desktop.storage.location import network_kind
    from koba_desktop.system import keys

    if kind := network_kind(database):
        raise Unavailable("network_share", where=str(database), kind=kind)
    return keys.named_key(key_file) is None and not keys.keyring_usable()
