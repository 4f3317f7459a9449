"""Where the program keeps its files on this PC, as the operating system wants it."""

import sys
from dataclasses import dataclass
from pathlib import Path

APPLICATION = "koba-desktop"


@dataclass(frozen=True, slots=True)
class Folders:
    """``machine_config`` is what software distribution writes, for all users of the PC.

    None of the user's folders roams with a profile: a database must not lie on a network share.
    """

    data: Path
    config: Path
    logs: Path
    state: Path
    machine_config: Path

    @property
    def database(self) -> Path:
        """The local database where no other is named."""
        return self.data / "office.db"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def plain_files(self) -> Path:
        """What other programs show or print, for as long as they do."""
        return self.data / "plain"

    def make(self) -> None:
        """Create the user's folders, readable by their owner only."""
        for folder in (self.data, self.config, self.logs, self.state, self.backups):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if sys.platform != "win32":
                folder.chmod(0o700)


def standard() -> Folders:
    """The folders of the signed-in user."""
    from platformdirs import PlatformDirs

    places = PlatformDirs(APPLICATION, appauthor=False, roaming=False)
    return Folders(
        data=places.user_data_path,
        config=places.user_config_path,
        logs=places.user_log_path,
        state=places.user_state_path,
        machine_config=places.site_config_path,
    )


def below(root: Path) -> Folders:
    """All folders in one place: a demonstration that leaves nothing behind, or a test."""
    return Folders(
        root / "data", root / "config", root / "logs", root / "state", root / "machine_config"
    )
