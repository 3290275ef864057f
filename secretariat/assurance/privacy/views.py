"""Pages of privacy: changes that Other Users notify, random samples, and where each Other User stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.assurance.models import Kind
from secretariat.assurance.privacy.actions import draw, find_material
from secretariat.assurance.privacy.filters import PrivacyChangeFilter, SampleDrawFilter
from secretariat.assurance.privacy.forms import MaterialForm, PrivacyChangeForm, SampleDrawForm
from secretariat.assurance.privacy.models import NOTIFIED, PrivacyChange, SampleDraw
from secretariat.assurance.privacy.procedure import (
    PRIVACY_CHANGES,
    assessment_due,
    decider,
    its_contact_or_team,
    outcome_due,
    security_team,
)
from secretariat.assurance.privacy.standing import Standing, standings
from secretariat.assurance.privacy.statuses import is_charged, rule_of
from secretariat.core.capacities import speaks_for
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused, Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, local_day, long_date


class PrivacyChanges(ListPage):
    """Changes to privacy processes for which approval was asked."""

    model = PrivacyChange
    word, plural = "privacy change", "privacy changes"
    filters = PrivacyChangeFilter
    columns = (
        Column("party", "Party", "party__name"),
        Column("title", "Change", "title"),
        Column("clause", "Under", "clause"),
        Column("notified", "Notified", "notified_on"),
        Column("material", "Found material", "material_on"),
        Column("decided", "Outcome", "decided_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-notified_on"
    day = "notified_on"
    about = "Changes to an Other User's privacy processes, which need approval: notified, answered, or assessed first."
    empty = "No change to privacy processes was notified that you may read."
    enters: ClassVar[Who | None] = staticmethod(its_contact_or_team)


class PrivacyChangePage(RecordPage):
    """One notified change."""

    template = "assurance/privacy_change.html"
    model = PrivacyChange
    word, plural = "privacy change", "privacy changes"

    def facts(self, record: PrivacyChange) -> list[Fact]:
        """What changes, by when it is answered with the working, and what came of it."""
        due, assessed_by, case = outcome_due(record), assessment_due(record), record.assessment
        told = (
            ("Planned for", day_words(record.planned_for)),
            ("Outcome on", day_words(record.decided_on)), ("Reason", record.reason),
        )  # fmt: skip
        facts = [
            Fact("Party", str(record.party), record.party.get_absolute_url()),
            Fact("Process under", record.clause),
            Fact("What changes", record.text),
            *([Fact("To be answered by", long_date(due.result), note=due.sentence())] if due else []),
        ]
        if assessed_by is not None:
            rule = RULEBOOK.entry("privacy.adhoc_weeks", record.material_on or local_day(self.request.at))
            facts.append(Fact("To be assessed by", long_date(assessed_by), note=rule.note))
        facts += [Fact("Ad-hoc assessment", str(case), case.get_absolute_url())] if case else []
        return facts + [Fact(label, value) for label, value in told if value]

    def context(self, record: PrivacyChange) -> dict[str, Any]:
        """Where the change is found material, with its assessment."""
        may = record.state == NOTIFIED and security_team(reader(self.request), record, self.request.at)
        return {"material": reverse("find a privacy change material", args=[record.pk]) if may else ""}


class PrivacyChangeEntry(EntryPage):
    """Asks approval for a change."""

    model = PrivacyChange
    form_class = PrivacyChangeForm
    word, plural = "privacy change", "privacy changes"
    who: ClassVar[Who] = staticmethod(its_contact_or_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Notifies it."""
        if not its_contact_or_team(told["by"], record, told["at"]):
            raise Refused("You ask approval for a party that you speak for.")
        PRIVACY_CHANGES.take("notify", record, **told)


class FindMaterial(FormPage):
    """Finds a change material and requests its ad-hoc assessment."""

    model = PrivacyChange
    title = "Find it material and request the assessment"
    who: ClassVar[Who] = staticmethod(security_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """Why it is material."""
        return MaterialForm(data)

    def save(self, record: Any, form: forms.Form) -> str:
        """Requests the assessment and takes the step."""
        find_material(record, form.cleaned_data["reason"], **self.told())
        return str(record.get_absolute_url())


class SampleDraws(ListPage):
    """Random samples of Other Users."""

    model = SampleDraw
    word, plural = "random sample", "random samples"
    filters = SampleDrawFilter
    columns = (
        Column("drawn", "Drawn", "drawn_on"),
        Column("number", "Users", "number", numeric=True),
        Column("words", "Words", "words"),
        class_column(),
    )
    order = "-drawn_on"
    day = "drawn_on"
    about = "Draws of Other Users whose privacy is assessed at random; each can be repeated from its words."
    empty = "No random sample was drawn that you may read."
    enters: ClassVar[Who | None] = staticmethod(security_team)


class SampleDrawPage(RecordPage):
    """One draw, with how to repeat it."""

    model = SampleDraw
    word, plural = "random sample", "random samples"

    def facts(self, record: SampleDraw) -> list[Fact]:
        """How many were drawn, among how many, with which words, and who pays."""
        day = record.drawn_on or local_day(self.request.at)
        charged, rule = is_charged(Kind.RANDOM_SAMPLE, day), RULEBOOK.entry("privacy.sample_charged", day)
        how = "Those parties are drawn whose key, after the words and a line's end, has the least SHA-256."
        return [
            Fact("Users drawn", record.number),
            Fact("Among", f"{len(record.among)} Other Users"),
            Fact("Words", record.words, note=how),
            Fact("Charged to the User", "yes" if charged else "no", note=f"{rule.doubt} {rule.source}."),
        ]

    def related(self, record: SampleDraw) -> list[Related]:
        """The assessments that were requested, as far as the person may read them, and the keys drawn among."""
        found: Any = record.assessments.all()
        rows: list[tuple[Any, ...]] = [
            (Crumb(str(one.party), one.get_absolute_url()), one.get_state_display())
            for one in found.visible_to(reader(self.request), self.request.at).select_related("party")
        ]
        among: list[tuple[Any, ...]] = [(key,) for key in record.among]
        return [
            Related("Assessments", ("User", "Stands"), rows, "There is no assessment of it that you may read."),
            Related("Drawn among", ("Key",), among, "Nothing is kept of whom it was drawn among."),
        ]


class SampleDrawEntry(EntryPage):
    """Draws a random sample."""

    model = SampleDraw
    form_class = SampleDrawForm
    word, plural = "random sample", "random samples"
    who: ClassVar[Who] = staticmethod(security_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Draws, and requests the assessments."""
        draw(record, **told)


def follows_privacy(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat, the body that sets privacy statuses, or a party's contact."""
    if person is None:
        return False
    return decider(person, record, at) or person.acts_as(Role.PARTY_CONTACT, at) or person.acts_as(Role.ASSESSOR, at)


class PrivacyStanding(Page):
    """Where each Other User stands, and which privacy assessment comes next; a contact sees the own party."""

    template = "assurance/privacy_standing.html"
    who: ClassVar[Who] = staticmethod(follows_privacy)
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Privacy of Other Users"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The table."""
        person, at = reader(self.request), self.request.at
        rows = [_row(one) for one in standings(person, at) if _may_see(one, person, at)]
        return self.shown({"rows": rows, "rule": rule_of(at), "often": RULEBOOK.entry("privacy.self_months", at)})


def _may_see(one: Standing, person: Person | None, at: datetime) -> bool:
    """A contact sees the parties spoken for; who assesses or decides sees all."""
    assesses = person is not None and person.acts_as(Role.ASSESSOR, at)
    return assesses or decider(person, None, at) or one.party.pk in speaks_for(person, at)


def _row(one: Standing) -> tuple[Any, ...]:
    due = "under way" if one.next.under_way else (long_date(one.next.by) if one.next.by else "now")
    return (
        Crumb(one.party.name, one.party.get_absolute_url()), one.status or "none",
        day_words(one.since), str(Kind(one.next.kind).label), due,
        f"{one.next.why} ({one.next.citation})",
    )  # fmt: skip
