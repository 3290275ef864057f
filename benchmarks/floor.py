"""The floor of the proposals list: a raw `sqlite3` cursor and one f-string, of the size of the page or of the JSON.

`SECRETARIAT_FLOOR_SIZES` holds both sizes in bytes, the page's first; what the f-string lacks is filled up.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

PAGE_SIZE, JSON_SIZE = (int(size) for size in os.environ.get("SECRETARIAT_FLOOR_SIZES", "0,0").split(","))
DATABASE = Path(os.environ["SECRETARIAT_HOME"]) / "secretariat.sqlite3"
COUNT = "SELECT count(*) FROM change_proposal WHERE classification <= 0"
ROWS = (
    "SELECT reference, title, proposer_name, raised_on, state, on_hold, classification FROM change_proposal"
    " WHERE classification <= 0 ORDER BY number DESC, id LIMIT 50"
)
NAMES = ("reference", "title", "proposer", "raised_on", "stage", "on_hold", "class")
known = threading.local()


def cursor() -> sqlite3.Cursor:
    """This thread's cursor."""
    if not hasattr(known, "cursor"):
        known.cursor = sqlite3.connect(DATABASE).cursor()
    found: sqlite3.Cursor = known.cursor
    return found


def page(total: int, rows: list[tuple[Any, ...]]) -> str:
    """The page."""
    body = "".join(
        f'<tr><th><a href="/proposals/{row[0]}/">{row[0]}</a></th>'
        + "".join(f"<td>{escape(str(value))}</td>" for value in row[1:])
        + "</tr>"
        for row in rows
    )
    text = f"<!doctype html><title>Proposals</title><p>Showing 1-50 of {total}</p><table>{body}</table>"
    return text + " " * (PAGE_SIZE - len(text))


def json(total: int, rows: list[tuple[Any, ...]]) -> str:
    """The JSON; no value of the record needs escaping."""
    items = ", ".join(
        "{" + "".join(f'"{name}": "{value}", ' for name, value in zip(NAMES, row, strict=True))
        + f'"url": "/proposals/{row[0]}/"}}'
        for row in rows
    )  # fmt: skip
    text = f'{{"count": {total}, "page": 1, "pages": {-(-total // 50)}, "items": [{items}]}}'
    return text + " " * (JSON_SIZE - len(text))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application."""
    as_json = environ["PATH_INFO"].startswith("/api/")
    asked = cursor()
    (total,) = asked.execute(COUNT).fetchone()
    rows = asked.execute(ROWS).fetchall()
    content = (json if as_json else page)(total, rows).encode()
    kind = "application/json" if as_json else "text/html; charset=utf-8"
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
    return [content]
