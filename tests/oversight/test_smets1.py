"""SMETS1 combinations on their way into the service: migration as returned, criteria as rated, the recommendation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.figures import Records, Span
from secretariat.core.procedure import Refused
from secretariat.oversight.smets1.figures import failure_share, migrated_until, smets1_failures, smets1_migrations
from secretariat.oversight.smets1.load import SMETS1_MIGRATIONS
from secretariat.oversight.smets1.models import (
    LIVE,
    REFUSED,
    SETTLED,
    SUBMITTED,
    Cohort,
    Combination,
    Criterion,
    LiveServiceAssessment,
    MigrationReturn,
    Rating,
)
from secretariat.oversight.smets1.procedure import LIVE_SERVICE
from secretariat.oversight.smets1.ratings import current_ratings, lacking
from secretariat.plain.months import Month
from secretariat.products.models import ProductList
from secretariat.products.publishing.models import ListRow
from tests.oversight.incident_facts import LATER, dcc, loaded, logged, london, member, previewed, take

FEBRUARY = Span.of(Month(2020, 2))
BACKEND = "django.contrib.auth.backends.ModelBackend"
HEAD = "combination,first_day,last_day,attempted,migrated,failed_no_wan_before,failed_attempts"


def combination(name: str = "Elster Active", **told: Any) -> Combination:
    """A combination of the first cohort; made once."""
    cohort = Cohort.objects.get_or_create(code="IOC", defaults={"name": "Initial Operating Capability"})[0]
    made: Combination = Combination.objects.get_or_create(
        name=name, defaults={"cohort": cohort, "mode": "active", **told}
    )[0]
    return made


def criterion(code: str = "LSC6", since: date = date(2019, 1, 1), until: date | None = None) -> Criterion:
    """A criterion."""
    told = {"name": "Words", "recorded": LATER, "to_day": until}
    made: Criterion = Criterion.objects.get_or_create(code=code, from_day=since, defaults=told)[0]
    return made


def opened(on: str = "2020-01-20") -> LiveServiceAssessment:
    made = LiveServiceAssessment(combination=combination())
    take(LIVE_SERVICE, "open", made, on)
    return made


def rate(
    made: LiveServiceAssessment, code: str, light: str, on: str = "2020-01-21", by: Any = None, reason: str = ""
) -> None:
    facts = {"criterion": criterion(code).pk, "light": light, "reason": reason, "evidence": "", "rated_by": "Them"}
    take(LIVE_SERVICE, "rate", made, on, by, **facts)


def refused(name: str, made: LiveServiceAssessment, on: str, by: Any = None, **facts: Any) -> str:
    with pytest.raises(Refused) as told:
        take(LIVE_SERVICE, name, made, on, by, **facts)
    return str(told.value)


def submitted(on: str = "2020-01-22") -> LiveServiceAssessment:
    """An assessment of which two criteria are rated Green."""
    made = opened(on)
    rate(made, "LSC1", "green", on)
    rate(made, "LSC6", "green", on)
    take(LIVE_SERVICE, "submit", made, on)
    return made


# Values


def test_the_device_models_of_a_combination_are_written_as_the_lists_write_them() -> None:
    made = Combination(name="Elster Active", models_named="9005, 9001;9005", provider="CSP", mode="active")
    made.clean()
    assert (made.models_named, made.key) == ("9001; 9005", "9001; 9005 | CSP")
    assert made.entry_ids == ["9001", "9005"]
    assert Combination(models_named="9001").key == ""


def test_a_rating_that_is_not_green_says_why() -> None:
    of = Criterion(code="LSC6", name="Service stability")
    Rating(criterion=of, light="green").clean()
    with pytest.raises(ValidationError, match="Say why LSC6 is not Green"):
        Rating(criterion=of, light="amber", reason=" ").clean()


# The live-service criteria


@pytest.mark.django_db
def test_the_group_endorses_with_a_criterion_amber_and_the_panel_decides() -> None:
    made = submitted()
    rate(made, "LSC6", "amber", "2020-02-04", member(), "Major incidents across the service.")
    assert not LiveServiceAssessment.objects.visible_to(member("SECP"), LATER).exists()
    assert [one.light for one in current_ratings(made).values()] == ["green", "amber"]
    assert made.ratings.count() == 3
    told = {"decision": "SECP_77_1402_04", "recommendation": "Add it to the list, with LSC6 Amber."}
    assert "is for others" in refused("endorse", made, "2020-02-04", **told)
    take(LIVE_SERVICE, "endorse", made, "2020-02-04", member(), **told)
    assert LiveServiceAssessment.objects.visible_to(member("SECP"), LATER).get() == made
    assert "is for others" in refused("approve", made, "2020-02-14", member(), decision="A meeting")
    take(LIVE_SERVICE, "approve", made, "2020-02-14", member("SECP"), decision="A meeting of the Panel")
    take(LIVE_SERVICE, "go_live", made, "2020-02-24")
    assert (made.state, made.live_on, made.endorsed_in) == (LIVE, date(2020, 2, 24), "SECP_77_1402_04")
    assert made.decided_in == "A meeting of the Panel"


@pytest.mark.django_db
def test_every_criterion_is_rated_before_it_is_submitted() -> None:
    made = opened()
    criterion("LSC1")
    rate(made, "LSC6", "green")
    assert [one.code for one in lacking(made, london("2020-01-22"))] == ["LSC1"]
    assert "every live-service criterion in force is rated" in refused("submit", made, "2020-01-22")


@pytest.mark.django_db
def test_the_criterion_is_in_force_and_what_is_not_green_says_why() -> None:
    made = opened()
    old = criterion("LSC9", date(2018, 1, 1), date(2019, 1, 1))
    facts = {"criterion": old.pk, "light": "green", "reason": "", "evidence": "", "rated_by": "The DCC"}
    assert "Only criteria in force" in refused("rate", made, "2020-01-21", **facts)
    facts |= {"criterion": criterion().pk, "light": "red"}
    assert "gives its reason" in refused("rate", made, "2020-01-21", **facts)


@pytest.mark.django_db
def test_no_criterion_is_red_of_what_is_recommended_and_the_panel_may_refuse() -> None:
    made = submitted()
    rate(made, "LSC1", "red", "2020-02-03", member(), "Nothing works.")
    told = {"decision": "A meeting", "recommendation": "Add it."}
    assert "of which a criterion is Red" in refused("endorse", made, "2020-02-04", member(), **told)
    take(LIVE_SERVICE, "refuse", made, "2020-02-14", member("SECP"), decision="A meeting", why="LSC1 is Red.")
    assert (made.state, made.refused_because) == (REFUSED, "LSC1 is Red.")
    assert opened("2020-03-02").state != REFUSED


@pytest.mark.django_db
def test_one_record_is_named_at_most() -> None:
    made = submitted()
    combination("Twice named")
    logged("Twice named")
    told = {"decision": "twice named", "recommendation": "Add it."}
    assert "write it in full" in refused("endorse", made, "2020-02-04", member(), **told)


@pytest.mark.django_db
def test_no_other_assessment_is_under_way() -> None:
    submitted()
    other = LiveServiceAssessment(combination=combination())
    assert "being assessed already" in refused("open", other, "2020-02-04")


@pytest.mark.django_db
def test_it_was_watched_long_enough_and_something_was_seen_of_it() -> None:
    made = submitted("2019-11-04")
    told = {"decision": "A meeting", "recommendation": "Add it."}
    take(LIVE_SERVICE, "endorse", made, "2019-11-05", member(), **told)
    take(LIVE_SERVICE, "approve", made, "2019-11-15", member("SECP"), decision="A meeting")
    take(LIVE_SERVICE, "go_live", made, "2019-12-02")
    said = refused("settle", made, "2020-02-29", member(), outcome="All well.")
    assert "watched for some time" in said
    assert "once something was recorded" in said
    take(LIVE_SERVICE, "watch", made, "2020-02-20", light="amber", words="More incidents than before.")
    take(LIVE_SERVICE, "settle", made, "2020-03-01", member(), outcome="All well.")
    assert (made.state, made.watches.get().day) == (SETTLED, date(2020, 2, 20))


@pytest.mark.django_db
def test_open_major_incidents_stand_on_the_page_of_an_assessment(client: Client) -> None:
    made = submitted()
    logged("INC7", category=1)
    logged("INC8", category=2)
    client.force_login(member(), backend=BACKEND)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "INC7" in page
    assert "INC8" not in page


@pytest.mark.django_db
def test_a_combination_finds_its_row_on_the_list_of_eligible_ones() -> None:
    made = combination("Elster Active 2", models_named="9001; 9005", provider="CSP")
    of = ProductList.objects.get(code="EPCL")
    row = ListRow.objects.create(list=of, key="9001; 9005 | CSP", content={}, from_number=3)
    ListRow.objects.create(list=of, key="9001 | CSP", content={}, from_number=3)
    assert list(made.listed()) == [row]
    assert not combination("Nameless").listed().exists()


# Migration


@pytest.mark.django_db
def test_what_was_migrated_is_counted_by_month_and_to_date() -> None:
    combination()
    combination("MDS mixed")
    loaded(SMETS1_MIGRATIONS, HEAD, "Elster Active,2019-11-01,2019-11-30,1000,900,60,40",
           "elster active,2020-02-01,2020-02-18,2000,1900,50,20",
           "MDS mixed,2019-07-01,2019-07-31,10,10,,")  # fmt: skip
    grid = smets1_migrations(FEBRUARY)
    row = f"combination-{combination().pk}"
    told = [grid.cell(row, column).value for column in ("2019-11", "2019-12", "2020-02", "to-date")]
    assert told == [900, 0, 1900, 2800]
    assert grid.cell("total", "to-date").value == 2810
    counted = grid.cell(row, "2020-02").counted
    assert isinstance(counted, Records)
    assert counted.summed == "migrated"
    assert migrated_until(date(2020, 2, 17)) == 910
    assert failure_share(combination().pk, Month(2020, 2)) == Decimal("5.00")
    assert failure_share(combination().pk, Month(2020, 1)) is None


@pytest.mark.django_db
def test_why_installations_were_not_migrated_is_told_and_what_has_no_reason_too() -> None:
    combination()
    loaded(SMETS1_MIGRATIONS, HEAD, "Elster Active,2020-02-01,2020-02-18,2000,1900,50,20")
    grid = smets1_failures(FEBRUARY)
    rows = ("tried", "migrated", "no-wan-before", "attempts", "master-keys", "untold")
    assert [grid.cell(row, "number").value for row in rows] == [2000, 1900, 50, 20, 0, 30]
    assert grid.cell("no-wan-before", "share").value == Decimal("2.50")
    assert smets1_failures(Span.of(Month(2019, 1))).cell("migrated", "share").value is None


@pytest.mark.django_db
def test_a_return_with_other_numbers_restates_the_earlier_one_and_loses_nothing() -> None:
    combination()
    row = "Elster Active,2020-02-01,2020-02-18,2000,1900,50,20"
    loaded(SMETS1_MIGRATIONS, HEAD, row)
    assert loaded(SMETS1_MIGRATIONS, HEAD, row).repeated == [2]
    loaded(SMETS1_MIGRATIONS, HEAD, row.replace("1900", "1850"))
    told = MigrationReturn.objects.order_by("revision").values_list("revision", "migrated", "restated")
    assert list(told) == [(1, 1900, True), (2, 1850, False)]
    assert migrated_until(date(2020, 2, 29)) == 1850
    assert smets1_failures(FEBRUARY).cell("no-wan-before", "number").value == 50


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "reason"),
    [("Nobody,2020-02-01,2020-02-18,20,10,,", "There is no combination"),
     ("Elster Active,2020-02-18,2020-02-01,20,10,,", "end before they begin"),
     ("Elster Active,2020-03-01,2020-03-31,20,10,,", "not over yet"),
     ("Elster Active,2020-02-01,2020-02-18,20,30,,", "No more are migrated"),
     ("Elster Active,2020-02-01,2020-02-18,20,10,6,5", "more than were tried"),
     ("Elster Active,2020-01-15,2020-02-03,20,10,,", "tells of some of these days already")],
)  # fmt: skip
def test_a_wrong_return_is_refused_with_its_reason(row: str, reason: str) -> None:
    combination()
    loaded(SMETS1_MIGRATIONS, HEAD, "Elster Active,2020-01-01,2020-01-31,20,10,,")
    found = previewed(SMETS1_MIGRATIONS, HEAD, row)
    assert any(reason in one for one in found), found


@pytest.mark.django_db
def test_a_file_that_tells_twice_of_a_day_is_refused() -> None:
    combination()
    rows = ("Elster Active,2020-01-01,2020-01-31,20,10,,", "Elster Active,2020-01-31,2020-02-10,20,10,,")
    assert any("Row 2 tells of some of these days too" in one for one in previewed(SMETS1_MIGRATIONS, HEAD, *rows))


@pytest.mark.django_db
def test_the_operator_and_the_group_read_an_assessment_before_it_is_decided() -> None:
    submitted()
    readers = (dcc(), member(), member("SECP"), None)
    assert [LiveServiceAssessment.objects.visible_to(one, LATER).count() for one in readers] == [1, 1, 0, 0]
    assert LiveServiceAssessment.objects.get().state == SUBMITTED
