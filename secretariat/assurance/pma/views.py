"""Pages of the key infrastructure: its certificates, cases of recovery, and documents that the SMKI PMA approves."""

from __future__ import annotations

from typing import Any, ClassVar

from secretariat.assurance.pma.filters import KeyCertificateFilter, PmaDocumentFilter, RecoveryFilter
from secretariat.assurance.pma.forms import KeyCertificateForm, PmaDocumentForm, RecoveryForm
from secretariat.assurance.pma.models import (
    CURRENT,
    EXPIRING,
    Cause,
    CertificateKind,
    DocumentKind,
    KeyCertificate,
    PmaDocument,
    Recovery,
    Use,
)
from secretariat.assurance.pma.procedure import (
    answered_by,
    dcc_or_team,
    decided_by,
    watched_from,
)
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader, said
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, instant, instant_words, local_day, long_date


class KeyCertificates(ListPage):
    """Certificates of the key infrastructure, the next to expire first."""

    model = KeyCertificate
    word, plural = "infrastructure certificate", "infrastructure certificates"
    filters = KeyCertificateFilter
    columns = (
        Column("expires", "Expires", "expires_on"),
        Column("name", "Certificate", "name"),
        Column("kind", "Kind", "kind", lambda value: str(CertificateKind(value).label)),
        Column("serial", "Serial number", "serial"),
        Column("from", "Valid from", "valid_from"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "expires_on"
    order_words = "the next to expire first"
    day = "expires_on"
    about = "Certificates of the key infrastructure with the day on which each expires; also as a calendar."
    empty = "No certificate of the key infrastructure is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class KeyCertificatePage(RecordPage):
    """One certificate, and the recoveries that it was part of."""

    model = KeyCertificate
    word, plural = "infrastructure certificate", "infrastructure certificates"

    def facts(self, record: KeyCertificate) -> list[Fact]:
        """What it certifies, from when until when, and from when it is watched."""
        today = local_day(self.request.at)
        rule, other = RULEBOOK.entry("pma.expiry_warning_days", today), record.replaced_by
        facts = [
            Fact("Kind", record.get_kind_display()),
            Fact("Serial number", record.serial),
            Fact("Valid from", long_date(record.valid_from)),
            Fact("Expires", long_date(record.expires_on)),
        ]
        if record.state in (CURRENT, EXPIRING):
            note = f"{rule.value} days before it expires. {rule.doubt}"
            facts.append(Fact("Watched from", long_date(watched_from(record, today)), note=note))
        facts += said(("Ended", day_words(record.ended_on)))
        return facts + ([Fact("Replaced by", str(other), other.get_absolute_url())] if other else [])

    def related(self, record: KeyCertificate) -> list[Related]:
        """The cases of recovery about it that the person may read."""
        found: Any = record.recoveries.all()
        rows: list[tuple[Any, ...]] = [
            (one.title, one.state, one.use) for one in found.visible_to(reader(self.request), self.request.at)
        ]
        return [Related("Recovery", ("Case", "State", "Decided"), rows, "No recovery was asked for that you may read.")]


class KeyCertificateEntry(EntryPage):
    """Enters or amends a certificate."""

    model = KeyCertificate
    form_class = KeyCertificateForm
    word, plural = "infrastructure certificate", "infrastructure certificates"
    who: ClassVar[Who] = staticmethod(dcc_or_team)
    begins = "enter"


class Recoveries(ListPage):
    """Cases in which it is decided whether a recovery or a contingency key is used."""

    model = Recovery
    word, plural = "recovery case", "recovery cases"
    filters = RecoveryFilter
    columns = (
        Column("title", "Case", "title"),
        Column("cause", "Cause", "cause", lambda value: str(Cause(value).label)),
        Column("opened", "Opened", "opened_at"),
        Column("use", "Decided", "use", lambda value: str(Use(value).label) if value else ""),
        Column("decided", "Decided at", "decided_at"),
        Column("body", "By", "decided_by"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-opened_at"
    about = "Where a key of the infrastructure is lost or compromised: what was advised, decided and done."
    empty = "No case of recovery is, or was, open that you may read."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class RecoveryPage(RecordPage):
    """One case of recovery."""

    model = Recovery
    word, plural = "recovery case", "recovery cases"

    def facts(self, record: Recovery) -> list[Fact]:
        """What happened, what was advised, by when it is decided, and what came of it."""
        due, rule = decided_by(record), RULEBOOK.entry("pma.recovery_hours", record.opened_at or self.request.at)
        keys: Any = KeyCertificate.objects.filter(recoveries=record)
        key = keys.visible_to(reader(self.request), self.request.at).first()
        return [
            Fact("Cause", record.get_cause_display()),
            *([Fact("Certificate", str(key), key.get_absolute_url())] if key else []),
            Fact("What happened", record.text),
            *([Fact("To be decided by", instant(due), note=f"{rule.value} hours. {rule.doubt}")] if due else []),
            *said(
                ("Advised", record.get_advice_display() if record.advice else ""),
                ("Why it was advised", record.advice_reasons),
                ("Decided", record.get_use_display() if record.use else ""), ("Reasons", record.reasons),
                ("Decided at", instant_words(record.decided_at)),
                ("Decided by", record.decided_by),
                ("Carried out", day_words(record.carried_out_on)),
                ("Closed", day_words(record.closed_on)), ("Lessons", record.lessons),
            ),
        ]  # fmt: skip


class RecoveryEntry(EntryPage):
    """Opens a case of recovery."""

    model = Recovery
    form_class = RecoveryForm
    word, plural = "recovery case", "recovery cases"
    who: ClassVar[Who] = staticmethod(dcc_or_team)
    begins = "open"


class PmaDocuments(ListPage):
    """Documents that were put to the SMKI PMA."""

    model = PmaDocument
    word, plural = "policy authority document", "policy authority documents"
    filters = PmaDocumentFilter
    columns = (
        Column("title", "Document", "title"),
        Column("version", "Version", "version"),
        Column("kind", "Kind", "kind", lambda value: str(DocumentKind(value).label)),
        Column("submitted", "Submitted", "submitted_on"),
        Column("decided", "Decided", "decided_on"),
        Column("meeting", "At the meeting", "meeting"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-submitted_on"
    day = "submitted_on"
    about = "Policies, procedures, testing documents and guidance that the SMKI PMA approves, version by version."
    empty = "No document was put to the SMKI PMA that you may read."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class PmaDocumentPage(RecordPage):
    """One version of a document."""

    model = PmaDocument
    word, plural = "policy authority document", "policy authority documents"

    def facts(self, record: PmaDocument) -> list[Fact]:
        """What it is, by when it is answered, and what came of it."""
        due = answered_by(record)
        return [
            Fact("Kind", record.get_kind_display()),
            *said(("Put by", record.put_by), ("What changed", record.changed)),
            *([Fact("To be answered by", long_date(due.result), note=due.sentence())] if due else []),
            *said(
                ("Query", record.query), ("Answer", record.answer),
                ("Decided", day_words(record.decided_on)),
                ("At the meeting", record.meeting), ("Reason", record.reason),
            ),
        ]  # fmt: skip


class PmaDocumentEntry(EntryPage):
    """Puts a document to the SMKI PMA."""

    model = PmaDocument
    form_class = PmaDocumentForm
    word, plural = "policy authority document", "policy authority documents"
    who: ClassVar[Who] = staticmethod(dcc_or_team)
    begins = "submit"
