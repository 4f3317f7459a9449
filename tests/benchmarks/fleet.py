"""Processes that act together: told what to do on stdin, let go at once, asked how it was."""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


class Fleet:
    """Processes that run ``main`` of a module, let go together."""

    def __init__(self, module: str, orders: Sequence[object]) -> None:
        self._processes = [
            subprocess.Popen(
                [sys.executable, "-c", f"from {module} import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=Path(__file__).parents[2],
            )
            for _ in orders
        ]
        for process, told in zip(self._processes, orders, strict=True):
            assert process.stdin is not None
            pickle.dump(told, process.stdin)
            process.stdin.flush()
        for process in self._processes:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"

    def go(self) -> None:
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
            process.stdin.flush()

    def reports(self) -> list[object]:
        """What each answers; waits for all of them to end."""
        found = []
        for process in self._processes:
            assert process.stdout is not None
            found.append(pickle.load(process.stdout))
        for process in self._processes:
            assert process.wait(60) == 0
        return found

    def end(self) -> None:
        for process in self._processes:
            with suppress(OSError):
                process.kill()
            process.wait(60)
            for stream in (process.stdin, process.stdout):
                assert stream is not None
                with suppress(OSError):
                    stream.close()
