"""Answers taken by telephone: entered one by one or from a file, who entered them kept, and nobody's where promised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.files import StoredFile
from secretariat.core.journal import Event, history
from secretariat.core.load import Prepared
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.engagement.surveys.models import Invitee, Sheet, Survey
from secretariat.engagement.surveys.procedure import SURVEYS
from secretariat.engagement.surveys.telephone import load_answers, take_down
from tests.consultations.factories import contact, london, party, person, told
from tests.engagement.gatherings import AFTER, BEFORE, CLOSES, asking, organiser, survey

pytestmark = pytest.mark.django_db
NOON = "2020-02-12"


@pytest.fixture(autouse=True)
def keys_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT, settings.SEALING_KEYS = tmp_path / "files", tmp_path / "keys"
    settings.CLOCK = "2020-02-12T12:00:00+00:00"


def asked(of: Survey, name: str) -> Invitee:
    return Invitee.objects.get(survey=of, person__name=name)


def loaded(of: Survey, *lines: str, who: Iterable[str] = (), when: str = NOON) -> Prepared:
    content = "\n".join(lines).encode()
    return load_answers(of, "calls.csv", content, who, **told(organiser(), when))


def address(number: int) -> str:
    return f"member{number}@example.org"


def test_what_is_said_by_telephone_is_entered_and_who_entered_it_is_kept() -> None:
    made = asking(anonymous=False)
    take_down(asked(made, "Member1"), {"1": "4"}, **told(organiser(), NOON))
    assert Sheet.objects.get().invitee == asked(made, "Member1")
    assert Event.objects.get(name="invitee.answer").by == organiser()
    last = history(made).last()
    assert (last.name, last.by, last.facts) == (  # type: ignore[union-attr]
        "survey.enter_answers", organiser(), {"answers": 1, "taken": "by telephone"},
    )  # fmt: skip
    with pytest.raises(Refused, match="answered already"):
        take_down(asked(made, "Member1"), {"1": "5"}, **told(organiser(), NOON))


def test_an_anonymous_answer_by_telephone_is_nobodys() -> None:
    made = asking()
    take_down(asked(made, "Member1"), {"1": "4", "8": "Words"}, **told(organiser(), NOON))
    sheet = Sheet.objects.get()
    assert (sheet.anonymous, sheet.invitee, sheet.category) == (True, None, "")
    assert asked(made, "Member1").has_answered
    assert not Event.objects.filter(facts__icontains="Words").exists()
    assert not Event.objects.filter(facts__icontains="Member1").exists()


def test_an_answer_counts_by_when_it_was_said_and_can_be_entered_after_the_closing_until_it_is_published() -> None:
    made = asking(5)
    SURVEYS.take("close", made, **told(organiser(), AFTER))
    late = {"by": organiser(), "recorded": london("2020-03-09")}
    with pytest.raises(Refused, match="Tell when it was said"):
        take_down(asked(made, "Member1"), {"1": "4"}, at=london(AFTER), **late)
    with pytest.raises(Refused, match="after the survey opened"):
        take_down(asked(made, "Member1"), {"1": "4"}, at=london("2020-02-10 09:59"), **late)
    for number in range(1, 6):
        take_down(asked(made, f"Member{number}"), {"1": "4"}, at=london(CLOSES), **late)
    SURVEYS.take("publish", made, commentary="", **told(organiser(), "2020-03-09"))
    with pytest.raises(Refused, match="until its results are published"):
        take_down(asked(made, "Member5"), {"1": "4"}, at=london(CLOSES), **late)


def test_a_file_with_names_is_loaded_whole_and_loading_it_again_changes_nothing() -> None:
    made = asking(anonymous=False)
    lines = ["who,q1,q8", f"{address(1)},4,More time", f"{address(2).upper()},5,"]
    assert loaded(made, *lines).sentence == "2 accepted, 0 already there, 0 refused."
    events = Event.objects.count()
    assert loaded(made, *lines, f"{address(3)},1,").sentence == "1 accepted, 2 already there, 0 refused."
    assert sorted((one.invitee.person.name, one.answers["1"]) for one in Sheet.objects.all()) == [
        ("Member1", "4"), ("Member2", "5"), ("Member3", "1"),
    ]  # fmt: skip
    assert Event.objects.count() == events + 2


def test_of_a_file_with_a_row_that_cannot_be_taken_none_is_and_every_such_row_is_told() -> None:
    made = asking(anonymous=False)
    made.questions.filter(number=2).update(required=True)
    take_down(asked(made, "Member4"), {"1": "4", "2": "4"}, **told(organiser(), NOON))
    with pytest.raises(Refused) as refusal:
        loaded(
            made, "who,q1,q2", f"{address(1)},4,4", f"{address(1)},4,4", f"{address(2)},6,4", f"{address(3)},4,",
            "stranger@example.org,4,4", f"{address(4)},5,5", ",4,4",
        )  # fmt: skip
    assert [text.split(":")[0] for text in refusal.value.messages] == [
        "row 3, who", "row 4, q1", "row 5, q2", "row 6, who", "row 7, who", "row 8, who",
    ]  # fmt: skip
    assert "is not one of 1, 2, 3, 4, 5" in refusal.value.messages[1]
    assert Sheet.objects.count() == 1


def test_a_file_of_an_anonymous_survey_names_nobody_and_is_not_kept() -> None:
    made = asking()
    with pytest.raises(Refused, match="unknown columns: who"):
        loaded(made, "who,q1", f"{address(1)},4", who=[address(1)])
    loaded(made, "q1,q8", "4,Words", "5,", who=["", address(2), address(1).upper(), address(2)])
    assert {(one.invitee, one.answers["1"]) for one in Sheet.objects.all()} == {(None, "4"), (None, "5")}
    assert list(made.invitees.filter(has_answered=True).values_list("person__name", flat=True)) == [
        "Member1",
        "Member2",
    ]
    assert not StoredFile.objects.exists()
    assert not Event.objects.filter(facts__icontains="Words").exists()


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ([1], "2 rows that can be taken, and 1 people"),
        ([1, 2, 3], "and 3 people are named"),
        ([1, 9], "member9@example.org is not asked"),
        ([1, 4], "member4@example.org has answered already"),
    ],
)
def test_as_many_are_named_as_gave_the_answers_of_an_anonymous_file_and_only_who_can(who: list[int], why: str) -> None:
    made = asking()
    take_down(asked(made, "Member4"), {"1": "4"}, **told(organiser(), NOON))
    with pytest.raises(Refused, match=why):
        loaded(made, "q1", "4", "5", who=[address(one) for one in who])
    assert Sheet.objects.count() == made.invitees.filter(has_answered=True).count() == 1


def test_the_party_categories_of_an_anonymous_file_are_those_of_the_people_named() -> None:
    for number in range(1, 6):
        contact(f"Small{number}", party(f"Small {number} Limited"))
        contact(f"Large{number}", party(f"Large {number} Limited", "large-supplier"))
    made = survey(body="", invited=["small-supplier", "large-supplier"], by_category=True)
    SURVEYS.take("open", made, **told(organiser(), BEFORE))
    lines = ("category,q1", "Small Supplier,4", "large supplier,5")
    with pytest.raises(Refused, match="are not those of the people named"):
        loaded(made, *lines, who=["small1@example.org", "small2@example.org"])
    loaded(made, *lines, who=["large1@example.org", "small2@example.org"])
    assert {(one.category, one.answers["1"]) for one in Sheet.objects.all()} == {
        ("small-supplier", "4"),
        ("large-supplier", "5"),
    }
    with pytest.raises(Refused, match="is not one of"):
        loaded(made, "category,q1", "Gardeners,4", who=["small1@example.org"])


def test_who_keeps_the_survey_enters_answers_by_pages_and_nobody_else(client: Client) -> None:
    made = asking()
    pages = {name: f"/surveys/{made.pk}/{name}/" for name in ("telephone", "answers")}
    client.force_login(person("Stranger"))
    assert {client.get(page).status_code for page in pages.values()} == {403}
    client.force_login(organiser())
    shown = client.get(pages["telephone"]).content.decode()
    assert "Your answers are anonymous" in shown
    row = asked(made, "Member1")
    assert client.post(pages["telephone"], {"who": row.pk, "q1": "4"}).status_code == 302
    again = client.post(pages["telephone"], {"who": row.pk, "q1": "4"})
    assert (again.status_code, Sheet.objects.count()) == (422, 1)
    sent = {"file": SimpleUploadedFile("calls.csv", b"q1\n5\n9\n"), "who": address(2)}
    refused = client.post(pages["answers"], sent)
    assert refused.status_code == 422
    assert "row 3, q1" in refused.content.decode()
    assert address(2) in refused.content.decode()
    sent = {"file": SimpleUploadedFile("calls.csv", b"q1\n5\n"), "who": address(2)}
    assert client.post(pages["answers"], sent).status_code == 302
    assert Sheet.objects.count() == 2
    assert "by Organiser" in client.get(f"/surveys/{made.pk}/").content.decode()


def test_a_survey_that_is_prepared_takes_no_answers_by_telephone(client: Client) -> None:
    made = survey()
    client.force_login(organiser())
    assert client.get(f"/surveys/{made.pk}/telephone/").status_code == 404


def test_what_is_typed_while_the_survey_closes_is_kept_on_the_page(client: Client, settings: Any) -> None:
    made = asking()
    client.force_login(Person.objects.get(name="Member1"))
    page = f"/surveys/{made.pk}/answer/"
    assert client.get(page).status_code == 200
    settings.CLOCK = "2020-03-06T17:00:01+00:00"
    late = client.post(page, {"q1": "4", "q8": "A long thought of mine"})
    assert late.status_code == 422
    assert "does not take answers now" in late.content.decode()
    assert "A long thought of mine" in late.content.decode()
    assert not Sheet.objects.exists()
    settings.CLOCK = "2020-03-06T17:00:00+00:00"
    assert client.post(page, {"q1": "4"}).status_code == 302
