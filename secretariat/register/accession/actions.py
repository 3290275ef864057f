"""Writes of more than one step: starting and saving an application, answering, returning, and executing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, keep
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.register.accession.models import ALLOCATED, DRAFT, EXECUTED, OPEN, TYPING, Application, ShortenedBar
from secretariat.register.accession.procedure import APPLICATIONS, open_question
from secretariat.register.membership import free_key
from secretariat.register.parties import Departure, Party, VotingGroup
from secretariat.register.procedure import PARTIES, months_after


def start(application: Application, *, by: Person | None, at: datetime, recorded: datetime) -> Application:
    """Starts a draft for its contact, who is mailed the link to it, and returns it. Raises Refused."""
    with transaction.atomic():
        application.applicant = person_at(application.contact_email, application.contact_name, at, recorded)
        application.held = True
        APPLICATIONS.take("start", application, by=by, at=at, recorded=recorded)
    return application


def person_at(email: str, name: str, at: datetime, recorded: datetime) -> Person:
    """The person with an address; one who is not known is entered, without a capacity and without a password."""
    found: Person | None = Person.objects.filter(email__iexact=email).first()
    if found is not None:
        return found
    person = Person(email=email.lower(), name=name or email)
    person.set_unusable_password()
    journal.enter(person, by=None, at=at, recorded=recorded)
    return person


def save_answers(
    application: Application,
    answers: dict[str, Any],
    typed: dict[str, Any],
    *,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> None:
    """Keeps what the applicant typed, half-typed answers too, and takes over those answers that are whole.

    The journal says which answers changed and not what they are: they hold personal data. Raises Refused when the
    application can no longer be changed.
    """
    with transaction.atomic():
        _still(application, TYPING, "The application was sent, so its answers stand. Write to us to change one.")
        changed = sorted(name for name, value in answers.items() if getattr(application, name) != value)
        if not changed and application.typed == typed:
            return
        moved = "contact_email" in changed
        for name in changed:
            setattr(application, name, answers[name])
        application.typed = typed
        if moved:
            application.applicant = person_at(application.contact_email, application.contact_name, at, recorded)
        _save(application)
        when = journal.Told(by=by, at=at, recorded=recorded)
        journal.record("application.amend", application, **when, particulars=changed or ["half-typed answers"])
        if moved:
            journal.record("application.send_link", application, **when)


def _still(application: Application, states: tuple[str, ...], why: str) -> None:
    """Reads the application again, locked. Raises Refused when it stands elsewhere."""
    row = Application.objects.select_for_update().get(pk=application.pk)
    if row.state not in states:
        raise Refused(why)
    application.refresh_from_db()


def _save(application: Application) -> None:
    try:
        application.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    application.save()


def answer(application: Application, text: str, *, by: Person | None, at: datetime, recorded: datetime) -> None:
    """Answers the open question, all or nothing; the text stays out of the journal. Raises Refused."""

    def write() -> None:
        question = open_question(application)
        if question is not None:
            question.answer = text
            question.save()

    _then(application, write, "answer", by=by, at=at, recorded=recorded)


def return_agreement(
    application: Application,
    name: str,
    content: bytes,
    *,
    undated: bool,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> None:
    """Keeps the signed agreement and takes the step that returns it, all or nothing.

    Raises Refused, and ValidationError for a file that is not taken.
    """
    kept = keep(name, content)

    def write() -> None:
        file = StoredFile(name=name, sha256=kept, size=len(content), recorded=recorded)
        file.classification, file.audience = Class.AMBER, application.audience
        journal.enter(file, by=by, at=at, recorded=recorded)
        Application.objects.filter(pk=application.pk).update(agreement=file)

    _then(application, write, "return_agreement", by=by, at=at, recorded=recorded, undated=undated)


def _then(application: Application, write: Callable[[], None], step: str, **told: Any) -> None:
    """Writes and takes a step, all or nothing; a refusal leaves the application in hand as the record has it."""
    try:
        with transaction.atomic():
            write()
            APPLICATIONS.take(step, application, **told)
    except Exception:
        application.refresh_from_db()
        raise


def execute(
    application: Application,
    *,
    day: date,
    voting_group: VotingGroup | None,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> Party:
    """Admits the party on the day on which the Board executed its agreement, and returns it, all or nothing (PTY-24).

    Whether it is entitled to join is asked again, as it was when it applied (rule PTY-20). Raises Refused.
    """
    if application.board_day is None or day < application.board_day:
        raise Refused("An agreement is executed by the Board that it was put before, on its day or later. (PTY-24)")
    party = application.as_party()
    taken = set(Party.objects.values_list("key", flat=True))
    party.key = free_key(application.legal_name, application.category, taken)
    told: dict[str, Any] = {"by": by, "at": at, "recorded": recorded}

    def admit() -> None:
        group = voting_group.key if voting_group else None
        PARTIES.take("accede", party, day=day, category=application.category, voting_group=group, **told)

    _then(application, admit, "execute", **told)
    return party


def send_links(email: str, *, at: datetime, recorded: datetime) -> int:
    """Has the link of each application of an address that has not ended mailed again; returns how many there are."""
    states = (DRAFT, *OPEN, EXECUTED, ALLOCATED)
    rows = list(Application.objects.filter(applicant__email__iexact=email, state__in=states))
    with transaction.atomic():
        for row in rows:
            journal.record("application.send_link", row, by=None, at=at, recorded=recorded)
    return len(rows)


def shorten_bar(bar: ShortenedBar, *, by: Person | None, at: datetime, recorded: datetime) -> ShortenedBar:
    """Enters the Panel's decision that who was expelled may apply sooner, and returns it (rule PTY-20).

    Raises Refused when nobody was expelled, the decision is to come, or the day is not sooner.
    """
    expelled = bar.departure
    if expelled.how != Departure.How.EXPELLED:
        raise Refused("Only who was expelled is barred from applying. (PTY-20, Section B1)")
    if not expelled.day <= bar.decided_on <= local_day(at):
        raise Refused("The Panel decides after the expulsion, on a day that has come.")
    full = months_after(expelled.day, RULEBOOK.number("party.expelled_bar_months", expelled.day))
    if not expelled.day <= bar.ends_on < full:
        raise Refused(f"The Panel may shorten the time, which runs to {long_date(full)}. (PTY-20, Section B1)")
    journal.enter(bar, by=by, at=at, recorded=recorded)
    return bar
