"""Opening an office for the window: the one in a file, a new one, or a demonstration."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.configuration import instant_of
from koba_desktop.domain.errors import OfficeError, Unavailable

if TYPE_CHECKING:
    from datetime import datetime

    from koba_desktop.domain.clock import Clock
    from koba_desktop.gui.opening import Opened, Progress
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.facade import Services
    from koba_desktop.services.office.book import OfficeBook
    from koba_desktop.services.ports import Store
    from koba_desktop.storage.store import SqliteStore

log = logging.getLogger(__name__)


def open_office(path: Path, key_file: Path | None, secret: str, clock: "Clock") -> "Opened":
    """The office in a file."""
    from koba_desktop.domain.clock import day_of
    from koba_desktop.storage.backup import backup_daily
    from koba_desktop.storage.files import open_store, require_usable

    failed = None
    require_usable(path)
    key = parts.key_of(path, key_file, secret)
    store = open_store(path, key)
    try:
        parts.bring_wordings(store, clock.now())
    except BaseException:
        store.close()
        raise
    try:
        backup_daily(path, key, day_of(clock.now()))
    except Unavailable as error:
        log.warning("daily backup failed: %s", error.code)
        failed = error
    return _of_this_pc(store, clock, key, backup_failed=failed)


def open_new(
    path: Path, key_file: Path | None, secret: str, clock: "Clock", progress: "Progress"
) -> "Opened":
    """A new database in which nobody has named an office yet; ``secret`` locks its key where there
    is no keyring. Raises what ``parts.create_database`` raises."""
    from koba_desktop.i18n import _

    text = _("The database is being set up …")
    progress(text, 0, 0)
    store, key = parts.create_database(path, key_file, secret)
    try:
        progress(text, 0, 0)  # the window may be closed by now
        return _of_this_pc(store, clock, key)
    except BaseException:
        store.close()
        raise


def _of_this_pc(
    store: "SqliteStore", clock: "Clock", key: str, backup_failed: OfficeError | None = None
) -> "Opened":
    """Until there is an office the recovery key is shown, as often as somebody begins anew."""
    from dataclasses import replace

    from koba_desktop.i18n import _
    from koba_desktop.system.recovery import recovery_key

    opened = opened_of(store, clock, place=_("this PC"), backup_failed=backup_failed)
    return opened if opened.book.offices else replace(opened, recovery_key=recovery_key(key))


def open_demo(folder: Path, progress: "Progress", now: str) -> "Opened":
    """A fresh office of invented people in an encrypted file with a key nobody knows."""
    from datetime import timedelta

    from koba_desktop.i18n import _
    from koba_desktop.i18n.holidays import HolidayCalendar
    from koba_desktop.letters.letter.texts import shipped_templates
    from koba_desktop.services.demo.making import make_demo
    from koba_desktop.storage.files import create_store
    from koba_desktop.system.clock import OffsetClock
    from koba_desktop.system.keys import new_key

    clock = OffsetClock(instant_of(now))
    text = _("Setting up an office with fictitious people …")
    progress(text, 0, 0)
    store = create_store(folder / "demo.db", new_key())
    try:
        made = make_demo(
            store,
            clock.now(),
            HolidayCalendar(subdivision=parts.SUBDIVISION),
            shipped_templates(),
            progress=lambda done, of: progress(text, done, of),
        )
        return opened_of(
            store,
            clock,
            place=_("Demo"),
            advance=lambda moment: clock.advance(max(moment - clock.now(), timedelta())),
            first=made.first,
        )
    except BaseException:
        store.close()
        raise


def opened_of(
    store: "Store",
    clock: "Clock",
    *,
    place: str,
    services: "Services | None" = None,
    book: "OfficeBook | None" = None,
    advance: "Callable[[datetime], None] | None" = None,
    first: "Actor | None" = None,
    backup_failed: OfficeError | None = None,
) -> "Opened":
    """What the window is given of an open database of either kind; ``services`` and ``book`` where
    they are there already."""
    from koba_desktop.bootstrap.printing import PrintersOfThisPc
    from koba_desktop.gui.opening import Opened
    from koba_desktop.letters.letter.render import Renderer, warm_up
    from koba_desktop.letters.letter.wording_desk import LetterWordingDesk
    from koba_desktop.letters.reading.preview import PdfPages
    from koba_desktop.letters.sheets.door_plan import DoorPlans
    from koba_desktop.letters.sheets.emergency_list import EmergencyLists
    from koba_desktop.letters.sheets.papers import Papers
    from koba_desktop.letters.sheets.proof_page import ProofPages
    from koba_desktop.services.office.book import office_book
    from koba_desktop.system.host import user_name

    services = services or parts.services(store, clock)
    if book is None:
        with services.view() as view:
            book = office_book(view)
    pages = PdfPages()
    return Opened(
        services=services,
        book=book,
        renderer=Renderer(),
        printers=PrintersOfThisPc(pages),
        pages=pages,
        door_plans=DoorPlans(),
        emergency_lists=EmergencyLists(),
        papers=Papers(),
        wordings=LetterWordingDesk(),
        proof_pages=ProofPages(),
        place=place,
        os_user=user_name(),
        close=store.close,
        advance=advance,
        first=first,
        backup_failed=backup_failed,
        warm_up=warm_up,
    )
