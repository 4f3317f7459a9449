"""Ends a server and removes its folder when whoever started it is gone, by whatever end.

Run as ``python keeper.py FOLDER``. Its standard input is a pipe that only the test run holds open:
the pipe closes with the run, even if that was killed, and then nothing may stay behind.
"""

import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path


def main(folder: Path) -> None:
    sys.stdin.buffer.read()
    told = folder / "data" / "postmaster.pid"
    with suppress(FileNotFoundError, IndexError, ValueError, ProcessLookupError):
        pid = int(told.read_text().splitlines()[0])
        # An immediate shutdown; the postmaster takes its children and its file along.
        os.kill(pid, getattr(signal, "SIGQUIT", signal.SIGTERM))
        deadline = time.monotonic() + 10
        while told.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
