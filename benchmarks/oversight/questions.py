"""Questions of measurement data: roll-ups against scans, our layer against SQL by hand, and the truth found again."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

import pyarrow as pa

from benchmarks.measure import paired, show, thousandths
from benchmarks.oversight.made import cpu, filled, profile
from secretariat.oversight.readings.invented import Profile, Truth, truth
from secretariat.oversight.readings.layout import HOUR, bounds
from secretariat.oversight.readings.questions import QUESTIONS, ROLLUP, SCAN, Desk
from secretariat.oversight.readings.runner import DUCKDB, DuckRunner, spoken

GOALS = {"q1": "25", "q2": "10", "q5": "8", "q6": "200", "q7": "200"}
"""How many times cheaper the roll-up is to be."""
LAYER = "1.1"
"""How many times the cost of SQL by hand our layer may be."""


def run(*, quick: bool) -> None:
    """Prints costs in seconds of the processor, their ratios, and recall and precision."""
    size = profile(quick=quick)
    store = filled(size)
    runner = DuckRunner(spill=store.root / "spill")
    planted = prepare(runner, size)
    desk = Desk(store, runner)
    given = asked(size, planted)
    runs = 3 if quick else 1
    rolled = [key for key, question in QUESTIONS.items() if question.rollups]
    rows = []
    for key in rolled:
        check(desk, key, given[key])
        scan, ours = (cpu(partial(desk.ask, key, form=form, **given[key])) for form in (SCAN, ""))
        pair = paired(ours, scan, runs)
        form = desk.ask(key, **given[key]).form
        rows.append(
            (key, form, thousandths(pair.ours), thousandths(pair.floor), f"{pair.ratio:.1f}", GOALS.get(key, ""))
        )
    show(f"Roll-ups, {size.alerts:,} alerts", ("question", "answered by", "scan", "as asked", "ratio", "goal"), rows)
    show("Our layer", ("question", "SQL by hand", "scan asked", "ratio", "goal"), [
        layer(desk, key, given[key], runs) for key in QUESTIONS
    ])  # fmt: skip
    show("Found of what was planted", ("planted", "recall", "precision", "goals"), scores(desk, size, planted))


def prepare(runner: DuckRunner, size: Profile) -> Truth:
    """Registers what two questions join: a set to remove, and maintenance."""
    planted = truth(size)
    models, codes = zip(*planted.hot, strict=True)
    begins = bounds(size.span[-1])[0] // HOUR + 100
    runner.register("removed", whole({"model_id": models, "fw_id": [-1] * len(models), "alert_code": codes}))
    window = {"window_id": [1] * 3, "region": [1, 2, 3], "from_hour": [begins] * 3, "to_hour": [begins + 6] * 3}
    runner.register("maintenance", whole(window))
    return planted


def whole(columns: dict[str, Any]) -> pa.Table:
    """A table of whole numbers."""
    return pa.table({name: pa.array(values, pa.int32()) for name, values in columns.items()})


def asked(size: Profile, planted: Truth) -> dict[str, dict[str, Any]]:
    """What each question is asked: all months, or the last."""
    usual = {"first": size.span[0].iso, "last": size.span[-1].iso}
    month = {"month": size.span[-1].iso}
    top = 1000 if size.devices > 1_000_000 else 20
    middle = (bounds(size.span[0])[0] + bounds(size.span[-1])[1]) // 2
    own = {
        "q2": month, "q3": month, "q6": usual | {"top": top}, "q8": month,
        "q4_control": usual | {"model_id": planted.mended[0][0], "changed_at": middle},
        "q11": usual | {"code": planted.storms[0][1]},
    }  # fmt: skip
    return {key: own.get(key, usual) for key in QUESTIONS}


def check(desk: Desk, key: str, given: dict[str, Any]) -> None:
    """Raises SystemExit unless roll-up and scan agree exactly."""
    one, two = (desk.ask(key, form=form, **given).rows.to_pylist() for form in (ROLLUP, SCAN))
    if one != two:
        raise SystemExit(f"{key}: the roll-up does not give what the scan gives.")


def layer(desk: Desk, key: str, given: dict[str, Any], runs: int) -> tuple[str, ...]:
    """A scan through our layer against the same text given to the engine."""
    answer = desk.ask(key, form=SCAN, **given)
    text = spoken(answer.text, DUCKDB)
    named = {name: value for name, value in answer.parameters.items() if f"${name}" in text}
    by_hand = partial(hand, desk, text, named)
    pair = paired(cpu(by_hand), cpu(partial(desk.ask, key, form=SCAN, **given)), runs)
    return key, thousandths(pair.floor), thousandths(pair.ours), f"{pair.ratio:.2f}", LAYER


def hand(desk: Desk, text: str, named: dict[str, Any]) -> object:
    """The engine asked directly."""
    assert isinstance(desk.runner, DuckRunner)
    return desk.runner.connection.sql(text, params=named).to_arrow_table()


def scores(desk: Desk, size: Profile, planted: Truth) -> list[tuple[str, ...]]:
    """Recall and precision of pairs and of storms."""
    pairs = {
        (row["model_id"], row["alert_code"])
        for month in size.span
        for row in desk.ask("q3", month=month.iso).rows.to_pylist()
    }
    storms = desk.ask("q5", first=size.span[0].iso, last=size.span[-1].iso).rows.to_pylist()
    hours = {(row["region"], row["alert_code"], row["hour"]) for row in storms}
    return [score("spurious pairs", set(planted.hot), pairs), score("storms", set(planted.storms), hours)]


def score(name: str, planted: Collection[object], found: Collection[object]) -> tuple[str, ...]:
    """A row of recall and precision."""
    both = len(set(planted) & set(found))
    return name, f"{both / len(planted):.3f}", f"{both / max(len(found), 1):.3f}", "0.95 and 0.9"
