"""Which PC this is, and who is signed in to it. The audit names both."""

import getpass
import socket


def host_name() -> str:
    """The PC's name without its domain."""
    return socket.gethostname().partition(".")[0]


def user_name() -> str:
    """The operating system's user; empty where there is none (a service without an account)."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
