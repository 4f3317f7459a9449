"""The frozen program must be there and be that of these sources."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.frozen import BarePc, require_built


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    require_built()


@pytest.fixture
def pc(tmp_path: Path) -> BarePc:
    return BarePc(tmp_path)


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """The name of a screen in memory. Skips the test where the system offers none."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb")
    command = [server, "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        yield f":{running.stdout.readline().strip()}"
        running.terminate()
