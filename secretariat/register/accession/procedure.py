"""How an organisation applies and is admitted (Section B1, rules PTY-20 to PTY-27), as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.capacities import team
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.workdays import Working
from secretariat.register import procedure as register
from secretariat.register.accession.links import hash_of, key_of
from secretariat.register.accession.models import (
    ALLOCATED,
    DRAFT,
    EXECUTED,
    INVOICED,
    ISSUED,
    MORE_INFORMATION,
    OPEN,
    PAID,
    REFUSED,
    RETURNED,
    SUBMITTED,
    SUPPLIERS,
    UNDER_REVIEW,
    WELCOMED,
    WITH_BOARD,
    WITHDRAWN,
    Applicant,
    Application,
    Ground,
    Outcome,
    Question,
    Refusal,
)
from secretariat.register.parties import PARTY, Category, Party

Facts = Mapping[str, Any]
party_support = team(Team.PARTY_SUPPORT)


def the_applicant(person: Person | None, application: Application | None, at: datetime) -> bool:
    """Whoever applied, by the private link of the application or signed in."""
    if application is None:
        return False
    return application.held or (person is not None and application.applicant_id == person.pk)


def the_applicant_or_party_support(person: Person | None, application: Application | None, at: datetime) -> bool:
    """Whoever applied, or the party support team."""
    return the_applicant(person, application, at) or party_support(person, application, at)


def party_support_once_admitted(person: Person | None, application: Application | None, at: datetime) -> bool:
    """The party support team, when the register has admitted the party."""
    return party_support(person, application, at) and application is not None and admitted(application) is not None


def admitted(application: Application) -> Party | None:
    """The party that the register admitted on the application, or has admitted since it was made; None before."""
    same = Party.objects.same_organisation(application.as_party()).filter(state=PARTY, left_on__isnull=True)
    found: Party | None = same.filter(acceded_on__gte=application.board_day).first() if application.board_day else None
    return found


@rule("PTY-20, Section B1")
def applicant_is_no_party(application: Application, at: datetime) -> bool:
    """An organisation that is a party already does not apply: the register has its name or company number."""
    return register.not_a_party_already(application.as_party(), at)


@rule("PTY-20, Section B1")
def no_bar_runs(application: Application, at: datetime) -> bool:
    """Who was expelled applies again after 12 months, or sooner when the Panel has shortened the time."""
    return register.not_expelled_lately(application.as_party(), at, {"day": local_day(at)})


@rule("PTY-23")
def everything_is_answered(application: Application, at: datetime) -> bool:
    """An application is sent when each question has an answer; a company also gives its company number."""
    asked = ("legal_name", "address", "category", "contact_name", "contact_email", "contact_phone")
    company = application.applicant_is != Applicant.COMPANY or application.company_number
    return bool(company) and all(getattr(application, name) for name in asked)


@rule("PTY-4")
def category_follows_the_licence(application: Application, at: datetime) -> bool:
    """The licences held decide the Party Category; without any it is Other SEC Party, or that of one applied for."""
    return application.category in application.categories


@rule("PTY-2")
def size_follows_the_premises(application: Application, at: datetime) -> bool:
    """A supplier says how many domestic premises it supplies, which decides whether it is a Large or Small Supplier."""
    if application.category not in SUPPLIERS:
        return True
    threshold = RULEBOOK.number("party.large_supplier_threshold", at)
    large = application.category == Category.LARGE_SUPPLIER
    return application.premises is not None and (application.premises >= threshold) == large


@rule("PTY-22")
def licence_holder_takes_a_share(application: Application, at: datetime) -> bool:
    """The holder of a licence takes a share in SECCo; anybody else may."""
    return application.wants_share or not application.licences_held


@rule("PTY-23")
def follows_what_went_before(application: Application, at: datetime) -> bool:
    """A step takes effect on the day of the step before it, or later."""
    names = ("submitted_on", "invoiced_on", "paid_on", "issued_on", "returned_on")
    days = [day for day in (getattr(application, name) for name in names) if day]
    return not days or max(days) <= local_day(at)


@rule("PTY-23")
def open_question_is_answered(application: Application, at: datetime) -> bool:
    """What was asked has no answer yet: write it before sending it."""
    question = open_question(application, answered=True)
    return question is not None and bool(question.answer.strip())


@rule("PTY-21, PTY-22")
def what_is_due_is_paid(application: Application, at: datetime, facts: Facts) -> bool:
    """The sum paid is that of the invoice: the fee and, where a share is taken, its price."""
    return bool(facts["amount"] == application.due)


@rule("PTY-23")
def signed_agreement_is_here(application: Application, at: datetime) -> bool:
    """A returned agreement is kept with the application: hand in the signed file on the application's page."""
    return application.agreement_id is not None


@rule("PTY-23, PTY-24")
def it_is_undated(application: Application, at: datetime, facts: Facts) -> bool:
    """The agreement comes back signed but undated: SECCo dates it when its Board executes it."""
    return bool(facts["undated"])


@rule("PTY-23")
def board_is_advised_in_time(application: Application, at: datetime, facts: Facts) -> bool:
    """The Board is advised of a signed agreement at least a week before it meets: choose a later meeting."""
    return local_day(at) <= advised_by(facts["board_day"])


@rule("PTY-24")
def the_register_has_admitted_it(application: Application, at: datetime) -> bool:
    """An executed agreement admits the party, on the Board's day or later: record it on the application's page."""
    return admitted(application) is not None


@rule("PTY-40, PTY-44")
def signifier_is_the_registers(application: Application, at: datetime, facts: Facts) -> bool:
    """The Party Signifier is the one that the register holds for the party."""
    party = application.party
    return party is not None and party.signifier in ("", facts["signifier"])


@rule("PTY-23")
def the_ground_holds(application: Application, at: datetime, facts: Facts) -> bool:
    """A ground of refusal is one that the record shows: a party already, expelled lately, or no fee paid yet."""
    shown = {
        Ground.PARTY: not applicant_is_no_party(application, at),
        Ground.EXPELLED: not no_bar_runs(application, at),
        Ground.INCOMPLETE: application.paid_on is None,
    }
    return shown[Ground(facts["ground"])]


def open_question(application: Application, *, answered: bool = False) -> Question | None:
    """The question that waits for an answer; with `answered`, the last one even when its answer is written."""
    rows = application.questions.order_by("-pk")
    found: Question | None = rows.first() if answered else rows.filter(answered_on__isnull=True).first()
    return found


def advised_by(board_day: date) -> date:
    """The last day on which the Board can be advised of an agreement for its meeting on a day (rule PTY-23)."""
    return board_day - timedelta(days=RULEBOOK.number("party.board_advice_days", board_day))


def reply(application: Application) -> Working | None:
    """Until when the applicant usually has a reply, with the working; None when none is owed (rule PTY-23)."""
    if application.counts_from is None or application.state not in (SUBMITTED, UNDER_REVIEW):
        return None
    number = RULEBOOK.number("party.reply_wd", application.counts_from)
    return calendar().working(application.counts_from, number)


def _start(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.started_on = local_day(at)
    application.key_hash = hash_of(key_of(application))


def _submit(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.submitted_on = local_day(at)
    _wait_for_reply(application, at)


def _wait_for_reply(application: Application, at: datetime) -> None:
    application.counts_from = calendar().effective_day(at)
    application.typed = {}


def _ask(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    Question.objects.create(application=application, text=facts["question"], asked_on=local_day(at))


def _answer(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    question = open_question(application)
    if question is not None:
        question.answer = facts.get("answer", question.answer)
        question.answered_on = local_day(at)
        question.save()
    _wait_for_reply(application, at)


def _invoice(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.invoice, application.invoiced_on = facts["invoice"], local_day(at)
    application.fee = Decimal(RULEBOOK.number("party.application_fee", at))
    application.share = Decimal(RULEBOOK.number("party.share_price", at) if application.wants_share else 0)


def _pay(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.paid_on = local_day(at)


def _issue(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.issued_on = local_day(at)


def _return(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.returned_on = local_day(at)


def _refer(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.board_day = facts["board_day"]


def _put_off(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.board_day = None


def _execute(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.party = admitted(application)
    if application.party is not None:
        _close(application, Outcome.EXECUTED, application.party.acceded_on)


def _close(application: Application, outcome: Outcome, day: date | None) -> None:
    application.outcome, application.closed_on = outcome, day


def _allocate(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.signifier, application.identifier_range = facts["signifier"], facts["identifier_range"]


def _welcome(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Keeps the day on which the new party was welcomed, by e-mail and telephone (rule PTY-27)."""
    application.welcomed_on = local_day(at)


def _withdraw(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _close(application, Outcome.WITHDRAWN, local_day(at))


def _refuse(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _close(application, Outcome.REFUSED, local_day(at))
    told = Refusal(
        application=application, organisation=application.legal_name, ground=facts["ground"], note=facts["note"],
        day=local_day(at), invented=application.invented,
    )  # fmt: skip
    journal.enter(told, by=None, at=at, recorded=recorded)


def _renew(application: Application, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    application.link_number += 1
    application.key_hash = hash_of(key_of(application))


ANSWERS = (
    everything_is_answered,
    category_follows_the_licence,
    size_follows_the_premises,
    licence_holder_takes_a_share,
)
ELIGIBLE = (applicant_is_no_party, no_bar_runs)
IN_ORDER = (follows_what_went_before,)

APPLICATIONS = Procedure(
    "application",
    Application,
    Step("start", NEW, DRAFT, who=the_applicant_or_party_support, says="Start an application", change=_start),
    Step("submit", DRAFT, SUBMITTED, who=the_applicant_or_party_support, says="Send the application",
         rules=(*ANSWERS, *ELIGIBLE), change=_submit),
    Step("review", SUBMITTED, UNDER_REVIEW, who=party_support, says="Begin the review", primary=True,
         rules=IN_ORDER),
    Step("query", (SUBMITTED, UNDER_REVIEW), MORE_INFORMATION, who=party_support, says="Ask the applicant",
         rules=IN_ORDER, facts={"question": a_text()}, change=_ask),
    Step("answer", MORE_INFORMATION, UNDER_REVIEW, who=the_applicant, says="Answer",
         rules=(open_question_is_answered, *ANSWERS), change=_answer),
    Step("note_answer", MORE_INFORMATION, UNDER_REVIEW, who=party_support, says="Note an answer told otherwise",
         rules=IN_ORDER, facts={"answer": a_text()}, change=_answer),
    Step("accept", UNDER_REVIEW, INVOICED, who=party_support, says="Accept and invoice the fee", primary=True,
         rules=(*IN_ORDER, *ANSWERS), facts={"invoice": a_line(40)}, change=_invoice),
    Step("pay", INVOICED, PAID, who=party_support, says="Record the payment", primary=True,
         rules=(*IN_ORDER, what_is_due_is_paid),
         facts={"amount": lambda: forms.DecimalField(max_digits=8, decimal_places=2)}, change=_pay),
    Step("issue", PAID, ISSUED, who=party_support, says="Issue the agreement", primary=True,
         rules=IN_ORDER, change=_issue),
    Step("return_agreement", ISSUED, RETURNED, who=the_applicant_or_party_support,
         says="Return the signed agreement", rules=(*IN_ORDER, signed_agreement_is_here, it_is_undated),
         facts={"undated": lambda: forms.BooleanField(required=False, label="It is signed and not dated")},
         change=_return),
    Step("refer", RETURNED, WITH_BOARD, who=party_support, says="Put before the Board", primary=True,
         rules=(*IN_ORDER, board_is_advised_in_time), facts={"board_day": a_day()}, change=_refer),
    Step("put_off", WITH_BOARD, RETURNED, who=party_support, says="The Board put it off",
         facts={"reason": a_line(200)}, change=_put_off),
    Step("execute", WITH_BOARD, EXECUTED, who=party_support_once_admitted, says="Record the execution",
         rules=(the_register_has_admitted_it,), change=_execute),
    Step("allocate", EXECUTED, ALLOCATED, who=party_support, says="Record the identifiers", primary=True,
         rules=(signifier_is_the_registers,),
         facts={"signifier": a_line(40), "identifier_range": a_line(80, required=False)}, change=_allocate),
    Step("welcome", ALLOCATED, WELCOMED, who=party_support, says="Record the welcome, by e-mail and telephone",
         primary=True, change=_welcome),
    Step("withdraw", (DRAFT, *OPEN), WITHDRAWN, who=the_applicant_or_party_support, says="Withdraw the application",
         facts={"reason": a_line(200, required=False)}, change=_withdraw),
    Step("refuse", OPEN, REFUSED, who=party_support, says="Refuse the application",
         rules=(*IN_ORDER, the_ground_holds),
         facts={"ground": lambda: forms.ChoiceField(choices=Ground.choices),
                "note": a_line(help_text="The applicant, the parties and the Authority read it.")},
         change=_refuse),
    Step("renew_link", (DRAFT, *OPEN, EXECUTED, ALLOCATED), None, who=party_support, says="Send a new link",
         change=_renew),
)  # fmt: skip
