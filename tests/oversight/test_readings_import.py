"""Taking alerts in: all of an extract or nothing, every deliberate fault told, and a day without building all again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secretariat.oversight.readings import ingest
from secretariat.oversight.readings.ingest import Extract, NotTaken, close_month, take, take_inventory
from secretariat.oversight.readings.layout import DEVICES, FOR_EVER, HOUR, milliseconds, moment, start_of
from secretariat.oversight.readings.questions import ROLLUP, Desk
from secretariat.oversight.readings.runner import DuckRunner
from secretariat.oversight.readings.store import Store
from secretariat.plain.months import Month

MARCH, OCTOBER = Month(2020, 3), Month(2019, 10)
CHANGED = datetime(2020, 3, 10, 12, tzinfo=UTC)
"""When the device's firmware changed from 1 to 2."""
DEVICE = "90-B3-D5-1F-30-01-00-02"
"""Its first bit is set: as a signed number it is below nought."""


def number(device: str) -> int:
    return int.from_bytes(bytes.fromhex(device.replace("-", "")), signed=True)


def inventory(region: int = 1, until: datetime = CHANGED) -> pa.Table:
    rows = [
        {"fw_id": 1, "step": 1, "from_at": 0, "to_at": milliseconds(until)},
        {"fw_id": 2, "step": 2, "from_at": milliseconds(CHANGED), "to_at": FOR_EVER},
    ]
    same = {
        "device_key": 7, "eui64": number(DEVICE), "device_type": 2, "model_id": 3, "region": region, "hub_key": 1,
        "installed_at": 0, "removed_at": FOR_EVER,
    }  # fmt: skip
    return pa.Table.from_pylist([same | row for row in rows], schema=DEVICES.columns)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    take_inventory(store, inventory())
    return store


def commas(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "alerts.csv"
    path.write_text("\n".join(("received_at,device,alert_code,throttled_count", *lines)) + "\n")
    return path


def rows(store: Store) -> list[dict[str, int]]:
    return [row for path in store.files("alerts") for row in pq.read_table(path, partitioning=None).to_pylist()]


def kinds(refused: pytest.ExceptionInfo[NotTaken]) -> dict[str, int]:
    return {finding.kind: finding.count for finding in refused.value.findings}


def decoded(*moments: datetime, code: int = 0x8F3E) -> pa.Table:
    columns = {"received": [milliseconds(one) for one in moments], "eui64": [number(DEVICE)] * len(moments)}
    same = {"alert_code": [code] * len(moments), "recipient": [4] * len(moments), "weight": [1] * len(moments)}
    return pa.table(columns | same)


def test_silence_in_maintenance_is_set_against_the_four_weeks_before(store: Store) -> None:
    tuesdays = [datetime(2020, 3, day, 1, tzinfo=UTC) for day in (3, 10, 17, 24)]
    take(store, Extract(decoded(*tuesdays, *tuesdays, datetime(2020, 3, 31, 5, tzinfo=UTC)), MARCH))
    hour = milliseconds(datetime(2020, 3, 31, tzinfo=UTC)) // HOUR
    window = {"window_id": [1], "region": [1], "from_hour": [hour], "to_hour": [hour + 4]}
    runner = DuckRunner()
    runner.register("maintenance", pa.table(window))
    (row,) = Desk(store, runner).ask("q13", month="2020-03").rows.to_pylist()
    assert (row["expected"], row["received"]) == (2.0, 0)


def test_an_alert_has_the_firmware_of_its_own_time_and_its_weight(store: Store, tmp_path: Path) -> None:
    path = commas(
        tmp_path, f"2020-03-10T11:59:59Z,{DEVICE},8F3E,", f"2020-03-10T12:00:00Z,{DEVICE},8F3E,12",
        f"2020-03-10 13:00:00+01:00,{DEVICE.lower().replace('-', '')},N24,1",
    )  # fmt: skip
    receipt = take(store, Extract(path, MARCH))
    found = sorted(
        (row["received"], row["alert_code"], row["fw_id"], row["weight"], row["region"]) for row in rows(store)
    )
    noon = milliseconds(CHANGED)
    assert receipt.rows == 3
    assert found == [(noon - 1000, 0x8F3E, 1, 1, 1), (noon, 0x8F3E, 2, 12, 1), (noon, 0x10018, 2, 1, 1)]


def test_every_fault_of_a_file_is_told_and_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    path = commas(
        tmp_path, f"2020-04-01T00:00:00Z,{DEVICE},8F3E,", f"yesterday,{DEVICE},8F3E,",
        f"2020-03-02T00:00:00Z,{DEVICE},XYZ,", "2020-03-02T00:00:00Z,90-B3,8F3E,",
        f"2020-03-02T00:00:00Z,{DEVICE},8F3E,",
    )  # fmt: skip
    with pytest.raises(NotTaken) as refused:
        take(store, Extract(path, MARCH))
    assert kinds(refused) == {"unreadable time": 1, "unreadable device": 1, "unknown code": 1, "wrong month": 1}
    assert not store.files("alerts")
    assert not store.manifest.taken


def test_a_file_without_its_columns_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("day,count\n2020-03-01,5\n")
    with pytest.raises(NotTaken, match="received_at, device, alert_code"):
        take(store, Extract(path, MARCH))


def test_the_hour_that_comes_twice_needs_its_offset(store: Store, tmp_path: Path) -> None:
    path = commas(tmp_path, f"2019-10-27 01:30:00,{DEVICE},8F3E,", f"2019-10-27 00:30:00,{DEVICE},8F3E,")
    with pytest.raises(NotTaken, match="comes twice") as refused:
        take(store, Extract(path, OCTOBER, clock="Europe/London"))
    assert kinds(refused) == {"hour that comes twice": 1}
    path = commas(tmp_path, f"2019-10-27 01:30:00+01:00,{DEVICE},8F3E,", f"2019-10-27 01:30:00+00:00,{DEVICE},8F3E,")
    take(store, Extract(path, OCTOBER, clock="Europe/London"))
    one, two = sorted(moment(row["received"]) for row in rows(store))
    assert two - one == timedelta(hours=1)


def test_the_hour_that_is_left_out_in_spring_is_told(store: Store, tmp_path: Path) -> None:
    path = commas(tmp_path, f"2020-03-29 01:30:00,{DEVICE},8F3E,")
    with pytest.raises(NotTaken, match="does not come"):
        take(store, Extract(path, MARCH, clock="Europe/London"))


def test_summer_time_is_told_from_universal_time(store: Store, tmp_path: Path) -> None:
    path = commas(tmp_path, f"2019-10-05 13:00:00,{DEVICE},8F3E,")
    take(store, Extract(path, OCTOBER, clock="Europe/London"))
    assert moment(rows(store)[0]["received"]) == datetime(2019, 10, 5, 12, tzinfo=UTC)


def test_a_device_of_no_inventory_is_kept_and_told(store: Store, tmp_path: Path) -> None:
    receipt = take(store, Extract(commas(tmp_path, "2020-03-02T00:00:00Z,00-11-22-33-44-55-66-77,8F3E,"), MARCH))
    assert [(finding.kind, finding.count) for finding in receipt.findings] == [("unknown device", 1)]
    assert (rows(store)[0]["model_id"], rows(store)[0]["region"]) == (0, 0)


def test_the_same_file_is_not_taken_twice(store: Store, tmp_path: Path) -> None:
    path = commas(tmp_path, f"2020-03-02T00:00:00Z,{DEVICE},8F3E,")
    take(store, Extract(path, MARCH))
    with pytest.raises(NotTaken, match="taken in before"):
        take(store, Extract(path, MARCH, restates=True))


def test_a_restated_month_supersedes_only_when_it_says_so(store: Store) -> None:
    take(store, Extract(decoded(CHANGED), MARCH))
    again = decoded(CHANGED, CHANGED + timedelta(hours=1))
    with pytest.raises(NotTaken, match="restates"):
        take(store, Extract(again, MARCH))
    take(store, Extract(again, MARCH, restates=True))
    assert len(rows(store)) == 2
    assert Desk(store, DuckRunner()).ask("q1", month="2020-03").rows.to_pylist()[0]["n"] == 2


def test_an_import_that_is_killed_leaves_what_was_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take(store, Extract(decoded(CHANGED), MARCH))
    before = store.manifest

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ingest, "roll_up_month", killed)
        with pytest.raises(KeyboardInterrupt):
            take(store, Extract(decoded(CHANGED, CHANGED), MARCH, restates=True))
    assert store.manifest == before
    assert len(rows(store)) == 1
    take(store, Extract(decoded(CHANGED, CHANGED, CHANGED), MARCH, restates=True))
    assert len(rows(store)) == 3


def test_a_day_is_added_without_building_the_others_and_the_month_then_closed(store: Store) -> None:
    take(store, Extract(decoded(*[CHANGED] * 60), MARCH, day=date(2020, 3, 10)))
    earlier = store.manifest.of("cube_d", "2020-03")["day-10"]
    take(store, Extract(decoded(*[CHANGED + timedelta(days=1)] * 3), MARCH, day=date(2020, 3, 11)))
    assert store.manifest.of("cube_d", "2020-03")["day-10"] == earlier
    asked = {"month": "2020-03", "top": 1}
    answers = [Desk(store, DuckRunner()).ask("q6", **asked)]
    close_month(store, MARCH)
    answers.append(Desk(store, DuckRunner()).ask("q6", **asked))
    told = [(answer.form, answer.rows.to_pylist()) for answer in answers]
    assert told == [(ROLLUP, [{"device_key": 7, "n": 63}])] * 2
    assert list(store.manifest.of("alerts", "2020-03")) == ["month"]
    with pytest.raises(NotTaken, match="as a whole"):
        take(store, Extract(decoded(CHANGED + timedelta(days=2)), MARCH, day=date(2020, 3, 12)))


def test_a_device_that_becomes_hot_has_its_earlier_months_counted(store: Store) -> None:
    april = Month(2020, 4)
    take(store, Extract(decoded(CHANGED, CHANGED), MARCH))
    take(store, Extract(decoded(*[datetime(2020, 4, 2, tzinfo=UTC)] * 200), april))
    answer = Desk(store, DuckRunner()).ask("q6", first="2020-03", last="2020-04", top=1)
    assert (answer.form, answer.rows.to_pylist()) == (ROLLUP, [{"device_key": 7, "n": 202}])


def test_an_inventory_with_faults_is_refused_and_the_one_before_stays(store: Store) -> None:
    with pytest.raises(NotTaken, match="unknown region"):
        take_inventory(store, inventory(region=9))
    with pytest.raises(NotTaken, match="overlap"):
        take_inventory(store, inventory(until=CHANGED + timedelta(days=1)))
    assert store.manifest.rows("devices") == 2


def test_installed_devices_follow_the_inventory(store: Store) -> None:
    take(store, Extract(decoded(CHANGED), MARCH))
    assert Desk(store, DuckRunner()).ask("q1", month="2020-03").rows.to_pylist()[0]["installed"] == 1
    take_inventory(store, inventory().slice(0, 1))
    assert Desk(store, DuckRunner()).ask("q1", month="2020-03").rows.to_pylist()[0]["installed"] == 0


def test_what_no_list_names_is_swept_away_later(store: Store) -> None:
    for count in range(1, 5):
        take(store, Extract(decoded(*[CHANGED] * count), MARCH, restates=True))
        held = store.files("alerts")
    (before,) = [path for path in (store.root / "alerts").glob("**/*.parquet") if path not in held]
    assert before.name == "month.000004.parquet"
    assert len(store.files("alerts")) == 1


def test_days_are_those_of_universal_time() -> None:
    assert moment(start_of(date(2020, 7, 1))) == datetime(2020, 7, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="offset"):
        milliseconds(datetime(2020, 7, 1))  # noqa: DTZ001
