"""The thread that asks whether the server is back, sends what waits and renews the snapshot."""

import logging
import threading
import time

from koba_desktop.services.outage.facade import SharedServices

log = logging.getLogger(__name__)

PROBE_SECONDS = 5.0
_RETRY_SECONDS = 60.0


class Keeper:
    """Begins with a snapshot (the person has just signed in), then one each
    ``snapshot_minutes``. Nobody waits for it."""

    def __init__(self, services: SharedServices, *, probe_seconds: float = PROBE_SECONDS) -> None:
        self._services = services
        self._probe_seconds = probe_seconds
        self._stopping = threading.Event()
        self._renew_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="koba-outage", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread after what it is doing; safe to call twice."""
        self._stopping.set()
        self._services.wake.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                pause = self._step()
            except Exception:
                log.exception("the keeper of the snapshot met something unexpected")
                pause = _RETRY_SECONDS
            self._services.wake.wait(pause)
            self._services.wake.clear()

    def _step(self) -> float:
        """What is to be done now; the seconds until there may be more."""
        services = self._services
        if (services.offline or services.has_waiting) and not services.try_again():
            return self._probe_seconds
        if time.monotonic() >= self._renew_at:
            taken = services.renew_snapshot()
            if services.offline:
                return self._probe_seconds
            later = services.snapshot_minutes * 60.0 if taken else _RETRY_SECONDS
            self._renew_at = time.monotonic() + later
        return max(0.0, self._renew_at - time.monotonic())
