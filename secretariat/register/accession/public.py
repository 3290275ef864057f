"""The public's pages: becoming a party, and an application by whoever holds its link. All of it without JavaScript."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from ninja.throttling import AnonRateThrottle

from secretariat.core.form_page import FormPage
from secretariat.core.pages import Crumb, Fact, Page, reader
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.workdays import OutsideCalendarError
from secretariat.register.accession import actions
from secretariat.register.accession.forms import (
    AgreementForm,
    AnswerForm,
    AnswersForm,
    LinkForm,
    StartForm,
    TimelineForm,
    WithdrawForm,
    typed_in,
)
from secretariat.register.accession.links import actor, key_of, opened
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
    TYPING,
    UNDER_REVIEW,
    WELCOMED,
    WITH_BOARD,
    WITHDRAWN,
    Application,
)
from secretariat.register.accession.procedure import APPLICATIONS, open_question, reply
from secretariat.register.accession.timeline import USUAL_DAYS, timeline
from secretariat.register.accession.views import answers, course

GUIDE = "Becoming a party"
OFTEN = "That was many applications from one place in a short time. Nothing was begun; what you typed is still here."
STANDING = {
    DRAFT: "You have not sent it yet. What you typed and saved is kept.",
    SUBMITTED: "It is with us. We have not begun to look at it.",
    UNDER_REVIEW: "It is with us. We are looking at your answers.",
    MORE_INFORMATION: "It is with you: we asked you something.",
    INVOICED: "It is with you: your answers are in order, and we wait for the payment.",
    PAID: "It is with us: the fee is paid, and SECCo is about to send you the agreement.",
    ISSUED: "It is with you: sign the agreement, leave the date open, and hand it in here.",
    RETURNED: "It is with us: your signed agreement is here and goes before the next Board that it can reach.",
    WITH_BOARD: "Your agreement is before SECCo's Board.",
    EXECUTED: "You are a party. Your identifiers are being allocated.",
    ALLOCATED: "You are a party and have your identifiers. Somebody of ours will call you.",
    WELCOMED: "You are a party.",
    WITHDRAWN: "You withdrew it.",
    REFUSED: "It was refused. You may take this to the Authority.",
}
"""Where an application stands, in the applicant's words."""


class OftenFromOnePlace(AnonRateThrottle):
    """How often one place may begin an application or ask for a link; counted apart from all else."""

    scope = "application"

    @classmethod
    def is_too_often(cls, request: HttpRequest) -> bool:
        """Whether it was too often; asking counts."""
        return not cls(settings.API_RATES["applications"]).allow_request(request)


class Guide(Page):
    """What it takes to become a party, with the days reckoned from the one that the reader chooses."""

    template = "register/accession/guide.html"
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb(GUIDE),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The guide; without a choice from today."""
        today = local_day(self.request.at)
        chosen = TimelineForm(request.GET) if request.GET else None
        way = None if chosen else timeline(today)
        if chosen is not None and chosen.is_valid():
            days = chosen.cleaned_data["days"]
            try:
                way = timeline(
                    chosen.cleaned_data["start"], chosen.cleaned_data["board"], USUAL_DAYS if days is None else days
                )
            except OutsideCalendarError as error:
                chosen.add_error("start", str(error))
        entries = {
            name: RULEBOOK.entry(f"party.{name}", today)
            for name in (
                "application_fee",
                "share_price",
                "reply_wd",
                "board_advice_days",
                "board_friday",
                "expelled_bar_months",
            )
        }
        return self.shown({"form": chosen or TimelineForm(initial={"start": today}), "way": way, "entries": entries})


def _guide() -> Crumb:
    return Crumb(GUIDE, reverse("becoming a party"))


class _FirstForm(Page):
    """A form of the public that belongs to no application yet."""

    template = "core/entry.html"
    title: ClassVar[str]
    lead: ClassVar[str] = ""
    button: ClassVar[str]

    def _page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        told = {"title": self.title, "lead": self.lead, "button": self.button, "back": reverse("becoming a party")}
        return self.shown({"form": form, "crumbs": (_guide(), Crumb(self.title)), **told}, status)


class Start(_FirstForm):
    """Begins an application."""

    title = "Apply to become a party"
    lead = "Begin with these three. You then have a link of your own: fill in the rest in your own time, and send it."
    button = "Begin"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(StartForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begins it and goes on to the questions; the link is mailed too."""
        form = StartForm(request.POST)
        if form.is_valid() and OftenFromOnePlace.is_too_often(request):
            form.add_error(None, OFTEN)
            return self._page(form, 429)
        if not form.is_valid():
            return self._page(form, 422)
        application = Application(**form.cleaned_data)
        try:
            actions.start(application, by=None, at=self.request.at, recorded=self.request.at)
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
            return self._page(form, 422)
        return redirect("own application-form", key_of(application))


class LostLink(_FirstForm):
    """Sends the link of an application again; says the same whether there is one or not."""

    title = "Send me the link to my application"
    button = "Send the link"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(LinkForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Queues the mail."""
        form = LinkForm(request.POST)
        if form.is_valid() and OftenFromOnePlace.is_too_often(request):
            form.add_error(None, "That was often, from one place, in a short time. Try again in an hour.")
            return self._page(form, 429)
        if not form.is_valid():
            return self._page(form, 422)
        actions.send_links(form.cleaned_data["email"], at=self.request.at, recorded=self.request.at)
        messages.success(request, "If there is an application with this address, its link is on its way there.")
        return redirect("becoming a party")


class OwnPage(Page):
    """A page about one application, for whoever holds its link; kept out of caches and search engines."""

    states: ClassVar[tuple[str, ...]] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Marks the answer as nobody else's; leads back to the application where this page has no place now."""
        application = opened(kwargs["key"])
        if application is None:
            raise Http404("This link opens nothing. It may have been made anew: look for a later mail of ours.")
        self.application, self.key = application, kwargs["key"]
        if self.states and application.state not in self.states:
            messages.info(request, "Your application has moved on. This is where it stands now.")
            answer: Any = redirect("own application", self.key)
        else:
            answer = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    def told(self) -> Any:
        """In whose name it is done, and when: here and now."""
        by = actor(self.application, reader(self.request))
        return {"by": by, "at": self.request.at, "recorded": self.request.at}

    def home(self) -> str:
        """Where the application's own page is."""
        return reverse("own application", args=[self.key])

    def crumbs_here(self) -> tuple[Crumb, ...]:
        """Where this page is."""
        return (_guide(), Crumb(self.application.reference, self.home()))


class Own(OwnPage):
    """Where an application stands, what the applicant can do, and what was answered."""

    template = "register/accession/own.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The summary."""
        application = self.application
        told = {
            "application": application,
            "standing": STANDING.get(application.state, ""),
            "question": open_question(application),
            "answers": answers(application),
            "course": [*self._reply(), *self._without_files()],
            "jobs": self._jobs(),
            "refusal": getattr(application, "refusal", None),
        }
        return self.shown({**told, "crumbs": (_guide(), Crumb(application.reference))})

    def _reply(self) -> list[Fact]:
        due = reply(self.application)
        return [Fact("You usually hear from us by", long_date(due.result), "", due.sentence())] if due else []

    def _without_files(self) -> list[Fact]:
        """What came of it; stored files are the secretariat's to open."""
        return [Fact(fact.label, fact.value, "", fact.note) for fact in course(self.application)]

    def _jobs(self) -> list[tuple[str, str]]:
        state = self.application.state
        jobs = (
            (Answers, "Fill it in" if state == DRAFT else "Change your answers", "form"),
            (Answer, "Answer our question", "answer"),
            (Agreement, "Hand in the signed agreement", "agreement"),
            (Withdrawal, "Withdraw", "withdraw"),
        )
        return [
            (label, reverse(f"own application-{name}", args=[self.key]))
            for page, label, name in jobs
            if state in page.states
        ]


class Answers(OwnPage):
    """The questions: saved half-typed as often as one likes, and sent when they are whole."""

    template = "register/accession/answers.html"
    states = TYPING

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form with what was typed last."""
        return self._form(AnswersForm(instance=self.application, initial=self.application.typed))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Saves first, whatever else comes of it; then sends it, when that was asked for."""
        form = AnswersForm(request.POST, instance=Application(pk=self.application.pk))
        whole = form.is_valid()
        try:
            typed = typed_in(request.POST)
            actions.save_answers(self.application, form.cleaned_data, typed, **self.told())
            if "send" not in request.POST:
                messages.success(request, "It is saved. You can close this page and come back by your link.")
                return redirect("own application-form", self.key)
            if whole:
                APPLICATIONS.take("submit", self.application, **self.told())
                messages.success(request, "Your application is sent.")
                return redirect(self.home())
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
        return self._form(form, 422)

    def _form(self, form: AnswersForm, status: int = 200) -> HttpResponse:
        crumbs = (*self.crumbs_here(), Crumb("Questions"))
        told = {"is_draft": self.application.state == DRAFT, "back": self.home()}
        return self.shown({"form": form, "crumbs": crumbs, **told}, status)


class JobOfTheirs(OwnPage, FormPage):
    """One thing that the applicant does with a form."""

    form_class: ClassVar[type[forms.Form]]
    done: ClassVar[str]

    def record(self, key: str) -> Application:
        """The application whose link it is."""
        return self.application

    def back(self, record: Application) -> str:
        """The application's own page."""
        return self.home()

    def trail(self, record: Application) -> tuple[Crumb, ...]:
        """By way of the application's own page."""
        return (*self.crumbs_here(), Crumb(self.title))

    def form(self, record: Application, data: Any = None, files: Any = None) -> forms.Form:
        """The form, empty or as it was typed."""
        return self.form_class(data, files)

    def save(self, record: Application, form: forms.Form) -> str:
        """Does it, and says so."""
        self.do(form.cleaned_data)
        messages.success(self.request, self.done)
        return self.home()

    def do(self, given: dict[str, Any]) -> None:
        """What the form is for."""
        raise NotImplementedError


class Answer(JobOfTheirs):
    """Answers what was asked."""

    title, button, done = "Answer our question", "Send the answer", "Your answer is sent."
    form_class = AnswerForm
    states = (MORE_INFORMATION,)

    def context(self, record: Application) -> dict[str, Any]:
        """The question above the form."""
        question = open_question(record)
        return {"lead": question.text if question else ""}

    def do(self, given: dict[str, Any]) -> None:
        """Sends the answer."""
        actions.answer(self.application, given["answer"], **self.told())


class Agreement(JobOfTheirs):
    """Hands in the signed agreement."""

    title, button = "Hand in the signed agreement", "Hand it in"
    lead = "Sign it, and leave the date open."
    done = "Your signed agreement is here."
    form_class = AgreementForm
    states = (ISSUED,)

    def do(self, given: dict[str, Any]) -> None:
        """Keeps the file and returns it."""
        file = given["file"]
        actions.return_agreement(
            self.application, file.name, file.read(), undated=given["undated"], **self.told()
        )  # fmt: skip


class Withdrawal(JobOfTheirs):
    """Withdraws an application."""

    title = button = "Withdraw the application"
    lead = "It ends here. You can apply again whenever you like; a fee that is paid covers its costs."
    done = "Your application is withdrawn."
    form_class = WithdrawForm
    states = (DRAFT, *OPEN)

    def do(self, given: dict[str, Any]) -> None:
        """Withdraws it."""
        APPLICATIONS.take("withdraw", self.application, reason=given["reason"], **self.told())
