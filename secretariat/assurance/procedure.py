"""How a User's security or privacy is assessed: Sections G8 and I, as a table (SEC-7)."""

from __future__ import annotations

from secretariat.assurance.cases import changes
from secretariat.assurance.cases.changes import answered, handed_in, moves, reached
from secretariat.assurance.cases.models import Answer, PaperKind
from secretariat.assurance.cases.rules import (
    asks_for_a_letter,
    fieldwork_is_to_come,
    follows_a_status_that_calls_for_it,
    follows_what_went_before,
    is_answered_or_its_time_is_over,
    is_done_by_the_auditor,
    is_followed_once_at_a_time,
    is_given_a_status,
    is_initial,
    is_moved,
    is_opened_on_the_day,
    is_reviewed,
    is_self_assessed,
    is_two_phased,
    its_conditions_are_met,
    its_first_phase_is_done,
    its_status_stands,
    nothing_is_left_to_do,
    second_phase_comes_second,
    status_is_known,
)
from secretariat.assurance.cases.who import (
    assessor,
    booker,
    own_assessor,
    own_contact,
    security_team,
    status_setter,
    the_party,
)
from secretariat.assurance.models import Assessment, MilestoneKind, State
from secretariat.core.facts import a_day, a_line
from secretariat.core.procedure import NEW, Procedure, Step

IN_ORDER = (follows_what_went_before,)
BEFORE_FIELDWORK = (State.BOOKED, State.VALIDATED)
GIVEN = (State.DECIDED, State.PLANNED, State.REMEDIATION, State.LETTER_SUBMITTED, State.LETTER, State.CLOSED)
REFERENCE, WHY = (
    {
        "reference": a_line(
            120, required=False, help_text="Its own number or title, without findings. The file is sealed apart."
        )
    },
    {"reason": a_line(200, help_text="Without findings.")},
)

ASSESSMENT = Procedure(
    "assessment",
    Assessment,
    Step(
        "request", NEW, State.REQUESTED, security_team,
        (is_opened_on_the_day, follows_a_status_that_calls_for_it, is_followed_once_at_a_time), change=moves(),
    ),
    Step(
        "book", State.REQUESTED, State.BOOKED, booker,
        (*IN_ORDER, is_done_by_the_auditor, fieldwork_is_to_come), {"fieldwork_due": a_day("Fieldwork begins on")},
        moves(changes.booked), primary=True,
    ),
    Step(
        "split", BEFORE_FIELDWORK, None, security_team, (*IN_ORDER, is_initial, second_phase_comes_second),
        {"second_phase_due": a_day("Second phase begins on")}, changes.split, says="Book in two phases",
    ),
    Step(
        "move", BEFORE_FIELDWORK, None, booker, (*IN_ORDER, fieldwork_is_to_come, is_moved),
        {"fieldwork_due": a_day("Fieldwork begins on"), **WHY}, changes.moved, says="Move the fieldwork",
    ),
    Step(
        "cancel", (State.REQUESTED, *BEFORE_FIELDWORK), State.CANCELLED, security_team, IN_ORDER, WHY,
        moves(changes.cancelled),
    ),
    Step(
        "validate", State.BOOKED, State.VALIDATED, assessor, IN_ORDER,
        change=moves(reached(MilestoneKind.VALIDATION_1)), says="Complete first-stage validation",
        primary=True, turn=own_assessor,
    ),
    Step(
        "complete_first_phase", State.VALIDATED, State.FIRST_PHASE, assessor, (*IN_ORDER, is_two_phased),
        change=moves(), says="Complete the first phase",
    ),
    Step(
        "complete_fieldwork", (State.VALIDATED, State.FIRST_PHASE), State.FIELDWORK, assessor,
        (*IN_ORDER, its_first_phase_is_done), change=moves(reached(MilestoneKind.FIELDWORK)), primary=True,
        turn=own_assessor,
    ),
    Step(
        "draft", (State.FIELDWORK, State.DRAFTED), State.DRAFTED, assessor, IN_ORDER, REFERENCE,
        moves(handed_in(PaperKind.DRAFT)), says="Receive a draft report",
    ),
    Step(
        "report", (State.FIELDWORK, State.DRAFTED), State.REPORTED, assessor, IN_ORDER, REFERENCE,
        moves(reached(MilestoneKind.REPORT), handed_in(PaperKind.FINAL)), says="Receive the report",
        primary=True, turn=own_assessor,
    ),
    Step(
        "reissue", (State.REPORTED, State.RESPONDED), State.REPORTED, assessor, IN_ORDER, REFERENCE,
        moves(handed_in(PaperKind.FINAL)), says="Receive a corrected report",
    ),
    Step(
        "respond", State.REPORTED, State.RESPONDED, the_party, IN_ORDER, REFERENCE,
        moves(handed_in(PaperKind.RESPONSE)), says="Send in the management response", primary=True, turn=own_contact,
    ),
    Step(
        "prepare", (State.REPORTED, State.RESPONDED), State.PREPARED, security_team,
        (*IN_ORDER, is_answered_or_its_time_is_over), change=moves(reached(MilestoneKind.PREPARED)),
        says="Prepare for review", primary=True,
    ),
    Step(
        "prepare_self_assessment", State.REQUESTED, State.PREPARED, security_team, (*IN_ORDER, is_self_assessed),
        change=moves(reached(MilestoneKind.PREPARED)), says="Prepare the self-assessment for review", primary=True,
    ),
    Step(
        "set_status", State.PREPARED, State.DECIDED, status_setter, (*IN_ORDER, is_given_a_status, status_is_known),
        {"status": a_line(120, help_text="As the rulebook names it.")}, moves(changes.status_set), primary=True,
    ),
    Step(
        "review", State.PREPARED, State.DECIDED, status_setter, (*IN_ORDER, is_reviewed),
        change=moves(reached(MilestoneKind.REVIEWED)), says="Record the review", primary=True,
    ),
    Step(
        "submit_plan", State.DECIDED, State.PLANNED, the_party, (*IN_ORDER, asks_for_a_letter), REFERENCE,
        moves(handed_in(PaperKind.PLAN)), says="Send in a remediation plan",
    ),
    Step(
        "agree_plan", State.PLANNED, State.REMEDIATION, status_setter, IN_ORDER,
        change=moves(answered(PaperKind.PLAN, Answer.AGREED)), says="Agree the remediation plan", primary=True,
    ),
    Step(
        "send_back_plan", State.PLANNED, State.DECIDED, status_setter, IN_ORDER, WHY,
        moves(answered(PaperKind.PLAN, Answer.SENT_BACK)), says="Send back the remediation plan",
    ),
    Step(
        "submit_letter", (State.DECIDED, State.REMEDIATION), State.LETTER_SUBMITTED, the_party,
        (*IN_ORDER, asks_for_a_letter), REFERENCE, moves(handed_in(PaperKind.LETTER)),
        says="Send in the Director's Letter", primary=True, turn=own_contact,
    ),
    Step(
        "approve_directors_letter", State.LETTER_SUBMITTED, State.LETTER, status_setter,
        (*IN_ORDER, its_conditions_are_met),
        change=moves(reached(MilestoneKind.DIRECTORS_LETTER), answered(PaperKind.LETTER, Answer.AGREED)),
        says="Approve the Director's Letter", primary=True,
    ),
    Step(
        "send_back_letter", State.LETTER_SUBMITTED, State.DECIDED, status_setter, IN_ORDER, WHY,
        moves(answered(PaperKind.LETTER, Answer.SENT_BACK)), says="Send back the Director's Letter",
    ),
    Step(
        "close", (State.DECIDED, State.LETTER), State.CLOSED, security_team,
        (*IN_ORDER, nothing_is_left_to_do, its_conditions_are_met), change=moves(changes.closed), primary=True,
    ),
    Step(
        "withdraw_status", GIVEN, None, status_setter, (*IN_ORDER, its_status_stands), WHY, changes.status_withdrawn,
        says="Withdraw the status",
    ),
)  # fmt: skip
