"""Records of every kind, made from what their fields say: for the tests that look at all rooms at once.

They skip procedures and checks on purpose. A model whose fields alone do not say enough has a line in `TOLD`.
"""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from secretariat.core import journal
from secretariat.core.files import StoredFile, keep, store
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.published import Keeping
from secretariat.core.schemes import Heading, Scheme
from secretariat.core.sealed import keep_sealed
from secretariat.papers.report import REPORTS

AT = datetime(2020, 3, 5, 12, tzinfo=UTC)
SUBJECTS = ("effort drivers", "enquiry categories", "portal user categories")
APPLICATION_STATES = ("draft", "more information", "agreement issued")
EXCHANGED = {"question": "Which office?", "asked_on": "2020-02-03", "answer": "", "answered_on": ""}
CLAUSE = {"uid": "c1", "parent": "", "place": "i", "kind": "clause", "number": "1", "heading": "", "body": "Words."}
LEFT_OUT = {"core.event": "the journal", "core.recipient": "opens single Red records", "papers.issue": "issued files",
            "papers.paperedition": "files of what was issued",
            "meetings.edition": "published files"}  # fmt: skip


def day(number: int) -> date:
    """The nth of some days: two in the last month but one, then back through the months, month ends among them."""
    return (date(2020, 2, 29), date(2020, 2, 1), date(2020, 1, 31), date(2019, 12, 2), date(2019, 3, 1))[number % 5]


def heading(subject: str, number: int) -> Heading:
    """The nth heading of a subject's scheme, which holds from 2013."""
    scheme, _ = Scheme.objects.get_or_create(
        subject=subject, name=subject.capitalize(), defaults={"from_day": date(2013, 9, 23), "recorded": AT}
    )
    place = number % 3 + 1
    found, _ = Heading.objects.get_or_create(scheme=scheme, name=f"{subject} {place}", position=place)
    return found


TOLD: dict[str, Callable[[int], dict[str, Any]]] = {
    "assurance.absence": lambda n: {"to_day": day(n) + timedelta(days=4)},
    "assurance.assessment": lambda n: {"kind": "FUSA", "initial": n % 2 == 0},
    "assurance.assessorcapacity": lambda n: {"from_day": date(2019, 1, 1)},
    "assurance.booking": lambda n: {"state": "asked"} if n == 1 else {
        "state": "booked", "assessor": made("assurance.assessor", n), "first_day": day(n) + timedelta(days=90),
        "last_day": day(n) + timedelta(days=97)},
    "assurance.frameworkversion": lambda n: {"from_day": day(n) + timedelta(days=n)},
    "assurance.keycertificate": lambda n: {"expires_on": day(n) + timedelta(days=400)},
    "assurance.plannedwork": lambda n: {"due_on": day(n) + timedelta(days=n)},
    "assurance.observation": lambda n: {"state": "answered", "obligation": f"G3.{n}", "number": n, "shared_on": day(n)},
    "assurance.remark": lambda n: {"step": "respond", "observation": made("assurance.observation", n)},
    "assurance.evidence": lambda n: {"place": keep_sealed(b"Words."), "observation": made("assurance.observation", n)},
    "assurance.systemsreport": lambda n: {"reported_on": day(n) + timedelta(days=9)},
    "change.judgement": lambda n: {"objective": "abc"[n % 3], "reason": "It is so."},
    "change.proposal": lambda n: {"number": n, "reference": f"MP{n:03d}", "suffix": ""},
    "change.golivemove": lambda n: {"new": day(n) + timedelta(days=9)},
    "change.milestone": lambda n: {"kind": "other", "what": f"Thing {n}", "due_on": day(n)},
    "change.moverequest": lambda n: {"asked_on": day(n)},
    "change.releaseitem": lambda n: {"targeted_on": day(n)},
    "change.assessment": lambda n: {"kind": ("preliminary", "impact")[n % 2], "requested_on": day(n), "due_on": day(n)},
    "change.document": lambda n: {"version": f"{n}.0"},
    "change.idea": lambda n: {"reply_due_on": day(n), "classification": 0},
    "change.session": lambda n: {"group": f"Group {n}"},
    "change.adoption": lambda n: {"stage": "refinement", "closes_on": day(n) + timedelta(days=14)},
    "change.hold": lambda n: {"to_day": day(n) + timedelta(days=3)},
    "change.issueresolution": lambda n: {"category": (n - 1) % 3 + 1, "raised_on": day(n),
                                        "proposal": made("change.proposal", n)},
    "change.part": lambda n: {"implemented_on": day(n)},
    "change.relation": lambda n: {"other": made("change.proposal", n + 1)},
    "change.solution": lambda n: {"kind": "proposed", "letter": ""},
    "change.split": lambda n: {"reference": f"MP{900 + n}", "number": 900 + n, "split_on": day(n)},
    "change.urgency": lambda n: {"asked_on": day(n)},
    "change.stagespell": lambda n: {"to_day": day(n) + timedelta(days=3)},
    "committees.committee": lambda n: {"code": f"BODY{n}", "short_name": f"Body {n}", "position": 900 + n},
    "consultations.consultation": lambda n: {"reference": f"CON-{n:06d}", "state": "concluded" if n == 3 else "open",
                                             "opens_at": AT - timedelta(days=n), "closes_at": AT + timedelta(days=n)},
    "consultations.extension": lambda n: {"closed_before": AT, "closes_at": AT + timedelta(days=n)},
    "consultations.response": lambda n: {"state": "submitted", "submitted_at": AT, "sha256": "0" * 64},
    "committees.call": lambda n: {"opens_on": day(n), "frozen_on": day(n), "term_from": day(n) + timedelta(days=60),
                                  "closes_at": AT - timedelta(days=n),
                                  "state": ("nominating", "closed", "published")[(n - 1) % 3]},
    "committees.delegation": lambda n: {"to_body": made("committees.committee", n + 1)},
    "committees.recommendation": lambda n: {"to_body": made("committees.committee", n + 1)},
    "committees.ballot": lambda n: {"opens_at": AT - timedelta(days=2), "closes_at": AT - timedelta(days=1),
                                    "state": "closed" if n == 3 else "open"},
    "change.letter": lambda n: {"missing": "What it costs."},
    "legaltext.circulation": lambda n: {"opened_on": day(n), "closes_on": day(n) + timedelta(days=14)},
    "legaltext.codeversion": lambda n: {"number": f"{n}.0"},
    "legaltext.documentversion": lambda n: {"number": f"{n}.0"},
    "legaltext.draft": lambda n: {"state": "pending", "baseline": made("legaltext.documentversion", n)},
    "legaltext.draftedit": lambda n: {"after": {**CLAUSE, "uid": f"new-{n}"}, "uid": f"new-{n}"},
    "legaltext.obligation": lambda n: {"state": ("confirmed", "set aside")[n % 2]},
    "legaltext.resolution": lambda n: {"other": made("legaltext.draft", n + 1), "clause": CLAUSE},
    "legaltext.planneditem": lambda n: {"draft": made("legaltext.draft", n), "number": f"{n}.0",
                                        "planned": made("legaltext.plannedversion", n), "state": "gathered"},
    "legaltext.plannedversion": lambda n: {"number": f"{40 + n}.0", "state": "planned"},
    "legaltext.textimport": lambda n: {"understood": {"title": "", "clauses": [CLAUSE], "carried": [], "notes": [],
                                                      "changes": []}},
    "oversight.alertcode": lambda n: {"code": f"8F3{n}", "mark": "sourced", "to_day": None},
    "oversight.commitment": lambda n: {"due_on": day(n), "state": "open", "region": ""},
    "oversight.measure": lambda n: {"code": f"CPM{n}"},
    "oversight.measuredefinition": lambda n: {"rule": "", "composition": ""},
    "oversight.performancereturn": lambda n: {"month": date(2020, n, 1), "file": made("core.storedfile", n),
                                              "notes": ["A note."], "state": "queried" if n == 2 else "received"},
    "oversight.servicelevel": lambda n: {"month": date(2020, n, 1), "stated": Decimal(95), "level": Decimal(95),
                                         "region": "", "rule": "", "status": "below minimum", "superseded_in": None},
    "oversight.testtraffic": lambda n: {"month": date(2020, n, 1), "region": "N", "daily": [n] * 29},
    "meetings.attendance": lambda n: {"person": made("core.person", n), "seat": made("committees.seat", n)},
    "meetings.series": lambda n: {"rhythm": "months", "nth": 2, "every": 1, "weekday": 4},
    "oversight.beforeafter": lambda n: {"before_from": date(2020, 1, n), "before_to": date(2020, 1, 31),
                                        "after_from": date(2020, 2, 1), "after_to": date(2020, 2, 20 + n)},
    "oversight.concurrenttesting": lambda n: {"other": made("oversight.testprogramme", n + 1)},
    "oversight.dependency": lambda n: {"needed": made("oversight.testphase", n + 1)},
    "oversight.deviceinventory": lambda n: {"as_of": date(2020, n, 1)},
    "oversight.clockstop": lambda n: {"to_at": AT},
    "oversight.panelscore": lambda n: {"score": n % 4},
    "oversight.maintenancewindow": lambda n: {"ends_at": AT - timedelta(days=31 * n - 1)},
    "oversight.partydifference": lambda n: {"other": made("register.party", n + 1), "requested_on": day(n)},
    "oversight.servicerequest": lambda n: {"reference": f"4.{n}", "place": f"04.{n:02}"},
    "oversight.testdocument": lambda n: {"phase": made("oversight.testphase", n)},
    "oversight.hubcount": lambda n: {"month": date(2020, n, 1), "region": "N", "flow": "installed"},
    "oversight.hubexception": lambda n: {"month": date(2020, n, 1), "region": "N"},
    "oversight.hubtransfer": lambda n: {"state": ("proposed", "accepted", "transferred")[(n - 1) % 3], "region": "N"},
    "oversight.plandate": lambda n: {"work": ("develop", "test", "deploy")[(n - 1) % 3], "due_on": day(n)},
    "oversight.planmove": lambda n: {"old": day(n), "moved_on": day(n)},
    "oversight.trackerentry": lambda n: {"state": ("reported", "plan agreed", "fixed")[(n - 1) % 3], "number": n,
                                         "alert_code": "8F3E", "reported_on": day(n), "region": ("", "N", "C")[n % 3],
                                         "closed_on": day(n) if n == 3 else None},
    "oversight.triagebatch": lambda n: {"triaged": 10 * n, "faulty": n},
    "register.detailschange": lambda n: {"exchange": [EXCHANGED]},
    "core.heading": lambda n: {"position": n},
    "core.proclaimedholiday": lambda n: {"day": date(2022, 6, 1) + timedelta(days=n)},
    "core.publishedfigure": lambda n: {"month": day(n).replace(day=1)},
    "effort.budgetcycle": lambda n: {"first_year": 2020 + n, "state": "panel"},
    "effort.budgetmonth": lambda n: {"month": date(2020, n, 1), "state": "open"},
    "effort.milestonemove": lambda n: {"old": day(n), "new": day(n) + timedelta(days=n)},
    "effort.bid": lambda n: {"place": keep_sealed(b"Words."), "file_name": f"bid-{n}.pdf"},
    "effort.expenseclaim": lambda n: {"state": "submitted", "submitted_on": day(n)},
    "effort.expenseitem": lambda n: {"sort": "rail", "receipt_name": f"ticket-{n}.pdf",
                                     "receipt_place": keep_sealed(b"Words.")},
    "effort.procurement": lambda n: {"state": "opened", "opens_at": AT - timedelta(days=n)},
    "effort.project": lambda n: {"state": "under way"},
    "effort.weeksheet": lambda n: {"monday": date(2020, 1, 6) + timedelta(days=7 * n), "state": "open"},
    "effort.dayentry": lambda n: {"driver": heading(SUBJECTS[0], n), "hundredths": 25 * n, "worker_code": f"W{n}"},
    "engagement.accountrequest": lambda n: {"state": "asked", "asked_on": day(n)},
    "engagement.article": lambda n: {"slug": f"article-number-{n}", "number": 1, "published_on": day(n),
                                     "state": ("published", "withdrawn", "published")[n % 3], "review_on": day(n)},
    "engagement.articleversion": lambda n: {"number": 1},
    "engagement.draft": lambda n: {"body": f"Words {n}.", "recorded": AT},
    "engagement.operationscontact": lambda n: {"state": "listed", "telephone": f"020 {n}"},
    "engagement.engagementevent": lambda n: {"state": ("open", "full", "held")[(n - 1) % 3], "place": "London",
                                             "begins_at": AT + timedelta(days=n), "ends_at": AT + timedelta(days=9)},
    "engagement.eventsession": lambda n: {"begins_at": AT + timedelta(days=n),
                                          "ends_at": AT + timedelta(days=n, hours=1)},
    "engagement.invitee": lambda n: {"category": ""},
    "engagement.registration": lambda n: {"state": ("has a place", "waiting", "asked")[(n - 1) % 3]},
    "engagement.sheet": lambda n: {"anonymous": True},
    "engagement.survey": lambda n: {"state": ("taking opt-ins", "open", "published")[(n - 1) % 3], "by_opt_in": n == 1,
                                    "results": [], "closes_at": AT + timedelta(days=20 - n)},
    "engagement.surveyquestion": lambda n: {"asks": "scale"},
    "helpdesk.message": lambda n: {"sort": "in" if n % 2 else "note", "internal": n % 2 == 0},
    "engagement.newsletter": lambda n: {"state": ("sent", "draft", "approved")[(n - 1) % 3], "sent_at": AT},
    "engagement.passage": lambda n: {"block": "governance", "newsletter": made("engagement.newsletter", 2)},
    "engagement.recipient": lambda n: {"newsletter": made("engagement.newsletter", 1),
                                       "subscriber": made("engagement.subscriber", n)},
    "engagement.subscriber": lambda n: {"address": f"reader{n}@example.org", "asked_at": AT, "asked_times": 1,
                                        "state": ("asked", "confirmed", "ended")[(n - 1) % 3]},
    "engagement.portaluser": lambda n: {"category": heading(SUBJECTS[2], n)},
    "engagement.websitemonth": lambda n: {"month": date(2020, 3 - n, 1) if n < 3 else date(2019, n, 1)},
    "helpdesk.enquiry": lambda n: {"category": heading(SUBJECTS[1], n), "number": f"ENQ-{n:06d}",
                                   "state": "open" if n == 2 else ""},
    "meetings.action": lambda n: {"team": "technical", "due": day(n), "state": "done" if n == 3 else "open"},
    "committees.contest": lambda n: {"state": "called"},
    "committees.nomination": lambda n: {"state": "received"},
    "meetings.meetingpaper": lambda n: {"state": "draft" if n == 1 else "issued",
                                        "replaces": made("meetings.meetingpaper", 2) if n == 3 else None},
    "papers.paper": lambda n: {"report_name": "operations", "first_day": date(2019, n, 1), "key": f"paper-2019-{n}",
                               "meeting_kind": "meetings.meeting", "meeting_id": made("meetings.meeting", 1).pk},
    "papers.passage": lambda n: {"part": REPORTS["operations"].parts[0].key},
    "papers.attachment": lambda n: {"not_supplied": "It was not supplied."},
    "post.arrival": lambda n: {"sha256": store(f"mail {n}".encode()), "mail": made("post.incomingmail", n)},
    "post.message": lambda n: {"person": made("core.person", n)},
    "post.subscription": lambda n: {"plural": "journal"},
    "products.devicemodel": lambda n: {"state": ("removed", "current", "queried")[(n - 1) % 3], "submitted_on": day(n)},
    "products.preparedversion": lambda n: {"list": apps.get_model("products.productlist").objects.get(code="CPL"),
                                           "state": "prepared"},
    "products.planrequest": lambda n: {"state": "asked", "asked_on": day(n), "reply_by": day(n) + timedelta(days=9),
                                       "file": made("core.storedfile", n)},
    "products.remediation": lambda n: {"state": "removal set" if n == 2 else "opened", "opened_on": day(n),
                                       "removal_on": date(2020, 4, 8)},
    "products.testingrequest": lambda n: {"state": "asked", "asked_on": day(n)},
    "register.allocation": lambda n: {"party": made("register.party", n), "participant": None, "number": n,
                                      "first": f"90B3D51F30{n:02}0000", "last": f"90B3D51F30{n:02}FFFF"},
    "register.casenote": lambda n: {"classification": 3},
    "register.lastresort": lambda n: {"failing": made("register.party", n), "appointed": made("register.party", n + 1)},
    "register.panelaction": lambda n: {"power": "watch", "right": "", "resolved_on": day(n)},
    "register.userid": lambda n: {"identifier": f"90B3D51F30{n:02}0001"},
    "register.application": lambda n: {"state": APPLICATION_STATES[(n - 1) % 3], "category": "other-sec-party",
                                       "key_hash": hashlib.sha256(f"key-{n}".encode()).hexdigest(),
                                       "submitted_on": day(n), "returned_on": day(n)},
    "register.mandate": lambda n: {"rule": "mandate.small_domestic", "anchor": "", "supply": ""},
    "register.party": lambda n: {"acceded_on": day(n), "state": "party", "is_dcc": n == 1},
    "register.rolespell": lambda n: {"standing": "in progress"},
}  # fmt: skip


SEALED_FILE = 9
"""The stored file that is sealed."""


def every_model() -> list[type[models.Model]]:
    """The models of all rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("secretariat.")]


def made(label: str, number: int = 1, **told: Any) -> Any:
    """The nth record of a model, made at its first asking; `told` makes another one of the same shape."""
    model = apps.get_model(label)
    known = _known(label)
    if number in known and not told:
        return model._default_manager.get(pk=known[number])
    if model is StoredFile:
        content = f"number\n{number}\n".encode()
        values = {"name": f"file-{number}.csv", "sha256": keep("f.csv", content), "size": len(content), "recorded": AT}
        values |= {"sha256": "", "sealed": keep_sealed(content)} if number == SEALED_FILE else {}
        values |= told
    else:
        own = TOLD.get(label, lambda _: {})(number) | told
        needed = [field for field in model._meta.fields if _is_needed(field) and field.name not in own]
        values = {field.attname: _value(field, number) for field in needed} | own
    record = model(**values)
    record.save()
    if not told:
        known[number] = record.pk
    return record


_MADE: dict[str, dict[int, int]] = {}


def _known(label: str) -> dict[int, int]:
    return _MADE.setdefault(label, {})


def forget() -> None:
    """Begins anew: the database was emptied."""
    _MADE.clear()


def _is_needed(field: models.Field[Any, Any]) -> bool:
    return not (field.primary_key or field.null or field.has_default() or (field.blank and not field.unique))


def _value(field: models.Field[Any, Any], number: int) -> Any:
    if field.is_relation:
        related = field.related_model._meta.label_lower
        return _known(related).get(number) or made(related, number).pk
    if field.choices:
        return list(field.choices)[(number - 1) % len(list(field.choices))][0]
    kinds: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
        (models.BooleanField, number % 2 == 1),
        (models.DateTimeField, AT - timedelta(days=31 * number)),
        (models.DateField, day(number) - timedelta(days=3 * (number // 6) if field.unique else 0)),
        (models.TimeField, time(10)),
        (models.DecimalField, Decimal(number)),
        (models.IntegerField, 900 + number if field.unique else number),
        (models.EmailField, f"person{number}@example.org"),
        (models.URLField, f"https://example.org/{number}"),
        (models.JSONField, {}),
        (models.CharField, f"{field.name}-{number}"[: field.max_length]),
        (models.TextField, f"{field.name} {number}"),
    )
    return next(value for kind, value in kinds if isinstance(field, kind))


def matters() -> set[str]:
    """The matters whose figures ask since when records are kept."""
    found = set()
    for name, module in list(sys.modules.items()):
        if re.fullmatch(r"secretariat(\.\w+)+\.figures", name):
            for asked in re.findall(r"kept_since\(([^)]+)\)", inspect.getsource(module)):
                found.add(asked.strip('"') if asked.startswith('"') else getattr(module, asked, ""))
    return found - {""}


def world(count: int = 3) -> None:
    """Some records of every model, each with an event; all matters are kept since 2013."""
    forget()
    for matter in sorted(matters()):
        Keeping.objects.get_or_create(matter=matter, defaults={"since": date(2013, 9, 23)})
    entered = [
        journal.Entry(f"{model._meta.model_name}.enter", made(kind_of(model), number), None, AT, AT)
        for model in every_model()
        for number in range(1, count + 1)
        if kind_of(model) not in LEFT_OUT
    ]
    journal.record_all(entered)


def staff(team: str = Team.OPERATIONS, email: str = "lead@example.org") -> Person:
    """A person of the secretariat."""
    person = Person.objects.create_user(email, team.capitalize(), "a long enough password")
    Capacity.objects.create(person=person, role=Role.SECRETARIAT, team=team, from_day=date(2013, 1, 1), recorded=AT)
    return person
