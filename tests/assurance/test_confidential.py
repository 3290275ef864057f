"""What was found is for those who are named: nobody else meets a word of it, a file, a number, or that there is any."""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from secretariat.assurance.observations.evidence import OPENED, hand_in, openings
from secretariat.assurance.observations.exchange import EXPORTED, correct, given_out, take_in
from secretariat.assurance.observations.models import RED, Evidence, Observation, Purpose
from secretariat.assurance.observations.naming import end_naming, name_reader, readers_of
from secretariat.assurance.observations.procedure import OBSERVATION
from secretariat.core import sealed
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from tests.assurance.found import (
    AT,
    BYTES,
    FOUND,
    SEEN,
    Case,
    answered,
    assessment,
    case,
    client,
    completed,
    draft,
    person,
    take,
    told,
)
from tests.kept import everything

SECRETS = (FOUND, SEEN, "heron-7", "Close them.", "They are closed.", "Seen on the host.")


@pytest.fixture
def found(db: None, settings: Any, tmp_path: Path) -> Case:
    """A case with a draft, its files in a folder of their own; the clock stands still."""
    settings.CLOCK, settings.FILES_ROOT = AT.isoformat(), tmp_path / "files"
    settings.SEALING_KEYS = str(tmp_path / "sealing_keys")
    return case()


def reads(who: Person | None, model: Any) -> int:
    """How many records of a model a person may read."""
    return int(model.objects.visible_to(who, AT).count())


def test_the_party_reads_what_is_shared_and_nothing_before(found: Case) -> None:
    assert [reads(found.contact, model) for model in RED] == [0, 0, 0]
    take("share", found.draft, found.assessor)
    assert [reads(found.contact, model) for model in RED] == [1, 0, 1]
    hidden = draft(found.assessment, found.assessor, "Another.")
    hand_in(found.assessment, "list.csv", BYTES, Purpose.LIST, **told(found.assessor))
    assert [reads(found.contact, model) for model in RED] == [1, 0, 1]
    assert [reads(found.analyst, model) for model in RED] == [2, 0, 3 - 1]
    take("withdraw", hidden, found.assessor, why="Explained.")
    assert [reads(found.contact, model) for model in RED] == [1, 0, 1]
    hand_in(found.assessment, "report.csv", BYTES, Purpose.REPORT, **told(found.assessor))
    assert reads(found.contact, Evidence) == 2


def test_who_is_named_later_reads_what_was_shared_before(found: Case) -> None:
    completed(found)
    draft(found.assessment, found.assessor, "Another.")
    name_reader(found.assessment, found.member, **told(found.analyst))
    assert [reads(found.member, model) for model in RED] == [1, 2, 2]


def test_who_is_no_longer_named_reads_nothing_at_once(found: Case) -> None:
    answered(found)
    (reader,) = [one for one in readers_of(found.assessment) if one.person == found.contact]
    end_naming(reader, **told(found.analyst))
    assert [reads(found.contact, model) for model in RED] == [0, 0, 0]
    with pytest.raises(Refused, match="is for others"):
        take("complete", found.draft, found.contact, what="Again.")
    assert Event.objects.visible_to(found.contact, AT).filter(kind="assurance.observation").count() == 0


def others(found: Case) -> list[Person]:
    """The member who is not named, another party, the analyst without the name, the lead, a colleague of the party."""
    return [
        found.member,
        person(Role.PARTY_CONTACT, organisation_id=assessment("Birch Energy Limited").party_id),
        person(Role.SECRETARIAT, Team.OPERATIONS),
        person(Role.PARTY_CONTACT, organisation_id=found.assessment.party_id),
    ]


def test_who_is_not_named_reads_and_does_nothing(found: Case) -> None:
    one = completed(found)
    for who in others(found):
        assert [reads(who, model) for model in RED] == [0, 0, 0]
        assert not list(OBSERVATION.open_steps(one, who, AT))


def test_who_is_not_named_meets_the_same_as_if_nothing_had_been_found(found: Case) -> None:
    """The operations lead, who is cleared for most, meets no word and no count: all answers are those without it."""
    completed(found)
    lead, case, one = client(others(found)[2]), f"/assessments/{found.assessment.pk}", found.draft.pk
    hidden = (
        f"/observations/{one}/", f"/evidence-files/{found.file.pk}/", f"{case}/observations/",
        f"{case}/observations.csv", f"/steps/assurance.observation/{one}/verify/",
    )  # fmt: skip
    open_ = (
        "/observations/", "/api/observations", "/evidence-files.csv", f"{case}/", "/search/?q=firewall", "/journal.csv",
    )  # fmt: skip
    assert {met(lead, path)[0] for path in hidden} == {404}
    assert met(lead, f"/evidence-files/{found.file.pk}/open/", post=True)[0] == 404
    before = [met(lead, path) for path in open_]
    assert {status for status, _ in before} == {200}
    assert not [secret for secret in SECRETS for _, body in before if secret.encode() in body]
    for model in reversed(RED):
        model.objects.all().delete()
    assert [met(lead, path) for path in open_] == before


def met(one: Any, path: str, *, post: bool = False) -> tuple[int, bytes]:
    """What a path answers: the status and the body, but for what differs from one asking to the next."""
    answer = one.post(path) if post else one.get(path)
    lines = [line for line in answer.content.splitlines() if b"csrf" not in line and b"nonce" not in line]
    return answer.status_code, b"\n".join(lines)


def test_who_is_named_meets_it(found: Case) -> None:
    completed(found)
    reader = client(found.contact)
    page = reader.get(f"/observations/{found.draft.pk}/").content.decode()
    assert all(text in page for text in (FOUND, SEEN, "Close them.", "They are closed."))
    case_page = reader.get(f"/assessments/{found.assessment.pk}/observations/").content.decode()
    assert "Observation 1" in case_page
    assert "Record an observation" not in case_page
    listed = json.loads(reader.get("/api/observations").content)
    assert listed["count"] == 1
    assert FOUND not in json.dumps(listed)


def test_neither_database_nor_files_nor_journal_hold_a_word_of_it(found: Case) -> None:
    completed(found)
    take("verify", found.draft, found.assessor, how="Seen on the host.")
    kept = everything()
    assert "assurance_observation" in kept
    assert [secret for secret in SECRETS if secret in kept] == []


def test_mail_says_that_there_is_something_and_not_what(found: Case) -> None:
    answered(found)
    gather(AT, AT)
    bodies = [f"{one.subject} {one.body}" for one in Message.objects.filter(body__contains="Sign in")]
    assert len(bodies) >= 2
    assert [secret for secret in SECRETS for body in bodies if secret in body] == []


def test_no_identifier_counts(found: Case) -> None:
    rows = [draft(found.assessment, found.assessor, f"No. {number}") for number in range(4)]
    assert not {after.pk - before.pk for before, after in itertools.pairwise(rows)} & {1}
    assert all(0 <= row.pk < 2**53 for row in rows)


def test_what_was_found_is_never_of_a_lower_class(found: Case) -> None:
    found.draft.classification = Class.AMBER
    with pytest.raises(ValidationError, match="is Red"):
        found.draft.full_clean()


def test_a_sealed_text_cannot_be_searched() -> None:
    for asked in ({"text": "a"}, {"text__icontains": "a"}, {"text__in": ["a"]}):
        with pytest.raises(FieldError, match="cannot be searched"):
            Observation.objects.filter(**asked)


def test_every_opening_of_a_file_is_journalled_by_reference(found: Case) -> None:
    answer = client(found.assessor).post(f"/evidence-files/{found.file.pk}/open/")
    assert (answer.content, answer["Cache-Control"]) == (BYTES, "no-store, private")
    (event,) = openings(found.file)
    assert (event.by, event.at, event.facts, event.classification) == (found.assessor, AT, {}, Class.RED)
    assert client(found.assessor).get(f"/evidence-files/{found.file.pk}/open/").status_code == 405


def test_a_file_that_does_not_open_says_why_and_no_opening_is_told(found: Case) -> None:
    place = Path(settings.FILES_ROOT) / "sealed" / found.file.place[:2] / found.file.place
    place.write_bytes(place.read_bytes()[:-1] + b"?")
    page = client(found.assessor).post(f"/evidence-files/{found.file.pk}/open/", follow=True)
    assert "It was changed after it was sealed" in page.content.decode()
    assert not Event.objects.filter(name=OPENED).exists()


def test_a_page_whose_key_is_missing_says_which_and_the_page_of_the_case_opens(found: Case, tmp_path: Path) -> None:
    (gone,) = sealed.key_names()
    (tmp_path / "sealing_keys").unlink()
    sealed.add_key()
    reader = client(found.assessor)
    for path in (f"/observations/{found.draft.pk}/", f"/assessments/{found.assessment.pk}/observations.csv"):
        answer = reader.get(path)
        assert (answer.status_code, gone in answer.content.decode()) == (503, True)
    page = reader.get(f"/assessments/{found.assessment.pk}/").content.decode()
    assert "Draft observation" in page


def test_reports_and_what_was_found_are_the_assessors_to_hand_in(found: Case) -> None:
    with pytest.raises(Refused, match="the assessor's to hand in"):
        hand_in(found.assessment, "a.csv", BYTES, Purpose.REPORT, **told(found.contact))
    with pytest.raises(Refused, match="who is named"):
        hand_in(found.assessment, "a.csv", BYTES, Purpose.DONE, **told(found.member))
    with pytest.raises(ValidationError, match="not taken"):
        hand_in(found.assessment, "a.exe", BYTES, Purpose.REPORT, **told(found.assessor))
    posted = {"purpose": "done", "file": SimpleUploadedFile("mine.csv", b"a\n1\n")}
    client(found.contact).post(f"/assessments/{found.assessment.pk}/evidence/", posted)
    assert Evidence.objects.get(purpose="done").read() == b"a\n1\n"


LIST = "obligation,severity,found,evidence\ng3.5,High,One thing,Seen\nG6.1(A),low,Another,\n"


def test_an_assessors_list_is_taken_in_whole_and_kept_sealed(found: Case) -> None:
    posted = {"file": SimpleUploadedFile("list.csv", LIST.encode())}
    client(found.assessor).post(f"/assessments/{found.assessment.pk}/observations/list/", posted)
    rows = Observation.objects.filter(assessment=found.assessment).exclude(pk=found.draft.pk)
    assert {(one.obligation, one.severity, one.text) for one in rows} == {
        ("G3.5", "high", "One thing"), ("G6.1(a)", "low", "Another")
    }  # fmt: skip
    assert Evidence.objects.get(purpose="list").read() == LIST.encode()
    again = take_in(found.assessment, "list.csv", LIST.encode(), **told(found.assessor))
    assert (again.repeated, again.accepted) == ([2, 3], [])


def test_a_list_with_a_fault_is_told_by_row_and_column_and_nothing_is_kept(found: Case) -> None:
    text = f"{LIST}G9.1,high,Third,\nG3.1,grave,Fourth,\nG3.5,low,One thing,\n"
    with pytest.raises(Refused) as refusal:
        take_in(found.assessment, "list.csv", text.encode(), **told(found.assessor))
    assert [line.partition(":")[0] for line in refusal.value.messages] == [
        "row 4, obligation", "row 5, severity", "row 6, found"
    ]  # fmt: skip
    assert Observation.objects.count() == 1
    with pytest.raises(Refused, match="taken in by the assessor"):
        take_in(found.assessment, "list.csv", LIST.encode(), **told(found.contact))


def test_a_list_is_given_out_to_who_is_named_and_each_observation_says_so(found: Case) -> None:
    take("share", found.draft, found.assessor)
    answer = client(found.contact).get(f"/assessments/{found.assessment.pk}/observations.csv")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["number"], row["found"], row["evidence"]) == ("1", FOUND, SEEN)
    book = openpyxl.load_workbook(io.BytesIO(given_out([found.draft], "xlsx", **told(found.assessor))))
    assert book.worksheets[0]["D2"].value == FOUND
    assert [one.by for one in Event.objects.filter(name=EXPORTED)] == [found.contact, found.assessor]


def test_a_draft_is_corrected_and_the_journal_says_which_fields_only(found: Case) -> None:
    correct(found.draft, {"text": "Some let everything in.", "severity": "high"}, **told(found.assessor))
    event = Event.objects.get(name="observation.correct")
    assert event.facts == {"fields": ["text"]}
    assert Observation.objects.get(pk=found.draft.pk).text == "Some let everything in."
    correct(found.draft, {"severity": "high"}, **told(found.assessor))
    assert Event.objects.filter(name="observation.correct").count() == 1
    take("share", found.draft, found.assessor)
    with pytest.raises(Refused, match="Only a draft"):
        correct(found.draft, {"text": "Other."}, **told(found.assessor))


def test_readers_are_named_and_ended_on_a_page(found: Case) -> None:
    where = f"/assessments/{found.assessment.pk}/readers/"
    page = client(found.analyst)
    assert page.post(where, {"email": "nobody@example.org"}).status_code == 422
    assert page.post(where, {"email": found.member.email.upper()}).status_code == 302
    assert client(found.member).get(f"/assessments/{found.assessment.pk}/observations/").status_code == 200
    (reader,) = [one for one in readers_of(found.assessment) if one.person == found.member]
    page.post(f"/named-readers/{reader.pk}/end/")
    assert client(found.member).get(f"/assessments/{found.assessment.pk}/observations/").status_code == 404


def test_resealing_keeps_every_text_and_file(found: Case) -> None:
    before = sealed.key_names()
    new = sealed.add_key()
    assert sealed.reseal() >= 4
    assert set(sealed.keys_in_use()) == {new}
    assert (Observation.objects.get().text, Evidence.objects.get().read()) == (FOUND, BYTES)
    assert before
