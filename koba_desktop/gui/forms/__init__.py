"""Forms compiled from ``forms/*.ui`` by ``python -m koba_desktop.gui.forms.compile``.

The compiler lets the forms call ``_()`` but cannot make them import it, so it is installed as a
builtin here, as ``gettext.install`` does.
"""

import builtins

from koba_desktop.i18n import _

builtins.__dict__["_"] = _
