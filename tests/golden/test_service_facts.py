"""What the published reports of February 2020 say of the central service can be stated from the sample.

Hubs, the tracker and the population behind certificates have a file of their own beside this one.
"""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.figures import Span
from secretariat.oversight.catalogue.standing import schedulable_on
from secretariat.oversight.differences.models import EngagementRules
from secretariat.oversight.incidents.figures import aged_incidents
from secretariat.oversight.incidents.models import AgedCategory, Coverage, IncidentLink, MajorReview
from secretariat.oversight.maintenance.models import MaintenanceWindow
from secretariat.oversight.measures.composition import Rule
from secretariat.oversight.measures.figures import measures_missed
from secretariat.oversight.measures.methods import MethodVersion
from secretariat.oversight.measures.models import Commitment, MeasureDefinition
from secretariat.oversight.measures.standing import by_key, composed, current_levels, months_to, outlook
from secretariat.oversight.readings.place import opened_desk
from secretariat.oversight.regions import Region
from secretariat.oversight.smets1.models import LiveServiceAssessment
from secretariat.oversight.testing.models import ConcurrentTesting, GovernancePlan
from secretariat.plain.months import Month
from secretariat.products.certificates.models import RemovalNotice
from secretariat.products.models import Certificate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
TODAY = date(2020, 3, 9)
JANUARY, FEBRUARY = Month(2020, 1), Month(2020, 2)


def test_alerts_are_told_by_region_and_month_beside_the_hubs_installed_there() -> None:
    rows = opened_desk().ask("q1", first="2019-11", last="2020-02").rows.to_pylist()
    regions = {row["region"] for row in rows if row["installed"]}
    assert len(regions) >= 3
    assert all(row["per_thousand"] == pytest.approx(1000 * row["n"] / row["installed"]) for row in rows
               if row["installed"])  # fmt: skip


def test_the_first_generation_is_a_population_of_its_own() -> None:
    assert [one.label for one in Region] == ["North", "Central", "South", "SMETS1"]


def test_four_of_five_causes_assigned_to_users_fell_and_the_operators_says_how_far_it_reaches() -> None:
    grid = aged_incidents.grid(Span.of(FEBRUARY))
    told = " ".join(grid.remarks)
    assert "4 of 5 causes fell" in told
    for name in ("Incorrect or no credentials (DNO)", "Incorrect CH variant installed"):
        assert f"{name} (" in told
        assert AgedCategory.objects.get(name=name).lead
    assert "one network operator" in AgedCategory.objects.get(name__contains="DNO").caveat
    assert Coverage.objects.get().promised_for == date(2020, 2, 29)


def test_the_first_measure_was_missed_in_eleven_of_twelve_months_and_is_below_its_minimum() -> None:
    grid = measures_missed.grid(Span.of(JANUARY))
    assert [grid.cell("cpm1", key).value for key in ("reported", "missed", "below_minimum")] == [12, 11, 11]


def test_firmware_payloads_are_what_drags_it_down_in_most_months() -> None:
    definition = MeasureDefinition.objects.filter(measure__code="CPM1").first()
    assert definition is not None
    worst = []
    for month in months_to(JANUARY):
        found = composed(definition, Rule(definition.rule), by_key(current_levels([month])))
        assert not isinstance(found, str)
        worst.append(next(iter(found.losses_by(lambda part: part.measure))))
    assert worst.count("PM2") >= 11


def test_the_promise_of_march_stands_beside_what_the_trend_says() -> None:
    promised = Commitment.objects.get(measure__code="PM2")
    assert Month.of(promised.due_on) == Month(2020, 3)
    levels = current_levels(months_to(JANUARY), ["PM2"])
    assert outlook(promised, promised.measure.definitions.first(), levels, TODAY).verdict(Month(2020, 3))


def test_the_method_and_the_exceptions_have_versions_with_the_days_of_the_review() -> None:
    assert {one.document for one in MethodVersion.objects.all()} == {"PMM", "PMEL"}


def test_the_meters_of_one_maker_are_endorsed_with_an_amber_criterion_and_its_reason() -> None:
    assessment = LiveServiceAssessment.objects.get(combination__name="Elster Active")
    assert (assessment.state, assessment.endorsed_in) == ("endorsed", "SECP_77_1402_04")
    rating = assessment.ratings.filter(criterion__code="LSC6").order_by("from_at").last()
    assert rating is not None
    assert "Amber" in str(rating)
    assert "Major incidents" in rating.reason
    assert MajorReview.objects.exists() or IncidentLink.objects.exists()


def test_the_rules_of_party_differences_are_approved() -> None:
    assert EngagementRules.objects.get().from_day == date(2020, 2, 4)


def test_the_group_refused_to_shorten_governance_and_agreed_to_test_two_programmes_at_once() -> None:
    assert "sent back" in set(GovernancePlan.objects.values_list("state", flat=True))
    agreed = ConcurrentTesting.objects.get()
    assert (agreed.state, {agreed.one.name, agreed.other.name}) == (
        "agreed", {"June 2020 SEC Release", "SMETS1 Uplift 1.1"}
    )  # fmt: skip


def test_the_withdrawn_certificates_models_leave_the_list_on_a_day_and_plans_were_asked_before_the_other_ends() -> None:
    assert date(2020, 4, 8) in set(RemovalNotice.objects.values_list("removal_on", flat=True))
    assert date(2020, 2, 28) in {one.effective_end for one in Certificate.objects.all()}


def test_maintenance_is_in_a_calendar_from_which_lost_alerts_are_told() -> None:
    assert MaintenanceWindow.objects.filter(starts_at__lt="2020-03-01T00:00Z").exists()


def test_thirteen_services_can_be_scheduled_and_the_two_of_the_proposal_cannot() -> None:
    found = schedulable_on(TODAY)
    assert len(found) == 13
    assert not {"4.3", "4.4.3"} & set(found)
