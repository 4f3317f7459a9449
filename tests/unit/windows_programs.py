"""Programs of Windows, played by second processes: they write down what they were told, and answer
what was written down before."""

import json
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAUSED, ERROR, DELETING, SPOOLING, PRINTING, OFFLINE = 0x1, 0x2, 0x4, 0x8, 0x10, 0x20
PAPER_OUT, PRINTED, DELETED, BLOCKED, INTERVENTION = 0x40, 0x80, 0x100, 0x200, 0x400
COMPLETE, RETAINED = 0x1000, 0x2000
PRINTER_PAUSED, PRINTER_JAM, PRINTER_OFFLINE, PRINTER_OPEN = 0x1, 0x8, 0x80, 0x400000

_POWERSHELL = """\
import json, os, pathlib, sys
home = pathlib.Path({home!r})
script = sys.argv[-1]
told = {{name: os.environ.get(name, "") for name in ("KOBA_PRINTER", "KOBA_DOCUMENT")}}
with (home / "told").open("a", encoding="utf-8") as file:
    file.write(json.dumps([sys.argv[1:], told]) + "\\n")
plan = json.loads((home / "plan").read_text(encoding="utf-8"))
sys.stdout.reconfigure(encoding="utf-8")
if "Remove-PrintJob" in script:
    if plan["removable"]:
        plan["looks"] = [[0]]
    (home / "plan").write_text(json.dumps(plan), encoding="utf-8")
elif "Get-PrintJob" in script:
    looks = plan["looks"]
    look = looks.pop(0) if len(looks) > 1 else looks[0]
    (home / "plan").write_text(json.dumps(plan), encoding="utf-8")
    if look is None:
        sys.exit(3)
    sys.stdout.write("{mark}%d printer 0\\r\\n" % look[0])
    for number, state in enumerate(look[1:], 17):
        sys.stdout.write("%d %d 2\\r\\n" % (state, number))
else:
    sys.stdout.write(plan["says"])
    sys.exit(plan["exit"])
"""


@dataclass(frozen=True, slots=True)
class FakePowerShell:
    """``program`` to be run."""

    program: Path

    def plan(
        self,
        *looks: list[int] | None,
        says: str = "",
        exit_code: int = 0,
        removable: bool = True,
    ) -> None:
        """What the queue says, look by look (the last one again and again): the printer's state and
        those of our jobs; None: it does not answer. ``says`` is the answer to anything else."""
        plan = {
            "looks": list(looks) or [[0]],
            "says": says,
            "exit": exit_code,
            "removable": removable,
        }
        self._file("plan").write_text(json.dumps(plan), encoding="utf-8")
        self._file("told").write_text("", encoding="utf-8")

    @property
    def told(self) -> list[tuple[list[str], dict[str, str]]]:
        """The arguments of each run, and what it was told through the environment."""
        lines = self._file("told").read_text(encoding="utf-8").splitlines()
        read: list[Any] = [json.loads(line) for line in lines]
        return [(words, told) for words, told in read]

    def runs_of(self, command: str) -> int:
        return sum(command in words[-1] for words, _told in self.told)

    def _file(self, name: str) -> Path:
        return self.program.parent / name


def fake_powershell(home: Path, *, mark: str = "") -> FakePowerShell:
    """In a folder of its own; ``mark`` stands before what it says."""
    home.mkdir(parents=True)
    program = home / "powershell"
    script = _POWERSHELL.format(home=str(home), mark=mark)
    program.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    made = FakePowerShell(program)
    made.plan()
    return made
