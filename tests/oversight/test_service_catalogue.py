"""The catalogue of services, and faults of registration data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from secretariat.core import journal
from secretariat.core.load import Loading, load, preview
from secretariat.core.procedure import Refused
from secretariat.oversight.catalogue.filters import ServiceRequestFilter
from secretariat.oversight.catalogue.kinds import service
from secretariat.oversight.catalogue.load import SERVICES
from secretariat.oversight.catalogue.models import ServiceRequest
from secretariat.oversight.catalogue.standing import schedulable_on, service_on
from secretariat.oversight.registration_data.models import CLOSED, OWNED, DataIssue, Example
from secretariat.oversight.registration_data.points import check_digit
from secretariat.oversight.registration_data.procedure import DATA_ISSUES
from tests.oversight.incident_facts import LATER, analyst, contact, dcc, london, party
from tests.oversight.steps import take

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"by": None, "at": LATER, "recorded": LATER}

HEAD = "reference,name,roles,scheduled,from_day,to_day,source,mark\n"


def loading() -> Loading:
    return Loading(analyst(), LATER, LATER)


def test_services_are_loaded_and_a_change_of_a_service_is_a_row_from_a_day_on() -> None:
    rows = (
        'SRV 4.3,Read,"IS, GS",no,2016-11-08,2022-06-29,Words,sourced\n4.3,Read,IS,yes,2022-06-30,,Words,sourced\n'
        "4.10,Read network data,ED,yes,2016-11-08,,Words,sourced\n"
    )
    load(SERVICES, "s.csv", (HEAD + rows).encode(), loading())
    before, after = date(2022, 6, 29), date(2022, 6, 30)
    assert (schedulable_on(before), schedulable_on(after)) == (["4.10"], ["4.3", "4.10"]), "4.10 comes after 4.3"
    found = service_on("4.3", before)
    assert found is not None
    assert found.role_codes == ("IS", "GS")
    assert service("srv 4.3") == service_on("4.3", after)
    again = preview(SERVICES, "s.csv", (HEAD + rows).encode(), loading())
    assert (len(again.accepted), len(again.repeated)) == (0, 3)
    chosen = ServiceRequestFilter({"role": "GS", "on": "2020-03-02"}, queryset=ServiceRequest.objects.all())
    assert [one.reference for one in chosen.qs] == ["4.3"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("4,Read,IS,no,2016-11-08,,Words,sourced", "Write it as 4.3"),
        ("4.3,Read,XX,no,2016-11-08,,Words,sourced", "XX is no User Role"),
        ("4.3,Read,IS,no,2016-11-08,,Words,surely", "is not one of"),
    ],
)
def test_a_row_that_is_no_service_is_refused_with_the_reason(row: str, why: str) -> None:
    found = preview(SERVICES, "s.csv", f"{HEAD}{row}\n".encode(), loading())
    assert why in str(found.refused[0])


def test_two_rows_of_a_service_never_hold_on_one_day() -> None:
    first = "4.3,Read,IS,no,2016-11-08,,Words,sourced\n"
    load(SERVICES, "s.csv", (HEAD + first).encode(), loading())
    found = preview(SERVICES, "s.csv", f"{HEAD}4.3,Read,IS,yes,2020-01-01,,Words,sourced\n".encode(), loading())
    assert "End it the day before" in str(found.refused[0])
    both = f"{HEAD}5.1,Make,IS,no,2016-11-08,,Words,sourced\n5.1,Make,IS,yes,2019-01-01,,Words,sourced\n"
    assert "holds on some of these days" in str(preview(SERVICES, "s.csv", both.encode(), loading()).refused[0])


def issue() -> DataIssue:
    made = DataIssue(title="No address", fault="address", text="The WAN matrix finds no premises.")
    take(DATA_ISSUES, "raise", made, "2020-02-03", dcc())
    return made


def example(of: DataIssue) -> Example:
    number = "200001234567"
    made = Example(issue=of, point=f"{number}{check_digit(number)}", told_on=date(2020, 2, 4), party=party())
    journal.enter(made, **TOLD)
    return made


def test_a_fault_goes_to_its_owner_with_an_example_and_is_closed_once_all_are_mended() -> None:
    made = issue()
    told = {"owner": "A network", "cause": "C", "due_on": "2020-03-31"}
    with pytest.raises(Refused, match="with an example that shows it"):
        take(DATA_ISSUES, "assign", made, "2020-02-05", **told)
    shown = example(made)
    take(DATA_ISSUES, "examine", made, "2020-02-05")
    with pytest.raises(Refused, match="mends a fault is to come"):
        take(DATA_ISSUES, "assign", made, "2020-02-05", **{**told, "due_on": "2020-02-05"})
    take(DATA_ISSUES, "assign", made, "2020-02-05", **told)
    take(DATA_ISSUES, "put_off", made, "2020-02-20", due_on="2020-04-30", reason="More were found.")
    assert (made.state, made.due_on) == (OWNED, date(2020, 4, 30))
    take(DATA_ISSUES, "mend", made, "2020-04-20", dcc(), outcome="Loaded anew.")
    with pytest.raises(Refused, match="once every example of it is mended"):
        take(DATA_ISSUES, "close", made, "2020-04-21")
    take(DATA_ISSUES, "reopen", made, "2020-04-21", reason="One is still wrong.")
    take(DATA_ISSUES, "mend", made, "2020-04-22", dcc(), outcome="Loaded once more.")
    journal.amend(shown, {"mended_on": date(2020, 4, 22)}, **TOLD)
    take(DATA_ISSUES, "close", made, "2020-04-23")
    assert made.state == CLOSED


def test_a_party_reads_its_own_examples_and_nobody_elses() -> None:
    made = example(issue())
    at: datetime = london("2020-02-20")
    readers = (contact(party()), contact(party("Birch Energy Limited")), None)
    assert [Example.objects.visible_to(one, at).filter(pk=made.pk).exists() for one in readers] == [True, False, False]
