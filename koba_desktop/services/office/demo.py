"""Whether the database is a demonstration: its people do not exist and its letters say "Muster"."""

from datetime import date

from koba_desktop.domain.entities.office import Setting
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Reader

_KEY = "demo"


def is_demo(reader: Reader) -> bool:
    return bool(reader.find(Setting, key=_KEY, limit=1))


def demo_mark() -> Setting:
    """The row that marks a database as a demonstration; no policy, so nobody can set it."""
    return Setting(id=new_id(), key=_KEY, value=True, valid_from=date(2020, 1, 1))
