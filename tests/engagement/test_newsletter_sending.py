"""What a newsletter gathers, and its messages: only what anybody may read, to whoever still wants it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secretariat.change.decision.models import Decision
from secretariat.consultations.models import Consultation
from secretariat.core.kinds import kind_of
from secretariat.engagement.newsletter import actions, sending, writing
from secretariat.engagement.newsletter.checks import checked
from secretariat.engagement.newsletter.composing import composed
from secretariat.engagement.newsletter.models import Newsletter
from secretariat.engagement.newsletter.procedure import NEWSLETTER
from secretariat.engagement.subscribing.models import Subscriber
from secretariat.papers.document import to_json
from secretariat.post.drafts import why_not
from secretariat.post.models import Message
from secretariat.post.outbox import email
from secretariat.post.procedure import MESSAGE
from tests.engagement.test_newsletter import AT, begun, editor, proposal, ready, subscriber, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    settings.CLOCK = AT.isoformat()


def consultation(days: int, **more: Any) -> Consultation:
    """One that is open, and closes so many days after the newsletter's noon."""
    return Consultation.objects.create(
        reference=f"CON-{days:06}", kind="refinement", title=f"Closes after {days} days", body="SECP", state="open",
        opens_at=AT - timedelta(days=3), closes_at=AT + timedelta(days=days), **more,
    )  # fmt: skip


def test_what_is_over_on_its_day_is_not_told_of_before_it() -> None:
    for days in (2, 20):
        consultation(days)
    later = actions.begin(Newsletter(title="Later", day=date(2020, 3, 19)), **told(editor()))
    said = {days: f"Closes after {days} days" in to_json(composed(later, AT).document) for days in (2, 20)}
    assert said == {2: False, 20: True}
    assert not checked(later, AT).serious


@pytest.mark.parametrize("rank", [0, 2])
def test_nothing_names_a_proposal_that_not_everybody_may_read(rank: int) -> None:
    about, made = proposal(classification=rank, raised_on=date(2018, 1, 1)), begun()
    consultation(20, about_kind=kind_of(about), about_id=about.pk)
    decision = Decision.objects.create(body="Authority", outcome="approve", decided_at=AT - timedelta(days=2))
    decision.proposals.set([about])
    whole = composed(made, AT).document
    assert {"refinement", "decisions"} & {one.key for one in whole.sections} == (
        {"refinement"} if rank else {"refinement", "decisions"}
    )
    assert ("A title" in to_json(whole)) == (rank == 0)


def test_what_is_sent_again_after_the_reader_ended_it_is_held_back() -> None:
    made = ready()
    row = subscriber("a@example.org")
    NEWSLETTER.take("send", made, **told(editor()))
    message = Message.objects.get()
    MESSAGE.take("begin", message, **told(None))
    MESSAGE.take("lose", message, **told(None), words="The process ended.")
    MESSAGE.take("resend", message, **told(editor()))
    assert why_not(message, AT) == ""
    Subscriber.objects.filter(pk=row.pk).update(state="ended")
    assert why_not(message, AT) == "The reader ended the subscription."


def test_each_message_costs_the_same_few_queries_and_an_edition_is_written_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, taken = ready(), []
    for number in range(4):
        subscriber(f"r{number}@example.org")
    NEWSLETTER.take("send", made, **told(editor()))
    written_ = []
    monkeypatch.setattr(sending, "mail", lambda *known: written_.append(known) or writing.mail(*known))
    sending._edition.cache_clear()
    for message in Message.objects.order_by("pk"):
        with CaptureQueriesContext(connection) as captured:
            assert why_not(message, AT) == ""
            letter = email(message, AT)
        taken.append(len(captured))
        assert letter.body.count("/newsletter/unsubscribe/s") == 1
    assert (len(written_), len(set(taken)), max(taken) <= 4) == (1, 1, True)
