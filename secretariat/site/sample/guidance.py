"""The sample's website: guidance in the published catalogue's titles, answers, terms, news, and whom to reach.

Published are the titles of the guidance notes, the sections that they are about, and that rate cards hold from August
to August (rule HLP-14). Every word, amount and contact is invented.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from secretariat.consultations.models import Consultation, Kind
from secretariat.consultations.procedure import CONSULTATIONS
from secretariat.engagement.guidance.actions import begin, revise, write
from secretariat.engagement.guidance.models import WRITTEN, Article
from secretariat.engagement.guidance.procedure import ARTICLE
from secretariat.engagement.website.models import AccountRequest, OperationsContact, Sort
from secretariat.engagement.website.procedure import ACCOUNT_REQUEST, OPERATIONS_CONTACT
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party
from secretariat.site.sample.crew import RECORDED, Crew, told

TEXTS = Path(__file__).with_name("guidance.toml")
WRITES, READS = "party.support", "operations.lead"
SUPPLIERS = ("edf-energy", "green-supplier-limited", "brackenford-supply-375-limited")


def enter(crew: Crew) -> None:
    """Enters the articles with their versions, one draft, the requests for accounts, and the contacts."""
    for row in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["article"]:
        _publish(crew, row)
    _looked_at_again(crew)
    _written_anew(crew)
    _in_hand(crew)
    _accounts(crew)
    _contacts(crew)
    _others_consultations(crew)


def _at(day: date, hour: int = 11) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=LONDON)


def _by(crew: Crew, who: str, day: date, hour: int = 11) -> Any:
    return told(crew[who], _at(day, hour))


def _publish(crew: Crew, row: dict[str, Any]) -> None:
    """Written and handed over by one, read and published by another the day after."""
    said = {name: row.get(name, None if name in ("closes_at", "holds_from", "holds_until") else "") for name in WRITTEN}
    said["body"] = row["body"].strip()
    article = Article(slug=row["slug"], kind=row["kind"], topic=row.get("topic", ""), title=row["title"],
                      owner=crew[row["owner"]], invented=True)  # fmt: skip
    day = row["published"]
    begin(article, said, **_by(crew, WRITES, day, 10))
    ARTICLE.take("submit", article, **_by(crew, WRITES, day, 11))
    ARTICLE.take("publish", article, **_by(crew, READS, day, 15))


def _looked_at_again(crew: Crew) -> None:
    """One was found still true; one is late, and its owner was reminded."""
    letter = Article.objects.get(slug="directors-letter")
    ARTICLE.take("affirm", letter, **_by(crew, "security.analyst", date(2020, 2, 3)))
    late = Article.objects.get(slug="user-entry-process")
    ARTICLE.take("remind", late, by=None, at=_at(date(2020, 2, 4)), recorded=RECORDED)


def _written_anew(crew: Crew) -> None:
    """The note on signifiers has a second version."""
    article = Article.objects.get(slug="party-signifiers")
    more = f"{article.body}\n\nOnce it is in use it does not change."
    draft = write(article, {"body": more}, **_by(crew, WRITES, date(2019, 12, 2)))
    revise(draft, {"change": "That a signifier does not change."}, **_by(crew, WRITES, date(2019, 12, 2)))
    ARTICLE.take("submit", article, **_by(crew, WRITES, date(2019, 12, 2), 12))
    ARTICLE.take("publish", article, **_by(crew, READS, date(2019, 12, 3)))


def _in_hand(crew: Crew) -> None:
    """A new answer waits to be read, and another is being written."""
    said = {"title": "Can a party have two signifiers?", "summary": "No: one party has one.", "sources": "Section B2",
            "body": "Each party has one Party Signifier, however many User Roles it has."}  # fmt: skip
    for slug, hour in (("can-a-party-have-two-signifiers", 12), ("who-reads-the-operations-contact-list", 14)):
        article = Article(slug=slug, kind="question", topic="Becoming a party", title=said["title"], invented=True,
                          owner=crew[WRITES])  # fmt: skip
        begin(article, said, **_by(crew, WRITES, date(2020, 3, 4), hour))
        if hour == 12:
            ARTICLE.take("submit", article, **_by(crew, WRITES, date(2020, 3, 4), hour + 1))
        said = {"title": "Who reads the operations contact list?", "summary": "Whoever needs it for an alert."}


def _accounts(crew: Crew) -> None:
    """Three requests: given, declined, and one to be looked at."""
    rows = [_request(number) for number in (1, 2, 3)]
    for number, row in enumerate(rows):
        ACCOUNT_REQUEST.take("ask", row, by=None, at=_at(date(2020, 3, 2 + number)), recorded=RECORDED)
    party = Party.objects.get(key=SUPPLIERS[1])
    ACCOUNT_REQUEST.take("approve", rows[0], **_by(crew, WRITES, date(2020, 3, 3)), party=party.pk)
    ACCOUNT_REQUEST.take("decline", rows[1], **_by(crew, WRITES, date(2020, 3, 4)),
                         reason="We found no party that you act for.")  # fmt: skip


def _request(number: int) -> AccountRequest:
    return AccountRequest(name=f"Sample Applicant {number}", email=f"applicant.{number}@example.org",
                          organisation=f"Invented Energy {number} Limited", invented=True,
                          why="To read the papers of the Panel.")  # fmt: skip


def _contacts(crew: Crew) -> None:
    for number, key in enumerate(SUPPLIERS):
        party = Party.objects.get(key=key)
        _contact(crew, date(2019, 11, 12) + timedelta(days=number), Sort.SUPPLIER, "Smart metering desk", number,
                 party=party, organisation=party.name)  # fmt: skip
    _contact(crew, date(2019, 12, 9), Sort.MANUFACTURER, "Product support", 9, organisation="Invented Meters Limited")


def _contact(crew: Crew, day: date, sort: Sort, role: str, number: int, **whose: Any) -> None:
    row = OperationsContact(sort=sort, role=role, email=f"desk.{number}@example.org", telephone="020 7946 0000",
                            hours="09:00 to 17:00 on Working Days", invented=True, **whose)  # fmt: skip
    OPERATIONS_CONTACT.take("list", row, **_by(crew, WRITES, day))


def _others_consultations(crew: Crew) -> None:
    """Two more of other bodies, each closing at five in the afternoon (rule HLP-6)."""
    bodies = (("A network code's panel", date(2020, 3, 20)), ("A regulator", date(2020, 4, 3)))
    for number, (body, day) in enumerate(bodies):
        made = Consultation(kind=Kind.OTHER, title=f"Invented: a review of charges, part {number + 1}", body=body,
                            is_others=True, address=f"https://others.example.org/consultations/{number + 1}",
                            closes_at=_at(day, 17), invented=True)  # fmt: skip
        CONSULTATIONS.take("list", made, **told(crew["change.analyst"], RECORDED))
