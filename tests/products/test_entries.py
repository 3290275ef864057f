"""Entries of the Central Products List: from a submission to the removal, and what is kept of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from secretariat.core.classification import Class
from secretariat.core.journal import Event, Told
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import LONDON
from secretariat.post.due import take_due
from secretariat.products.certificates.actions import renew
from secretariat.products.entries import actions, sheets
from secretariat.products.entries.models import EntryVersion, Evidence, Submission
from secretariat.products.entries.procedure import CPL_ENTRY
from secretariat.products.models import Certificate, DeviceModel, Specification
from tests.products.factories import NOW, TYPED, assured, person

pytestmark = pytest.mark.django_db


def told(by: Person | None, at: datetime = NOW) -> Told:
    return {"by": by, "at": at, "recorded": at}


def maker() -> Person:
    return Person.objects.filter(name="Maker").first() or Person.objects.create_user("maker@example.org", "Maker")


def technical() -> Person:
    return Person.objects.filter(email__startswith="secretariat.technical").first() or person()


def sent(by: Person | None = None, /, **changes: str) -> Submission:
    """One device model, sent in by a maker."""
    return actions.submit(Submission(submitter="Larch Meters"), [(1, TYPED | changes)], **told(by or maker()))


def submitted(**changes: str) -> DeviceModel:
    entry = sent(**changes).rows.get().entry
    assert entry is not None
    return entry


def listed(**changes: str) -> DeviceModel:
    """An entry that was checked and accepted."""
    entry = submitted(**changes)
    for step in ("check", "accept"):
        CPL_ENTRY.take(step, entry, **told(technical()))
    return entry


def test_a_submission_that_nothing_stops_is_an_entry_for_its_submitter_to_read() -> None:
    assured()
    entry = submitted()
    assert (entry.state, entry.classification, entry.submitted_on) == ("submitted", Class.AMBER, date(2020, 3, 2))
    assert sorted(one.number for one in entry.certificates.all()) == ["C1", "D1", "Z1"]
    assert [DeviceModel.objects.visible_to(who, NOW).count() for who in (maker(), technical(), None)] == [1, 1, 0]
    stranger = Person.objects.create_user("stranger@example.org", "Stranger")
    assert not DeviceModel.objects.visible_to(stranger, NOW).exists()
    assert not Submission.objects.visible_to(stranger, NOW).exists()
    assert Submission.objects.visible_to(maker(), NOW).count() == 1


def test_a_row_that_is_stopped_is_kept_as_typed_and_put_right_later() -> None:
    assured()
    good = TYPED | {"firmware": "01020310", "image_hash": "cd" * 32}
    submission = actions.submit(
        Submission(submitter="Larch Meters"),
        [(2, TYPED | {"image_hash": "zz", "model": ""}), (3, good)],
        **told(maker()),
    )
    first, second = submission.rows.all()
    assert (first.stopped, first.entry, second.stopped) == (True, None, False)
    assert first.typed["image_hash"] == "zz"
    assert {one["column"] for one in first.findings} == {"image_hash", "model"}
    actions.resubmit(first, TYPED | {"model": ""}, **told(maker()))
    assert first.stopped
    actions.resubmit(first, TYPED, **told(maker()))
    assert first.entry is not None
    with pytest.raises(Refused, match="an entry already"):
        actions.resubmit(first, TYPED, **told(maker()))


def test_an_entry_id_is_never_given_twice() -> None:
    assured()
    first = listed()
    CPL_ENTRY.take("set_removal", first, ground="request", day="2020-03-03", reason="Asked", **told(technical()))
    CPL_ENTRY.take("remove", first, **told(technical(), NOW + timedelta(days=1)))
    assert int(submitted(firmware="01020310").entry_id) == int(first.entry_id) + 1


def test_nobody_submits_nothing() -> None:
    assured()
    with pytest.raises(Refused, match="Sign in"):
        actions.submit(Submission(submitter="X"), [(1, TYPED)], **told(None))
    with pytest.raises(Refused, match="no row"):
        actions.submit(Submission(submitter="X"), [], **told(maker()))
    assert not Submission.objects.exists()


def test_the_same_model_twice_in_a_file_becomes_one_entry() -> None:
    assured()
    submission = actions.submit(Submission(submitter="X"), [(2, TYPED), (3, TYPED)], **told(maker()))
    assert [row.stopped for row in submission.rows.all()] == [False, True]
    assert "being checked already" in str(submission.rows.get(number=3).findings)


def test_smets1_entries_come_from_the_dcc_only() -> None:
    assured()
    smets1 = {"origin": "SMETS1", "technical_specification": "SMETS1", "gbcs_version": ""}
    row = sent(**smets1).rows.get()
    assert row.stopped
    assert "ask the DCC to submit it. (PRD-12)" in str(row.findings)
    assert not sent(person(Role.DCC, ""), **smets1).rows.get().stopped


def test_an_accepted_entry_is_white_and_what_it_says_is_kept() -> None:
    assured()
    entry = listed()
    assert (entry.state, entry.classification, entry.accepted_on) == ("current", Class.WHITE, date(2020, 3, 2))
    (kept,) = entry.versions.all()
    assert (kept.from_day, kept.to_day, kept.content["cpa_expires_on"]) == (date(2020, 3, 2), None, "2022-08-30")
    assert list(DeviceModel.objects.listed_on(date(2020, 3, 2))) == [entry]
    assert not DeviceModel.objects.listed_on(date(2020, 3, 1)).exists()


def test_a_query_is_answered_by_the_submitter_who_puts_the_entry_right_with_it() -> None:
    assured()
    entry = submitted()
    CPL_ENTRY.take("check", entry, **told(technical()))
    with pytest.raises(Refused, match="for others"):
        CPL_ENTRY.take("query", entry, question="Why?", **told(maker()))
    CPL_ENTRY.take("query", entry, question="Is the hardware version right?", **told(technical()))
    stranger = Person.objects.create_user("stranger@example.org", "Stranger")
    with pytest.raises(Refused, match="for others"):
        actions.answer(entry, TYPED | {"hardware_version": "02"}, "No.", **told(stranger))
    entry.refresh_from_db()
    assert (entry.state, entry.hardware_version) == ("queried", "01")
    actions.answer(entry, TYPED | {"hardware_version": "02"}, "No, it is 02.", **told(maker()))
    assert (entry.state, entry.hardware_version) == ("checking", "02")
    CPL_ENTRY.take("query", entry, question="Sure?", **told(technical()))
    actions.answer(entry, TYPED | {"hardware_version": "02"}, "Yes.", **told(maker()))
    assert not Event.objects.filter(name="devicemodel.correct").filter(facts__reason="Yes.").exists()


def test_a_rejected_entry_says_why_and_frees_its_identity() -> None:
    assured()
    entry = submitted()
    CPL_ENTRY.take("reject", entry, reason="It is a prototype.", **told(technical()))
    assert (entry.state, entry.refusal) == ("rejected", "It is a prototype.")
    assert submitted().state == "submitted"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("specification", "its technical specification and its version of GBCS are in force. \\(PRD-13\\)"),
        ("certificate", "A certificate that its device type needs is not recorded for the entry, or does not hold"),
        ("signer", "The image is signed, but the signer's certificate is not valid today. \\(PRD-13\\)"),
        ("firmware", "evidence that maps the one to the other is needed first. \\(PRD-13\\)"),
        ("twice", "is being checked: leave this one out. \\(PRD-11\\)"),
    ],
)
def test_acceptance_is_refused_while(what: str, words: str) -> None:
    certificates = assured()
    entry = submitted()
    CPL_ENTRY.take("check", entry, **told(technical()))
    rows = DeviceModel.objects.filter(pk=entry.pk)
    if what == "specification":
        Specification.objects.get(label="GBCS v2.0").spells.update(to_day=date(2020, 3, 1))
    if what == "certificate":
        Certificate.objects.filter(pk=certificates["C1"].pk).update(withdrawn_on=date(2020, 3, 1))
    if what == "signer":
        rows.update(signer="Larch", signer_valid_until=date(2020, 3, 1))
    if what == "firmware":
        Certificate.objects.filter(pk=certificates["Z1"].pk).update(firmware="09090909")
    if what == "twice":
        DeviceModel.objects.create(
            entry_id="77", state="current",
            **{name: getattr(entry, name) for name in ("device_type", "manufacturer_identifier", "model_identifier",
                                                      "hardware_version", "firmware", "technical_specification")},
        )  # fmt: skip
    with pytest.raises(Refused, match=words):
        CPL_ENTRY.take("accept", entry, **told(technical()))
    entry.refresh_from_db()
    assert (entry.state, entry.versions.count()) == ("checking", 0)


def test_evidence_is_kept_and_not_published_and_lets_a_mismatch_be_accepted() -> None:
    certificates = assured()
    Certificate.objects.filter(pk=certificates["Z1"].pk).update(firmware="09090909")
    entry = submitted()
    CPL_ENTRY.take("check", entry, **told(technical()))
    evidence = actions.give_evidence(entry, "9.9 is this image", "notes.txt", b"9.9 is this image", **told(maker()))
    CPL_ENTRY.take("accept", entry, **told(technical()))
    assert entry.state == "current"
    assert [Evidence.objects.visible_to(who, NOW).count() for who in (None, maker(), technical())] == [0, 1, 1]
    assert evidence.file is not None
    assert evidence.file.classification == Class.AMBER


def test_a_certificate_recorded_after_the_submission_is_found() -> None:
    assured()
    entry = submitted(cpa_certificate="C9")
    assert [one.column for one in actions.findings_of(entry, NOW)] == ["cpa_certificate"]
    assert actions.match_certificates(entry, **told(technical())) == []
    Certificate.objects.create(scheme="CPA", number="c9", holder="Larch Meters", expires_on=date(2023, 1, 1))
    assert [str(one) for one in actions.match_certificates(entry, **told(technical()))] == ["CPA c9"]
    assert actions.findings_of(entry, NOW) == []


def test_a_correction_leaves_old_and_new_in_the_journal_and_a_dated_version() -> None:
    assured()
    entry = listed()
    later = NOW + timedelta(days=3)
    changed = actions.correct(entry, TYPED | {"image_hash": "CD" * 32}, "A misprint.", **told(technical(), later))
    assert changed == [("Manufacturer image hash", "AB" * 32, "CD" * 32)]
    event = Event.objects.get(name="devicemodel.correct")
    assert event.facts["image_hash"] == {"old": "AB" * 32, "new": "CD" * 32}
    assert event.facts["reason"] == "A misprint."
    spans = entry.versions.values_list("from_day", "to_day", "content__image_hash")
    assert list(spans) == [
        (date(2020, 3, 2), date(2020, 3, 4), "AB" * 32), (date(2020, 3, 5), None, "CD" * 32),
    ]  # fmt: skip
    actions.correct(entry, TYPED | {"image_hash": "EF" * 32}, "Again.", **told(technical(), later))
    assert entry.versions.get(to_day=None).content["image_hash"] == "EF" * 32
    assert entry.versions.count() == 2


def test_a_correction_that_is_wrong_or_changes_nothing_changes_nothing() -> None:
    assured()
    entry, other = listed(), listed(firmware="01020310", image_hash="CD" * 32)
    for typed, words in (
        (TYPED, "Nothing differs"),
        (TYPED | {"image_hash": "1"}, "has 1 digit"),
        (TYPED | {"firmware": "01020310"}, f"on the list already as entry {other.entry_id}"),
    ):
        with pytest.raises(Refused, match=words):
            actions.correct(entry, typed, "Why.", **told(technical()))
    entry.refresh_from_db()
    assert (entry.firmware, entry.versions.count()) == ("0102030F", 1)


def test_an_entry_whose_certificate_has_ended_can_still_be_corrected() -> None:
    certificates = assured()
    entry = listed()
    Certificate.objects.filter(pk=certificates["C1"].pk).update(expires_on=date(2020, 3, 1))
    assert actions.correct(entry, TYPED | {"model": "L1 plus"}, "The name.", **told(technical()))


def test_an_entry_is_marked_while_a_certificate_ends_soon_and_unmarked_when_renewed() -> None:
    certificates = assured()
    entry = listed()
    with pytest.raises(Refused, match="No certificate of the entry ends within"):
        CPL_ENTRY.take("warn", entry, **told(technical()))
    Certificate.objects.filter(pk=certificates["C1"].pk).update(expires_on=date(2020, 3, 31))
    assert take_due(NOW, NOW).taken == 1
    entry.refresh_from_db()
    assert entry.state == "expiring"
    with pytest.raises(Refused, match="still ends within"):
        CPL_ENTRY.take("renew", entry, **told(technical()))
    Certificate.objects.filter(pk=certificates["C1"].pk).update(expires_on=date(2024, 3, 31))
    assert take_due(NOW, NOW).taken == 1
    entry.refresh_from_db()
    assert entry.state == "current"
    assert take_due(NOW, NOW).taken == 0


def test_an_entry_leaves_on_a_ground_and_a_day_that_was_to_come() -> None:
    assured()
    entry, team = listed(), told(technical())
    with pytest.raises(Refused, match="only on a ground, on the day that was set"):
        CPL_ENTRY.take("remove", entry, **team)
    with pytest.raises(Refused, match="a day that is still to come"):
        CPL_ENTRY.take("set_removal", entry, ground="request", day="2020-03-02", reason="Asked", **team)
    with pytest.raises(Refused, match="only after its remediation was watched"):
        CPL_ENTRY.take("set_removal", entry, ground="withdrawn", day="2020-04-08", reason="NCSC", **team)
    with pytest.raises(Refused, match="No removal is set, so there is none to take back"):
        CPL_ENTRY.take("take_back", entry, reason="None", **team)
    CPL_ENTRY.take("remediate", entry, reason="Certificate withdrawn", **team)
    CPL_ENTRY.take("set_removal", entry, ground="withdrawn", day="2020-04-08", reason="NCSC", **team)
    CPL_ENTRY.take("take_back", entry, reason="More time", **team)
    assert entry.removal_on is None
    CPL_ENTRY.take("recover", entry, reason="Renewed", **team)
    assert entry.state == "current"


def test_the_day_of_removal_takes_the_entry_off_the_list() -> None:
    assured()
    entry, ssc = listed(), person(Role.COMMITTEE_MEMBER, "")
    ssc.capacities.update(audience="SSC")
    CPL_ENTRY.take("remediate", entry, reason="Certificate withdrawn", **told(ssc))
    CPL_ENTRY.take("set_removal", entry, ground="withdrawn", day="2020-04-08", reason="NCSC", **told(ssc))
    day = datetime(2020, 4, 7, 9, tzinfo=LONDON)
    assert take_due(day, day).taken == 0
    assert take_due(day + timedelta(days=1), day + timedelta(days=1)).taken == 1
    entry.refresh_from_db()
    assert (entry.state, entry.removed_on) == ("removed", date(2020, 4, 8))
    assert EntryVersion.objects.get().to_day == date(2020, 4, 7)
    assert list(DeviceModel.objects.listed_on(date(2020, 4, 7))) == [entry]
    assert not DeviceModel.objects.listed_on(date(2020, 4, 8)).exists()
    with pytest.raises(Refused, match="Submit it anew"):
        actions.correct(entry, TYPED, "Why.", **told(technical()))


def test_the_empty_form_filled_in_is_read_as_it_was_typed() -> None:
    heads = sheets.empty_form("csv").decode().strip().split(",")
    assert heads[1] == "Device type"
    row = dict.fromkeys(heads, "") | {"Device type": "esme", "Firmware version": "00010203"}
    content = "\n".join((",".join(heads), "", ",".join(row.values()))).encode()
    ((number, typed),) = sheets.read("form.csv", content)
    assert (number, typed["device_type"], typed["firmware"], typed["model"]) == (3, "esme", "00010203", "")
    assert sheets.read("form.xlsx", sheets.empty_form("xlsx")) == []


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("device_type,colour", "unknown columns: colour"),
        ("device_type,Device Type", "names device_type twice"),
        ("device_type", "lacks Technical specification, Manufacturer"),
    ],
)
def test_a_file_whose_head_is_not_the_forms_is_refused(head: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        sheets.read("form.csv", f"{head}\n".encode())


def test_a_file_with_too_many_rows_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    head = ",".join(name for name in TYPED)
    rows = "\n".join(",".join(TYPED.values()) for _ in range(2))
    with pytest.raises(Refused, match="Send it in parts"):
        sheets.read("form.csv", f"{head}\n{rows}\n".encode())


def test_an_entry_says_from_its_day_on_that_its_certificate_was_renewed() -> None:
    certificates = assured()
    entry = listed()
    renew(certificates["C1"], date(2025, 8, 30), **told(technical(), NOW + timedelta(days=1)))
    first, second = entry.versions.all()
    assert (first.to_day, first.content["cpa_expires_on"]) == (date(2020, 3, 2), "2022-08-30")
    assert (second.from_day, second.content["cpa_expires_on"]) == (date(2020, 3, 3), "2025-08-30")
