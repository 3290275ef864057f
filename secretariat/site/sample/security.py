"""The sample's security plan, frameworks, key infrastructure, a notice of an incident, and changes to privacy.

That version 1.20 of the Security Controls Framework is of 6 February 2020, version 1.04 of the CPA guidance of 24
January, and the exercise of 27 February, is published. Every word of a control, and all else, is invented.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.assurance.framework.models import Framework, FrameworkVersion, Interpretation, PlannedWork, Work
from secretariat.assurance.framework.procedure import INTERPRETATIONS, SECURITY_PLAN
from secretariat.assurance.incidents.models import SecurityNotice
from secretariat.assurance.incidents.procedure import SECURITY_NOTICES
from secretariat.assurance.pma.models import KeyCertificate, PmaDocument, Recovery
from secretariat.assurance.pma.procedure import KEY_CERTIFICATES, PMA_DOCUMENTS, RECOVERIES
from secretariat.assurance.privacy.models import PrivacyChange
from secretariat.assurance.privacy.procedure import PRIVACY_CHANGES
from secretariat.core import journal
from secretariat.core.people import Role
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party
from secretariat.register.user_entry.models import RoleEntry
from secretariat.site.sample.crew import PROPOSER, RECORDED, Crew, SignIn, noon, told

PMA_MEMBER = "pma.member"
REPORT, SUB_COMMITTEES = "Operations Report, February 2020", "Sub-Committee Report, February 2020"

VERSIONS = (
    (Framework.SCF_2, "", "V1.19", date(2019, 8, 1), "", True),
    (Framework.SCF_2, "", "V1.20", date(2020, 2, 6), REPORT, False),
    (Framework.PCF, "", "V1.0", date(2018, 5, 25), "", True),
    (Framework.CPA, "", "v1.04", date(2020, 1, 24), SUB_COMMITTEES, False),
)
"""Framework, title, version, from when, where it is told, and whether it is invented."""
CONTROLS = (
    ("SCF 2", "V1.19", "G3.5-1", "G3.5", "Telling of vulnerabilities", "Invented: who finds one tells a named person."),
    ("SCF 2", "V1.19", "G3.8-1", "G3.8", "Changing systems", "Invented: a change is approved before it is made."),
    ("SCF 2", "V1.20", "G3.18-1", "G3.18", "Telling of incidents", "Invented: the telling is practised each year."),
    ("SCF 2", "V1.19", "G4.2-1", "G4.2", "Suppliers", "Invented: each supplier is looked at before it begins."),
    ("SCF 2", "V1.20", "G5.14-1", "G5.14", "Register of risks", "Invented: every risk has an owner and a day."),
    ("PCF", "V1.0", "I1.2-1", "I1.2", "Consent", "Invented: a consent is kept with its day and its words."),
    ("PCF", "V1.0", "I1.4-1", "I1.4", "Ending of consent", "Invented: what is withdrawn is acted upon at once."),
)
HEADS = ("framework", "version", "reference", "obligation", "title", "says", "invented")

PLAN = (
    (Work.RISK_ASSESSMENT, date(2020, 6, 30), "planned", ""),
    (Work.ARCHITECTURE_REVIEW, date(2020, 3, 31), "under way", ""),
    (Work.INCIDENT_EXERCISE, date(2020, 2, 27), "done", "Invented: five lessons, three of them on who tells whom."),
    (Work.REQUIREMENTS_REVIEW, date(2020, 9, 30), "planned", ""),
    (Work.STANDARDS_REVIEW, date(2020, 2, 14), "done", "Invented: two standards changed, and neither asks for more."),
)
PLANNED_ON, PUBLISHED_ON = date(2020, 1, 6), date(2020, 2, 14)

CERTIFICATES = (
    ("Invented root of the organisations", "organisation root", "INV-0001", date(2015, 7, 1), date(2040, 6, 30)),
    ("Invented issuer of the organisations", "organisation issuing", "INV-0002", date(2015, 7, 1), date(2025, 6, 30)),
    ("Invented root of the devices", "device root", "INV-0003", date(2015, 7, 1), date(2040, 6, 30)),
    ("Invented issuer of the devices", "device issuing", "INV-0004", date(2017, 5, 2), date(2020, 5, 1)),
    ("Invented recovery key", "recovery", "INV-0005", date(2016, 4, 4), date(2026, 4, 3)),
)


def enter(crew: Crew) -> None:
    """Enters all of it, in the order of the days on which it happened."""
    _frameworks(crew)
    _interpretations(crew)
    _plan(crew)
    _infrastructure(crew)
    _incidents(crew)
    _privacy(crew)


def _frameworks(crew: Crew) -> None:
    for framework, title, number, from_day, source, invented in VERSIONS:
        made = FrameworkVersion(
            framework=framework, title=title, number=number, from_day=from_day, source=source, invented=invented
        )
        journal.enter(made, **told(crew["security.analyst"], noon(from_day)))
    crew.load("controls", "security.analyst", HEADS, [(*row, "yes") for row in CONTROLS])


def _interpretations(crew: Crew) -> None:
    analyst = crew["security.analyst"]
    first = Interpretation(number="AI-01", obligation="G3.8", invented=True)
    first.question = "Invented: is a change of a setting a change of a system?"
    first.says = "Invented: it is, where it changes who can reach the system."
    INTERPRETATIONS.take("propose", first, **told(analyst, noon(date(2020, 1, 13))))
    INTERPRETATIONS.take("agree", first, **told(analyst, noon(date(2020, 1, 22))), meeting="SSC_95_2201")
    second = Interpretation(number="AI-01", obligation="G3.8", replaces=first, invented=True)
    second.question, second.says = first.question, f"{first.says} A change of a password is none."
    INTERPRETATIONS.take("propose", second, **told(analyst, noon(date(2020, 2, 24))))


def _plan(crew: Crew) -> None:
    analyst = crew["security.analyst"]
    for work, due, state, outcome in PLAN:
        made = PlannedWork(work=work, due_on=due, owner=analyst, invented=work != Work.INCIDENT_EXERCISE)
        SECURITY_PLAN.take("plan", made, **told(analyst, noon(PLANNED_ON)))
        if state != "planned":
            SECURITY_PLAN.take("begin", made, **told(analyst, noon(date(2020, 2, 3))))
        if state == "done":
            facts: dict[str, Any] = {"outcome": outcome}
            if work == Work.STANDARDS_REVIEW:
                facts["published_on"] = PUBLISHED_ON
            SECURITY_PLAN.take("complete", made, **told(analyst, noon(due)), **facts)


def _infrastructure(crew: Crew) -> None:
    dcc = crew["dcc.representative"]
    crew.add(SignIn(PMA_MEMBER, "Sample SMKI PMA Member", Role.COMMITTEE_MEMBER, audience="SECPMA"))
    for name, kind, serial, valid_from, expires_on in CERTIFICATES:
        made = KeyCertificate(name=name, kind=kind, serial=serial, valid_from=valid_from, expires_on=expires_on)
        made.invented = True
        KEY_CERTIFICATES.take("enter", made, **told(dcc, noon(date(2020, 1, 6))))
    KEY_CERTIFICATES.take("watch", _soon_to_expire(), by=None, at=noon(date(2020, 2, 3)), recorded=RECORDED)
    case = Recovery(title="Invented: a key is out of reach", cause="unusable", invented=True)
    case.certificate = _soon_to_expire()
    case.text = "Invented: a part of the store of keys fails, and a key cannot be used."
    RECOVERIES.take("open", case, **told(dcc, _at(2, 9)))
    advice: dict[str, Any] = {"use": "recovery key", "reasons": "Invented: it reaches every device."}
    RECOVERIES.take("advise", case, **told(dcc, _at(2, 11)), **advice)
    reasons = "Invented: as advised; the other key is kept for worse."
    RECOVERIES.take("decide", case, **told(crew[PMA_MEMBER], _at(2, 15)), use="recovery key", reasons=reasons)
    _documents(crew)


def _soon_to_expire() -> KeyCertificate:
    found: KeyCertificate = KeyCertificate.objects.get(serial="INV-0004")
    return found


def _at(day: int, hour: int) -> datetime:
    """An hour of a day of March 2020."""
    return datetime(2020, 3, day, hour, tzinfo=LONDON)


def _documents(crew: Crew) -> None:
    dcc, analyst = crew["dcc.representative"], crew["security.analyst"]
    approved, waits = (
        PmaDocument(title=title, kind=kind, version=version, put_by="DCC", invented=True)
        for title, kind, version in (
            ("Invented: approach to testing the recovery", "testing document", "1.0"),
            ("Invented: procedure of recovery, as practised", "recovery procedure", "2.1"),
        )
    )
    PMA_DOCUMENTS.take("submit", approved, **told(dcc, noon(date(2020, 1, 27))))
    PMA_DOCUMENTS.take("approve", approved, **told(analyst, noon(date(2020, 2, 25))), meeting="SECPMA_66_2502")
    PMA_DOCUMENTS.take("submit", waits, **told(dcc, noon(date(2020, 2, 26))))


def _incidents(crew: Crew) -> None:
    """A notice that was shared as an advisory and closed, and one that waits to be assessed."""
    contact, analyst = crew[PROPOSER], crew["security.analyst"]
    party = Party.objects.get(key="brackenford-supply-375-limited")
    first, second = (
        SecurityNotice(
            party=party, reported_by=contact, kind=kind, clause=clause, title=title, text=text, found_at=found_at,
            invented=True,
        )
        for kind, clause, title, text, found_at in (
            ("incident", "G2.30", "Invented: a laptop is lost", "Invented: on a train; it was locked.",
             noon(date(2020, 2, 10))),
            ("vulnerability", "G3.5", "Invented: a library is out of date", "Invented: found by a scan.", _at(4, 9)),
        )
    )  # fmt: skip
    SECURITY_NOTICES.take("report", first, **told(contact, noon(date(2020, 2, 11))))
    SECURITY_NOTICES.take("acknowledge", first, **told(analyst, noon(date(2020, 2, 11))))
    judged: dict[str, Any] = {"severity": "low", "assessment": "Invented: nothing could be read on it."}
    SECURITY_NOTICES.take("assess", first, **told(analyst, noon(date(2020, 2, 13))), **judged)
    advice: dict[str, Any] = {"title": "Invented: what to do about a lost laptop"}
    advice["text"] = "Invented: lock it, wipe it, tell of it."
    SECURITY_NOTICES.take("share", first, **told(analyst, noon(date(2020, 2, 17))), **advice)
    SECURITY_NOTICES.take("close", first, **told(analyst, noon(date(2020, 2, 24))), outcome="Invented: it was found.")
    SECURITY_NOTICES.take("report", second, **told(contact, _at(4, 11)))
    SECURITY_NOTICES.take("acknowledge", second, **told(analyst, _at(4, 16)))


def _privacy(crew: Crew) -> None:
    """A change that was approved within its ten Working Days, and one that is to be answered in March."""
    analyst = crew["security.analyst"]
    party = RoleEntry.objects.filter(role__name="Other User", invented=True).order_by("pk")[0].party
    approved, waits = (
        PrivacyChange(party=party, clause=clause, title=title, text="Invented: a sample change.", invented=True)
        for clause, title in (
            ("I1.2", "Invented: consents are asked for by telephone too"),
            ("I1.4", "Invented: another purpose of use"),
        )
    )
    PRIVACY_CHANGES.take("notify", approved, **told(analyst, noon(date(2020, 2, 5))))
    PRIVACY_CHANGES.take("approve", approved, **told(crew["panel.member"], noon(date(2020, 2, 14))), reason="")
    PRIVACY_CHANGES.take("notify", waits, **told(analyst, noon(date(2020, 2, 27))))
