"""The register of a hundred thousand proposals: each filter's page, and the comparison by words, in milliseconds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import seconds, show, thousandths
from benchmarks.volume import put
from secretariat.change.judging.models import Impact, Interest
from secretariat.change.models import Proposal, Release, Stage, label
from secretariat.change.raising.similar import similar
from secretariat.change.standing.models import URGENT, Adoption, TargetSpell, Urgency

ROWS = 100_000
AT = datetime(2020, 3, 3, 10, tzinfo=UTC)
FIRST = date(2018, 11, 1)
LETTERS = ("", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
STAGES = tuple(Stage)
MATTERS = ("prepayment credit", "exchange of meters", "firmware records", "user role checks", "alert thresholds")
QUERIES = (
    "", "page=1500", "stage=open", "status=on+hold", "status=urgent", "status=adoption", "category=large-supplier",
    "role=IS", "document=Section+F", "interest=SSC", "release=Release+7", "text=firmware", "text=MP5000", "era=new",
    "proposer=Energy+0042", "raised=2019-06", "sort=raised_on", "stage=open&role=IS&document=Section+F",
)  # fmt: skip


def run(*, quick: bool) -> None:
    """Prints the median of each page's times, the queries it asks and how many proposals it finds."""
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client, runs = Client(SERVER_NAME="localhost"), 3 if quick else 9
    rows = [measured(client, query, runs) for query in QUERIES]
    words = ("Prepayment meter exchange", "Credit is lost when the meter of a household is exchanged for another")
    times = [seconds(lambda: similar(*words, None, AT))() for _ in range(runs)]
    rows.append(("similar to a problem", thousandths(median(times)), "1", ""))
    show(f"The register of {ROWS:,} proposals, signed out", ("asked", "median", "queries", "found"), rows)


def measured(client: Client, query: str, runs: int) -> tuple[str, str, str, str]:
    """One choice: its median, its queries, and what it found."""
    address = f"/proposals/?{query}"
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
        queries = len(asked)
    if page.status_code != 200:
        raise SystemExit(f"{address} answers {page.status_code}.")
    times = [seconds(lambda: client.get(address))() for _ in range(runs)]
    found: Any = client.get(f"/api/proposals?{query}&size=1").json()
    return query or "everything", thousandths(median(times)), str(queries), f"{found['count']:,}"


def fill() -> None:
    """A hundred thousand proposals, and of every third to hundredth what the filters look at."""
    releases = [
        Release(name=f"Release {n}", go_live_on=FIRST + timedelta(days=90 * n), kind="system") for n in range(9)
    ]
    releases = put(Release, releases)
    made = put(Proposal, [proposal(n, releases) for n in range(ROWS)])
    told = {"recorded": AT}
    put(Impact, [Impact(proposal=one, kind=kind, subject=subject, **told) for n, one in enumerate(made)
                 for kind, subject in touched(n)])  # fmt: skip
    put(Interest, [Interest(proposal=one, body="SSC", asked_on=FIRST, **told) for one in made[::50]])
    put(Urgency, [Urgency(proposal=one, statement="Now", state=URGENT) for one in made[::200]])
    put(TargetSpell, [TargetSpell(proposal=one, release=releases[n % 9], set_by="Panel", from_day=FIRST, **told)
                      for n, one in enumerate(made[::3])])  # fmt: skip
    gone = [one for one in made if one.state == Stage.WITHDRAWN][::40]
    put(Adoption, [Adoption(proposal=one, stage=Stage.REPORT, withdrawn_on=FIRST, closes_on=date(2099, 1, 1), **told)
                   for one in gone])  # fmt: skip


def proposal(n: int, releases: list[Release]) -> Proposal:
    """The n-th proposal: numbers of four digits, each with eleven letters or none."""
    number, suffix = n // 11 + 1, LETTERS[n % 11]
    raised = FIRST + timedelta(days=n % 480)
    return Proposal(
        number=number, suffix=suffix, reference=label(number, suffix, raised, None), raised_on=raised,
        title=f"Change {n} to {MATTERS[n % 5]}", proposer_name=f"Invented Energy {n % 3000:04} Limited",
        state=STAGES[n % 8], on_hold=n % 100 == 0, release=releases[n % 9] if n % 8 == 5 else None, invented=True,
    )  # fmt: skip


def touched(n: int) -> list[tuple[str, str]]:
    """What the n-th proposal touches."""
    return [("category", "large-supplier" if n % 2 else "all"), ("role", "IS" if n % 3 else "ES"),
            ("document", f"Section {chr(65 + n % 20)}")]  # fmt: skip
