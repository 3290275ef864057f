"""Questions of measurement data: a roll-up gives what the rows give, and is used only where that is proved."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from secretariat.oversight.readings.effects import Group, effect
from secretariat.oversight.readings.invented import FIRST, KEPT, T, truth
from secretariat.oversight.readings.layout import DATASETS, HOT
from secretariat.oversight.readings.questions import QUESTIONS, ROLLUP, SCAN, Desk, proved
from secretariat.oversight.readings.rollups import OF_A_PART
from secretariat.oversight.readings.runner import DuckRunner
from secretariat.oversight.readings.store import Store
from tests.oversight.readings import asked, filled, prepared

ROLLED = [key for key, question in QUESTIONS.items() if question.rollups]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("readings"), T)


@pytest.fixture(scope="module")
def desk(store: Store) -> Desk:
    runner = DuckRunner()
    prepared(runner, T)
    return Desk(store, runner)


@pytest.mark.parametrize("key", ROLLED)
def test_a_roll_up_gives_exactly_what_the_rows_give(desk: Desk, key: str) -> None:
    answer, scan = desk.ask(key, **asked(T)[key]), desk.ask(key, form=SCAN, **asked(T)[key])
    assert answer.form == ROLLUP
    assert answer.rows.num_rows
    assert answer.rows.to_pylist() == scan.rows.to_pylist()


@pytest.mark.parametrize("key", [key for key in QUESTIONS if key not in ROLLED])
def test_what_no_roll_up_can_tell_is_read_from_the_rows(desk: Desk, key: str) -> None:
    answer = desk.ask(key, **asked(T)[key])
    assert answer.form == SCAN
    assert answer.rows.num_rows


def test_numbers_agree_with_a_count_of_the_rows_in_python(store: Store, desk: Desk) -> None:
    rows = [row for path in store.files("alerts") for row in pq.read_table(path, partitioning=None).to_pylist()]
    months = Counter((row["region"], row["received"] // 86_400_000 // 31) for row in rows)
    assert sum(months.values()) == sum(row["n"] for row in desk.ask("q1", **asked(T)["q1"]).rows.to_pylist())
    devices = Counter(row["device_key"] for row in rows)
    best = sorted(((-n, key) for key, n in devices.items()))[:10]
    found = [(-row["n"], row["device_key"]) for row in desk.ask("q6", **asked(T)["q6"]).rows.to_pylist()]
    assert found == best


def test_the_chattiest_are_scanned_for_when_an_unlisted_device_might_be_among_them(desk: Desk) -> None:
    answer = desk.ask("q6", **asked(T)["q6"] | {"top": 3_000})
    assert answer.form == SCAN
    assert answer.rows.column("n")[-1].as_py() <= T.months * (HOT - 1)


def test_a_roll_up_of_other_files_than_those_in_force_is_not_trusted(tmp_path: Path, store: Store) -> None:
    copy = tmp_path / "store"
    shutil.copytree(store.root, copy)
    path = copy / "manifest.json"
    data = json.loads(path.read_text())
    data["parts"]["cube_h"][FIRST.iso]["month"]["built_from"] = ["alerts/another.parquet"]
    path.write_text(json.dumps(data))
    manifest = Store(copy).manifest
    assert not proved(manifest, "cube_h", [FIRST.iso])
    assert proved(manifest, "cube_d", [FIRST.iso])
    assert Desk(Store(copy), DuckRunner()).ask("q1", **asked(T)["q1"]).form == SCAN


def test_every_planted_pair_is_found_and_hardly_another(desk: Desk) -> None:
    planted = set(prepared(desk.runner, T).hot)
    found = {
        (row["model_id"], row["alert_code"])
        for month in T.span
        for row in desk.ask("q3", month=month.iso, least_installed=60).rows.to_pylist()
    }
    assert len(found & planted) >= 0.95 * len(planted)
    assert len(found & planted) >= 0.9 * len(found)


def test_every_planted_storm_is_found(desk: Desk) -> None:
    planted = set(prepared(desk.runner, T).storms)
    rows = desk.ask("q5", **asked(T)["q5"]).rows.to_pylist()
    assert planted <= {(row["region"], row["alert_code"], row["hour"]) for row in rows}


def test_removing_what_was_planted_leaves_what_else_there_is(desk: Desk) -> None:
    rows = desk.ask("q12", **asked(T)["q12"]).rows.to_pylist()
    removed = 1 - sum(row["remains"] for row in rows) / sum(row["n"] for row in rows)
    assert removed == pytest.approx(0.6, abs=0.05)


def test_an_interval_of_a_ratio_agrees_with_drawing_devices_again() -> None:
    chance = random.Random(4)
    pairs = [(before := chance.choice([0, 1, 2, 5, 40]), round(before * chance.uniform(0, 0.6))) for _ in range(400)]
    group = _group(pairs)
    drawn = sorted(_group(chance.choices(pairs, k=400)).log_ratio for _ in range(1500))
    found = effect(group)
    assert math.log(found.low) == pytest.approx(drawn[37], abs=0.03)
    assert math.log(found.high) == pytest.approx(drawn[1462], abs=0.03)
    assert found.fewer
    assert effect(group, group).ratio == pytest.approx(1)


def _group(pairs: list[tuple[int, int]]) -> Group:
    one, two = [before for before, _ in pairs], [after for _, after in pairs]
    squares = (sum(n * n for n in one), sum(n * n for n in two), sum(a * b for a, b in pairs))
    return Group(len(pairs), sum(one), sum(two), *squares)


def test_the_effect_of_new_firmware_is_found_within_its_interval(desk: Desk) -> None:
    usual = {"first": T.span[0].iso, "last": T.span[-1].iso}
    changed_at = "SELECT CAST(median(from_at) AS BIGINT) FROM devices WHERE model_id = :model_id AND step = 2"
    for model, code in truth(T).mended:
        (row,) = [row for row in desk.ask("q4", code=code, **usual).rows.to_pylist() if row["model_id"] == model]
        middle = desk.runner.query(changed_at, {"model_id": model}).columns[0][0].as_py()
        (kept,) = desk.ask("q4_control", code=code, model_id=model, changed_at=middle, **usual).rows.to_pylist()
        found = effect(Group.of(row), Group.of(kept))
        assert found.low < KEPT < found.high
        assert found.fewer


def test_every_roll_up_has_its_text_and_its_source() -> None:
    assert {rolled for of in OF_A_PART.values() for rolled in of} <= set(DATASETS)
    for question in QUESTIONS.values():
        assert question.text(SCAN)
        assert not question.rollups or question.text(ROLLUP)


def alike(row: dict[str, Any]) -> dict[str, Any]:
    """A row as both engines must tell it: whole numbers and words exactly, others to nine digits."""
    return {key: pytest.approx(value, rel=1e-9, nan_ok=True) if isinstance(value, float) else value
            for key, value in row.items()}  # fmt: skip


@pytest.mark.slow
@pytest.mark.spark
def test_spark_answers_the_same_texts_alike(store: Store, desk: Desk, tmp_path: Path) -> None:
    if not shutil.which("java") or not importlib.util.find_spec("pyspark"):
        lacking = "Apache Spark is not here: it needs Java and the extra `spark`. Try: python3 run.py spark"
        pytest.fail(lacking) if os.environ.get("CI") == "true" else pytest.skip(lacking)
    spark = importlib.import_module("secretariat.oversight.readings.spark").SparkRunner(tmp_path, "local[2]")
    prepared(spark, T)
    there = Desk(store, spark)
    for key, given in asked(T).items():
        for form in (SCAN, ROLLUP) if QUESTIONS[key].rollups else (SCAN,):
            one, two = (side.ask(key, form=form, **given).rows.to_pylist() for side in (desk, there))
            assert len(one) == len(two), key
            assert [alike(row) for row in one] == [alike(row) for row in two], key
    spark.session.stop()
