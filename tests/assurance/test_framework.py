"""Frameworks in versions, agreed interpretations, and the security plan that comes back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.assurance.framework.forms import FrameworkVersionForm
from secretariat.assurance.framework.load import CONTROLS
from secretariat.assurance.framework.models import (
    AGREED,
    DONE,
    DROPPED,
    PLANNED,
    REPLACED,
    UNDER_WAY,
    WITHDRAWN,
    Control,
    FrameworkVersion,
    Interpretation,
    PlannedWork,
    Work,
)
from secretariat.assurance.framework.procedure import INTERPRETATIONS, SECURITY_PLAN, next_due, work_to_plan
from secretariat.assurance.framework.standing import Asked, Difference, controls_of, differences, version_on
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.load import Loading, load
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.post.due import take_due
from tests.assurance.factories import LATER, london, security_person


def asked(reference: str, says: str = "Do it.", title: str = "A title") -> Asked:
    return Asked(reference, "G3.8", title, says)


# Versions and controls (SEC-20)


def test_what_differs_between_two_versions_is_told_by_reference_and_field() -> None:
    before = [asked("A-1"), asked("A-2"), asked("A-3")]
    after = [asked("A-4"), asked("A-3", "Do it twice.", "Another"), asked("A-1")]
    assert differences(before, after) == [
        Difference("A-2", "removed"), Difference("A-3", "changed", ("title", "says")), Difference("A-4", "added"),
    ]  # fmt: skip
    assert differences(after, after) == []


def version(number: str, from_day: str, framework: str = "SCF 2") -> FrameworkVersion:
    made = FrameworkVersion(framework=framework, number=number, from_day=date.fromisoformat(from_day))
    made.save()
    return made


@pytest.mark.django_db
def test_a_version_has_the_controls_begun_with_it_or_before_and_not_ended() -> None:
    old, new = version("V1.19", "2019-10-01"), version("V1.20", "2020-02-06")
    version("V1.0", "2020-02-06", "PCF")
    stays, goes, comes = (
        Control(reference=name, obligation="G3.8", title=name, says="Do it.", since=since, until=until)
        for name, since, until in (("A-1", old, None), ("A-2", old, new), ("A-3", new, None))
    )
    for one in (stays, goes, comes):
        one.save()
    assert list(controls_of(old)) == [stays, goes]
    assert list(controls_of(new)) == [stays, comes]
    assert version_on("SCF 2", date(2020, 2, 5)) == old
    assert version_on("SCF 2", date(2020, 2, 6)) == new
    assert version_on("SCF 2", date(2019, 9, 30)) is None


@pytest.mark.django_db
def test_a_version_names_a_governed_document_by_a_reference_that_finds_one_record() -> None:
    told = {"framework": "PCF", "number": "V1", "from_day": "2020-02-06", "classification": 0}
    form = FrameworkVersionForm({**told, "about_reference": "nothing of the kind"})
    assert "No single record has this reference." in str(form.errors)
    made = Interpretation(number="AI-01", obligation="G3.8", question="Which?", says="That.")
    made.save()
    form = FrameworkVersionForm({**told, "about_reference": "AI-01"})
    assert form.is_valid(), form.errors
    assert (form.instance.about_kind, form.instance.about_id) == ("assurance.interpretation", made.pk)


@pytest.mark.django_db
def test_the_document_of_a_version_is_amended_by_its_reference_and_shown_to_who_may_read_it(
    client: Client, settings: Any
) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = LATER.isoformat(), []
    made, kept = version("V1.20", "2020-02-06"), Interpretation(number="AI-01", obligation="G3.8", question="Which?")
    made.classification = Class.WHITE
    made.save()
    kept.says = "That."
    kept.save()
    client.force_login(security_person(), "django.contrib.auth.backends.ModelBackend")
    told = {"framework": "SCF 2", "number": "V1.20", "from_day": "2020-02-06", "classification": 0}
    edit = reverse("version of a framework-edit", args=[made.pk])
    assert client.post(edit, told | {"about_reference": "AI-01", "changed": "Words."}).status_code == 302
    made.refresh_from_db()
    assert (made.about_id, made.changed) == (kept.pk, "Words.")
    amended = Event.objects.get(name="frameworkversion.amend").facts
    assert set(amended) == {"about_kind", "about_id", "changed"}
    assert "Kept as" in client.get(made.get_absolute_url()).content.decode()
    client.logout()
    assert "Kept as" not in client.get(made.get_absolute_url()).content.decode()


HEAD = "framework,version,reference,obligation,title,says\n"
ROW = "SCF 2,V1.20,G3.8-1,G3.8,Change,Changes are approved.\n"


def loaded(text: str) -> Any:
    return load(CONTROLS, "controls.csv", text.encode(), Loading(security_person(), LATER, LATER))


@pytest.mark.django_db
def test_controls_are_loaded_once_and_a_row_of_no_version_or_other_words_is_refused() -> None:
    version("V1.20", "2020-02-06")
    assert loaded(HEAD + ROW).sentence == "1 accepted, 0 already there, 0 refused."
    assert loaded(HEAD + ROW).sentence == "0 accepted, 1 already there, 0 refused."
    for bad, why in (
        (ROW.replace("V1.20", "V9"), "row 2, version: SCF 2 has no version V9."),
        (ROW.replace("approved", "made"), "in other words"),
        (ROW.replace("8-1", "8-2") * 2, "row 3, reference: This control is here twice."),
    ):
        with pytest.raises(Refused, match=why):
            loaded(HEAD + bad)
    assert Control.objects.count() == 1


# Interpretations (SEC-20)


def proposed(number: str = "AI-07", replaces: Interpretation | None = None) -> Interpretation:
    made = Interpretation(number=number, obligation="G3.8", question="Which?", says="That.", replaces=replaces)
    INTERPRETATIONS.take("propose", made, by=security_person(), at=london("2020-02-10"), recorded=LATER)
    return made


def agree(made: Interpretation, meeting: str = "SSC_97_1202", on: str = "2020-02-12") -> None:
    INTERPRETATIONS.take("agree", made, by=security_person(), at=london(on), recorded=LATER, meeting=meeting)


@pytest.mark.django_db
def test_a_new_version_of_an_interpretation_replaces_the_agreed_one() -> None:
    first = proposed()
    with pytest.raises(Refused, match="agreed at a meeting of the Security Sub-Committee"):
        agree(first, "SECP_78_1402")
    agree(first)
    with pytest.raises(Refused, match="replaces the agreed one of its number"):
        proposed()
    second = proposed(replaces=first)
    assert second.version == 2
    agree(second, "SSC_98_2602", "2020-02-26")
    first.refresh_from_db()
    assert (first.state, first.ended_on) == (REPLACED, date(2020, 2, 26))
    assert (second.state, second.agreed_on) == (AGREED, date(2020, 2, 26))


@pytest.mark.django_db
def test_what_replaces_an_interpretation_that_no_longer_holds_is_not_agreed() -> None:
    first = proposed()
    agree(first)
    second = proposed(replaces=first)
    INTERPRETATIONS.take("withdraw", first, by=security_person(), at=london("2020-02-14"), recorded=LATER, reason="No.")
    with pytest.raises(Refused, match="no longer holds"):
        agree(second, "SSC_98_2602", "2020-02-26")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (WITHDRAWN, "proposed")


# The plan (SEC-30, SEC-31)


def planned(work: str = Work.INCIDENT_EXERCISE, due: str = "2020-02-27", owner: Person | None = None) -> PlannedWork:
    made = PlannedWork(work=work, due_on=date.fromisoformat(due), owner=owner)
    SECURITY_PLAN.take("plan", made, by=security_person(), at=london("2020-01-06"), recorded=LATER)
    return made


def take(name: str, made: PlannedWork, on: str = "2020-02-27", **facts: Any) -> None:
    SECURITY_PLAN.take(name, made, by=security_person(), at=london(on), recorded=LATER, **facts)


def done(made: PlannedWork, **facts: Any) -> None:
    take("begin", made)
    take("complete", made, outcome="Five lessons.", **facts)


@pytest.mark.parametrize(
    ("work", "last", "today", "due"),
    [(Work.INCIDENT_EXERCISE, date(2020, 2, 27), date(2020, 3, 5), date(2021, 2, 27)),
     (Work.STANDARDS_REVIEW, date(2019, 11, 30), date(2020, 3, 5), date(2020, 5, 30)),
     (Work.STANDARDS_REVIEW, date(2020, 2, 29), date(2020, 3, 5), date(2020, 5, 29))],
)  # fmt: skip
def test_a_duty_comes_back_after_so_many_months_and_never_in_the_past(
    work: str, last: date, today: date, due: date
) -> None:
    assert next_due(work, last, today) == due


@pytest.mark.django_db
def test_work_begins_once_somebody_owns_it_and_its_next_turn_is_planned_by_time_alone() -> None:
    owner = security_person()
    made = planned()
    with pytest.raises(Refused, match="Say first who owns the work"):
        take("begin", made)
    made.owner = owner
    made.save()
    done(made)
    assert (made.state, made.done_on) == (DONE, date(2020, 2, 27))
    assert take_due(LATER, LATER).refused == []
    assert list(work_to_plan(LATER)) == []
    again = PlannedWork.objects.exclude(pk=made.pk).get()
    assert (again.due_on, again.owner, again.state) == (date(2021, 2, 27), owner, PLANNED)


@pytest.mark.django_db
def test_a_review_of_standards_ends_with_the_day_on_which_its_changes_were_published() -> None:
    made = planned(Work.STANDARDS_REVIEW, owner=security_person())
    with pytest.raises(Refused, match="its changes were published"):
        done(made)
    with pytest.raises(Refused, match="its changes were published"):
        take("complete", made, outcome="Two changes.", published_on="2020-03-02")
    take("complete", made, outcome="Two changes.", published_on="2020-02-26")
    assert made.published_on == date(2020, 2, 26)


@pytest.mark.django_db
def test_work_is_planned_and_moved_to_days_to_come_and_can_be_dropped() -> None:
    with pytest.raises(Refused, match="before the day on which it is due"):
        planned(due="2019-12-31")
    made = planned(owner=security_person())
    for day in ("2020-02-27", "2020-02-01"):
        with pytest.raises(Refused, match="moved to another day, and not to one that is over"):
            take("move", made, "2020-02-20", due_on=day, reason="The room is taken.")
    take("move", made, "2020-02-20", due_on="2020-03-12", reason="The room is taken.")
    assert made.due_on == date(2020, 3, 12)
    take("begin", made)
    assert made.state == UNDER_WAY
    take("drop", made, reason="There is no exercise this year.")
    assert made.state == DROPPED
