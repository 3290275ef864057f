"""Asking alerts this part's own texts, beside the questions that every engine is asked.

A text of this part names a roll-up; where the roll-up is not proved to agree with the rows, the same columns are
reckoned from the rows in its place, so that an answer never depends on a roll-up that is behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from secretariat.oversight.readings.questions import ROLLUP, SCAN, Answer, Desk, proved, spread
from secretariat.oversight.readings.runner import Parameter

TEXTS = Path(__file__).parent / "sql"
ALL = -1
"""The parameter that stands for every region or every code."""
FROM_ROWS: Mapping[str, str] = {
    "cube_h": """SELECT month, region, alert_code, CAST(received // 3600000 AS INTEGER) AS hour, count(*) AS n,
    CAST(sum(weight) AS BIGINT) AS weight FROM alerts WHERE month BETWEEN :before AND :last
    GROUP BY month, region, alert_code, CAST(received // 3600000 AS INTEGER)""",
    "cube_d": """SELECT month, region, alert_code, model_id, fw_id, CAST(received // 86400000 AS INTEGER) AS day,
    count(*) AS n, CAST(sum(weight) AS BIGINT) AS weight FROM alerts WHERE month BETWEEN :before AND :last
    GROUP BY month, region, alert_code, model_id, fw_id, CAST(received // 86400000 AS INTEGER)""",
}


@cache
def own_text(name: str) -> str:
    """The text of this part's own question. Raises FileNotFoundError for one that is none."""
    return (TEXTS / f"{name}.sql").read_text(encoding="utf-8")


def ask(desk: Desk, name: str, *, rollup: str = "", lead: int = 0, **given: Parameter) -> Answer:
    """Answers one of this part's own texts; `rollup` is the one that it reads, where it reads one."""
    parameters = spread(dict(given), lead)
    text = own_text(name)
    if not rollup:
        return Answer(desk.runner.query(text, parameters), SCAN, text, parameters)
    first, last = str(parameters["before"]), str(parameters["last"])
    months = [month for month in desk.manifest.months("alerts") if first <= month <= last]
    if proved(desk.manifest, rollup, months):
        return Answer(desk.runner.query(text, parameters), ROLLUP, text, parameters)
    remark, _, select = text.partition("\n")
    while select.startswith("--"):
        _, _, select = select.partition("\n")
    text = f"{remark}\nWITH {rollup} AS ({FROM_ROWS[rollup]})\n{select}"
    return Answer(desk.runner.query(text, parameters), SCAN, text, parameters)
