"""How a consultation runs: opening, extension, closing, points, conclusion, and what is published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from secretariat.consultations.models import (
    Clarification,
    Consultation,
    Kind,
    Point,
    Response,
    about,
    closed_on,
    unanswered,
)
from secretariat.consultations.page import coming, facts, needs, related
from secretariat.consultations.procedure import CLARIFICATIONS, CONSULTATIONS
from secretariat.consultations.responding import POINTS, RESPONSES
from secretariat.consultations.summary import UNNAMED, own_points, published
from secretariat.core.duties import Duty, duties_of
from secretariat.core.kinds import find, kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.post.due import take_due
from secretariat.post.models import IncomingMail, Message
from secretariat.post.outbox import gather
from secretariat.post.procedure import INCOMING_MAIL
from secretariat.register.models import Party
from tests.consultations.factories import (
    AFTER,
    CLOSES,
    OPENED,
    closed,
    contact,
    drafted,
    london,
    opened,
    party,
    saved,
    sent,
    staff,
    told,
)

pytestmark = pytest.mark.django_db


def dispose(point: Point, disposition: str = "accepted", answer: str = "We did it.", at: str = AFTER) -> None:
    POINTS.take("dispose", point, disposition=disposition, answer=answer, **told(staff(), at))


def conclude(one: Consultation) -> None:
    for point in Point.objects.standing().filter(response__consultation=one, state="raised"):
        dispose(point, at="2020-04-19")
    CONSULTATIONS.take("conclude", one, outcome="It goes ahead.", **told(staff(), "2020-04-20"))


def test_a_consultation_has_a_reference_that_finds_it() -> None:
    one = drafted()
    assert one.reference == f"CON-{one.pk:06d}"
    assert find(one.reference) == [one]


def test_one_in_preparation_is_the_secretariats_alone() -> None:
    drafted()
    at = london("2020-03-16")
    assert Consultation.objects.visible_to(staff(), at).count() == 1
    assert not Consultation.objects.visible_to(contact("Ann", party()), at).exists()
    assert not Consultation.objects.visible_to(None, at).exists()


def test_a_consultation_asks_something_before_it_opens() -> None:
    one = drafted(questions=0)
    with pytest.raises(Refused, match="A consultation asks at least one question"):
        CONSULTATIONS.take("open", one, **told(staff(), OPENED))


def test_a_consultation_says_when_it_closes_and_an_announced_one_when_it_opens() -> None:
    endless = drafted(closes_at=None)
    with pytest.raises(Refused, match="A consultation says when it closes, and that has not passed"):
        CONSULTATIONS.take("open", endless, **told(staff(), OPENED))
    with pytest.raises(Refused, match="that has not passed"):
        CONSULTATIONS.take("open", drafted(), **told(staff(), AFTER))
    unfixed = drafted(opens_at=None)
    with pytest.raises(Refused, match="A consultation that is announced says when it opens"):
        CONSULTATIONS.take("announce", unfixed, **told(staff(), "2020-03-16 15:00"))
    CONSULTATIONS.take("open", unfixed, **told(staff(), OPENED))
    assert unfixed.opens_at == london(OPENED)


def test_a_point_belongs_to_a_response_that_stands_and_to_its_own_answer() -> None:
    one, ann = opened(), contact("Ann", party())
    first = sent(one, party(), ann, "First")
    sent(one, party(), ann, "Second", at="2020-03-25")
    first.refresh_from_db()
    with pytest.raises(Refused, match="A point is raised in a response that was sent"):
        POINTS.take("raise", Point(response=first, text="More"), **told(staff(), "2020-03-26"))
    astray = Point(response=first.replaced_by, answer=first.answers.first(), text="More")
    with pytest.raises(Refused, match="The answer in which a point is raised belongs to the same response"):
        POINTS.take("raise", astray, **told(staff(), "2020-03-26"))


def test_an_announced_one_is_opened_by_the_clock_at_its_instant_and_closed_at_its_instant() -> None:
    one = drafted()
    CONSULTATIONS.take("announce", one, **told(staff(), "2020-03-16 15:00"))
    take_due(london("2020-03-17 08:59"), london("2020-03-17 08:59"))
    one.refresh_from_db()
    assert one.state == "announced"
    take_due(london("2020-03-17 09:05"), london("2020-03-17 09:05"))
    one.refresh_from_db()
    assert (one.state, one.opens_at) == ("open", london(OPENED))
    take_due(london(CLOSES), london(CLOSES))
    one.refresh_from_db()
    assert (one.state, one.is_open(london(CLOSES))) == ("open", True)
    assert not one.is_open(london(CLOSES) + timedelta(microseconds=1))
    take_due(london(AFTER), london(AFTER))
    one.refresh_from_db()
    assert one.state == "closed"


def test_a_closing_before_its_instant_is_refused() -> None:
    with pytest.raises(Refused, match="A consultation closes at its closing instant and not before"):
        CONSULTATIONS.take("close", opened(), **told(staff(), "2020-04-07 16:59"))


def test_an_extension_keeps_both_closings_and_why() -> None:
    one = opened()
    CONSULTATIONS.take("extend", one, closes_at=london("2020-04-21 17:00"), why="Easter", **told(staff(), "2020-04-01"))
    (kept,) = one.extensions.all()
    assert (kept.closed_before, kept.closes_at, kept.why) == (london(CLOSES), london("2020-04-21 17:00"), "Easter")
    assert one.is_open(london("2020-04-20"))
    with pytest.raises(Refused, match="An extension ends later than the closing that was announced"):
        CONSULTATIONS.take("extend", one, closes_at=london("2020-04-20"), why="x", **told(staff(), "2020-04-02"))


def test_a_consultation_that_has_closed_is_not_extended() -> None:
    with pytest.raises(Refused, match="A consultation is extended before it closes"):
        CONSULTATIONS.take("extend", opened(), closes_at=london("2020-04-21"), why="x", **told(staff(), AFTER))


def test_another_bodys_consultation_is_merely_listed() -> None:
    one = Consultation(kind=Kind.OTHER, title="Theirs", body="The Authority", is_others=True,
                       address="https://example.org/c", closes_at=london(CLOSES))  # fmt: skip
    with pytest.raises(Refused, match="Another body's consultation is listed here and not run here"):
        CONSULTATIONS.take("draft", one, **told(staff(), "2020-03-16"))
    ours = Consultation(kind=Kind.OTHER, title="Ours", body="SECP")
    with pytest.raises(Refused, match="Only another body's consultation is merely listed"):
        CONSULTATIONS.take("list", ours, **told(staff(), "2020-03-16"))
    CONSULTATIONS.take("list", one, **told(staff(), "2020-03-16"))
    assert Consultation.objects.visible_to(None, london("2020-03-16")).get() == one
    with pytest.raises(Refused):
        saved(one, party(), contact("Ann", party()), "A view")


def test_a_clarification_is_answered_to_all_without_who_asked() -> None:
    one, ann, at = opened(), contact("Ann", party()), london("2020-03-20")
    asked = Clarification(consultation=one, asked_by=ann, question="By when?", asked_at=at)
    CLARIFICATIONS.take("ask", asked, **told(ann, "2020-03-20"))
    assert not Clarification.objects.visible_to(None, at).exists()
    assert Clarification.objects.visible_to(ann, at).exists()
    CLARIFICATIONS.take("answer", asked, answer="By June.", **told(staff(), "2020-03-21"))
    assert Clarification.objects.visible_to(None, at).get().answer == "By June."
    late = Clarification(consultation=one, asked_by=ann, question="Now?", asked_at=london(AFTER))
    with pytest.raises(Refused, match="Something is clarified while the consultation is open"):
        CLARIFICATIONS.take("ask", late, **told(ann, AFTER))


def test_a_point_is_disposed_of_after_the_closing_with_a_disposition_and_an_answer() -> None:
    one = opened()
    point = sent(one, party(), contact("Ann", party()), "It costs too much").points.get()
    with pytest.raises(Refused, match="Points are disposed of once the consultation has closed"):
        dispose(point, at="2020-04-07 16:00")
    closed(one)
    with pytest.raises(Refused, match="Answer"):
        dispose(point, answer="")
    with pytest.raises(Refused, match="Disposition"):
        dispose(point, disposition="maybe")
    dispose(point, "partly accepted", "Half of it.")
    assert (point.state, point.disposition, point.reply) == ("disposed of", "partly accepted", "Half of it.")


def test_a_consultation_is_not_concluded_while_a_point_lacks_an_answer() -> None:
    one = opened()
    sent(one, party(), contact("Ann", party()), "One", "Two")
    closed(one)
    dispose(Point.objects.first())
    with pytest.raises(Refused, match="Every point raised has a disposition and an answer"):
        CONSULTATIONS.take("conclude", one, outcome="x", **told(staff(), AFTER))
    conclude(one)
    assert one.state == "concluded"
    with pytest.raises(Refused, match="What was answered and published stands"):
        dispose(Point.objects.first(), at="2020-04-21")


def test_other_rooms_are_told_what_is_unanswered_and_when_it_closed() -> None:
    subject = party()
    one = opened(about_kind=kind_of(subject), about_id=subject.pk)
    sent(one, party(), contact("Ann", party()), "One", "Two")
    assert list(about(subject)) == [one]
    assert unanswered(subject).count() == 2
    assert unanswered(subject, london(CLOSES)).count() == 0
    assert unanswered(subject, london(AFTER)).count() == 2
    assert closed_on(subject, Kind.REPORT) is None
    closed(one)
    assert closed_on(subject, Kind.REPORT) == date(2020, 4, 7)
    assert closed_on(subject, Kind.REFINEMENT) is None
    assert needs(subject, staff(), london(AFTER))[0].what == f"Points without an answer in {one.reference}: 2"
    conclude(one)
    assert unanswered(subject).count() == 0
    assert unanswered(party("Birch Power Limited")).count() == 0


def test_a_records_page_tells_the_open_consultation_and_its_closing() -> None:
    subject = party()
    one = opened(about_kind=kind_of(subject), about_id=subject.pk)
    at = london("2020-03-20")
    assert [fact.href for fact in facts(subject, None, at)] == [one.get_absolute_url()]
    assert len(related(subject, None, at)[0].rows) == 1
    (closing,) = coming(subject, None, at)
    assert closing.due == london(CLOSES)
    assert "15 Working Days" in closing.working
    assert facts(subject, None, london(AFTER)) == []


def test_the_summary_leaves_out_what_is_confidential_and_counts_it() -> None:
    one = opened()
    birch, cedar = party("Birch Power Limited", "large-supplier"), party("Cedar Gas Limited", "large-supplier")
    sent(one, party(), contact("Ann", party()), "Open words", "Words kept", choice="yes")
    sent(one, birch, contact("Ben", birch), "All kept", choice="no", confidential=True)
    sent(one, cedar, contact("Cat", cedar), "Unnamed words", choice="no", anonymous=True)
    sent(one, party(), contact("Ann", party()), "Too late", at=AFTER)
    Response.objects.get(party=party(), state="submitted").answers.filter(question__number=2).update(confidential=True)
    assert published(one) is None
    closed(one)
    conclude(one)
    told_ = published(one)
    assert told_ is not None
    assert (told_.responses, told_.late, told_.confidential) == (3, 1, 1)
    assert told_.by_category == (("Large Supplier", 2), ("Small Supplier", 1))
    first, second = told_.questions
    assert (first.answered, first.withheld, dict(first.counts)) == (3, 1, {"Yes": 1, "No": 2, "No view": 0})
    assert [(voice.name, voice.text) for voice in first.voices] == [
        (UNNAMED, "Unnamed words"), ("Amber Energy Limited", "Open words"),
    ]  # fmt: skip
    assert (second.answered, second.withheld, second.voices) == (1, 1, ())
    assert (dict(told_.dispositions)["Accepted"], len(told_.points), told_.points_withheld) == (4, 2, 2)
    everything = str(told_)
    assert "kept" not in everything
    assert "Cedar" not in everything
    assert "Birch" not in everything


def test_respondents_see_what_became_of_their_own_points_once_it_is_concluded() -> None:
    one, ann = opened(), contact("Ann", party())
    sent(one, party(), ann, "It costs too much", confidential=True)
    closed(one)
    at = london("2020-04-21")
    assert own_points(one, ann, at) == []
    assert not Point.objects.visible_to(ann, at).exists()
    conclude(one)
    assert [point.reply for point in own_points(one, ann, at)] == ["We did it."]
    assert own_points(one, contact("Cat", party("Birch Power Limited")), at) == []
    assert own_points(one, None, at) == []
    assert not Point.objects.visible_to(contact("Cat", party("Birch Power Limited")), at).exists()


def mail(subject: str, address: str = "ann@example.org", received: str = "2020-03-20") -> IncomingMail:
    letter = IncomingMail(message_id=f"<{subject}-{address}@x>", subject=subject, from_address=address, body="By mail",
                          from_name="Somebody", received=london(received), recorded=london(received))  # fmt: skip
    INCOMING_MAIL.take("receive", letter, **told(None, received))
    return letter


def matched(one: Consultation, **more: str) -> IncomingMail:
    letter = mail(f"Re: {one.reference}", **more)
    INCOMING_MAIL.take("match", letter, reference=one.reference, **told(None, more.get("received", "2020-03-20")))
    return letter


def test_mail_of_a_known_contact_becomes_a_response_that_a_person_confirms() -> None:
    one = opened()
    contact("Ann", party())
    matched(one, received="2020-04-07 17:00")
    take_due(london(AFTER), london(AFTER))
    take_due(london(AFTER), london(AFTER))
    response = Response.objects.get()
    assert (response.state, response.party, response.text) == ("received by e-mail", party(), "By mail")
    one.refresh_from_db()
    with pytest.raises(Refused, match="A response that came by e-mail waits to be confirmed"):
        CONSULTATIONS.take("conclude", one, outcome="x", **told(staff(), AFTER))
    with pytest.raises(Refused, match="The e-mail came before the closing, so the response is in time"):
        RESPONSES.take("confirm_late", response, **told(staff(), AFTER))
    RESPONSES.take("confirm", response, **told(staff(), AFTER))
    assert (response.state, response.submitted_at) == ("submitted", london(CLOSES))
    assert response.points.get().text == "By mail"


def test_mail_of_a_stranger_waits_for_a_person_to_say_whose_it_is() -> None:
    one = opened()
    matched(one, address="nobody@example.org")
    take_due(london("2020-03-21"), london("2020-03-21"))
    response = Response.objects.get()
    assert response.party is None
    response.name = ""
    Response.objects.update(name="")
    with pytest.raises(Refused, match="Tell which party the response is of"):
        RESPONSES.take("confirm", response, **told(staff(), "2020-03-21"))
    RESPONSES.take("confirm", response, party=party().pk, **told(staff(), "2020-03-21"))
    assert (response.state, response.party) == ("submitted", party())


def test_mail_after_the_closing_is_late() -> None:
    one = opened()
    contact("Ann", party())
    matched(one, received="2020-04-07 17:01")
    take_due(london(AFTER), london(AFTER))
    response = Response.objects.get()
    with pytest.raises(Refused, match="The e-mail came after the closing instant"):
        RESPONSES.take("confirm", response, **told(staff(), AFTER))
    RESPONSES.take("confirm_late", response, **told(staff(), AFTER))
    assert response.state == "late"


def test_mail_that_nothing_matches_stays_in_the_queue_of_the_post_room() -> None:
    opened()
    letter = mail("Our view")
    take_due(london("2020-03-21"), london("2020-03-21"))
    assert (letter.state, Response.objects.count()) == ("unmatched", 0)


def asked(of: Party, who: Person, at: str = "2020-03-20") -> list[Duty]:
    return [duty for duty in duties_of(of.pk, who, london(at)) if duty.name == "respond"]


def test_a_partys_home_tells_the_open_consultations_that_ask_it() -> None:
    one = opened(invited=["small-supplier"])
    dcc = party("Smart DCC Limited", "dcc")
    ann = contact("Ann", party())
    (duty,) = asked(party(), ann)
    assert (duty.due, duty.does) == (london(CLOSES), "Respond")
    assert "15 Working Days" in duty.working
    assert asked(dcc, contact("Dee", dcc)) == []
    saved(one, party(), ann, "A view")
    assert asked(party(), ann)[0].does == "Open the draft"
    assert asked(party(), ann, AFTER) == []


def test_the_audience_hears_of_opening_extension_reminder_and_conclusion() -> None:
    dcc, birch = party("Smart DCC Limited", "dcc"), party("Birch Power Limited")
    contact("Dee", dcc)
    ann = contact("Ann", party())
    contact("Ben", birch)
    one = opened(invited=["small-supplier"])
    sent(one, party(), ann, "A view")
    take_due(london("2020-04-02"), london("2020-04-02"))
    take_due(london("2020-04-03"), london("2020-04-03"))
    one.refresh_from_db()
    CONSULTATIONS.take("extend", one, closes_at=london("2020-04-14 17:00"), why="Easter", **told(staff(), "2020-04-03"))
    CONSULTATIONS.take("close", one, by=None, at=london("2020-04-14 17:00"), recorded=london("2020-04-15"))
    conclude(one)
    gather(london("2020-04-21"), london("2020-04-21"))
    heard = sorted(Message.objects.values_list("notice", "person__name"))
    assert heard == sorted([
        ("consultation.open", "Ann"), ("consultation.open", "Ben"), ("response.submit", "Ann"),
        ("consultation.remind", "Ben"), ("consultation.extend", "Ann"), ("consultation.extend", "Ben"),
        ("consultation.conclude", "Ann"), ("consultation.conclude", "Ben"),
    ])  # fmt: skip
    receipt = Message.objects.get(notice="response.submit")
    assert Response.objects.get().sha256 in receipt.body
    assert "A view" not in receipt.body
