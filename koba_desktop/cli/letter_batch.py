"""``letters batch``: all letters an office has to print, as one PDF."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from koba_desktop.cli import options
from koba_desktop.cli.files import write_noted
from koba_desktop.cli.letter_claims import TOGETHER, Claims
from koba_desktop.cli.output import worded
from koba_desktop.cli.session import (
    Session,
    actor,
    add_command,
    office_and_advisor,
    person,
)
from koba_desktop.cli.wiring import Wiring
from koba_desktop.domain.errors import Conflict, NotFound, Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.commands import (
    LetterOut,
    MarkPrinted,
    NoteLettersOut,
    PrintedLetter,
)
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.letters.outbox import outbox
from koba_desktop.services.letters.printing import archive_copies
from koba_desktop.services.letters.reading import LetterView, letter_views
from koba_desktop.services.letters.window_check import window_problem
from koba_desktop.services.office.entitlement import may_query, not_entitled
from koba_desktop.services.ports import BatchedLetter, LetterRenderer, LetterSource, RenderedBatch


def add_batch_command(group: typer.Typer, wiring: Wiring) -> None:
    @add_command(group, wiring, "batch", _("Write all letters to be printed as one PDF."))
    def batch(
        session: Session,
        output: Annotated[Path, options.output()],
        office: Annotated[str | None, options.office()] = None,
        advisor: Annotated[str | None, options.advisor(_("Only letters of this advisor."))] = None,
        kind: Annotated[
            LetterKind | None, typer.Option(help=_("Only letters of this kind."))
        ] = None,
        printed: Annotated[
            bool,
            typer.Option(
                "--printed", help=_("Mark them as printed and keep a copy of each in the archive.")
            ),
        ] = False,
        force: Annotated[bool, options.force()] = False,
        acting: Annotated[
            str | None,
            options.acting(
                _("Who asks; matters for blocked addresses, and is noted in the audit.")
            ),
        ] = None,
    ) -> int:
        renderer = session.wiring.renderer()
        with session.services() as services:
            where, whose = office_and_advisor(services, office, advisor)
            acts = actor if printed else person
            who = acts(services, acting, where.id)
            with services.view(who.staff_id if who else None) as view:
                if not may_query(view, Right.SEND_LETTERS, where.id):
                    raise not_entitled(where="--as")
                wanted = [
                    item.row.id
                    for item in outbox(view, where.id, most=None).to_print
                    if kind in (None, item.row.kind)
                    and (whose is None or item.row.advisor_id == whose.id)
                ]
                views = letter_views(view, wanted)
            if not views:
                raise Refused(Problem("letters_none_to_print", {"office": where.name}))
            open_ones = [view for view in views if not view.blocked]
            made = renderer.render_batch(_told(session, open_ones))
            blocked = Problem("blocked_address", where="--as")
            refused = [_refused(view, blocked) for view in views if view.blocked]
            refused += _left_out(open_ones, made.letters)
            kept = [
                (view, one) for view, one in zip(open_ones, made.letters, strict=True) if one.pages
            ]
            claims = Claims(services, who, output.name) if who is not None and printed else None
            if claims is not None and kept:
                made, kept, lost = _claimed(claims, renderer, made, kept)
                refused += lost
            if kept:
                ids = tuple(view.letter.id for view, _one in kept)
                note = NoteLettersOut(letter_ids=ids, how=LetterOut.SAVED)
                with claims.until_written(ids) if claims is not None else nullcontext():
                    write_noted(services, output, made.pdf, note, who, force=force)
            unmarked: list[dict[str, Any]] = []
            if claims is not None and who is not None:
                unmarked = remember(services, who, renderer, kept, session.out.progress)
                claims.give_back([one["letter"] for one in unmarked])
        pages = sum(one.pages for one in made.letters)
        n = len(kept)
        session.out.answer(
            {
                "office": where.name,
                "file": output if kept else None,
                "letters": n,
                "pages": pages,
                "printed": printed,
                "refused": refused,
                "unmarked": unmarked,
            },
            [
                _said(output, n, len(views)),
                *(
                    _("Left out: letter {letter}: {message}").format(
                        letter=one["letter"], message=one["message"]
                    )
                    for one in refused
                ),
                *(
                    _("Not marked as printed: letter {letter}: {message}").format(
                        letter=one["letter"], message=one["message"]
                    )
                    for one in unmarked
                ),
            ],
        )
        return 1 if refused or unmarked else 0


def _said(file: Path, written: int, of: int) -> str:
    """Why each was left out stands below."""
    if not written:
        return ngettext(
            "No file was written: the only letter to be printed is left out.",
            "No file was written: all {n} letters to be printed are left out.",
            of,
        ).format(n=of)
    text = ngettext("{n} letter written: {file}", "{n} letters written: {file}", written)
    return text.format(n=written, file=file)


def _told(session: Session, views: Sequence[LetterView]) -> Iterator[LetterSource]:
    """The letters one by one, with how far it is."""
    for number, view in enumerate(views, start=1):
        yield view.source
        session.out.progress(number, len(views))


def _left_out(views: Sequence[LetterView], letters: Sequence[BatchedLetter]) -> list[Any]:
    """What could not be set, and what would show too much in the envelope's window."""
    found = []
    for view, one in zip(views, letters, strict=True):
        if one.error is not None:
            found.append(_refused(view, one.error.problems[0]))
        elif one.violations:
            found.append(_refused(view, window_problem(one.violations)))
    return found


def _claimed(
    claims: Claims,
    renderer: LetterRenderer,
    made: RenderedBatch,
    kept: Sequence[tuple[LetterView, BatchedLetter]],
) -> tuple[RenderedBatch, list[tuple[LetterView, BatchedLetter]], list[dict[str, Any]]]:
    """The letters that nobody else prints by now, set anew where there were others among them, and
    those others."""
    views = {view.letter.id: view for view, _one in kept}
    taken, lost = claims.take(list(views.values()))
    if lost:
        made = renderer.render_batch(view.source for view in taken)
    placed = (one for one in made.letters if one.pages)
    told = [
        _refused(views[one.letter_id], Problem("letter_left_out", {"why": one.why.value}))
        for one in lost
    ]
    return made, list(zip(taken, placed, strict=True)), told


def _refused(view: LetterView, problem: Problem) -> dict[str, Any]:
    """A letter with what is wrong, by its id and number and never by a name."""
    reference = view.letter.data.get("reference", "")
    return {"letter": view.letter.id, "reference": reference, **worded(problem)}


def remember(
    services: Services,
    who: Actor,
    renderer: LetterRenderer,
    kept: Sequence[tuple[LetterView, BatchedLetter]],
    progress: Callable[[int, int], None],
) -> list[dict[str, Any]]:
    """Mark letters as printed, each with its archive copy; those that could not be, because there
    is no copy or somebody changed them meanwhile: they are still to be printed."""
    unmarked: list[dict[str, Any]] = []
    for at in range(0, len(kept), TOGETHER):
        pages = {view.letter.id: one.pages for view, one in kept[at : at + TOGETHER]}
        copies, refused = archive_copies(
            renderer, [view for view, _one in kept[at : at + TOGETHER]]
        )
        unmarked += [_refused(one.view, one.error.problems[0]) for one in refused]
        some = [(copy.view, copy.printed(pages[copy.view.letter.id])) for copy in copies]
        unmarked += _mark(services, who, some)
        progress(min(at + TOGETHER, len(kept)), len(kept))
    return unmarked


def _mark(
    services: Services, who: Actor, some: Sequence[tuple[LetterView, PrintedLetter]]
) -> list[dict[str, Any]]:
    """All in one transaction; where one of them is in the way, each by itself."""
    if not some:
        return []
    try:
        services.execute(MarkPrinted(letters=tuple(printed for _view, printed in some)), who)
    except (Conflict, NotFound, Refused) as error:
        if len(some) == 1:
            return [_refused(some[0][0], error.problems[0])]
        return [found for one in some for found in _mark(services, who, [one])]
    return []
