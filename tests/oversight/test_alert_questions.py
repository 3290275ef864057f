"""What alerts are asked: each answer against a plain count of the rows, and against what was planted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from secretariat.oversight.alerts import asking, cause_pages, judged_pages, shown, volume_pages
from secretariat.oversight.alerts.asking import ALL, ask
from secretariat.oversight.alerts.firmware_effect import compare
from secretariat.oversight.alerts.names import Names
from secretariat.oversight.alerts.pictures import heat_map, intervals
from secretariat.oversight.alerts.throttling import Policy, Sent, simulate
from secretariat.oversight.maintenance.models import MaintenanceWindow
from secretariat.oversight.readings.effects import Group, effect
from secretariat.oversight.readings.invented import T, truth
from secretariat.oversight.readings.questions import ROLLUP, SCAN, Desk
from secretariat.oversight.readings.runner import DuckRunner
from secretariat.oversight.readings.store import Store
from secretariat.papers import charts
from tests.oversight import plain_judge as spurious
from tests.oversight.readings import filled

FIRST, LAST = T.span[0].iso, T.span[-1].iso
MONTHS: dict[str, Any] = {"first": FIRST, "last": LAST}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("alerts"), T)


@pytest.fixture(scope="module")
def rows(store: Store) -> list[dict[str, Any]]:
    return [row for path in store.files("alerts") for row in pq.read_table(path, partitioning=None).to_pylist()]


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for pages in (volume_pages, judged_pages, cause_pages):
        monkeypatch.setattr(pages, "meanings", lambda day: {}, raising=False)
        monkeypatch.setattr(pages, "known_names", Names)
    return Desk(store, DuckRunner())


def column(found: shown.Shown, name: str) -> list[Any]:
    place = [one.name for one in found.columns].index(name)
    return [line.values[place] for line in found.rows]


def test_codes_days_and_regions_each_add_up_to_all_messages(desk, rows):
    by_region = volume_pages.AlertVolumes().answer(desk, MONTHS)
    by_code = volume_pages.AlertCodesCounted().answer(desk, {**MONTHS, "region": ALL})
    by_day = volume_pages.AlertDays().answer(desk, {**MONTHS, "region": ALL, "code": ALL})
    assert {sum(column(found, "messages")) for found in (by_region, by_code, by_day)} == {len(rows)}
    weight = sum(row["weight"] for row in rows)
    assert {sum(column(found, "alerts")) for found in (by_region, by_code, by_day)} == {weight}


def test_a_region_and_a_code_narrow_the_days(desk, rows):
    code, _ = Counter(row["alert_code"] for row in rows).most_common(1)[0]
    found = volume_pages.AlertDays().answer(desk, {**MONTHS, "region": 2, "code": code})
    counted = sum(1 for row in rows if row["region"] == 2 and row["alert_code"] == code)
    assert sum(column(found, "messages")) == sum(column(found, "central")) == counted > 0


@pytest.mark.parametrize(("name", "rollup"), [("by_code", "cube_h"), ("by_day", "cube_d"), ("by_hour", "cube_h")])
def test_where_a_roll_up_is_behind_the_rows_give_the_same(desk, monkeypatch, name, rollup):
    given = {**MONTHS, "region": 1, "code": ALL}
    first = ask(desk, name, rollup=rollup, **given)
    monkeypatch.setattr(asking, "proved", lambda *told: False)
    second = ask(desk, name, rollup=rollup, **given)
    assert (first.form, second.form) == (ROLLUP, SCAN)
    assert first.rows.to_pylist() == second.rows.to_pylist() != []


def test_models_come_by_their_messages_for_each_device(desk):
    found = volume_pages.AlertModels().answer(desk, {"month": LAST, "top": 5})
    rates = column(found, "per_device")
    assert rates == sorted(rates, reverse=True)
    assert len(rates) == 5


def test_a_model_opens_to_what_its_firmware_sent(desk, rows):
    found = volume_pages.AlertsOfAModel().answer(desk, {**MONTHS, "model": 3})
    sent = Counter((row["fw_id"], row["alert_code"]) for row in rows if row["model_id"] == 3)
    told = zip(column(found, "firmware"), column(found, "code"), column(found, "messages"), strict=True)
    assert set(told) == {(f"Firmware {fw}", f"{code:04X}", n) for (fw, code), n in sent.items()} != set()


def test_storms_that_were_planted_are_told_with_a_map_of_the_hours(desk):
    found = volume_pages.AlertStorms().answer(desk, {"month": LAST})
    planted = {hour for _, _, hour in truth(T).storms}
    told = {volume_pages.hour_of(hour) for hour in planted} & set(column(found, "hour"))
    assert len(told) == sum(1 for hour in planted if f"{volume_pages.hour_of(hour):%Y-%m}" == LAST) > 0
    assert "svg" in charts.svg(found.spec, "hours")


def test_the_spurious_ones_are_those_that_a_plain_judge_flags_and_all_were_planted(desk, store, rows, monkeypatch):
    limits = {"alerts": 30, "installed": 60, "spreads": 12, "times": 5}
    monkeypatch.setattr(judged_pages.RULEBOOK, "number", lambda key, day: limits[key.rpartition(".")[2]])
    found = judged_pages.SpuriousAlerts().answer(desk, {"month": LAST})
    judged = spurious.judge(_rated(store, rows), spurious.Thresholds(**limits))
    names = ("model", "firmware", "code", "messages")
    told = set(zip(*(column(found, name) for name in names), strict=True))
    assert told == {
        (f"Model {one.rated.model}", f"Firmware {one.rated.firmware}", f"{one.rated.code:04X}", one.rated.alerts)
        for one in judged if one.flagged
    } != set()  # fmt: skip
    assert {(model, code) for model, _, code, _ in told} <= {(f"Model {m}", f"{c:04X}") for m, c in truth(T).hot}


def _rated(store: Store, rows: list[dict[str, Any]]) -> list[spurious.Rated]:
    """Every firmware installed at the end of the last month with every code of its type, silent ones with nought."""
    paths = [path for path in store.files("installed") if LAST in str(path)]
    installed: Counter[tuple[int, int, int]] = Counter()
    for path in paths:
        for one in pq.read_table(path, partitioning=None).to_pylist():
            installed[one["device_type"], one["model_id"], one["fw_id"]] += one["installed"]
    sent = Counter((one["model_id"], one["fw_id"], one["alert_code"]) for one in rows if _month(one) == LAST)
    kinds = {(model, firmware): kind for kind, model, firmware in installed}
    codes = {(kinds[model, firmware], code) for model, firmware, code in sent if (model, firmware) in kinds}
    return [
        spurious.Rated(str(kind), str(model), str(firmware), code, sent[model, firmware, code], count)
        for (kind, model, firmware), count in installed.items()
        for of, code in codes if of == kind
    ]  # fmt: skip


def _month(row: dict[str, Any]) -> str:
    return f"{volume_pages.hour_of(row['received'] // 3_600_000):%Y-%m}"


def test_what_remains_without_a_set_is_what_its_members_did_not_send(desk, rows):
    (model, code), (other, _) = truth(T).hot[:2]
    members = judged_pages.RemovalForm([FIRST, LAST], {"removed": f"{model} * {code:04X}\n{other}"})
    assert members.is_valid()
    found = judged_pages.WithoutASet().answer(desk, {**MONTHS, "removed": members.cleaned_data["removed"]})
    gone = sum(
        1 for row in rows if (row["model_id"], row["alert_code"]) == (model, code) or row["model_id"] == other
    )  # fmt: skip
    assert sum(column(found, "remains")) == len(rows) - gone < len(rows)
    assert f"{gone:,} of {len(rows):,}" in found.remarks[0]


@pytest.mark.parametrize("text", ["x", "1 2 3 4", "1 y", "1 * 8G"])
def test_a_set_that_cannot_be_read_is_told_line_by_line(text):
    form = judged_pages.RemovalForm([FIRST, LAST], {"removed": text})
    assert not form.is_valid()
    assert text in form.errors["removed"][0]


def test_a_policy_holds_back_exactly_what_replaying_every_message_would(desk, rows):
    asked = {"month": LAST, "code": ALL, "window": 86_400, "threshold": 3, "forward": 86_400, "excluded": frozenset()}
    found = judged_pages.ThrottlingPolicy().answer(desk, asked)
    month = [row for row in rows if _month(row) == LAST]
    sent = sorted(Sent(row["device_key"], row["alert_code"], row["received"]) for row in month if row["device_key"])
    whole = simulate(sent, Policy(86_400, 3, 86_400))
    assert sum(column(found, "saved")) == sum(one.saved for one in whole) > 0
    assert sum(column(found, "messages")) == len(month)


def test_a_policy_is_the_rulebooks_where_nothing_else_is_said():
    asked = {"window": None, "threshold": 4, "forward": None, "excluded": None}
    policy = judged_pages.policy_of(asked, T.span[-1].last)
    assert (policy.window, policy.threshold, policy.excluded) == (86_400, 4, frozenset({0x8F75}))


def test_a_change_of_firmware_opens_to_its_effect_beside_those_that_kept_theirs(desk):
    page = cause_pages.FirmwareChanges()
    asked = {**MONTHS, "firmware": None, "code": ALL}
    listed = ask(desk, "firmware_changes", **MONTHS).rows.to_pylist()
    mended = {model for model, _ in truth(T).mended}
    chosen = next(one for one in listed if one["model_id"] in mended)
    code = dict(truth(T).mended)[chosen["model_id"]]
    found = page.answer(desk, {**asked, "firmware": chosen["fw_id"], "code": code})
    assert column(found, "devices")[0] > 0
    assert column(found, "says")[0] == "fewer"
    assert found.spec is not None


def test_the_interval_by_drawing_devices_again_agrees_with_the_one_by_linearisation(desk):
    chosen = ask(desk, "firmware_changes", **MONTHS).rows.to_pylist()[0]
    given = {
        **MONTHS,
        "fw_id": chosen["fw_id"],
        "code": ALL,
        "reach": 14 * 86_400_000,
        "data_from": 0,
        "data_to": 10**14,
    }
    counts = [(one["earlier"], one["later"]) for one in ask(desk, "changed_devices", **given).rows.to_pylist()]
    sums = [sum(a * b for a, b in ((x, y) for x, y in pairs)) for pairs in (
        [(b, b) for b, _ in counts], [(a, a) for _, a in counts], counts)]  # fmt: skip
    group = Group(len(counts), sum(b for b, _ in counts), sum(a for _, a in counts), *sums)
    watched = [cause_pages.Watched(before, after, 14, 14) for before, after in counts]
    mine, other = compare(watched, watched, seed=1, rounds=400).changed, effect(group)
    assert mine.ratio == pytest.approx(other.ratio)
    assert mine.low == pytest.approx(other.low, rel=0.15)
    assert mine.high == pytest.approx(other.high, rel=0.15)


def test_an_outage_alert_soon_after_a_meters_change_is_counted_by_firmware(desk):
    found = cause_pages.FalseOutages().answer(desk, MONTHS)
    changes = ask(desk, "activations", **MONTHS, device_type=2).rows.num_rows
    assert sum(column(found, "changes")) == changes > 0
    assert sum(column(found, "followed")) == 0  # nobody planted an outage


def test_an_hour_without_alerts_counts_with_nought_where_there_are_data(desk):
    found = cause_pages._hours(desk, T.span[-1], ALL, 6)
    hourly = cause_pages._hourly(desk, found)
    assert sum(hourly.values()) == sum(found.rows.column("n").to_pylist())
    assert len(hourly) >= 24 * (28 + 42) - 24 * 31


def test_every_text_of_its_own_is_asked_by_some_page():
    named = " ".join(Path(module.__file__).read_text() for module in (volume_pages, judged_pages, cause_pages))
    assert all(f'"{text.stem}"' in named for text in asking.TEXTS.glob("*.sql"))


def test_maintenance_of_a_part_is_measured_by_that_parts_own_alerts(desk, monkeypatch):
    begins = datetime(2019, 5, 20, 1, tzinfo=UTC)
    told = {"starts_at": begins, "ends_at": begins + timedelta(hours=4), "state": "held"}
    windows = [MaintenanceWindow(pk=1, title="North", region="N", **told), MaintenanceWindow(pk=2, title="All", **told)]
    monkeypatch.setattr(cause_pages.LostAlerts, "_windows", lambda page, month, weeks: windows)
    found = cause_pages.LostAlerts().answer(desk, {"month": LAST})
    received = dict(zip(column(found, "window"), column(found, "received"), strict=True))
    hours = range(int(begins.timestamp()) // 3600, int(begins.timestamp()) // 3600 + 4)
    for title, region in (("North", 1), ("All", ALL)):
        rows = ask(desk, "by_hour", rollup="cube_h", month=LAST, region=region, code=ALL).rows.to_pylist()
        assert received[title] == sum(one["n"] for one in rows if one["hour"] in hours)
    assert received["All"] > received["North"] > 0
    assert all(value > 0 for value in column(found, "expected"))


@pytest.mark.parametrize("draw", [heat_map, intervals])
def test_a_picture_of_nothing_is_refused(draw):
    with pytest.raises(ValueError, match="needs"):
        draw([], "Messages")
