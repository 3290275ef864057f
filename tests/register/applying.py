"""Small facts for tests of applications."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from secretariat.plain.dates import LONDON
from secretariat.register.accession import actions
from secretariat.register.accession.links import key_of
from secretariat.register.accession.models import Application
from secretariat.register.accession.procedure import APPLICATIONS
from secretariat.register.models import Departure
from tests.register.factories import expel, party, person

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
RECORDED = datetime(2020, 12, 1, 12, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "applicant_is": "company",
    "legal_name": "Cedar Example Limited",
    "company_number": "01234567",
    "address": "1 Example Street, Exampleton",
    "category": "other-sec-party",
    "contact_name": "Sam Example",
    "contact_email": "sam@example.test",
    "contact_phone": "020 7946 0000",
}


def on(day: str, **more: Any) -> dict[str, Any]:
    """By party support, at noon of a day."""
    at = datetime.combine(date.fromisoformat(day), time(12), tzinfo=LONDON)
    return {"by": person(), "at": at, "recorded": max(at, RECORDED), **more}


def draft(day: str = "2020-01-06", **answers: Any) -> Application:
    """An application that is begun and answered, and not sent."""
    return actions.start(Application(**{**ANSWERS, **answers}), **on(day, by=None))


def sent(day: str = "2020-01-06", **answers: Any) -> Application:
    """An application that is sent."""
    made = draft(day, **answers)
    APPLICATIONS.take("submit", made, **on(day, by=None))
    return made


def reviewed(day: str = "2020-01-06", **answers: Any) -> Application:
    """An application under review."""
    made = sent(day, **answers)
    APPLICATIONS.take("review", made, **on(day))
    return made


def invoiced(day: str = "2020-01-07", invoice: str = "INV-1", **answers: Any) -> Application:
    """An application whose fee is invoiced."""
    made = reviewed(**answers)
    APPLICATIONS.take("accept", made, invoice=invoice, **on(day))
    return made


def issued(day: str = "2020-01-10", **answers: Any) -> Application:
    """An application whose agreement is with the applicant."""
    made = invoiced(**answers)
    APPLICATIONS.take("pay", made, amount=made.due, **on(day))
    APPLICATIONS.take("issue", made, **on(day))
    return made


def returned(day: str = "2020-01-20", **answers: Any) -> Application:
    """An application whose signed agreement is back."""
    made = issued(**answers)
    actions.return_agreement(made, "signed.pdf", PDF, undated=True, **on(day, by=None))
    return made


def before_the_board(day: str = "2020-01-21", board_day: str = "2020-02-14", **answers: Any) -> Application:
    """An application whose agreement is before the Board."""
    made = returned(**answers)
    APPLICATIONS.take("refer", made, board_day=board_day, **on(day))
    return made


def executed(day: str = "2020-02-14", **answers: Any) -> Application:
    """An application whose agreement the Board executed."""
    made = before_the_board(**answers)
    actions.execute(made, day=date.fromisoformat(day), voting_group=None, **on(day))
    return made


def address(application: Application, page: str = "") -> str:
    """The path behind the applicant's link."""
    return f"/becoming-a-party/applications/{key_of(application)}/{page}"


def gone(day: str) -> Departure:
    """The departure of a party that was expelled on a day."""
    old = party("Cedar Example Limited", category="other-sec-party", company_number="01234567")
    expel(old, day)
    found: Departure = Departure.objects.get(party=old)
    return found
