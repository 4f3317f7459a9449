"""The only place where the parts are put together: ``desktop`` and ``admin``.

Nothing heavy is imported here before it is used: the window is painted before SQLAlchemy, the
services and the letters are loaded, on a worker lane.
"""

from koba_desktop.bootstrap.administration import admin
from koba_desktop.bootstrap.window import desktop

__all__ = ["admin", "desktop"]
