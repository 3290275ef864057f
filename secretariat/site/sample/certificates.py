"""The sample's two remediations, on the days that the Operations and Sub-Committee Reports of February 2020 tell of.

Published are the days: certificates that end on 28 February 2020, plans asked for in January and chased in February;
certificates withdrawn in 2019, whose models leave the list on 8 April 2020 after three more months. The certificates,
the models, the suppliers and what they answer are invented.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from secretariat.plain.dates import LONDON
from secretariat.products.certificates.actions import answer, ask, notice_text, tell_all
from secretariat.products.certificates.models import Remediation
from secretariat.products.certificates.procedure import PLAN_REQUEST, REMEDIATION, suppliers_on
from secretariat.products.models import Certificate
from secretariat.register.models import Party
from secretariat.site.sample.crew import Crew, told
from secretariat.site.sample.products import EXPIRING, WITHDRAWN

ANALYST, MEMBER, CONTACT = "security.analyst", "ssc.member", "proposer"
OWN_PARTY = "brackenford-supply-375-limited"
ASKED = 6
FIRST_REMOVAL, REMOVAL = date(2020, 1, 8), date(2020, 4, 8)


def enter(crew: Crew) -> None:
    """Opens both remediations and takes them to where they stand in early March 2020."""
    _withdrawn(crew)
    _expiring(crew)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=LONDON)


def _open(crew: Crew, number: str, note: str, day: date) -> Remediation:
    certificate = Certificate.objects.get(number=number)
    remediation = Remediation(certificate=certificate, note=note, invented=True)
    REMEDIATION.take("open", remediation, **told(crew[ANALYST], _at(day)))
    return remediation


def _withdrawn(crew: Crew) -> None:
    """Removal was set for January, then three more months were allowed, and all parties were told."""
    remediation = _open(crew, WITHDRAWN, "Gas meters whose certificate was withdrawn.", date(2019, 7, 1))
    first: dict[str, Any] = {"removal_on": FIRST_REMOVAL, "decided_in": "A meeting of September 2019 (invented)"}
    REMEDIATION.take("decide", remediation, **first, reasons="", **told(crew[MEMBER], _at(date(2019, 9, 11))))
    longer: dict[str, Any] = {"removal_on": REMOVAL, "decided_in": "A meeting of January 2020 (invented)"}
    why = "Suppliers have three more months to upgrade or replace the devices."
    REMEDIATION.take("allow_longer", remediation, **longer, reasons=why, **told(crew[MEMBER], _at(date(2020, 1, 7))))
    tell_all(remediation, notice_text(remediation), **told(crew[ANALYST], _at(date(2020, 2, 12))))


def _expiring(crew: Crew) -> None:
    """Of six suppliers asked in January three answered and one had no such devices; two were chased in February."""
    analyst, asked_on, chased_on = crew[ANALYST], date(2020, 1, 14), date(2020, 2, 10)
    remediation = _open(crew, EXPIRING, "Electricity meters of the first certificates.", date(2020, 1, 13))
    requests = ask(remediation, _suppliers(asked_on), date(2020, 1, 31), **told(analyst, _at(asked_on)))
    own, *others = sorted(requests, key=lambda request: request.party.key != OWN_PARTY)
    plan: dict[str, Any] = {"devices": 1200, "completes_on": date(2020, 5, 29)}
    answer(own, {**plan, "plan": "The meters get new firmware over the air; those that fail are replaced."},
           "plan.txt", b"An invented plan: new firmware in April, replacements in May.\n",
           **told(crew[CONTACT], _at(date(2020, 1, 28))))  # fmt: skip
    PLAN_REQUEST.take("report", own, remaining=950, note="New firmware is on its way.",
                      **told(crew[CONTACT], _at(date(2020, 2, 26))))  # fmt: skip
    for place, request in enumerate(others[:2]):
        words = {**plan, "devices": 300 + 40 * place, "plan": "We replace the meters at the next visit."}
        answer(request, words, **told(analyst, _at(date(2020, 1, 29))))
    PLAN_REQUEST.take("decline", others[2], reason="We have no meter of these models.",
                      **told(analyst, _at(date(2020, 1, 30))))  # fmt: skip
    for request in others[3:]:
        PLAN_REQUEST.take("chase", request, **told(analyst, _at(chased_on)))


def _suppliers(day: date) -> list[Party]:
    """Invented suppliers of the day, the proposer's party first."""
    rows = Party.objects.on(day).filter(invented=True, pk__in=suppliers_on(day).values("party")).order_by("key")
    own = rows.filter(key=OWN_PARTY)
    return [*own, *rows.exclude(key=OWN_PARTY)[: ASKED - 1]]
