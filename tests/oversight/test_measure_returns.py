"""Returns of the DCC: kept whole or not at all, restated without loss, explained, noted; promises; what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.figures import Span
from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Loading, load
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.oversight.measures.actions import receive
from secretariat.oversight.measures.duties import of_the_dcc
from secretariat.oversight.measures.figures import levels_by_standing, measures_missed, service_levels
from secretariat.oversight.measures.levels import Status
from secretariat.oversight.measures.methods import MethodVersion
from secretariat.oversight.measures.models import (
    KEPT,
    MISSED,
    NOTED,
    OPEN,
    QUERIED,
    RECEIVED,
    WITHDRAWN,
    Commitment,
    Measure,
    MeasureDefinition,
    PerformanceReturn,
    ServiceLevel,
    TestTraffic,
)
from secretariat.oversight.measures.procedure import (
    COMMITTING,
    RETURNING,
    another_day,
    every_missed_level_is_explained,
    its_day_has_passed,
)
from secretariat.oversight.measures.standing import current_levels, outlook, strips_of
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from tests.register.factories import dcc as the_dcc
from tests.register.factories import party

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 3, 5, 12, tzinfo=LONDON)
JANUARY = Month(2020, 1)
COMPOSITION = "PM1; PM2 N; PM2 S"
HEAD = "measure_id,period_end,region,numerator,denominator,level_pct,narrative,plan,plan_date\n"
JANUARYS = HEAD + (
    "CPM1,2020-01,,,,94.00,Late payloads,,\nPM1,2020-01,,\"1,000\",\"1,000\",,,,\n"
    "PM2,2020-01,N,82,100,,,,\nPM2,2020-01,S,0,0,,,,\n"
)  # fmt: skip


def somebody(role: Role, team: str = "", audience: str = "") -> Person:
    made = Person.objects.create_user(f"{role.name}{team}{audience}@example.org".lower(), role.label)
    told = {"team": team, "audience": audience, "from_day": date(2013, 9, 23), "recorded": NOW}
    Capacity.objects.create(person=made, role=role, **told)
    return made


@pytest.fixture
def dcc() -> Person:
    return somebody(Role.DCC, audience="DCC")


@pytest.fixture
def member() -> Person:
    return somebody(Role.COMMITTEE_MEMBER, audience="OPSG")


@pytest.fixture(autouse=True)
def _definitions() -> None:
    for code, parts in (("PM1", ""), ("PM2", ""), ("CPM1", COMPOSITION)):
        family = "code" if parts else "provider"
        measure = Measure.objects.create(code=code, name=f"Measure {code}", family=family)
        MeasureDefinition.objects.create(
            measure=measure, version="1", from_day=date(2018, 1, 1), target=99, minimum=96, composition=parts,
            rule="mean" if parts else "", source="A test", mark="setting", recorded=NOW,
        )  # fmt: skip


def told(by: Person, at: datetime = NOW) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": max(at, NOW)}


def january(by: Person, text: str = JANUARYS, **more: str) -> PerformanceReturn:
    return receive(JANUARY, "january.csv", text.encode(), **more, **told(by))


def level(code: str, region: str = "") -> ServiceLevel:
    found: ServiceLevel = ServiceLevel.objects.current().get(measure__code=code, region=region, month=JANUARY.first)
    return found


def test_a_return_keeps_its_levels_and_what_its_components_give_by_which_rule(dcc: Person) -> None:
    method = MethodVersion.objects.create(document="PMM", version="2018", from_day=date(2018, 3, 29))
    kept = january(dcc)
    assert (kept.state, kept.received_on, kept.methodology) == (RECEIVED, date(2020, 3, 5), method)
    whole = level("CPM1")
    assert (whole.status, whole.rule, whole.derived) == (Status.BELOW_MINIMUM, "mean", Decimal(91))
    assert whole.disagrees == Decimal(91)
    assert level("PM1").status == Status.MET
    assert (level("PM2", "S").status, level("PM2", "S").level) == (Status.NOT_APPLICABLE, None)
    assert Event.objects.filter(name="servicelevel.load").count() == 4


def test_a_wrong_file_leaves_nothing(dcc: Person) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused, match="row 3, region"):
        january(dcc, JANUARYS.replace("PM1,2020-01,", "PM1,2020-01,East"))
    assert (PerformanceReturn.objects.count(), ServiceLevel.objects.count(), Event.objects.count()) == (0, 0, before)


def test_a_file_is_received_once(dcc: Person) -> None:
    january(dcc)
    with pytest.raises(Refused, match="very file was received before"):
        january(dcc, restates="Again")


def test_a_month_that_is_not_over_is_not_reported(dcc: Person) -> None:
    with pytest.raises(Refused, match="March 2020 is not over"):
        receive(Month(2020, 3), "march.csv", JANUARYS.encode(), **told(dcc))


def test_a_restated_level_supersedes_and_both_stay(dcc: Person) -> None:
    first = january(dcc)
    again = HEAD + "PM2,2020-01,N,97,100,,,,\n"
    with pytest.raises(Refused, match="reported already for January 2020"):
        january(dcc, again)
    second = january(dcc, again, restates="Late reports came.")
    rows = ServiceLevel.objects.filter(measure__code="PM2", region="N").order_by("pk")
    assert [(one.level, one.performance_return, one.superseded_in) for one in rows] == [
        (Decimal(82), first, second), (Decimal(97), second, None)]  # fmt: skip
    assert level("CPM1").derived == Decimal("98.5")
    assert "It restates PM2 N." in second.notes


def test_a_return_is_noted_once_every_missed_level_is_explained(dcc: Person, member: Person) -> None:
    kept = january(dcc)
    assert not every_missed_level_is_explained(kept, NOW)
    with pytest.raises(Refused, match="says why"):
        RETURNING.take("note", kept, **told(member))
    client = Client()
    client.force_login(dcc)
    plan = {"narrative": "Late payloads", "plan": "More masts", "plan_date": "2020-03-31"}
    for code, region in (("CPM1", ""), ("PM2", "N")):
        assert client.post(f"/service-levels/{level(code, region).pk}/explain/", plan).status_code == 302
    assert level("PM2", "N").plan_date == date(2020, 3, 31)
    RETURNING.take("query", kept, question="Why the North?", **told(member))
    assert kept.state == QUERIED
    RETURNING.take("answer", kept, answer="Fewer masts.", **told(dcc))
    RETURNING.take("note", kept, **told(member))
    assert (kept.state, kept.question, kept.answer) == (NOTED, "Why the North?", "Fewer masts.")


def test_a_met_level_needs_no_explanation(dcc: Person) -> None:
    january(dcc)
    client = Client()
    client.force_login(dcc)
    assert client.get(f"/service-levels/{level('PM1').pk}/explain/").status_code == 403


def test_the_page_tells_every_wrong_cell_and_keeps_nothing(dcc: Person) -> None:
    client = Client()
    client.force_login(dcc)
    for text, status in ((JANUARYS.replace("82,100", "820,100"), 422), (JANUARYS, 302)):
        file = SimpleUploadedFile("january.csv", text.encode())
        answer = client.post("/performance-returns/new/", {"month": "2020-01", "file": file, "restates": ""})
        assert answer.status_code == status
        if status == 422:
            assert "820 within is more than the 100 events" in answer.content.decode()
            assert not PerformanceReturn.objects.exists()
    assert ServiceLevel.objects.count() == 4


def test_the_page_of_a_month_says_what_was_missed_and_what_dragged_it_down(dcc: Person) -> None:
    january(dcc)
    client = Client()
    client.force_login(dcc)
    page = client.get("/service-performance/2020-01/").content.decode()
    assert "Missed in 1 of the last 1 reported month, 1 of them below the minimum." in page
    assert "What dragged CPM1 down" in page
    table = client.get("/service-performance/2020-01.csv").content.decode().splitlines()
    assert table[1].startswith("CPM1,Not reported")
    assert ",94.00," in table[1]
    assert client.get("/service-performance/").url == "/service-performance/2020-01/"  # type: ignore[attr-defined]
    assert Client().get("/service-performance/2020-01/").content.decode().count("CPM1") == 0


def history(by: Person) -> None:
    for month, within in zip(JANUARY.back(12), [95] * 5 + [100] + [90] * 6, strict=True):
        text = HEAD + f"CPM1,{month.iso},,{within},100,,,,\n"
        receive(month, f"{month.iso}.csv", text.encode(), **told(by))


def test_the_strip_of_twelve_months_is_counted_and_opens_to_its_levels(dcc: Person) -> None:
    history(dcc)
    strip = strips_of(current_levels(JANUARY.back(12)), JANUARY.back(12))["CPM1", ""]
    assert strip.sentence == "Missed in 11 of the last 12 reported months, 11 of them below the minimum."
    span = Span.of(JANUARY)
    missed = measures_missed.grid(span)
    assert [missed.cell("cpm1", key).value for key in ("reported", "missed", "below_minimum")] == [12, 11, 11]
    for key in ("reported", "missed", "below_minimum"):
        cell = missed.cell("cpm1", key)
        assert len(cell.counted.ids) == cell.value  # type: ignore[union-attr]
    levels = service_levels.grid(span)
    assert levels.cell("cpm1", "2019-07").value == Decimal("100.00")
    assert service_levels.grid(Span.of(JANUARY.plus(1))).cell("cpm1", "2020-02").value is None
    assert levels_by_standing.grid(span).cell("code", "below_minimum").value == 1
    assert levels_by_standing.grid(span).cell("provider", "met").value == 0


def promise(by: Person, due: date = date(2020, 3, 31), region: str = "N") -> Commitment:
    row = Commitment(measure=Measure.objects.get(code="PM2"), what="Meet it", region=region, owner="DCC",
                     made_on=date(2020, 2, 4), due_on=due)  # fmt: skip
    COMMITTING.take("make", row, **told(by))
    return row


def test_a_promise_that_moves_says_why_and_keeps_its_first_day(dcc: Person, member: Person) -> None:
    row = promise(dcc)
    assert (row.state, row.first_due) == (OPEN, date(2020, 3, 31))
    with pytest.raises(Refused, match="another day"):
        COMMITTING.take("move", row, due_on="2020-03-31", reason="None", **told(dcc))
    COMMITTING.take("move", row, due_on="2020-04-30", reason="Parts are late.", **told(dcc))
    assert (row.due_on, row.first_due, row.moved, row.state) == (date(2020, 4, 30), date(2020, 3, 31), 1, OPEN)
    assert another_day(row, NOW, {"due_on": date(2020, 5, 1)})
    COMMITTING.take("keep", row, **told(member))
    assert row.state == KEPT


def test_a_promise_is_missed_once_its_day_has_passed(dcc: Person, member: Person) -> None:
    row = promise(dcc)
    with pytest.raises(Refused, match="once its day has passed"):
        COMMITTING.take("miss", row, **told(member))
    april = datetime(2020, 4, 1, 9, tzinfo=LONDON)
    assert its_day_has_passed(row, april)
    COMMITTING.take("miss", row, **told(member, april))
    assert row.state == MISSED
    other = promise(dcc)
    COMMITTING.take("withdraw", other, reason="The measure ends.", **told(dcc))
    assert other.state == WITHDRAWN


def rows(levels: dict[str, list[int]]) -> Iterator[ServiceLevel]:
    measure = Measure.objects.get(code="PM2")
    for region, told_levels in levels.items():
        for month, value in zip(JANUARY.back(len(told_levels)), told_levels, strict=True):
            yield ServiceLevel(measure=measure, region=region, month=month.first, stated=Decimal(value), status="met")


def test_a_promise_stands_beside_the_trend_of_its_region_or_of_the_lowest(dcc: Person) -> None:
    definition = MeasureDefinition.objects.get(measure__code="PM2")
    levels = list(rows({"N": [90, 91, 92, 93], "S": [99, 99, 99, 99]}))
    north = outlook(promise(dcc), definition, levels, NOW)
    assert north.verdict(Month(2020, 3)).startswith("The trend reaches it too late, in July 2020.")
    everywhere = outlook(promise(dcc, region=""), definition, levels, NOW)
    assert everywhere.forecast == north.forecast
    south = outlook(promise(dcc, region="S"), definition, levels, NOW)
    assert "in time" in south.verdict(Month(2020, 3))
    assert outlook(promise(dcc), definition, levels[:2], NOW).why == "A trend needs at least three reported months."
    assert "no target" in outlook(promise(dcc), None, levels, NOW).why


def test_the_dcc_is_told_what_it_owes(dcc: Person) -> None:
    own = the_dcc()
    assert list(of_the_dcc(own.pk, dcc, NOW)) == []
    kept = january(dcc)
    RETURNING.take("query", kept, question="Why?", **told(somebody(Role.SECRETARIAT, team=Team.TECHNICAL)))
    promise(dcc)
    found = {duty.what: duty for duty in of_the_dcc(own.pk, dcc, NOW)}
    assert sorted(what.split(":")[0] for what in found) == [
        "Answer the question on the Performance return for January 2020",
        "Explain CPM1, January 2020",
        "Explain PM2 N, January 2020",
        "Keep what was promised",
        "Report how services performed in February 2020",
    ]
    assert found["Report how services performed in February 2020"].due == date(2020, 4, 3)
    assert list(of_the_dcc(party("Another").pk, dcc, NOW)) == []


@pytest.mark.parametrize(
    ("told_", "reason"),
    [({"composition": "PM2 X"}, "names no measure"), ({"composition": "PM9"}, "no measure PM9"),
     ({"composition": "", "rule": "mean"}, "has a rule"), ({"composition": "PM2 N", "rule": ""}, "has a rule"),
     ({"from_day": date(2019, 1, 1)}, "holds on some of these days"),
     ({"to_day": date(2017, 1, 1)}, "ends after it begins"), ({"target": 95}, "not above the target")],
)  # fmt: skip
def test_a_definition_that_may_not_be_is_refused(told_: dict[str, Any], reason: str) -> None:
    facts = {"from_day": date(2017, 1, 1), "to_day": date(2017, 12, 31), "target": 99, "minimum": 96, "composition":
             COMPOSITION, "rule": "mean", "source": "A test", "mark": "setting", "recorded": NOW}  # fmt: skip
    if "from_day" in told_:
        facts["to_day"] = None
    if "to_day" in told_:
        facts["from_day"] = told_["to_day"] + timedelta(days=1)
    row = MeasureDefinition(measure=Measure.objects.get(code="CPM1"), version="0", **{**facts, **told_})
    with pytest.raises(ValidationError, match=reason):
        row.full_clean()


def test_definitions_are_loaded_with_their_measures_and_again_without_doubling(dcc: Person) -> None:
    text = (
        "code,name,family,version,from_day,target,minimum,composition,rule,source,mark\n"
        "CPM2,Two,code,1,2018-01-01,99,96,PM3; PM2 N,pooled,A test,surely\n"
        "PM3,Three,provider,1,2018-01-01,99,96,,,A test,setting\n"
    )
    loading, kind = Loading(dcc, NOW, NOW), LOADS["measure-definitions"]
    with pytest.raises(Refused, match="row 2, mark"):
        load(kind, "d.csv", text.encode(), loading)
    whole = text.replace("surely", "setting").encode()
    assert len(load(kind, "d.csv", whole, loading).accepted) == 2
    assert MeasureDefinition.objects.get(measure__code="CPM2").parts == (("PM3", ""), ("PM2", "N"))
    assert load(kind, "d.csv", whole, loading).repeated == [2, 3]
    for wrong, reason in (("99,96", "95,96"), "minimum is above"), (("PM3; ", "PM7; "), "no measure PM7"):
        with pytest.raises(Refused, match=reason):
            load(kind, "d.csv", whole.replace(*(part.encode() for part in wrong)), loading)


def test_test_traffic_tells_a_number_for_each_day(dcc: Person) -> None:
    client = Client()
    client.force_login(dcc)
    typed = {"measure": Measure.objects.get(code="PM2").pk, "region": "N", "month": "2020-02", "hubs": 5801}
    page = client.post("/test-traffic-months/new/", {**typed, "daily": "100 " * 28})
    assert page.status_code == 422
    assert "28 numbers are told for 29 days" in page.content.decode()
    assert client.post("/test-traffic-months/new/", {**typed, "daily": "100 " * 29}).status_code == 302
    page = client.get(TestTraffic.objects.get().get_absolute_url())
    assert "1 fewer than 50 for each 100 hubs" in page.content.decode()


def test_levels_are_for_those_who_may_read_green(dcc: Person) -> None:
    january(dcc)
    client = Client()
    address = level("CPM1").get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(dcc)
    assert "Its components give" in client.get(address).content.decode()


def test_test_traffic_is_loaded_by_the_month_with_every_day_once(dcc: Person) -> None:
    days = Month(2020, 2).days()
    lines = ["measure,region,day,commands,hubs", *(f"PM2,N,{one.isoformat()},100,5800" for one in days)]
    loading, kind = Loading(dcc, NOW, NOW), LOADS["test-traffic"]
    wrong = {
        "lacks 1 of its days: 29": lines[:-1],
        "same day is in row 2 too": [*lines, lines[1]],
        "Row 2 says 5,800 hubs": [*lines[:-1], lines[-1].replace("5800", "5801")],
        "no measure PM9": [line.replace("PM2", "PM9") for line in lines],
        "measured in a region": [line.replace(",N,", ",–,") for line in lines],
    }
    for reason, told_ in wrong.items():
        with pytest.raises(Refused, match=reason):
            load(kind, "t.csv", "\n".join(told_).encode(), loading)
    whole = "\n".join(lines).encode()
    assert len(load(kind, "t.csv", whole, loading).accepted) == 1
    assert TestTraffic.objects.get().daily == [100] * 29
    assert len(load(kind, "t.csv", whole, loading).repeated) == 29
