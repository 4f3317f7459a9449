"""Asking Windows through PowerShell, which every Windows has.

What is asked for goes in through the environment, never into the script: a printer's name may be
any text. Scripts hold no double quotes, which the ways of starting a program treat differently.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

from koba_desktop.system.printing.programs import run

_SECONDS = 60.0
"""A PC that was just switched on takes so long at worst to start it."""
# Without a console of its own there is nothing to set, and nothing to be said otherwise.
_IN_UTF_8 = "try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { }; "
_WITHIN = Path("System32", "WindowsPowerShell", "v1.0", "powershell.exe")
_BYTE_ORDER_MARK = "\ufeff"


class PowerShell:
    """``program``: None for that of Windows."""

    def __init__(self, program: str | None = None) -> None:
        self._program = program or _of_windows()

    def asked(
        self, script: str, environment: Mapping[str, str] | None = None
    ) -> CompletedProcess[str]:
        """Raises Unavailable: ``print_program_missing``, ``print_failed`` where it hangs."""
        words = [self._program, "-NoProfile", "-NonInteractive", "-Command", _IN_UTF_8 + script]
        done = run(words, seconds=_SECONDS, environment=environment)
        done.stdout = done.stdout.removeprefix(_BYTE_ORDER_MARK)
        return done


def _of_windows() -> str:
    """Where Windows keeps it: a folder in which the program was started may hold another one."""
    root = os.environ.get("SYSTEMROOT", "")
    found = Path(root) / _WITHIN
    return str(found) if root and found.is_file() else "powershell"
