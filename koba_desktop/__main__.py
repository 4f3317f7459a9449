"""``python -m koba_desktop`` starts the window."""

import sys

from koba_desktop.bootstrap import desktop

if __name__ == "__main__":
    sys.exit(desktop())
