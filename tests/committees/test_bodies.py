"""What a body is for and may do: terms of reference, duties by date, delegations, recommendations, its page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.committees.bodies.actions import keep_terms
from secretariat.committees.bodies.models import (
    Delegation,
    Duty,
    Recommendation,
    TermsOfReference,
    terms_on,
    who_holds,
)
from secretariat.committees.bodies.page import TABLES, table
from secretariat.committees.bodies.procedure import RECOMMENDATIONS
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Constituency
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.core.pages import Related
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import LONDON
from tests.committees.factories import keeper, seat, someone
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

NOON = datetime(2020, 3, 2, 12, tzinfo=LONDON)
STATUSES = "Setting security assurance statuses"
SINCE = date(2013, 9, 23)


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    """The pages are asked at one instant."""
    settings.CLOCK = NOON.isoformat()
    settings.MFA_REQUIRED_ROLES = []


def body(code: str) -> Committee:
    """A body by its code."""
    found: Committee = Committee.objects.get(code=code)
    return found


def told() -> dict[str, Any]:
    """Who enters, and when."""
    return {"by": keeper(), "at": NOON, "recorded": NOON}


def duty(code: str = "SECP", what: str = STATUSES, **more: Any) -> Duty:
    """A duty of a body."""
    known = {"source": "A page", "mark": "sourced", "from_day": SINCE, "recorded": NOON}
    made = Duty(what=what, committee=body(code), **{**known, **more})
    made.full_clean()
    made.save()
    return made


def delegation(from_code: str, to_code: str, first: date, last: date | None = None, **more: Any) -> Delegation:
    """A duty passed on."""
    known: dict[str, Any] = {"what": "Sets the statuses.", "duty": STATUSES}
    made = Delegation(
        from_body=body(from_code), to_body=body(to_code), from_day=first, to_day=last, recorded=NOON,
        **{**known, **more},
    )  # fmt: skip
    made.full_clean()
    made.save()
    return made


def terms(code: str, version: str, first: date, **more: Any) -> TermsOfReference:
    """A version of a body's terms with a file."""
    made = TermsOfReference(committee=body(code), version=version, from_day=first, **more)
    return keep_terms(made, "terms.txt", f"Terms {version}".encode(), **told())


def test_who_set_security_statuses_in_2017_depends_on_the_date() -> None:
    duty()
    delegation("SECP", "SSC", date(2017, 8, 1), meeting="SECP_46_1407")
    assert who_holds(STATUSES, date(2013, 9, 22)) is None
    assert who_holds(STATUSES, date(2017, 7, 31)) == body("SECP")
    assert who_holds(STATUSES.upper(), date(2017, 8, 1)) == body("SSC")


def test_a_duty_that_is_lent_goes_back_after_its_last_day() -> None:
    duty()
    delegation("SECP", "SSC", date(2017, 8, 1))
    delegation("SSC", "TABASC", date(2020, 2, 1), date(2020, 2, 29), how=Delegation.How.LENT)
    holders = [who_holds(STATUSES, day) for day in (date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 1))]
    assert holders == [body("SSC"), body("TABASC"), body("SSC")]


def test_a_duty_passed_on_to_a_person_is_theirs() -> None:
    duty()
    person = someone("The Chair", audience="SECP")
    made = Delegation(from_body=body("SECP"), to_person=person, what="Signs.", duty=STATUSES, from_day=SINCE,
                      recorded=NOON)  # fmt: skip
    with pytest.raises(ValidationError, match="What names a person is not White"):
        made.full_clean()
    made.classification = Class.GREEN
    made.full_clean()
    made.save()
    assert who_holds(STATUSES, SINCE) == person


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"to_code": "SECP"}, "does not delegate to itself"),
        ({"how": Delegation.How.LENT}, "lent until a day"),
        ({"duty": "Another duty"}, "does not have a duty of this name"),
        ({"from_code": "OPSG", "to_code": "SSC"}, "does not have a duty of this name"),
        ({"meeting": "The July meeting"}, "meeting"),
        ({"last": date(2010, 1, 1)}, "does not end before it begins"),
    ],
)
def test_a_delegation_of_what_cannot_be_is_refused(more: dict[str, Any], sentence: str) -> None:
    duty()
    with pytest.raises(ValidationError, match=sentence):
        delegation(**{"from_code": "SECP", "to_code": "SSC", "first": date(2017, 8, 1), **more})


def test_a_duty_is_one_bodys_at_a_time() -> None:
    duty(to_day=date(2017, 7, 31))
    with pytest.raises(ValidationError, match="Another body has this duty"):
        duty("SSC", STATUSES.lower(), from_day=date(2017, 7, 31))
    duty("SSC", from_day=date(2017, 8, 1))
    assert who_holds(STATUSES, date(2017, 8, 1)) == body("SSC")


def test_terms_of_reference_hold_from_their_day_until_the_next_version() -> None:
    first = terms("SSC", "1.0", date(2015, 1, 1))
    second = terms("SSC", "2.0", date(2017, 8, 1), meeting="SECP_46_1407")
    assert terms_on(body("SSC"), date(2014, 12, 31)) is None
    assert terms_on(body("SSC"), date(2017, 7, 31)) == first
    assert terms_on(body("SSC"), date(2017, 8, 1)) == second
    assert (second.file.name, second.file.read()) == ("SSC-terms-of-reference-2.0.txt", b"Terms 2.0")  # type: ignore[union-attr]
    with pytest.raises(ValidationError, match="version already"):
        terms("SSC", "2.0", date(2018, 1, 1))


def test_a_file_of_terms_is_as_confidential_as_the_terms() -> None:
    made = terms("SSC", "1.0", date(2015, 1, 1), classification=Class.AMBER)
    assert made.file is not None
    assert Client().get(made.file.get_absolute_url()).status_code == 404
    member = signed_in(someone("A member", audience="SSC"))
    assert b"".join(member.get(made.file.get_absolute_url())) == b"Terms 1.0"
    assert "SSC-terms" not in Client().get("/committees/SSC/").content.decode()


def test_the_secretary_adds_terms_with_their_file_on_a_page() -> None:
    client = signed_in(keeper())
    known = {"committee": body("SSC").pk, "version": "1.0", "from_day": "2020-03-01", "classification": "0"}
    told = {**known, "file": SimpleUploadedFile("T.txt", b"Terms")}
    answer = client.post("/versions-of-terms-of-reference/new/", told)
    assert answer.status_code == 302, answer.content.decode()
    assert StoredFile.objects.get().name == "SSC-terms-of-reference-1.0.txt"
    assert Client().get(answer["Location"]).status_code == 200
    refused = client.post("/versions-of-terms-of-reference/new/", {**known, "version": "2.0", "changed": "All of it."})
    assert refused.status_code == 422
    assert "All of it." in refused.content.decode()
    assert signed_in(someone("A member")).get("/versions-of-terms-of-reference/new/").status_code == 403


def recommendation(**more: Any) -> Recommendation:
    """What the Security Sub-Committee recommended to the Panel."""
    known = {"what": "Set the status.", "day": date(2017, 7, 12), "meeting": "SSC_33_1207", "to_body": body("SECP")}
    made = Recommendation(from_body=body("SSC"), **{**known, **more})
    RECOMMENDATIONS.take("recommend", made, **told())
    return made


def test_a_recommendation_is_followed_or_not_on_a_day_after_it() -> None:
    made = recommendation()
    with pytest.raises(Refused, match="not before it was made"):
        RECOMMENDATIONS.take("follow", made, day="2017-07-11", **told())
    RECOMMENDATIONS.take("follow", made, day="2017-07-14", meeting="SECP_46_1407", **told())
    assert (made.state, made.answered_on, made.answered_at) == ("followed", date(2017, 7, 14), "SECP_46_1407")
    other = recommendation(what="Do another thing.")
    RECOMMENDATIONS.take("decline", other, day="2017-07-14", answer="Not now.", **told())
    assert (other.state, other.answer) == ("not followed", "Not now.")


def test_a_recommendation_is_between_two_bodies_on_a_day_that_has_come() -> None:
    with pytest.raises(Refused, match="recommends to another"):
        recommendation(to_body=body("SSC"))
    with pytest.raises(Refused, match="is recorded once it was made"):
        recommendation(day=date(2020, 3, 3))
    made = Recommendation(from_body=body("SSC"), to_body=body("SECP"), what="X", day=SINCE)
    with pytest.raises(Refused, match="is for others"):
        RECOMMENDATIONS.take("recommend", made, by=someone("A member"), at=NOON, recorded=NOON)


def test_a_body_does_not_stand_above_itself() -> None:
    panel, security = body("SECP"), body("SSC")
    security.parent = panel
    security.save()
    panel.parent = security
    with pytest.raises(ValidationError, match="does not stand above itself"):
        panel.full_clean()


def test_the_page_of_a_body_names_members_to_those_who_may_know_and_says_vacant_to_all() -> None:
    told_of = {"committee": body("SSC")}
    seat("Small Suppliers 1", Constituency.SMALL_SUPPLIERS, "The Member", **told_of)
    seat("Small Suppliers 2", Constituency.SMALL_SUPPLIERS, **told_of)
    public = Client().get("/committees/SSC/").content.decode()
    assert "The Member" not in public
    assert "Held" in public
    assert "Vacant" in public
    assert "/appointments/?committee" not in public
    contact = signed_in(someone("A contact", Role.PARTY_CONTACT, organisation_id=999))
    content = contact.get("/committees/SSC/").content.decode()
    assert "The Member" in content
    assert f"/appointments/?committee={body('SSC').pk}&amp;on=2020-03-02" in content
    assert "Who reads its Amber papers" not in content


def test_the_page_tells_purpose_parent_duties_and_what_is_passed_on() -> None:
    Committee.objects.filter(code="SSC").update(purpose="Keeps the code secure.", parent=body("SECP"))
    duty()
    delegation("SECP", "SSC", date(2017, 8, 1))
    terms("SSC", "1.0", date(2015, 1, 1))
    recommendation(classification=Class.WHITE)
    content = Client().get("/committees/SSC/").content.decode()
    for words in ("Keeps the code secure.", "Parent body", STATUSES, "Delegated by SEC Panel", "Set the status."):
        assert words in content
    panel = Client().get("/committees/SECP/").content.decode()
    assert "Sets the statuses." in panel
    assert "Security Sub-Committee" in panel


def test_the_secretary_sees_who_reads_the_papers_and_by_what() -> None:
    someone("A Reader", audience="SSC")
    content = signed_in(keeper()).get("/committees/SSC/").content.decode()
    assert "A Reader" in content
    assert "Entered by hand" in content
    assert "Its seats against the rulebook" in content


def test_other_rooms_put_their_tables_on_the_page() -> None:
    tell = table(lambda of, person, at: Related("Next meetings", ("Day",), [(f"{of.code} meets",)], ""))
    try:
        assert "SSC meets" in Client().get("/committees/SSC/").content.decode()
    finally:
        TABLES.remove(tell)


def test_whether_a_body_keeps_read_receipts_is_entered_on_its_form() -> None:
    client, of = signed_in(keeper()), body("TAG")
    assert not of.keeps_receipts
    known = {"name": of.name, "short_name": of.short_name, "group": of.group, "position": of.position}
    answer = client.post("/committees/TAG/edit/", {**known, "minutes_class": 2, "keeps_receipts": "on"})
    assert answer.status_code == 302
    assert body("TAG").keeps_receipts
    assert Event.objects.get(name="committee.amend").facts["keeps_receipts"] == {"old": False, "new": True}


def test_duties_delegations_and_recommendations_are_entered_on_pages_and_listed() -> None:
    client = signed_in(keeper())
    known = {"what": STATUSES, "committee": body("SECP").pk, "from_day": "2013-09-23", "source": "A page",
             "mark": "sourced"}  # fmt: skip
    assert client.post("/duties-of-bodies/new/", known).status_code == 302
    passed = {"from_body": body("SECP").pk, "to_body": body("SSC").pk, "what": "Sets them.", "duty": STATUSES,
              "how": "delegated", "from_day": "2017-08-01", "meeting": "SECP_46_1407", "classification": 0}  # fmt: skip
    assert client.post("/delegations-of-authority/new/", passed).status_code == 302
    asked = {"from_body": body("SSC").pk, "to_body": body("SECP").pk, "what": "Set it.", "day": "2017-07-12",
             "classification": 2}  # fmt: skip
    assert client.post("/recommendations/new/", asked).status_code == 302
    public = Client()
    assert STATUSES in public.get("/duties-of-bodies.csv?on=2013-09-23").content.decode()
    assert STATUSES not in public.get("/duties-of-bodies.csv?on=2013-09-22").content.decode()
    assert "Sets them." in public.get("/delegations-of-authority/").content.decode()
    assert "Set it." not in public.get("/recommendations/").content.decode()
    member = signed_in(someone("A member", audience="SSC"))
    assert "Set it." in member.get("/recommendations/").content.decode()
    other = signed_in(someone("Another", audience="OPSG"))
    assert "Set it." not in other.get("/recommendations/").content.decode()
    assert "Has it today" in public.get(Duty.objects.latest("pk").get_absolute_url()).content.decode()
