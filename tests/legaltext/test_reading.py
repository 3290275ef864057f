"""Reading the code: contents, a document and a clause on any day, the world of a draft, terms and search."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from secretariat.core.classification import Class
from secretariat.legaltext.models import ClauseText, Document, DocumentVersion
from secretariat.legaltext.reading.finding import asked_words, natural
from secretariat.legaltext.reading.lists import around
from secretariat.legaltext.text import Edit
from tests.legaltext.code_read import (
    AFTER,
    BEFORE,
    BETWEEN,
    CLOCK,
    FIRST,
    LATER,
    SECOND,
    SHORTER,
    TELL,
    TODAY,
    code,
    draft,
    made,
    put,
)
from tests.legaltext.factories import NOON, analyst, section, version
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stands_still(settings: Any) -> None:
    settings.CLOCK = CLOCK


def sent(address: str, client: Client | None = None, status: int = 200) -> str:
    """The page of an address as it is sent."""
    answer = (client or Client()).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def page(address: str, client: Client | None = None, status: int = 200) -> str:
    """The page of an address, its marks resolved."""
    return unescape(sent(address, client, status))


def words(address: str, client: Client | None = None) -> str:
    """What a page says, without its marks."""
    return said(sent(address, client))


def said(whole: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", whole).split()))


def law(address: str, client: Client | None = None) -> str:
    """What the clauses on a page say."""
    return said(sent(address, client).partition('class="split-main law"')[2].partition("<aside")[0])


def on(day: date, clause: str = "", document: str = "section-h") -> str:
    return f"/code/{document}/{day.isoformat()}/" + (f"{clause}/" if clause else "")


# The whole code, and a document


def test_the_contents_show_the_version_of_each_document_in_force_on_the_day() -> None:
    code()
    section("X", title="Transition", position=20)
    assert re.findall(r"version (\d\.\d), from \w+ (\d+ \w+ \d+)", words("/code/")) == [
        ("1.0", "22 Feb 2018"), ("2.0", "27 Jun 2019"),
    ]  # fmt: skip
    assert "Section X Transition no version in force" in words("/code/")
    then = words(f"/code/?on={BETWEEN.isoformat()}")
    assert "version 1.0, from Thu 22 Feb 2018" in then
    assert "version 2.0" not in then


def test_a_document_stands_on_a_day_as_its_versions_left_it() -> None:
    code()
    assert "10 Working Days" in law(on(TODAY))
    assert "H4" not in law(on(TODAY))
    assert "bold & an <old> clause" in law(on(BETWEEN))
    assert "8 Working Days" in law(on(AFTER))
    assert "This document has no text on this day" in law(on(BEFORE))


def test_a_document_without_a_day_leads_to_today_or_to_the_day_typed() -> None:
    code()
    assert Client().get("/code/section-h/")["Location"] == on(TODAY)
    assert Client().get("/code/section-h/?on=24/12/2018")["Location"] == on(BETWEEN)
    wrong = words("/code/section-h/?on=soon")
    assert "Shown is the text of Thu 5 Mar 2020" in wrong


@pytest.mark.parametrize(
    "address", ["/code/section-q/", "/code/section-h/2020-02-30/", "/code/section-h/2020-03-05/H9/"]
)
def test_what_is_not_there_is_not_found(address: str) -> None:
    code()
    page(address, status=404)


def test_the_text_of_a_day_as_known_then_stays_when_a_version_is_recorded_later() -> None:
    services = code()
    then = f"{on(TODAY)}?known=2020-03-02T12:00:00Z"
    before = law(then)
    late = DocumentVersion.objects.create(
        document=services, number="2.1", effective_from=date(2020, 1, 1), recorded=NOON.replace(day=4)
    )
    ClauseText.of(late, Edit(TELL, SHORTER)).save()
    assert law(then) == before
    assert "2.1" not in words(then)
    assert "8 Working Days" in law(on(TODAY))
    assert "by what was known on Mon 2 Mar 2020, 12:00" in words(then)


def test_user_words_are_never_marks_and_terms_and_references_are_links() -> None:
    code()
    whole = sent(on(BETWEEN))
    assert "<strong>bold</strong> &amp; an &lt;old&gt; clause" in whole
    assert f"<a class='reference' href='{on(BETWEEN)}H3.2(a)/'>Section H3.2(a)</a>" in unescape(whole)
    assert f"<a class='term' href='{on(BETWEEN, 'outage', 'section-a')}'>Outage</a>" in whole
    assert "<th scope='col'>Who</th>" in whole


def test_what_may_change_a_clause_is_marked_on_it() -> None:
    draft(code())
    assert words(on(TODAY)).count("2 changes to come") == 1
    assert "1 change to come" in words(on(LATER))


# One clause


def test_a_clause_is_read_by_its_number_or_its_identity() -> None:
    code()
    assert law(on(TODAY, "H3.2(a)")) == law(on(TODAY, "item"))
    assert "Section H3.2(a)" in words(on(TODAY, "item"))
    assert "keep a log" in law(on(TODAY, "H3.2"))


def test_a_clause_tells_the_terms_it_uses_and_what_it_refers_to_and_who_refers_to_it() -> None:
    code()
    told = words(on(TODAY, "H3.1"))
    beside = told[told.index("Terms used") :]
    assert "Outage means that the DCC does not answer." in beside
    assert "Section H3.2(a) keep a log; and" in beside
    assert "Section H3.1 Telling of outages" in words(on(TODAY, "H3.2(a)")).partition("Referred to by")[2]


def test_a_reference_that_dangles_is_told_beside_the_clause() -> None:
    services = code()
    version(services, "2.5", date(2020, 1, 1), put(made("x", "z", "See Section H9.9 and Schedule 99.", number="H9")))
    beside = words(on(TODAY, "H9")).partition("Refers to")[2]
    assert beside.count("It is not there on this day.") == 2


def test_a_clause_tells_what_became_of_it_newest_first_with_causes() -> None:
    code()
    past = words(on(TODAY, "H3.1")).partition("History")[2].partition("Cite")[0]
    assert re.findall(r"(\w+(?: \w+)?) by version (\d\.\d)", past) == [("Changed", "3.0"), ("Put in", "1.0")]
    assert "Modification" in past
    assert "Taken out by version 2.0" in words(on(BETWEEN, "H4"))


def test_a_clause_tells_what_is_about_to_change_it_and_leads_to_that_world() -> None:
    pending = draft(code())
    told = page(on(TODAY, "H3.1"))
    coming = said(told.partition('id="coming"')[2])
    assert "More time to tell (pending) would change it" in coming
    assert "Section H version 3.0 changes it from Thu 25 Jun 2020" in coming
    assert f'href="?with={pending.pk}"' in told


def test_a_clause_is_cited_with_an_address_of_what_is_known_now() -> None:
    code()
    told = page(on(TODAY, "H3.1"))
    assert "Section H3.1, version 2.0, as at 5 March 2020" in told
    assert f"http://testserver{on(TODAY, 'H3.1')}?known=2020-03-05T12:00:00Z" in told


def test_the_clauses_before_and_after_are_at_hand() -> None:
    code()
    told = page(on(TODAY, "H3.1"))
    assert re.search(rf'rel="prev" href="{on(TODAY, "H3")}"', told)
    assert re.search(rf'rel="next" href="{on(TODAY, "H3.2")}"', told)
    assert 'rel="prev"' not in page(on(TODAY, "H3"))


def test_what_a_clause_binds_a_role_to_is_told_on_its_page() -> None:
    code()
    told = words(on(TODAY, "H3.1")).partition("Who must do what")[2]
    assert "DCC must notify the Panel of each Outage" in told
    assert "within 10 Working Days after the Outage" in told


# Worlds


def test_a_text_is_read_as_a_draft_would_make_it_and_says_so() -> None:
    pending = draft(code())
    there = f"{on(TODAY)}?with={pending.pk}"
    assert "12 Working Days" in law(there)
    assert "if “More time to tell” is approved" in words(there)
    assert "12 Working Days" in law(f"{on(TODAY, 'H3.1')}?with={pending.pk}")
    assert f"/H3.2/?with={pending.pk}" in page(there)


def test_a_draft_that_does_not_fit_the_day_is_said_and_left_out() -> None:
    pending = draft(code())
    there = f"{on(AFTER)}?with={pending.pk}"
    assert "does not fit the text of this day" in words(there)
    assert "8 Working Days" in law(there)


def test_a_draft_is_read_by_whom_it_is_for_only() -> None:
    hidden = draft(code(), classification=Class.AMBER, audience="SECP", title="A secret thing")
    page(f"{on(TODAY)}?with={hidden.pk}", status=404)
    assert "secret" not in page(on(TODAY)) + page(on(TODAY, "H3.1"))
    assert "A secret thing" in page(on(TODAY), signed_in(analyst()))


def test_a_document_that_rests_on_a_version_of_a_higher_class_is_not_shown_in_part() -> None:
    services = code()
    DocumentVersion.objects.filter(number="2.0").update(classification=Class.AMBER, audience="SECP")
    assert "no text on this day" in words(on(TODAY))
    assert "10 Working Days" in law(on(BETWEEN))
    assert "10 Working Days" in law(on(TODAY), signed_in(analyst()))
    Document.objects.filter(pk=services.pk).update(classification=Class.AMBER)
    page(on(BETWEEN), status=404)


# Terms and search


def test_defined_terms_stand_in_the_order_of_the_alphabet_as_on_the_day() -> None:
    code()
    told = words("/code/definitions/")
    assert re.findall(r"(DCC|Outage|Panel|User|Working Day) Section A", told) == [
        "DCC", "Outage", "Panel", "User", "Working Day",
    ]  # fmt: skip
    assert "1 defined term containing “work”" in words("/code/definitions/?q=work")
    assert "No term is defined like that" in words(f"/code/definitions/?on={BEFORE.isoformat()}")


def test_search_finds_all_words_on_the_day_and_then_what_only_other_versions_say() -> None:
    code()
    told = page("/code/search/?q=outage+8")
    now, _, other = told.partition("Only in other versions")
    assert "0 clauses on Thu 5 Mar 2020, and 1 only in other versions" in now
    assert f"{on(LATER)}tell/" in other
    assert "version 3.0" in other
    assert "<mark>Outage</mark>" in other
    found = sent("/code/search/?q=“old>+clause”&on=2018-12-24")
    assert "<mark>old&gt; clause</mark>" in found
    assert f"{on(BETWEEN)}gone/" in found


def test_search_says_what_to_type_and_when_nothing_is_found() -> None:
    code()
    assert "Type two letters or more" in words("/code/search/")
    assert "No clause of any version says so" in words("/code/search/?q=zebra")


def test_what_has_no_number_is_found_by_what_holds_it() -> None:
    services = code()
    held = made("para", "z", "A zebra, as Section H3.1 says.", kind="paragraph", parent="list")
    version(services, "2.5", date(2020, 1, 1), put(held))
    assert "Paragraph in Section H3.2" in words("/code/search/?q=zebra")
    assert "Paragraph in Section H3.2" in words(on(TODAY, "H3.1")).partition("Referred to by")[2]
    assert "Steps in Section H" in words("/code/search/?q=step")


def test_words_are_taken_apart_and_phrases_are_kept() -> None:
    assert asked_words('one "two three" “four five” six') == ("one", "two three", "four five", "six")
    assert sorted(["H3.10", "H3.9", "H3"], key=natural) == ["H3", "H3.9", "H3.10"]


def test_a_result_shows_the_words_around_what_was_sought() -> None:
    body = "word " * 100 + "zebra" + " word" * 100
    assert around(body, ("zebra",)).startswith("… word")
    assert "zebra" in around(body, ("zebra",))
    assert around("short **and** plain", ("plain",)) == "short and plain"


# How much is asked


def test_a_clause_opens_with_a_number_of_queries_that_does_not_grow_with_the_code(
    django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    services = code()
    page(on(TODAY, "H3.1"))
    with django_assert_max_num_queries(30) as few:
        page(on(TODAY, "H3.1"))
    for number in range(4, 30):
        version(
            services, f"{number}.0", SECOND, put(made(f"n{number}", f"q{number}", "As the DCC.", number=f"H{number}"))
        )
    with django_assert_num_queries(len(few)):
        page(on(TODAY, "H3.1"))
    assert FIRST < SECOND
