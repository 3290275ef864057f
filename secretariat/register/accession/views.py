"""The secretariat's pages of applications, and the lists of refusals and of shortened bars."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, long_date
from secretariat.register.accession import actions
from secretariat.register.accession.filters import ApplicationFilter, RefusalFilter, ShortenedBarFilter
from secretariat.register.accession.forms import AgreementForm, ExecutionForm, ShortenedBarForm
from secretariat.register.accession.models import (
    ISSUED,
    WITH_BOARD,
    Application,
    Ground,
    Held,
    Outcome,
    Refusal,
    ShortenedBar,
)
from secretariat.register.accession.procedure import party_support, reply
from secretariat.register.parties import Category


def _category(value: str) -> str:
    return str(Category(value).label) if value else ""


class Applications(ListPage):
    """Applications to become a party."""

    model = Application
    word, plural = "application", "applications"
    filters = ApplicationFilter
    about = "Applications to become a party, and where each stands."
    empty = "There is no application that you may read. Who applied reads the own one by the link that was mailed."
    columns = (
        Column("organisation", "Organisation", "legal_name"),
        Column("category", "Category", "category", _category),
        Column("received", "Received", "submitted_on"),
        Column("board", "Board of", "board_day"),
        Column("outcome", "Outcome", "outcome", lambda value: str(Outcome(value).label) if value else ""),
        Column("ended", "Ended", "closed_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    day = "submitted_on"


class ApplicationPage(RecordPage):
    """One application."""

    template = "register/accession/application.html"
    model = Application
    word, plural = "application", "applications"

    def facts(self, record: Application) -> list[Fact]:
        """What was answered, until when a reply is due, and what came of it."""
        return [*self._reply(record), *answers(record), *course(record)]

    @staticmethod
    def _reply(record: Application) -> list[Fact]:
        due = reply(record)
        if due is None:
            return []
        entry = RULEBOOK.entry("party.reply_wd", due.start)
        return [Fact("Reply usually by", long_date(due.result), "", f"{due.sentence()} {entry.note}")]

    def related(self, record: Application) -> list[Related]:
        """What was asked and answered."""
        rows = [
            (row.text, long_date(row.asked_on), row.answer or "no answer yet",
             day_words(row.answered_on))
            for row in record.questions.all()
        ]  # fmt: skip
        return [Related("Questions", ("Question", "Asked", "Answer", "Answered"), rows, "Nothing was asked.")]

    def context(self, record: Application) -> dict[str, Any]:
        """The jobs that are more than a step."""
        links = []
        if party_support(reader(self.request), record, self.request.at):
            if record.state == WITH_BOARD:
                links.append(("Record that the Board executed it", reverse("application-execute", args=[record.pk])))
            if record.state == ISSUED:
                links.append(("Hand in the signed agreement", reverse("application-agreement", args=[record.pk])))
        return {"jobs": links}


def answers(record: Application) -> list[Fact]:
    """What the applicant answered, as far as there is an answer."""
    licences = {
        label: ", ".join(Held(code).label for code in codes if code in Held.values)
        for label, codes in (("Licences held", record.licences_held), ("Applied for", record.licences_wished))
    }
    told = {
        "Who applies": record.get_applicant_is_display(),
        "Company number": record.company_number,
        "Registered address": record.address,
        "Trading names": record.trading_names,
        **licences,
        "Party Category asked for": record.get_category_display(),
        "Domestic premises supplied": "" if record.premises is None else f"{record.premises:,}",
        "Affiliates that are parties": record.affiliates,
        "A share in SECCo": "wanted" if record.wants_share else "not wanted",
        "Contact": record.contact_name,
        "E-mail address": record.contact_email,
        "Telephone": record.contact_phone,
    }
    return [Fact(label, value) for label, value in told.items() if value]


def course(record: Application) -> list[Fact]:
    """What came of it, day by day."""
    days = (
        ("Received", record.submitted_on), ("Invoiced", record.invoiced_on), ("Paid", record.paid_on),
        ("Agreement issued", record.issued_on), ("Agreement returned", record.returned_on),
        ("Before the Board of", record.board_day), ("Welcomed", record.welcomed_on),
    )  # fmt: skip
    facts = [Fact(label, long_date(day)) for label, day in days if day]
    if record.due is not None:
        share = f", and {record.share:.2f} for the share" if record.share else ""
        facts.append(Fact("Invoice", f"{record.invoice}: {record.due:.2f} pounds", "", f"Fee {record.fee:.2f}{share}"))
    if record.agreement:
        facts.append(Fact("Signed agreement", record.agreement.name, record.agreement.get_absolute_url()))
    if record.party and record.closed_on:
        facts.append(Fact("Party since", long_date(record.closed_on), record.party.get_absolute_url()))
    facts += [Fact("Party Signifier", record.signifier)] if record.signifier else []
    facts += [Fact("EUI-64 range", record.identifier_range)] if record.identifier_range else []
    if record.outcome in (Outcome.REFUSED, Outcome.WITHDRAWN) and record.closed_on:
        facts.append(Fact(record.get_outcome_display(), long_date(record.closed_on)))
    return facts


class Execution(FormPage):
    """Records that the Board executed the agreement: the party is admitted, all or nothing."""

    model = Application
    plural = "applications"
    title = button = "Record the execution"
    lead = "The party is entered in the register with its accession date, and all parties and the Authority are told."
    who: ClassVar[Who] = staticmethod(party_support)

    def form(self, record: Application, data: Any = None, files: Any = None) -> ExecutionForm:
        """The day, at first that of the Board, and the Voting Group."""
        return ExecutionForm(record.category, data, initial={"day": record.board_day})

    def save(self, record: Application, form: ExecutionForm) -> Application:
        """Admits the party."""
        actions.execute(record, **form.cleaned_data, **self.told())
        return record


class AgreementReceived(FormPage):
    """Takes in a signed agreement that came by mail."""

    model = Application
    plural = "applications"
    title = button = "Hand in the signed agreement"
    lead = "For an agreement that came by e-mail or by post."
    who: ClassVar[Who] = staticmethod(party_support)

    def form(self, record: Application, data: Any = None, files: Any = None) -> AgreementForm:
        """The file."""
        return AgreementForm(data, files)

    def save(self, record: Application, form: AgreementForm) -> Application:
        """Keeps the file and takes the step."""
        file, undated = form.cleaned_data["file"], form.cleaned_data["undated"]
        actions.return_agreement(record, file.name, file.read(), undated=undated, **self.told())
        return record


class Refusals(ListPage):
    """Applications that were refused."""

    model = Refusal
    word, plural = "refusal", "refusals"
    filters = RefusalFilter
    about = "Who was refused as a party, and on what ground. A refused applicant may go to the Authority."
    columns = (
        Column("organisation", "Organisation", "organisation"),
        Column("ground", "Ground", "ground", lambda value: str(Ground(value).label)),
        Column("day", "Refused", "day"),
        class_column(),
    )
    order = "-day"
    day = "day"


class RefusalPage(RecordPage):
    """One refusal."""

    model = Refusal
    word, plural = "refusal", "refusals"

    def facts(self, record: Refusal) -> list[Fact]:
        """Who, why and when."""
        facts = [
            Fact("Organisation", record.organisation),
            Fact("Ground", record.get_ground_display()),
            Fact("Refused", long_date(record.day)),
        ]
        facts += [Fact("More", record.note)] if record.note else []
        return facts


class ShortenedBars(ListPage):
    """The Panel's decisions that who was expelled may apply sooner."""

    model = ShortenedBar
    word, plural = "shortened bar", "shortened bars"
    filters = ShortenedBarFilter
    about = "Who was expelled and may apply again sooner than after 12 months, because the Panel decided so."
    columns = (
        Column("party", "Party expelled", "departure__party__name"),
        Column("ends", "May apply again from", "ends_on"),
        Column("meeting", "Meeting", "meeting"),
        Column("decided", "Decided", "decided_on"),
        class_column(),
    )
    order = "-decided_on"
    day = "ends_on"
    enters: ClassVar[Who | None] = staticmethod(party_support)


class ShortenedBarPage(RecordPage):
    """One decision."""

    model = ShortenedBar
    word, plural = "shortened bar", "shortened bars"

    def facts(self, record: ShortenedBar) -> list[Fact]:
        """Whose bar ends when, and who decided it."""
        party = record.departure.party
        return [
            Fact("Party expelled", party.name, party.get_absolute_url()),
            Fact("Expelled", long_date(record.departure.day)),
            Fact("May apply again from", long_date(record.ends_on)),
            Fact("Decided", f"{record.meeting}, {long_date(record.decided_on)}"),
        ]


class ShortenedBarEntry(EntryPage):
    """Records a decision of the Panel."""

    model = ShortenedBar
    form_class = ShortenedBarForm
    word, plural = "shortened bar", "shortened bars"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it."""
        actions.shorten_bar(record, **told)
