"""Every address of the program's own pages, and arguments for each that lead somewhere in the made world."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.admindocs.views import simplify_regex
from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from secretariat.change.models import Proposal, Stage
from secretariat.core.figures import FIGURES, Span
from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.lists import ListPage
from secretariat.core.load import LOADS
from secretariat.core.pages import Page
from secretariat.core.people import Capacity
from secretariat.core.procedure import PROCEDURES
from secretariat.engagement.events.links import key_of as own_place_key
from secretariat.engagement.subscribing.links import confirm_link, own_key
from secretariat.engagement.surveys.links import key_of as own_survey_key
from secretariat.helpdesk.public.satisfaction import SALT
from secretariat.legaltext.drafting.values import met
from secretariat.legaltext.publishing.models import PlannedVersion
from secretariat.meetings.minutes.publishing import publish_headlines
from secretariat.plain.months import Month
from secretariat.products.models import ProductList
from secretariat.products.publishing.actions import published
from secretariat.products.publishing.models import PreparedVersion, newest_kept
from secretariat.register.models import Consent, ContactPurpose
from secretariat.site.areas import AREAS
from secretariat.site.open_data import DATASETS, MEDIA
from tests.architecture.made import AT, SEALED_FILE, made

OPEN = Path(__file__).with_name("public_urls.txt")
FEBRUARY = str(Span.of(Month(2020, 2)))


@dataclass(frozen=True)
class Address:
    """One pattern of the program's own: its name, its view, the names of its arguments, and how it reads."""

    name: str
    view: Any
    arguments: tuple[str, ...]
    pattern: str

    def at(self, told: dict[str, Any]) -> str:
        """The address with arguments; a pattern without a name is its own address."""
        return f"/{self.name}" if "/" in self.name else reverse(self.name, kwargs=told)

    @property
    def is_page(self) -> bool:
        """Whether the view is guarded as pages are."""
        return isinstance(self.view, type) and issubclass(self.view, Page)


def own_addresses() -> list[Address]:
    """Every pattern whose view is written here."""
    return [one for one in every_address() if getattr(one.view, "__module__", "").startswith("secretariat.")]


def every_address() -> list[Address]:
    """Every pattern, third parties' among them."""
    return [
        Address(
            pattern.name or str(pattern.pattern), _view(pattern), tuple(pattern.pattern.regex.groupindex),
            re.sub(r"<\w+:", "<", simplify_regex(base + str(pattern.pattern))).replace("\\", ""),
        )
        for base, pattern in _patterns("", get_resolver().url_patterns)
    ]  # fmt: skip


def _patterns(base: str, patterns: list[Any]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(base + str(pattern.pattern), pattern.url_patterns)
        else:
            yield base, pattern


def _view(pattern: URLPattern) -> Any:
    return getattr(pattern.callback, "view_class", pattern.callback)


def listed_as_open() -> dict[str, str]:
    """The addresses that no guard of ours protects, each with the reason."""
    lines = OPEN.read_text(encoding="utf-8").splitlines()
    rows = [line.split(":", 1) for line in lines if line.strip() and not line.startswith("#")]
    return {name.strip(): reason.strip() for name, reason in rows}


DUMMY: dict[str, Any] = {
    "key": "none-such", "name": "none_such", "span": FEBRUARY, "ending": "csv", "form": "html",
    "day": date(2020, 2, 29), "month": "2020-02", "slug": "none-such",
}  # fmt: skip
NUMBERS = {"pk", "arrival", "capacity", "elector", "number"}


def dummy(address: Address) -> str:
    """The address with arguments that name nothing."""
    told: dict[str, Any] = {}
    for argument in address.arguments:
        told[argument] = 1 if argument in NUMBERS or address.name == "event" else DUMMY.get(argument, "none-such")
    if address.name == "newsletter-preview-file":
        told["ending"] = "eml"
    return address.at(told)


def live(address: Address) -> list[str]:
    """The address with arguments that name what is in the made world. Raises KeyError where it knows none."""
    if not address.arguments:
        return [address.at({})]
    return [address.at(told) for told in told_of(address)]


def told_of(address: Address) -> list[dict[str, Any]]:
    """Arguments that name what is in the made world. Raises KeyError where it knows none."""
    view = address.view
    if address.name in SPECIAL:
        return SPECIAL[address.name]()
    if issubclass(view, ListPage):
        return [{"ending": ending} for ending in view.formats()]
    if address.arguments == ("key",) and hasattr(view, "model"):
        return [{"key": _key(view)}]
    raise KeyError(f"Say in {Path(__file__).name} which arguments {address.name!r} takes.")


def _key(view: Any) -> Any:
    """The key of a made record, as its own address has it, or else as the view reads it."""
    record = made(kind_of(view.model), 2)
    found = resolve(urlsplit(record.get_absolute_url()).path)
    if found.url_name == getattr(view, "word", "") and "key" in found.kwargs:
        return found.kwargs["key"]
    for part in getattr(view, "key", "pk").split("__"):
        record = getattr(record, part)
    return record


def _steps() -> list[dict[str, Any]]:
    return [
        {"kind": kind, "pk": made(kind, 2).pk, "name": name}
        for kind, procedure in PROCEDURES.items()
        for name in procedure.steps
    ]


def _figures(**more: str) -> list[dict[str, Any]]:
    return [{"name": name, "span": FEBRUARY, **more} for name in FIGURES]


def _paper(number: int = 2, **more: Any) -> list[dict[str, Any]]:
    return [{"key": made("papers.paper", number).key, **more}]


def _file(number: int) -> Any:
    return made("core.storedfile", number)


def _of_party(**more: Any) -> list[dict[str, Any]]:
    return [{"key": made("register.party", 2).key, **more}]


def _colleague() -> list[dict[str, Any]]:
    """Somebody who speaks for the party; where nobody does, anybody."""
    found = Capacity.objects.filter(organisation_id=made("register.party", 2).pk).first()
    return _of_party(capacity=(found or made("core.capacity", 2)).pk)


ISSUED = 3
"""The paper that the walk issues."""


def _place(number: int) -> list[dict[str, Any]]:
    return [{"key": own_place_key(made("engagement.registration", number))}]


def _newsletter(**more: Any) -> list[dict[str, Any]]:
    return [{"key": made("engagement.passage", 2).newsletter.day.isoformat(), **more}]


def _reader() -> list[dict[str, Any]]:
    return [{"key": own_key(made("engagement.subscriber", 2))}]


def _own(number: int) -> list[dict[str, Any]]:
    made("register.application", number)
    return [{"key": f"key-{number}"}]


def _shared() -> list[dict[str, Any]]:
    contact = made("register.operationalcontact", 2)
    ContactPurpose.objects.get_or_create(contact=contact, purpose="operational")
    Consent.objects.get_or_create(contact=contact, hearer="suppliers", given_on=contact.party.acceded_on)
    return [{"key": contact.pk}]


def _of_ballot(number: int) -> list[dict[str, Any]]:
    return [{"key": made("committees.ballot", number).pk}]


def _vote() -> list[dict[str, Any]]:
    elector = made("committees.elector", 2)
    return [{"key": elector.ballot_id, "elector": elector.pk}]


def _drafts(**more: str) -> list[dict[str, Any]]:
    key = made("meetings.minutes", 2).meeting_id
    return [{"key": key, "level": level, **more} for level in ("white", "headlines")]


def _of_edition(**more: str) -> list[dict[str, Any]]:
    minutes = made("meetings.minutes", 2)
    if not minutes.meeting.editions.exists():
        publish_headlines(minutes, AT, AT, {})
    return [{"key": minutes.meeting_id, "kind": "headlines", "level": "white", **more}]


def _of_meeting(**more: str) -> list[dict[str, Any]]:
    return [{"key": made("meetings.meeting", 2).pk, **more}]


def _of_paper(number: int) -> Callable[[], list[dict[str, Any]]]:
    return lambda: [{"key": made("meetings.meetingpaper", number).pk}]


def _of_draft(**more: str) -> Callable[[], list[dict[str, Any]]]:
    return lambda: [{"key": made("legaltext.draftedit", 2).draft_id, **more}]


def _open_proposal() -> list[dict[str, Any]]:
    found = Proposal.objects.filter(state=Stage.REFINEMENT).first()
    return [{"key": (found or made("change.proposal", 9, state=Stage.REFINEMENT)).reference}]


def _conflict() -> list[dict[str, Any]]:
    """A draft that another one of its document meets."""
    step = made("legaltext.draftedit", 2)
    other = made("legaltext.draft", 2, title="Another")
    made("legaltext.draftedit", 2, draft=other, after={**step.after, "body": "Other words."})
    found = next(one for one in met(step.draft) if one.other == other)
    return [{"key": step.draft_id, "digest": found.conflict.digest}]


def _of_document(**more: Any) -> list[dict[str, Any]]:
    return [{"key": made("legaltext.clausetext", 2).document.code, **more}]


def _clause() -> list[dict[str, Any]]:
    row = made("legaltext.clausetext", 2)
    return _of_document(day=date(2020, 2, 29), clause=row.uid)


def _of_plan(argument: str) -> list[dict[str, Any]]:
    return [{argument: made("legaltext.plannedversion", 2).pk}]


def _of_publication() -> list[dict[str, Any]]:
    version = made("legaltext.publishedfile", 2).code_version
    found = PlannedVersion.objects.filter(published_as=version).first()
    return [{"pk": (found or made("legaltext.plannedversion", 9, state="published", published_as=version)).pk}]


def _of_version(**more: str) -> list[dict[str, Any]]:
    """The second version of a list whose content is kept here."""
    central = ProductList.objects.get(code="CPL")
    found = newest_kept(central)
    version = found or [published(PreparedVersion(list=central), AT, AT) for _ in range(2)][-1]
    return [{"code": "cpl", "number": version.number, **more}]


def _versions() -> list[dict[str, Any]]:
    bare = made("products.listversion", 2)
    return [{"code": bare.list.code.lower(), "number": bare.number}, *_of_version()]


WRITTEN, IN_FORCE, REPLACING = 1, 2, 3
"""The papers of meetings: one that is being written, one that is issued, and one that replaces it."""


SPECIAL: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "article version": lambda: [{"key": made("engagement.article", 2).slug, "number": 1}],
    "contact use": lambda: [{"pk": made("engagement.contactuse", 2).pk}],
    **dict.fromkeys(("newsletter-readers", "newsletter-preview"), _newsletter),
    "newsletter-preview-file": lambda: _newsletter(ending="eml"),
    "newsletter-passage": lambda: _newsletter(pk=made("engagement.passage", 2).pk),
    "newsletter-confirm": lambda: [{"key": confirm_link(made("engagement.subscriber", 1)).rstrip("/").split("/")[-1]}],
    **dict.fromkeys(("newsletter-choices", "newsletter-unsubscribe"), _reader),
    **{f"meeting-{name}": _of_meeting for name in ("agenda", "agenda-propose", "pack-publish", "readiness")},
    "meeting-pack": lambda: _of_meeting(level="white"),
    **{f"meeting paper-{name}": _of_paper(WRITTEN) for name in ("edit", "write", "attach")},
    **{f"meeting paper-{name}": _of_paper(IN_FORCE) for name in ("read", "readers", "replace", "receipt")},
    "meeting paper-compare": _of_paper(REPLACING),
    **{f"agenda item-{name}": lambda: [{"key": made("meetings.agendaitem", 2).pk}] for name in ("note", "take-in")},
    **{f"{name} clause": _of_draft(uid="new-2") for name in ("edit", "put in", "move", "take out")},
    **{name: _of_draft() for name in ("drafted text", "draft checks", "take back", "rebase draft", "bring in word")},
    "draft-file": _of_draft(form="redline"),
    "settle conflict": _conflict,
    **dict.fromkeys(("reading", "obligations in", "checks of", "review of an obligation"), _of_document),
    "compare": _of_document,
    "compare-file": lambda: _of_document(ending="docx"),
    "text-on": lambda: _of_document(day=date(2020, 2, 29)),
    "text-on-as": lambda: [_of_document(day=date(2020, 2, 29), ending=one)[0] for one in ("docx", "pdf", "xml")],
    "clause-on": _clause,
    "obligations of the code-file": lambda: [{"ending": "csv"}],
    "record of the code-file": lambda: [{"name": name} for name in ("documents", "document-versions", "clauses")],
    **{f"accept text as {what}": lambda: [{"key": made("legaltext.textimport", 2).pk}] for what in ("draft", "first")},
    **dict.fromkeys(("gather", "gather drafts"), lambda: _of_plan("key")),
    "rehearse": lambda: _of_plan("pk"),
    "make again": _of_publication,
    "code archive": lambda: [{"pk": made("legaltext.publishedfile", 2).code_version_id}],
    "version of a list": _versions,
    "version made again": _of_version,
    "version of a list-file": lambda: [*_of_version(ending="csv"), *_of_version(ending="xml.sig")],
    "latest version of a list": lambda: [{"code": one["code"], "ending": "json"} for one in _of_version()],
    "prepare a version": lambda: [{"code": "cpl"}, {"code": "dpl"}],
    "compare versions": lambda: [{"code": one["code"]} for one in _of_version()],
    "compare versions-file": lambda: [{"code": "cpl", "ending": one} for one in ("csv", "json")],
    **{
        name: lambda: [{"key": made("products.devicemodel", 2).entry_id}]
        for name in ("correct entry", "evidence of entry", "match certificates")
    },
    "answer query": lambda: [{"key": made("products.devicemodel", 3).entry_id}],
    "new entry form": lambda: [{"ending": one} for one in ("csv", "xlsx")],
    "submission row": lambda: [{"pk": (row := made("products.submissionrow", 2)).submission_id, "number": row.number}],
    "submission findings": lambda: [{"pk": made("products.submission", 2).pk}],
    "specification spell": lambda: [{"key": made("products.specification", 2).pk}],
    "firmware information-file": lambda: [{"ending": "csv"}],
    **{
        f"certificate-{name}": lambda: [{"key": made("products.certificate", 2).pk}]
        for name in ("withdraw", "renew", "edit")
    },
    **{f"remediation-{name}": lambda: [{"key": made("products.remediation", 2).pk}] for name in ("ask", "notice")},
    **{f"plan request-{name}": lambda: [{"key": made("products.planrequest", 2).pk}] for name in ("answer", "file")},
    "name readers of a notice": lambda: [{"key": made("assurance.securitynotice", 2).pk}],
    "find a privacy change material": lambda: [{"key": made("assurance.privacychange", 2).pk}],
    "assessment-observations-file": lambda: [{"key": made("assurance.assessment", 2).pk, "ending": "csv"}],
    "assessment cycle-file": lambda: [{"ending": "csv"}, {"ending": "xlsx"}],
    **{f"assessor-{name}": lambda: [{"key": made("assurance.assessor", 2).pk}] for name in ("capacity", "absence")},
    "shared resource provider-user": lambda: [{"key": made("assurance.sharedprovider", 2).pk}],
    "booking-place": lambda: [{"key": made("assurance.booking", 1).pk}],
    "booking-move": lambda: [{"key": made("assurance.booking", 2).pk}],
    "certificate population": lambda: [{"key": made("products.certificate", 2).pk}],
    **{
        f"event-{name}": lambda: [{"key": made("engagement.engagementevent", 2).pk}]
        for name in ("guests", "badges", "ics")
    },
    **{
        f"survey-{name}": lambda: [{"key": made("engagement.survey", 2).pk}]
        for name in ("asked", "telephone", "answers")
    },
    "area": lambda: [{"slug": slug} for slug in AREAS],
    "service performance": lambda: [{"month": "2020-02"}],
    "service performance-file": lambda: [{"month": "2020-02", "ending": "csv"}],
    **{
        f"{name}-file": lambda: [{"ending": "csv"}, {"ending": "json"}]
        for name in (
            "alert volumes",
            "alerts by code",
            "alerts by day",
            "alerts by model",
            "alerts of a model",
            "alert storms",
            "spurious alerts",
            "alerts without a set",
            "throttling policy",
            "alerts and firmware",
            "false outage alerts",
            "alerts in maintenance",
        )
    },
    "service level-explain": lambda: [{"key": made("oversight.servicelevel", 2).pk}],
    "comment on draft": lambda: [{"key": made("legaltext.circulation", 2).pk}],
    "legal text-new": _open_proposal,
    "link legal text": _open_proposal,
    "operational contact": _shared,
    "own problem": lambda: [{"key": made("change.problemdraft").key}],
    "idea-raise": lambda: [{"key": made("change.idea", 2, state="replied").pk}],
    "own application": lambda: [*_own(1), *_own(2), *_own(3)],
    "own application-form": lambda: _own(1),
    "own application-answer": lambda: _own(2),
    "own application-agreement": lambda: _own(3),
    "own application-withdraw": lambda: _own(1),
    "own registration": lambda: _place(3),
    "own registration-sessions": lambda: _place(1),
    "own registration-withdraw": lambda: _place(1),
    "own survey": lambda: [{"key": own_survey_key(made("engagement.invitee", 2))}],
    "survey-answer": lambda: [{"key": made("engagement.survey", 2).pk}],
    "survey-opt-in": lambda: [{"key": made("engagement.survey", 1).pk}],
    "survey-question": lambda: [
        {"key": made("engagement.surveyquestion", 2).survey_id, "number": made("engagement.surveyquestion", 2).number}
    ],
    "survey-results": lambda: [{"key": made("engagement.survey", 3).pk}],
    "survey-results-file": lambda: [{"key": made("engagement.survey", 3).pk, "ending": "csv"}],
    "survey-sheets": lambda: [{"key": made("engagement.survey", 3).pk, "ending": "csv"}],
    "application-execute": lambda: [{"key": made("register.application", 1).pk}],
    "exit-left": lambda: [{"key": made("register.leaving", 2).pk}],
    "application-agreement": lambda: [{"key": made("register.application", 3).pk}],
    "behind their mandate-file": lambda: [{"ending": "csv"}, {"ending": "xlsx"}],
    **{name: lambda: [{"key": made("meetings.minutes", 2).meeting_id}] for name in ("take minutes", "edit headlines")},
    **{name: lambda: [{"key": made("meetings.minute", 2).pk}] for name in ("put right", "comment on a row")},
    "draft of minutes": _drafts,
    "draft of minutes-file": lambda: _drafts(ending="docx"),
    "edition": _of_edition,
    "edition-file": lambda: _of_edition(ending="html"),
    "action-evidence": lambda: [{"key": made("meetings.action", 3).reference}],
    "load": lambda: [{"name": name} for name in LOADS],
    "file": lambda: [{"pk": one.pk, "name": one.name} for one in map(_file, (1, SEALED_FILE))],
    "publication": lambda: [{"slug": made("core.publication").slug}],
    "step": _steps,
    "cell": _figures,
    "figure": lambda: [*_figures(), *_figures(ending="csv"), *_figures(ending="json")],
    "event": lambda: [{"key": Event.objects.values_list("pk", flat=True)[0]}],
    **{
        name: lambda: [{"key": made("helpdesk.enquiry", 2).number}]
        for name in ("work", "sort enquiry", "note on enquiry", "link enquiry", "link as suggested")
    },
    "unlink enquiry": lambda: [{"key": made("helpdesk.enquiry", 2).number, "pk": made("helpdesk.link", 2).pk}],
    "split enquiry": lambda: [{"key": made("helpdesk.message", 2).pk}],
    "content": lambda: [{"token": signing.dumps(made("helpdesk.satisfaction", 2).pk, salt=SALT)}],
    "mail-as-it-came": lambda: [{"pk": made("post.incomingmail").pk, "arrival": made("post.arrival").pk}],
    "subscription-end": lambda: [{"pk": made("post.subscription").pk}],
    "feed": lambda: [{"token": "0" * 8, "base": "journal", "ending": "atom"}],
    "paper": lambda: [*_paper(), *_paper(ISSUED)],
    "paper-read": lambda: [*_paper(), *_paper(ISSUED)],
    "paper-file": lambda: [told for form in ("json", "html") for told in _paper(ISSUED, form=form)],
    "paper-part": lambda: _paper(part=made("papers.paper", 2).report.parts[0].key),
    "paper-attachment": lambda: _paper(pk=made("papers.attachment", 2).pk),
    "paper-differences": lambda: _paper(ISSUED),
    "paper-findings": _paper,
    "paper-restate": lambda: _paper(ISSUED),
    "paper-cell": lambda: [told for name in FIGURES for told in _paper(name=name, span=FEBRUARY)],
    "vote": _vote,
    "receipt": lambda: _of_ballot(2),
    "ballot journal": lambda: _of_ballot(3),
    "election follows": lambda: [{"key": made("committees.call", 2).pk}],
    "election result": lambda: [{"key": made("committees.call", 3).pk}],
    **{f"decision-{name}": lambda: [{"key": made("change.decision", 2).pk}] for name in ("refer", "hear")},
    **{f"proposal-{name}": lambda: [{"key": made("change.proposal", 2).reference}] for name in ("ballots", "decide")},
    "working group session-invite": lambda: [{"key": made("change.session", 2).pk}],
    "earliest release": lambda: [{"key": made("change.proposal", 2).reference}],
    **{
        f"consultation-{name}": lambda: [{"key": made("consultations.consultation", 2).reference}]
        for name in ("question-new", "document-new", "clarify", "respond", "points")
    },
    **{
        f"consultation-{name}": lambda: [{"key": made("consultations.consultation", 3).reference}]
        for name in ("summary", "you-said")
    },
    "consultation-question": lambda: [
        {"key": made("consultations.consultation", 2).reference, "pk": made("consultations.question", 2).pk}
    ],
    "consultation response-point": lambda: [{"key": made("consultations.response", 2).pk}],
    "own party": _of_party,
    "own party details": _of_party,
    "own party file": lambda: _of_party(base="default-cases", ending="csv"),
    "own party feed key": _of_party,
    "own party feed": lambda: [*_of_party(ending="ics"), *_of_party(ending="atom")],
    "own party feed by key": lambda: _of_party(token="0" * 8, ending="ics"),
    "colleagues": _of_party,
    "colleague removal": _colleague,
    "open data file": lambda: [{"name": name, "ending": ending} for name in DATASETS for ending in MEDIA],
    "capacity-new": lambda: [{"key": made("core.person", 2).pk}],
    "capacity-end": lambda: [{"key": made("core.person", 2).pk, "capacity": made("core.capacity", 2).pk}],
}
