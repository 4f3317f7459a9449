"""Whether the printing service is asked under TLS, and whose certificate is believed.

``lp`` reads the same settings: client.conf(5) of CUPS, and the environment before it.
"""

import os
import re
import ssl
from enum import StrEnum
from pathlib import Path

_SETTING = re.compile(r"^\s*Encryption\s+(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
_OF_THE_MACHINE = "/etc/cups"


class Encryption(StrEnum):
    """``IF_REQUESTED``: once the service asks for it."""

    IF_REQUESTED = "ifrequested"
    NEVER = "never"
    REQUIRED = "required"


_WORDS = {str(each): each for each in Encryption} | {"always": Encryption.REQUIRED}


def encryption() -> Encryption:
    """As the environment says, else the user's client.conf, else the machine's."""
    said = os.environ.get("CUPS_ENCRYPTION", "") or next(
        filter(None, map(_in_file, _folders())), ""
    )
    return _WORDS.get(said.lower(), Encryption.IF_REQUESTED)


def trust(host: str) -> ssl.SSLContext:
    """The authorities this PC believes; where CUPS keeps a certificate of that host, only that
    one, whatever name stands in it: most printing services have made their own."""
    for folder in _folders():
        kept = folder / "ssl" / f"{host}.crt"
        if kept.is_file():
            only = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            only.check_hostname = False
            only.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
            only.load_verify_locations(kept)
            return only
    return ssl.create_default_context()


def _folders() -> list[Path]:
    machine = Path(os.environ.get("CUPS_SERVERROOT", _OF_THE_MACHINE))
    home = os.environ.get("HOME", "")
    return [Path(home) / ".cups", machine] if home else [machine]


def _in_file(folder: Path) -> str:
    try:
        text = (folder / "client.conf").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = _SETTING.findall(text)
    return found[-1] if found else ""
