"""What is more than one step: taking in a submission, correcting a row, answering a query, correcting an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.capacities import speaks_for
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.products.entries.checks import FIELDS, Checked, check
from secretariat.products.entries.columns import CERTIFICATE_COLUMNS, as_row
from secretariat.products.entries.history import differences, keep_version
from secretariat.products.entries.known import Known, known_on
from secretariat.products.entries.models import Evidence, Submission, SubmissionRow
from secretariat.products.entries.procedure import CPL_ENTRY
from secretariat.products.models import LISTED, PENDING, Certificate, DeviceModel, Origin

FIRST_ENTRY_ID = 1
Typed = tuple[int, dict[str, str]]
"""The number of a row and what was typed in it, by column name."""


def submit(
    submission: Submission, rows: Sequence[Typed], name: str = "", content: bytes = b"", **told: Unpack[Told]
) -> Submission:
    """Takes in what somebody sends: rows that nothing stops become entries, the others wait to be corrected.

    Nothing that was typed is lost. Returns the submission. Raises Refused for nobody, and for no row at all.
    """
    if not rows:
        raise Refused("There is no row to submit.")
    with transaction.atomic():
        _begin(submission, name, content, **told)
        known, ids = known_on(local_day(told["at"])), EntryIds()
        made = [SubmissionRow(submission=submission, number=number, typed=typed) for number, typed in rows]
        for row in made:
            _take_in(row, known, ids, **told)
        SubmissionRow.objects.bulk_create(made, batch_size=500)
        waiting = sum(row.stopped for row in made)
        journal.record("submission.receive", submission, **told, rows=len(made), to_correct=waiting)
    return submission


def _begin(submission: Submission, name: str, content: bytes, **told: Unpack[Told]) -> None:
    person = told["by"]
    if person is None:
        raise Refused("Sign in to submit a device model. (PRD-12)")
    submission.submitted_by = person
    parties = sorted(speaks_for(person, told["at"]))
    submission.party_id = submission.party_id or (parties[0] if len(parties) == 1 else None)
    submission.received_on, submission.recorded = local_day(told["at"]), told["recorded"]
    if name:
        submission.file = kept_file(name, content, submission.invented, **told)
    journal.enter(submission, **told)


def kept_file(name: str, content: bytes, invented: bool, **told: Unpack[Told]) -> StoredFile:
    """Keeps a file that only the secretariat reads, and returns it. Raises ValidationError for one not taken."""
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=told["recorded"])
    file.classification = 2
    journal.enter(file, **told)
    return file


class EntryIds:
    """Gives CPL Entry IDs: each the next after all that were ever given, so that none is used twice (PRD-11)."""

    def __init__(self) -> None:
        given = DeviceModel.objects.values_list("entry_id", flat=True)
        self.last = max((int(one) for one in given if one.isdecimal()), default=FIRST_ENTRY_ID - 1)

    def next(self) -> str:
        """The next one."""
        self.last += 1
        return str(self.last)


def _take_in(row: SubmissionRow, known: Known, ids: EntryIds, **told: Unpack[Told]) -> None:
    """Checks a row and makes an entry of it where nothing stops it; a refusal of the step is a finding too."""
    checked = check(row.typed, known)
    if not checked.stopped:
        try:
            row.entry = _entry(row.submission, checked, ids.next(), **told)
            known.add(row.entry.entry_id, checked.values, listed=False)
            known.entries[row.entry.entry_id] = (row.entry.pk, row.entry.device_type, row.entry.manufacturer)
        except Refused as refusal:
            for sentence in refusal.messages:
                checked.find("", sentence)
    row.stopped = checked.stopped
    row.findings = [asdict(one) for one in checked.findings]


def _entry(submission: Submission, checked: Checked, entry_id: str, **told: Unpack[Told]) -> DeviceModel:
    entry = DeviceModel(
        entry_id=entry_id,
        submitter=submission.submitter,
        submitted_by=submission.submitted_by,
        party=submission.party,
        invented=submission.invented,
        **{name: checked.values[name] for name in FIELDS},
    )
    CPL_ENTRY.take("submit", entry, **told)
    entry.certificates.set(checked.certificates)
    entry.predecessors.set(checked.predecessors)
    return entry


def resubmit(row: SubmissionRow, typed: dict[str, str], **told: Unpack[Told]) -> SubmissionRow:
    """Checks a row again as it is typed now, and takes it in if nothing stops it; returns the row.

    Raises Refused for a row that is an entry already.
    """
    if row.entry_id is not None:
        raise Refused("This row is an entry already: answer a query about it, or ask for a correction.")
    with transaction.atomic():
        row.typed = typed
        _take_in(row, known_on(local_day(told["at"])), EntryIds(), **told)
        row.save()
        told_row = {"row": row.number, "taken_in": row.entry_id is not None}
        journal.record("submission.correct_row", row.submission, **told, **told_row)
    return row


def typed_of(entry: DeviceModel) -> dict[str, str]:
    """What an entry says, and what was typed where it says nothing, such as the number of an unknown certificate."""
    row: SubmissionRow | None = SubmissionRow.objects.filter(entry=entry).first()
    typed: dict[str, str] = row.typed if row else {}
    return {**typed, **{name: text for name, text in as_row(entry).items() if text or name not in typed}}


def findings_of(entry: DeviceModel, at: Any) -> list[Any]:
    """What the checks find about an entry as it stands today."""
    return check(typed_of(entry), known_on(local_day(at), without=entry)).findings


def match_certificates(entry: DeviceModel, **told: Unpack[Told]) -> list[Certificate]:
    """Links the certificates whose numbers were typed for an entry and that are recorded by now; returns the new ones.

    So a certificate that staff record after a submission is found by the entries that name it.
    """
    typed = typed_of(entry)
    held = set(entry.certificates.values_list("pk", flat=True))
    found: list[Certificate] = []
    for scheme, column in CERTIFICATE_COLUMNS.items():
        rows = Certificate.objects.filter(scheme=scheme, number__iexact=typed.get(column, "").strip())
        found += [one for one in rows if one.pk not in held]
    if found:
        with transaction.atomic():
            entry.certificates.add(*found)
            journal.record("devicemodel.match", entry, **told, certificates=[str(one) for one in found])
    return found


def correct(entry: DeviceModel, typed: dict[str, str], reason: str, **told: Unpack[Told]) -> list[tuple[str, str, str]]:
    """Corrects what an entry says, with a trace of old and new, and returns what differs (PRD-14).

    Raises Refused with every finding that stops it, for an entry that was removed or rejected, and when nothing
    differs. The values of a listed entry are what the list says from today on.
    """
    if entry.state not in (*LISTED, *PENDING):
        raise Refused(f"An entry that is {entry.state} is not corrected. Submit it anew.")
    checked = check(typed, known_on(local_day(told["at"]), without=entry))
    stopping = _what_stops(entry, checked)
    if stopping:
        raise Refused(*stopping)
    before = as_row(entry)
    with transaction.atomic():
        for name in FIELDS:
            setattr(entry, name, checked.values[name])
        journal.save_checked(entry)
        entry.certificates.set(checked.certificates)
        entry.predecessors.set(checked.predecessors)
        SubmissionRow.objects.filter(entry=entry).update(typed=typed)
        found = differences(before, as_row(entry))
        if not found:
            raise Refused("Nothing differs from what the entry says.")
        _trace(entry, before, reason, **told)
    return found


def _what_stops(entry: DeviceModel, checked: Checked) -> list[str]:
    """For an entry on the list, only its form: that a certificate ended since is not what is being corrected."""
    by_now = ("technical_specification", "gbcs_version", "signer_valid_until", *CERTIFICATE_COLUMNS.values())
    listed = entry.state in LISTED
    return [one.sentence for one in checked.findings if one.stops and not (listed and one.column in by_now)]


def _trace(entry: DeviceModel, before: dict[str, str], reason: str, **told: Unpack[Told]) -> None:
    after = as_row(entry)
    facts = {name: {"old": before[name], "new": after[name]} for name in after if before[name] != after[name]}
    journal.record("devicemodel.correct", entry, **told, reason=reason, **facts)
    if entry.state in LISTED:
        keep_version(entry, local_day(told["at"]), told["recorded"], reason)


def answer(entry: DeviceModel, typed: dict[str, str], words: str, **told: Unpack[Told]) -> DeviceModel:
    """Answers the question asked of a submitter, with what is put right at the same time; all or nothing.

    Raises Refused.
    """
    with transaction.atomic():
        if _differs(entry, typed):
            correct(entry, typed, "Put right in answer to the question.", **told)
        CPL_ENTRY.take("answer", entry, answer=words, **told)
    return entry


def _differs(entry: DeviceModel, typed: dict[str, str]) -> bool:
    said = typed_of(entry)
    return any((value or "").strip() != (said.get(name) or "").strip() for name, value in typed.items())


def give_evidence(
    entry: DeviceModel, shows: str, name: str = "", content: bytes = b"", **told: Unpack[Told]
) -> Evidence:
    """Keeps evidence for an entry, for audit and never published, and returns it (PRD-13)."""
    with transaction.atomic():
        file = kept_file(name, content, entry.invented, **told) if name else None
        evidence = Evidence(entry=entry, shows=shows, file=file, received_on=local_day(told["at"]))
        evidence.invented = entry.invented
        journal.enter(evidence, **told)
    return evidence


def origin_of(person: Any, at: Any) -> str:
    """The origin that a new submission of a person is offered first: SMETS1 for the DCC."""
    return str(Origin.SMETS1 if person is not None and person.acts_as(Role.DCC, at) else Origin.SMETS2)
