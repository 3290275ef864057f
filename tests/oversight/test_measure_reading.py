"""Reading a monthly return: what spreadsheets do is understood, and every cell that is wrong is told."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from secretariat.core.procedure import Refused
from secretariat.oversight.measures import cells
from secretariat.oversight.measures.levels import Status, printed
from secretariat.oversight.measures.models import Measure, MeasureDefinition
from secretariat.oversight.measures.reading import Before, Reading, read_return, span_of
from secretariat.oversight.measures.strips import strip
from secretariat.plain.months import Month
from secretariat.site.sample import performance as sample
from secretariat.site.sample.facts import table

SEPTEMBER = Month(2019, 9)
HEAD = "measure_id,period_end,region,numerator,denominator,level_pct\n"


def definition(code: str, **told: Any) -> MeasureDefinition:
    numbers = {"target": Decimal(99), "minimum": Decimal(96), "version": "1"}
    measure = Measure(code=code, name=code, period=told.pop("period", "month"), lag=told.pop("lag", 0))
    return MeasureDefinition(measure=measure, **{**numbers, **told})


KNOWN = {code: definition(code) for code in ("CPM1", "PM2")}
BEFORE = Before(KNOWN)


def read(text: str, before: Before = BEFORE, month: Month = SEPTEMBER) -> Reading:
    return read_return("return.csv", text.encode(), month, before)


def refused(text: str, before: Before = BEFORE) -> list[str]:
    found = read(text, before)
    assert found.refused
    return [str(one) for one in found.refused]


@pytest.mark.parametrize(
    ("text", "month"),
    [("Sept-19", SEPTEMBER), ("Sep 2019", SEPTEMBER), ("September 2019", SEPTEMBER), ("2019-09", SEPTEMBER),
     ("sept '19", SEPTEMBER), ("Sept-19*", SEPTEMBER), ("Feb/20", Month(2020, 2))],
)  # fmt: skip
def test_months_are_understood_as_the_sheets_have_them(text: str, month: Month) -> None:
    assert cells.last_day(text) == month.last
    assert cells.first_day(text) == month.first


def test_a_month_that_a_spreadsheet_keeps_as_its_first_day_ends_on_its_last() -> None:
    assert cells.last_day("2019-09-01") == SEPTEMBER.last
    assert cells.last_day("2019-09-29") == date(2019, 9, 29)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234", 1234), ("12,345,678", 12_345_678), ("1 234", 1234), ("1\u00a0234", 1234), ("1,234*", 1234),
     ("1234 (2)", 1234), ("–", None), ("n/a", None), ("0", 0)],
)  # fmt: skip
def test_counts_are_read_with_commas_and_footnote_marks(text: str, number: int | None) -> None:
    assert cells.count(text) == number


@pytest.mark.parametrize("text", ["1,23", "12.5", "-4", "many", "1,2345"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="whole number|below nought"):
        cells.count(text)


@pytest.mark.parametrize(
    ("text", "level"), [("98.7 %", "98.7"), ("98.70%†", "98.7"), ("100", "100"), ("95.1 [1]", "95.1")]
)
def test_percentages_are_read_with_sign_and_footnote_marks(text: str, level: str) -> None:
    assert cells.percent(text) == Decimal(level)


@pytest.mark.parametrize("text", ["101", "-1", "high", "NaN"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="percentage|between 0 and 100"):
        cells.percent(text)


@pytest.mark.parametrize(
    ("text", "region"), [("North", "N"), ("CSP South", "S"), ("c", "C"), ("–", ""), ("All", ""), ("SMETS1", "SMETS1")]
)
def test_regions_are_known_by_letter_and_name(text: str, region: str) -> None:
    assert cells.region(text) == region


def test_providers_are_known_by_their_names() -> None:
    assert [cells.provider(text) for text in ("CSP-N", "csp north", "DSP", "–")] == ["CSPN", "CSPN", "DSP", ""]
    with pytest.raises(ValueError, match="none of"):
        cells.provider("XYZ")


def test_a_return_in_the_long_form_is_read() -> None:
    found = read(HEAD + 'CPM1,Sept-19,–,"951,000","1,000,000",95.1\nPM 2,Sept-19,N,82,100,82.00\n')
    assert found.refused == []
    assert [(one.key, printed(one.level), one.status) for one in found.told] == [
        (("CPM1", ""), "95.10 %", Status.BELOW_MINIMUM), (("PM2", "N"), "82.00 %", Status.BELOW_MINIMUM),
    ]  # fmt: skip
    assert (found.told[0].period_start, found.told[0].period_end) == (date(2019, 9, 1), date(2019, 9, 30))
    assert found.notes == [f"{name} is below its minimum: it needs a narrative and a plan with its day."
                           for name in ("CPM1", "PM2 N")]  # fmt: skip


def workbook(rows: list[list[Any]], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells_ in merged:
        sheet.merge_cells(cells_)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_titles_and_heads_merged_over_two_rows_and_cells_merged_downwards_are_understood() -> None:
    content = workbook(
        [["Performance report"], [], [None, None, None, "Events", None, "Service level", None, None],
         ["Measure", "Period", "Region", "within", "total", "achieved", "target", "minimum"],
         ["PM2", date(2019, 9, 1), "North", 82, 100, 82, 99, 96],
         [None, None, "South", 98, 100, 98, 99, 96],
         ["CPM1", date(2019, 9, 1), None, "990", "1,000", "99.0%", 99, 96]],
        merged=("D3:E3", "F3:H3", "A5:A6", "B5:B6"),
    )  # fmt: skip
    found = read_return("return.xlsx", content, SEPTEMBER, BEFORE)
    assert [str(one) for one in found.refused] == []
    assert [(one.key, one.status) for one in found.told] == [
        (("PM2", "N"), Status.BELOW_MINIMUM), (("PM2", "S"), Status.BELOW_TARGET), (("CPM1", ""), Status.MET),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [("CPM1,Aug-19,,95,100,95", "row 2, period_end: Sat 31 Aug 2019 is the wrong period"),
     ("CPM1,Sept-19,East,95,100,95", "row 2, region: “East” is no region"),
     ("CPM9,Sept-19,,95,100,95", "row 2, measure_id: No definition of CPM9 is in force"),
     ("CPM1,Sept-19,,105,100,95", "row 2, numerator: 105 within is more than the 100 events"),
     ("CPM1,Sept-19,,95,,95", "row 2, numerator: Give both"),
     ("CPM1,Sept-19,,95,100,96", "row 2, level_pct: 96 % is not what the events give: 95 of 100 is 95.00 %"),
     ("CPM1,Sept-19,,0,0,100", "row 2, level_pct: 100 % is not what the events give: 0 of 0 is not applicable"),
     ("CPM1,Sept-19,,,,0.951", "row 2, level_pct: 0.951 reads as a share of one"),
     ("CPM1,soon,,95,100,95", "row 2, period_end: “soon” is not a date"),
     ("CPM1,,,95,100,95", "row 2, period_end: is empty"),
     (",Sept-19,,95,100,95", "row 2, measure_id: is empty")],
)  # fmt: skip
def test_every_wrong_cell_is_told_with_its_row_and_column(row: str, reason: str) -> None:
    assert refused(HEAD + row + "\n")[0].startswith(reason)


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = refused(HEAD + "CPM1,Aug-19,East,95,many,95\nCPM1,Aug-19,,105,100,95\n")
    assert len(told) == 4
    assert [one.split(":")[0] for one in told] == [
        "row 2, region", "row 2, denominator", "row 3, period_end", "row 3, numerator"]  # fmt: skip


def test_a_measure_told_twice_is_told_with_the_first_row() -> None:
    assert refused(HEAD + "CPM1,Sept-19,,95,100,95\nCPM1,Sept-19,,95,100,95\n") == [
        "row 3, measure_id: The same measure and region is in row 2 too."
    ]


def test_a_month_reported_before_is_taken_only_with_the_reason_why_it_is_restated() -> None:
    row = HEAD + "CPM1,Sept-19,,95,100,95\n"
    reported = frozenset({("CPM1", "")})
    assert "reported already for September 2019" in refused(row, Before(KNOWN, reported))[0]
    assert read(row, Before(KNOWN, reported, restates=True)).refused == []


def test_targets_versions_and_standings_that_differ_from_ours_are_told() -> None:
    head = "measure_id,period_end,level_pct,target_pct,minimum_pct,measure_version,status\n"
    told = refused(head + "CPM1,Sept-19,95,98,95,2,met\nCPM1,Sept-19,95,99,96,1,fine\n")
    assert [one.split(": ")[0] for one in told] == [
        "row 2, target_pct", "row 2, minimum_pct", "row 2, measure_version", "row 2, status", "row 3, status",
    ]  # fmt: skip
    assert told[3] == "row 2, status: It is below minimum by its level, not met."
    assert read(head + "CPM1,Sept-19,95,99,96,1,below_minimum\n").refused == []


def test_a_provider_serves_its_own_region() -> None:
    head = "measure_id,period_end,provider,region,level_pct\n"
    assert refused(head + "PM2,Sept-19,CSPN,S,95\n") == ["row 2, region: CSPN serves North, not “S”."]
    assert read(head + "PM2,Sept-19,CSPN,N,95\n").refused == []


def test_a_measure_without_events_is_not_applicable_and_noted() -> None:
    found = read(HEAD + "CPM1,Sept-19,,0,0,n/a\nPM2,Sept-19,N,,,\n")
    assert [one.status for one in found.told] == [Status.NOT_APPLICABLE] * 2
    assert "CPM1 had no event, and is not applicable." in found.notes


def test_measures_that_a_whole_return_leaves_out_are_noted() -> None:
    row = HEAD + "CPM1,Sept-19,,100,100,100\n"
    assert read(row).notes == ["Nothing is told of PM2."]
    assert read(row, Before(KNOWN, restates=True)).notes == []


def test_columns_that_are_not_read_are_noted() -> None:
    found = read("Measure,Period,Level,Weather\nCPM1,Sept-19,100,fair\nPM2,Sept-19,100,\n")
    assert found.notes == ["These columns are not read: Weather."]


@pytest.mark.parametrize("text", ["a,b,c\n1,2,3\n", "", "Measure,Level,Region\nCPM1,95,\n"])
def test_a_file_without_the_table_is_refused_whole(text: str) -> None:
    with pytest.raises(Refused, match="no table of service levels|lacks period_end"):
        read(text)


def test_a_head_that_names_a_column_twice_is_refused() -> None:
    with pytest.raises(Refused, match="names period_end twice"):
        read("Measure,Period,Month,Level\nCPM1,Sept-19,Sept-19,95\n")


@pytest.mark.parametrize(
    ("period", "lag", "span"),
    [("month", 0, (date(2019, 9, 1), date(2019, 9, 30))), ("month", 1, (date(2019, 8, 1), date(2019, 8, 31))),
     ("quarter", 0, (date(2019, 7, 1), date(2019, 9, 30))), ("quarter", 1, (date(2019, 4, 1), date(2019, 6, 30)))],
)  # fmt: skip
def test_a_measure_that_lags_is_reported_for_its_earlier_period(period: str, lag: int, span: tuple[date, date]) -> None:
    assert span_of(period, lag, SEPTEMBER) == span


def test_a_lagging_quarter_is_taken_for_its_own_days_only() -> None:
    before = Before({"PM1.2": definition("PM1.2", period="quarter", lag=1)})
    head = "measure_id,period_start,period_end,level_pct\n"
    assert read(head + "PM1.2,2019-04-01,2019-06-30,97\n", before).refused == []
    told = refused(head + "PM1.2,2019-09-01,2019-09-30,97\n", before)
    assert "is reported for Mon 1 Apr 2019 to Sun 30 Jun 2019" in told[0]


def sample_definitions() -> dict[str, MeasureDefinition]:
    code = {
        name: definition(name, target=Decimal(target), minimum=Decimal(minimum), composition=parts)
        for name, (_, _, target, minimum, parts) in sample.CODE.items()
    }
    return {name: definition(name) for name in sample.PROVIDERS} | code


@pytest.mark.parametrize("newest", [sample.NEWEST, sample.NEWEST.plus(-1)])
def test_the_sample_says_what_the_report_of_february_2020_says(newest: Month) -> None:
    known, found, factor = Before(sample_definitions()), {}, []
    for month in newest.back(12):
        told = read_return("sample.csv", table(sample.HEAD, list(sample.rows_of_month(month))), month, known)
        assert told.refused == []
        found[month] = next((one.level, one.status) for one in told.told if one.key == ("CPM1", ""))
        below = {one.key[0] for one in told.told if one.status is Status.BELOW_MINIMUM}
        factor += [below - {"CPM1"}] if "CPM1" in below else []
    assert strip(newest.back(12), found).sentence.startswith("Missed in 11 of the last 12 reported months, 11 of them")
    assert factor == [{"PM2"}] * 11


def test_a_quarterly_measure_is_missed_in_the_last_month_of_its_quarter_only() -> None:
    before = Before({"CPM1": KNOWN["CPM1"], "PM1.2": definition("PM1.2", period="quarter")})
    for month, notes in ((Month(2019, 8), []), (SEPTEMBER, ["Nothing is told of PM1.2."])):
        assert read(HEAD + f"CPM1,{month.iso},,100,100,100\n", before, month).notes == notes
