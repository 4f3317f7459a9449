"""A CUPS of the tests' own on loopback, with printers that put their paper into a folder."""

import grp
import os
import pwd
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# Below the ports that systems hand out by themselves.
_PORTS = range(20_000, 32_000)
_BINARIES = Path("/usr/lib/cups")
_PARTS = ("cgi-bin", "daemon", "driver", "filter", "monitor", "notifier")
_BESIDE = "/usr/sbin:/usr/local/sbin:/sbin"

_CONFIGURATION = """\
LogLevel info
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobHistory {history}
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow from 127.0.0.1
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}/etc
ServerBin {folder}/programs
DataDir /usr/share/cups
DocumentRoot {folder}
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
User {user}
Group {group}
SystemGroup {group}
Printcap
SyncOnClose No
"""
# What a printer does with its job: the sixth argument is the file, PRINTER the queue's name.
_PRINTERS = {
    "paper": """\
echo "$@" > "{folder}/paper/$PRINTER-$1.arguments"
cat "${{6:--}}" > "{folder}/paper/$PRINTER-$1.part"
mv "{folder}/paper/$PRINTER-$1.part" "{folder}/paper/$PRINTER-$1.pdf"
""",
    "broken": """\
echo "ERROR: the drum is worn out" >&2
exit 1
""",
    # Opening the gate to read waits until somebody opens it to write.
    "stuck": """\
: > "{folder}/paper/$PRINTER-$1.begun"
read -r _line < "{folder}/gate"
""",
    "empty": """\
echo "STATE: +media-empty-error" >&2
: > "{folder}/paper/$PRINTER-$1.begun"
read -r _line < "{folder}/gate"
""",
}
# Margins that differ from side to side show whether a page is moved to their middle.
_PPD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: German
*LanguageEncoding: UTF-8
*PCFileName: "PAPER.PPD"
*Manufacturer: "Paper"
*Product: "(Paper)"
*ModelName: "Paper"
*ShortNickName: "Paper"
*NickName: "Paper"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsVersion: 2.4
*cupsManualCopies: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Papier: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: Letter
*PageSize Letter/US Letter: ""
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion/Papier: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: Letter
*PageRegion Letter/US Letter: ""
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea Letter/US Letter: "12 60 600 780"
*ImageableArea A4/A4: "12 60 571 830"
*DefaultPaperDimension: Letter
*PaperDimension Letter/US Letter: "612 792"
*PaperDimension A4/A4: "595.28 841.89"
*OpenUI *InputSlot/Papierquelle: PickOne
*OrderDependency: 20 AnySetup *InputSlot
*DefaultInputSlot: Auto
*InputSlot Auto/Automatisch: ""
*InputSlot Tray1/Fach 1: ""
*InputSlot Letterhead/Fach 2 (Briefkopf): ""
*CloseUI: *InputSlot
*OpenUI *Duplex/Beidseitig: PickOne
*OrderDependency: 30 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Aus: ""
*Duplex DuplexNoTumble/Lange Seite: ""
*Duplex DuplexTumble/Kurze Seite: ""
*CloseUI: *Duplex
*DefaultFont: Courier
*Font Courier: Standard "(1.05)" Standard ROM
"""
_ONE_SIDED = ("*OpenUI *Duplex", "*CloseUI: *Duplex")


class PrintService:
    """Starts at once; ``close`` leaves nothing behind, and neither does a test run that is killed.

    ``history``: whether the service remembers jobs that are over.
    """

    def __init__(self, *, history: bool = True) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="koba-cups-", dir="/tmp"))
        self.port = 0
        self._history = history
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._cupsd = _cupsd()
            self._lay_out()
            self.start()
        except BaseException:
            self.close()
            raise

    @property
    def environment(self) -> dict[str, str]:
        """What leads ``lp`` and its like here, and away from anybody's own habits."""
        return {"CUPS_SERVER": f"127.0.0.1:{self.port}", "HOME": str(self.folder / "home")}

    @property
    def log(self) -> str:
        file = self.folder / "error.log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    # --- its life ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Start and wait until it answers; the port stays the same once it is chosen."""
        for _attempt in range(20):
            port = self.port or random.choice(_PORTS)
            self._configure(port)
            said = len(self.log)
            self._process = subprocess.Popen(
                ["sh", "-c", _KEEPER, "keeper", self._cupsd, self.folder],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Ctrl-C in the terminal is the test run's to answer.
                start_new_session=True,
            )
            self.port = port
            if self._came_up(said):
                return
            self.stop()
            self.port = 0
        raise RuntimeError(f"CUPS did not start:\n{self.log}")

    def stop(self) -> None:
        """End it; its queues and their jobs are there again after ``start``."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(30)
            self._process = None

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- its queues -------------------------------------------------------------------------------

    def queue(self, name: str, does: str = "paper", *options: str, both_sides: bool = True) -> None:
        """A printer that puts its paper into the folder, is ``broken``, ``stuck`` in its job, or
        out of paper (``empty``). ``options`` are of ``lpadmin -o``."""
        words = [word for option in options for word in ("-o", option)]
        ppd = self.folder / f"{name}.ppd"
        first, last = (_PPD.index(mark) for mark in _ONE_SIDED)
        one_sided = _PPD[:first] + _PPD[_PPD.index("\n", last) + 1 :]
        ppd.write_text(_PPD if both_sides else one_sided, encoding="utf-8")
        self.tell("lpadmin", "-p", name, "-E", "-v", f"{does}:/", "-P", str(ppd), *words)

    def remove(self, name: str) -> None:
        self.tell("lpadmin", "-x", name)

    def tell(self, *words: str) -> str:
        """Run a program of CUPS about this service; what it says. Raises RuntimeError."""
        done = subprocess.run(
            words,
            env={**os.environ, **self.environment, "PATH": f"{os.environ['PATH']}:{_BESIDE}"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{words[0]} failed:\n{done.stderr}")
        return done.stdout

    # --- what it printed --------------------------------------------------------------------------

    def printed(self, name: str) -> list[bytes]:
        """The paper of a printer, by job."""
        return [file.read_bytes() for file in self._of(name, "pdf")]

    def arguments(self, name: str) -> list[str]:
        """Copies and options with which a printer got its only job."""
        [file] = self._of(name, "arguments")
        return file.read_text(encoding="utf-8").split()

    def begun(self, name: str) -> bool:
        """Whether a printer has got a job that it cannot finish."""
        return bool(self._of(name, "begun"))

    def waiting(self, name: str) -> list[str]:
        """Jobs that would be printed some day."""
        return self.tell("lpstat", "-W", "not-completed", "-o", name).splitlines()

    def _of(self, name: str, kind: str) -> list[Path]:
        files = (self.folder / "paper").glob(f"{name}-*.{kind}")
        return sorted(files, key=lambda file: int(file.stem.rpartition("-")[2]))

    # --- how it is made ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for name in (
            "etc/ppd",
            "etc/ssl",
            "spool/tmp",
            "cache",
            "state",
            "home",
            "paper",
            "programs/backend",
        ):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o755)
        programs = self.folder / "programs"
        for part in _PARTS:
            (programs / part).symlink_to(_BINARIES / part)
        for name, deed in _PRINTERS.items():
            backend = programs / "backend" / name
            deed = deed.format(folder=self.folder)
            backend.write_text(f"#!/bin/sh\n[ $# = 0 ] && exit 0\n{deed}", encoding="utf-8")
            backend.chmod(0o755)
        os.mkfifo(self.folder / "gate")
        (self.folder / "gate").chmod(0o666)
        (self.folder / "paper").chmod(0o777)

    def _configure(self, port: int) -> None:
        """As root CUPS lets its printers work as a user who may do nothing else."""
        root = os.geteuid() == 0
        user = pwd.getpwnam("lp") if root else pwd.getpwuid(os.geteuid())
        group = grp.getgrgid(user.pw_gid).gr_name
        files = _FILES.format(folder=self.folder, user=user.pw_name, group=group)
        if root:
            files = files.replace(f"SystemGroup {group}", "SystemGroup root")
        history = "Yes" if self._history else "No"
        (self.folder / "cups-files.conf").write_text(files)
        (self.folder / "etc" / "cupsd.conf").write_text(
            _CONFIGURATION.format(port=port, history=history)
        )

    def _came_up(self, said: int) -> bool:
        """Whether it answers; else it complained after ``said`` letters of its log."""
        until(lambda: self._answers() or "Unable to" in self.log[said:], "CUPS to answer")
        return self._answers()

    def _answers(self) -> bool:
        try:
            return "is running" in self.tell("lpstat", "-r")
        except RuntimeError:
            return False


# Holds CUPS for as long as the pipe to the test run is open, which closes with it in any case.
_KEEPER = """\
"$1" -f -c "$2/etc/cupsd.conf" -s "$2/cups-files.conf" &
read -r _line
kill $!
wait $!
"""


def until(reached: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            raise RuntimeError(f"Waited {seconds} s for {what}.")
        time.sleep(0.01)


def _cupsd() -> str:
    """Raises RuntimeError where there is none: the tests of printing are not passed over."""
    found = shutil.which("cupsd", path=f"{os.environ['PATH']}:{_BESIDE}")
    if found is None or not (_BINARIES / "filter" / "pdftopdf").exists():
        raise RuntimeError(
            "The tests of printing need CUPS and its filters."
            " On Debian: apt-get install cups-daemon cups-client cups-filters"
        )
    return found
