"""From "not reached" to the letter's finished PDF, through the real services."""

from typing import Any

from koba_desktop.domain.vocabulary import CallReason, Outcome, ReasonCode
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.services.commands import CreateCallTask, ProposeByLetter, RecordAttempt
from koba_desktop.services.contacts.offer import letter_offer
from koba_desktop.services.letters.reading import letter_views
from tests.support import Office


def test_not_reached_to_finished_pdf(benchmark: Any, office: Office) -> None:
    services, actor, renderer = office.services, office.actor, Renderer()
    with services.view(actor.staff_id) as view:
        page = view.reader.search_clients("", office_ids=(actor.office_id,), limit=200)
    callable_clients = iter([row for row in page.rows if row.phone and not row.address_blocked])

    def setup() -> tuple[tuple[Any, ...], dict[str, Any]]:
        client = next(callable_clients)
        task = services.execute(
            CreateCallTask(
                client_id=client.id,
                advisor_id=actor.staff_id,
                reason=CallReason.PLANNED,
                due=office.clock.now(),
            ),
            actor,
        ).result["task_id"]
        return (client, task), {}

    def call(client: Any, task: Any) -> bytes:
        services.execute(
            RecordAttempt(
                client_id=client.id, task_id=task, outcome=Outcome.NO_ANSWER, phone=client.phone
            ),
            actor,
        )
        with services.view(actor.staff_id) as view:
            offer = letter_offer(view, client.id, task_id=task)
        letter_id = services.execute(
            ProposeByLetter(
                client_id=client.id,
                advisor_id=offer.advisor_id,
                kind_id=offer.kind_id,
                starts=offer.slots[0].starts,
                minutes=offer.minutes,
                phone=offer.phone,
                task_id=task,
                early_reason=ReasonCode.EARLIER_LETTER,
            ),
            actor,
        ).result["letter_id"]
        with services.view(actor.staff_id) as view:
            made = letter_views(view, (letter_id,))[0]
        return renderer.render(made.source).pdf

    assert benchmark.pedantic(call, setup=setup, rounds=12, warmup_rounds=1).startswith(b"%PDF")
