"""Where the program's own files are: in an installed package, a frozen program or a checkout."""

import sys
from functools import cache
from pathlib import Path


@cache
def resource_root() -> Path:
    """The folder ``resources``. Raises FileNotFoundError where the installation is incomplete."""
    package = Path(__file__).resolve().parent
    places = [package / "resources", package.parent / "resources"]
    if frozen := getattr(sys, "_MEIPASS", None):
        places.insert(0, Path(frozen) / "koba_desktop" / "resources")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(places[0])
