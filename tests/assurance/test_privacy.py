"""Privacy: the names of statuses by date, notified changes and their clock, random samples, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from secretariat.assurance.models import Assessment, AssessmentMilestone, Frame, Kind, MilestoneKind
from secretariat.assurance.privacy import statuses
from secretariat.assurance.privacy.actions import draw, find_material
from secretariat.assurance.privacy.duties import notified_changes, self_assessment
from secretariat.assurance.privacy.models import MATERIAL, NOTIFIED, PrivacyChange, SampleDraw
from secretariat.assurance.privacy.procedure import PRIVACY_CHANGES, assessment_due, outcome_due
from secretariat.assurance.privacy.sampling import drawn
from secretariat.assurance.privacy.standing import Past, next_privacy, standings
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.register.models import Party
from secretariat.register.user_entry.models import LIVE, RoleEntry, UserRole
from tests.assurance.factories import LATER, london, party, person, security_person

BEFORE, AFTER = date(2020, 11, 28), date(2020, 11, 29)
NEW_NAMES = ("Approved", "Approved subject to", "Deferred", "Rejected")


# The names of statuses (PRV-2)


def test_the_statuses_that_can_be_set_changed_on_29_november_2020() -> None:
    assert statuses.values(BEFORE) == ("Approved", "Approved subject to", "Provisionally approved", "Deferred")
    assert statuses.values(AFTER) == NEW_NAMES
    assert "MP112" in statuses.rule_of(AFTER).source


@pytest.mark.parametrize(
    ("status", "now"),
    [("Approved", "Approved"), ("Approved subject to", "Approved subject to"),
     ("Provisionally approved", "Deferred"), ("Deferred", "Rejected")],
)  # fmt: skip
def test_a_status_set_before_the_change_is_called_by_its_new_name_after_it(status: str, now: str) -> None:
    assert statuses.called(status, date(2020, 2, 14), BEFORE) == status
    assert statuses.called(status, date(2020, 2, 14), AFTER) == now


def test_a_deferred_set_after_the_change_stays_deferred() -> None:
    assert statuses.called("Deferred", AFTER, date(2021, 6, 1)) == "Deferred"


@given(st.sampled_from(statuses.values(BEFORE)), st.dates(date(2014, 1, 1), BEFORE), st.dates(AFTER, date(2024, 1, 1)))
def test_every_status_of_the_past_has_one_of_the_names_of_its_day(status: str, set_on: date, day: date) -> None:
    assert statuses.called(status, set_on, day) in statuses.values(day)


@pytest.mark.parametrize("status", statuses.values(BEFORE))
def test_only_the_first_two_statuses_pass_user_entry_before_and_after(status: str) -> None:
    passes = status in ("Approved", "Approved subject to")
    assert statuses.lets_enter(status, BEFORE) is passes
    assert statuses.lets_enter(statuses.called(status, BEFORE, AFTER), AFTER) is passes


def test_a_second_full_assessment_follows_a_rejection_and_nothing_before_there_was_one() -> None:
    assert statuses.needs_second_full("Rejected", AFTER)
    assert not statuses.needs_second_full("Deferred", AFTER)
    assert not statuses.needs_second_full("Deferred", BEFORE)


def test_random_samples_are_charged_since_24_june_2021_and_nothing_else_is() -> None:
    assert not statuses.is_charged(Kind.RANDOM_SAMPLE, date(2021, 6, 23))
    assert statuses.is_charged(Kind.RANDOM_SAMPLE, date(2021, 6, 24))
    assert not statuses.is_charged(Kind.FPA, date(2021, 6, 24))


# What comes next (PRV-1)

TODAY = date(2021, 3, 1)


def past(status: str = "", kind: str = Kind.FPA, ended: date | None = date(2020, 2, 14), *, runs: bool = False) -> Past:
    return Past(kind, date(2019, 11, 4), ended, status, is_open=runs)


def test_a_full_assessment_comes_first() -> None:
    assert next_privacy([], TODAY).kind == Kind.FPA


def test_while_one_runs_nothing_else_is_due() -> None:
    found = next_privacy([past("Approved"), past(ended=None, kind=Kind.RANDOM_SAMPLE, runs=True)], TODAY)
    assert (found.kind, found.by, found.under_way) == (Kind.RANDOM_SAMPLE, None, True)


def test_after_an_approval_a_self_assessment_is_due_a_year_after_the_last_one() -> None:
    found = next_privacy([past("Approved"), past(kind=Kind.PRIVACY_SELF, ended=date(2020, 8, 31))], TODAY)
    assert (found.kind, found.by) == (Kind.PRIVACY_SELF, date(2021, 8, 31))


def test_a_deferred_of_before_the_change_calls_for_a_second_full_assessment_after_it() -> None:
    assert next_privacy([past("Deferred")], date(2020, 6, 1)).kind == Kind.PRIVACY_SELF
    found = next_privacy([past("Deferred")], TODAY)
    assert (found.kind, found.citation) == (Kind.FPA, "PRV-2")


# Drawing (PRV-1)

KEYS = st.sets(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=40)


@given(KEYS, st.integers(0, 50), st.text(max_size=20), st.randoms())
def test_a_draw_can_be_repeated_whatever_the_order(keys: set[str], number: int, words: str, random: Any) -> None:
    mixed = sorted(keys)
    random.shuffle(mixed)
    found = drawn(mixed, number, words)
    assert found == drawn(sorted(keys), number, words)
    assert len(found) == len(set(found)) == min(number, len(keys))
    assert found == drawn(keys, number + 1, words)[: len(found)]


def test_other_words_draw_others() -> None:
    keys = [f"user-{number}" for number in range(100)]
    assert drawn(keys, 5, "2,104 enquiries") != drawn(keys, 5, "2,105 enquiries")


# Notified changes (PRV-4)


def other_user(name: str = "Alder Energy Limited") -> Party:
    found = party(name)
    role = UserRole.objects.get_or_create(name="Other User", defaults={"position": 9})[0]
    RoleEntry(party=found, role=role, state=LIVE).save()
    return found


def change(of: Party | None = None, **told: Any) -> PrivacyChange:
    made = PrivacyChange(party=of or other_user(), clause="I1.3", title="A new register of consents", text="Words.")
    for name, value in told.items():
        setattr(made, name, value)
    return made


def notified(on: str = "2020-02-17", **told: Any) -> PrivacyChange:
    made = change(**told)
    PRIVACY_CHANGES.take("notify", made, by=security_person(), at=london(on), recorded=LATER)
    return made


def take(name: str, made: PrivacyChange, on: str = "2020-02-20", by: Person | None = None, **facts: Any) -> None:
    told = {"by": by or security_person(), "at": london(on), "recorded": LATER}
    PRIVACY_CHANGES.take(name, made, **told, **facts)


@pytest.mark.django_db
def test_a_change_is_answered_within_ten_working_days_and_the_working_is_told() -> None:
    due = outcome_due(notified("2020-02-17"))
    assert due is not None
    assert due.result == date(2020, 3, 2)
    assert due.sentence().startswith("10 Working Days after Mon 17 Feb 2020 is Mon 2 Mar 2020")


@pytest.mark.django_db
def test_a_contact_notifies_for_the_own_party_and_hears_by_when_it_is_answered() -> None:
    own = other_user()
    contact, stranger = (person(Role.PARTY_CONTACT, organisation_id=number) for number in (own.pk, own.pk + 999))
    with pytest.raises(Refused, match="is for others"):
        PRIVACY_CHANGES.take("notify", change(own), by=stranger, at=london("2020-02-17"), recorded=LATER)
    made = change(own)
    PRIVACY_CHANGES.take("notify", made, by=contact, at=london("2020-02-17"), recorded=LATER)
    told = list(notified_changes(own.pk, contact, LATER))
    assert [(one.due, one.citation) for one in told] == [(date(2020, 3, 2), "PRV-4")]
    assert list(notified_changes(own.pk, stranger, LATER)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "why"),
    [({"of": True}, "is becoming, an Other User asks approval"), ({"clause": "I2.1"}, "notified under a clause of")],
)
def test_a_change_that_needs_no_approval_is_not_taken(told: dict[str, Any], why: str) -> None:
    if told.pop("of", False):
        told["of"] = party()
    with pytest.raises(Refused, match=why):
        notified(**told)


@pytest.mark.django_db
def test_a_material_change_is_assessed_within_four_weeks_and_approved_only_by_that_assessment() -> None:
    made = notified()
    with pytest.raises(Refused, match="found material once its ad-hoc assessment is requested"):
        take("find_material", made, reason="A new purpose.")
    find_material(made, "A new purpose.", by=security_person(), at=london("2020-02-20"), recorded=LATER)
    made.refresh_from_db()
    case = made.assessment
    assert case is not None
    assert (made.state, case.kind, case.frame) == (MATERIAL, Kind.AD_HOC, Frame.PRIVACY)
    assert assessment_due(made) == date(2020, 3, 19)
    with pytest.raises(Refused, match="approved once its ad-hoc assessment was given a status"):
        take("approve", made)
    AssessmentMilestone(
        assessment=case, kind=MilestoneKind.PRIVACY_STATUS, day=date(2020, 2, 28), detail="Approved"
    ).save()
    take("approve", made, "2020-03-02", by=person(Role.COMMITTEE_MEMBER, audience="SECP"))
    assert made.decided_on == date(2020, 3, 2)


@pytest.mark.django_db
def test_an_assessment_that_cannot_be_requested_leaves_the_change_as_it_was() -> None:
    made = notified()
    stranger = person(Role.PARTY_CONTACT, organisation_id=made.party_id)
    with pytest.raises(Refused):
        find_material(made, "A new purpose.", by=stranger, at=london("2020-02-20"), recorded=LATER)
    made.refresh_from_db()
    assert (made.state, Assessment.objects.count()) == (NOTIFIED, 0)


@pytest.mark.django_db
def test_a_change_is_refused_with_a_reason_or_withdrawn_by_who_asked() -> None:
    one, other = notified(), notified(of=other_user("Birch Energy Limited"))
    with pytest.raises(Refused, match="Reason"):
        take("refuse", one)
    take("refuse", one, reason="No consent is asked for.")
    contact = person(Role.PARTY_CONTACT, organisation_id=other.party_id)
    take("withdraw", other, by=contact, reason="It is not needed.")
    assert (one.state, other.state, other.decided_on) == ("refused", "withdrawn", date(2020, 2, 20))


@pytest.mark.django_db
def test_the_panel_and_its_auditor_read_a_change_and_another_party_does_not() -> None:
    made = notified()
    readers = {
        "own": person(Role.PARTY_CONTACT, organisation_id=made.party_id),
        "panel": person(Role.COMMITTEE_MEMBER, audience="SECP"),
        "auditor": person(Role.ASSESSOR, audience="IPA"),
        "other": person(Role.PARTY_CONTACT, organisation_id=made.party_id + 999),
        "ssc": person(Role.COMMITTEE_MEMBER, audience="SSC"),
        "nobody": None,
    }
    sees = {name: PrivacyChange.objects.visible_to(one, LATER).exists() for name, one in readers.items()}
    assert [name for name, yes in sees.items() if yes] == ["own", "panel", "auditor"]


# Random samples and the table


@pytest.mark.django_db
def test_a_random_sample_requests_an_assessment_of_each_user_drawn_and_of_no_busy_one() -> None:
    users = [other_user(f"User {letter} Limited") for letter in "ABCDEF"]
    sample = SampleDraw(number=2, words="2,104 enquiries")
    told = {"by": security_person(), "at": london("2020-02-17"), "recorded": LATER}
    found = draw(sample, **told)
    keys = [one.party.key for one in found]
    assert keys == drawn([one.key for one in users], 2, "2,104 enquiries")
    assert set(sample.assessments.values_list("kind", flat=True)) == {Kind.RANDOM_SAMPLE}
    again = SampleDraw(number=4, words="2,104 enquiries")
    assert not {one.party.key for one in draw(again, **told)} & set(keys)
    with pytest.raises(Refused, match="There are 0 Other Users to draw among"):
        draw(SampleDraw(number=1, words="x"), **told)


@pytest.mark.django_db
def test_a_contact_sees_in_the_table_only_where_the_own_party_stands(client: Client, settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = LATER.isoformat(), []
    own, other = other_user(), other_user("Birch Energy Limited")
    client.force_login(person(Role.PARTY_CONTACT, organisation_id=own.pk), "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("privacy of other users")).content.decode()
    assert own.name in page
    assert other.name not in page
    assert "Full Privacy Assessment" in page


@pytest.mark.django_db
def test_where_other_users_stand_is_asked_in_the_same_few_questions(django_assert_num_queries: Any) -> None:
    for letter in "ABC":
        other_user(f"User {letter} Limited")
    reader = security_person()
    reader.capacities_on(LATER.date())
    with django_assert_num_queries(2):
        assert len(standings(reader, LATER)) == 3


@pytest.mark.django_db
def test_the_next_self_assessment_is_a_duty_of_the_party() -> None:
    own = other_user()
    contact = person(Role.PARTY_CONTACT, organisation_id=own.pk)
    assert list(self_assessment(own.pk, contact, LATER)) == []
    case = Assessment(party=own, kind=Kind.FPA, frame=Frame.PRIVACY, opened_on=date(2019, 3, 1), audience="SECP")
    case.save()
    AssessmentMilestone(
        assessment=case, kind=MilestoneKind.PRIVACY_STATUS, day=date(2019, 6, 14), detail="Approved"
    ).save()
    assert [one.due for one in self_assessment(own.pk, contact, LATER)] == [date(2020, 6, 14)]


SignIn = Callable[[Person], Client]


@pytest.mark.django_db
def test_the_forms_notify_a_change_and_find_it_material(client: Client, settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = LATER.isoformat(), []
    own = other_user()
    client.force_login(person(Role.PARTY_CONTACT, organisation_id=own.pk), "django.contrib.auth.backends.ModelBackend")
    told = {"party": own.pk, "clause": "I1.4", "title": "Another purpose", "text": "Words."}
    assert client.post(reverse("privacy change-new"), {**told, "party": ""}).status_code == 422
    assert client.post(reverse("privacy change-new"), told).status_code == 302
    made = PrivacyChange.objects.get()
    path = reverse("find a privacy change material", args=[made.pk])
    assert client.post(path, {"reason": "New."}).status_code == 403
    client.force_login(security_person(), "django.contrib.auth.backends.ModelBackend")
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "New."}).status_code == 302
    made.refresh_from_db()
    assert made.state == MATERIAL
