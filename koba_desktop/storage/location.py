"""Where the database may lie: a private folder on a local disk, never a network share.

SQLite's locks and shared memory do not work reliably across machines.
"""

import os
import sys
from pathlib import Path

from koba_desktop.domain.errors import Unavailable

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "afs", "ncpfs", "davfs"}
)
_CLUSTER = frozenset({"ceph", "lustre", "gpfs", "beegfs"})
_SHARED_BY_HOST = frozenset({"vboxsf", "prl_fs", "virtiofs", "drvfs"})
_REMOTE = _NETWORK | _CLUSTER | _SHARED_BY_HOST
_MOUNTS = Path("/proc/self/mountinfo")
_DRIVE_REMOTE = 4


def default_database() -> Path:
    """The user's own database; its folder is made with access for the user only."""
    from platformdirs import user_data_path

    folder = user_data_path("koba-desktop", appauthor=False, roaming=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "office.db"


def require_local(path: Path) -> None:
    """Raises Unavailable ``network_share`` (with ``kind``) or ``folder_missing``."""
    if not path.parent.is_dir():
        raise Unavailable("folder_missing", where=str(path), folder=str(path.parent))
    if kind := network_kind(path):
        raise Unavailable("network_share", where=str(path), kind=kind)


def network_kind(path: Path) -> str:
    """What sort of network location the real target is on ("cifs", "UNC" …), "" for a local one.

    Links, substituted and mapped drives are followed.
    """
    real = Path(os.path.realpath(path))
    if sys.platform == "win32":
        return _windows_kind(str(real))
    return _mounted_kind(real, _MOUNTS) if _MOUNTS.exists() else ""


def _mounted_kind(real: Path, mounts: Path) -> str:
    """The remote file system type of the innermost mount that holds ``real``."""
    depth, kind = -1, ""
    for line in mounts.read_text(encoding="utf-8").splitlines():
        left, right = line.split(" - ", 1)
        point = Path(left.split()[4].encode().decode("unicode_escape"))
        if real.is_relative_to(point) and len(point.parts) >= depth:
            depth, kind = len(point.parts), right.split()[0]
    return kind if kind in _REMOTE or kind.startswith("fuse.") else ""


def _windows_kind(real: str) -> str:
    plain = real.upper().replace("/", "\\")
    if plain.startswith("\\\\?\\UNC\\"):
        return "UNC"
    if plain.startswith("\\\\") and not plain.startswith(("\\\\?\\", "\\\\.\\")):
        return "UNC"
    import ctypes

    drive = real.removeprefix("\\\\?\\")[:2] + "\\"
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return "mapped drive" if kernel.GetDriveTypeW(drive) == _DRIVE_REMOTE else ""
