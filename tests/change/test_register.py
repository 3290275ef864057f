"""The register of all proposals: what its filters find, for whom, and in how many queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from secretariat.change.judging.models import Impact, Interest
from secretariat.change.models import Proposal, label
from secretariat.change.standing.models import URGENT, Adoption, TargetSpell, Urgency
from secretariat.core.lists import LISTS
from secretariat.post.following import follow, page_for
from secretariat.site import urls
from tests.change.factories import LATER, change_person, converted, raised, release

pytestmark = pytest.mark.django_db
assert urls.urlpatterns, "the addresses make the lists known"


def shown(query: str) -> list[str]:
    return [row["reference"] for row in Client().get(f"/api/proposals?{query}").json()["items"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=on%20hold", ["DP091"]),
        ("status=urgent", ["MP079"]),
        ("status=adoption", ["DP092"]),
        ("category=large-supplier", ["MP079"]),
        ("role=is", ["MP079"]),
        ("document=section%20f", ["MP079"]),
        ("interest=SSC", ["MP079"]),
        ("interest=OPSG", []),
        ("release=nov", ["DP091", "MP079"]),
        ("release=nov&stage=refinement", ["MP079"]),
    ],
)
def test_proposals_are_chosen_by_status_what_they_touch_interest_and_release(query: str, expected: list[str]) -> None:
    touched, held, withdrawn = converted("2019-07-12", number=79), raised("2020-02-03", 91), raised("2020-02-03", 92)
    for kind, subject in (("category", "large-supplier"), ("role", "IS"), ("document", "Section F")):
        Impact.objects.create(proposal=touched, kind=kind, subject=subject, recorded=LATER)
    Interest.objects.create(proposal=touched, body="SSC", asked_on=date(2020, 1, 1), recorded=LATER)
    Interest.objects.create(
        proposal=touched, body="OPSG", asked_on=date(2020, 1, 1), until=date(2020, 1, 2), recorded=LATER
    )
    Urgency.objects.create(proposal=touched, statement="Now", state=URGENT)
    november = release("November 2020", "2020-11-05")
    TargetSpell.objects.create(
        proposal=held, release=november, set_by="Panel", from_day=date(2020, 2, 3), recorded=LATER
    )
    Proposal.objects.filter(pk=touched.pk).update(release=november)
    Proposal.objects.filter(pk=held.pk).update(on_hold=True)
    Proposal.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    Adoption.objects.create(
        proposal=withdrawn,
        stage="development",
        withdrawn_on=date(2020, 2, 3),
        recorded=LATER,
        closes_on=date(2099, 1, 1),
    )
    assert shown(query) == expected


def test_an_impact_that_a_person_may_not_read_chooses_nothing_for_them() -> None:
    made = converted("2019-07-12", number=79)
    Impact.objects.create(proposal=made, kind="document", subject="Section G", recorded=LATER, classification=2)
    assert shown("document=Section G") == []
    client = Client()
    client.force_login(change_person(), backend="django.contrib.auth.backends.ModelBackend")
    assert "MP079" in client.get("/proposals/?document=Section+G").content.decode()


FILTERS = (
    "", "stage=open", "status=urgent", "status=adoption", "category=all", "role=IS", "document=Section F",
    "interest=SSC", "release=Nov", "text=change", "era=old&proposer=alder", "page=7",
)  # fmt: skip


def many(first: int, last: int) -> None:
    day = date(2019, 8, 1)
    rows = [
        Proposal(number=n, reference=label(n, "", day, None), title=f"A change {n}", raised_on=day, state="development")
        for n in range(first, last)
    ]
    Proposal.objects.bulk_create(rows)


@pytest.mark.parametrize("query", FILTERS)
def test_the_register_asks_as_many_queries_of_thousands_as_of_hundreds(
    query: str, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    many(1, 300)
    client.get("/proposals/")
    with django_assert_max_num_queries(2):
        client.get(f"/proposals/?{query}")
    many(300, 2500)
    with django_assert_max_num_queries(2):
        assert client.get(f"/proposals/?{query}").status_code == 200


def test_the_register_is_followed_with_every_one_of_its_filters() -> None:
    person = change_person()
    query = "status=urgent&category=large-supplier&role=IS&document=Section+F&interest=SSC&release=Nov&stage=open"
    row = follow("proposals", query, "", person=person, at=LATER, recorded=LATER)
    page = page_for("proposals", row.query, person, LATER)
    assert page is not None
    assert page.chosen().is_valid()
    assert set(page.chosen().data) == {part.split("=")[0] for part in query.split("&")}
    assert set(page.chosen().data) <= set(LISTS["proposals"].filters.base_filters)


def test_the_files_of_the_register_take_the_filters_of_its_page() -> None:
    made = converted("2019-07-12", number=79)
    raised("2020-02-03", 90)
    Impact.objects.create(proposal=made, kind="role", subject="IS", recorded=LATER)
    found = Client().get("/proposals.csv?role=IS").content.decode()
    assert "MP079" in found
    assert "DP090" not in found
