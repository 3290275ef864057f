"""The desk: the page on which an enquiry is worked, all of it by keyboard and all of it without a script."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.pages import Crumb, Page, offered, reader
from secretariat.core.people import Person
from secretariat.core.procedure import OpenStep, Refused, Who
from secretariat.engagement.guidance.models import Article
from secretariat.helpdesk.desk import unsent
from secretariat.helpdesk.desk.forms import ReplyForm
from secretariat.helpdesk.desk.models import ReplyTemplate
from secretariat.helpdesk.desk.queue import place_of
from secretariat.helpdesk.desk.quoting import asked_last
from secretariat.helpdesk.desk.replying import Reply, begin, newest, reply, written
from secretariat.helpdesk.desk.suggested import answered_elsewhere, enquiries_named, mail_naming, merged_in
from secretariat.helpdesk.desk.taking_back import can_be_taken_back, newest_reply
from secretariat.helpdesk.desk.telling import keys_of, linked, said, standing, suggested_links, who_asked
from secretariat.helpdesk.mail.belonging import is_of_the_enquirer
from secretariat.helpdesk.mail.copies import COPIES_LIMIT, others_asked
from secretariat.helpdesk.models import OPEN, WORKING, Enquiry
from secretariat.helpdesk.procedure import ENQUIRY, those_in_hand
from secretariat.post.folding import said as said_in

INSERT, PREVIEW, NEXT, KEEP_TYPED, AUTOSAVE, DISCARD = "insert", "preview", "next", "draft", "autosave", "discard"
STEP_KEYS = {
    "hand_over": "h", "put_off": "z", "close": "c", "merge": "m", "reopen": "o", "part": "o", "wake": "w",
    "ask": "a", "refer": "f", "hear": "b",
}  # fmt: skip
STEP_PAGES = {name: f"{name} enquiry" for name in ("hand_over", "put_off", "close", "merge", "reopen", "refer")}
"""The steps that have to be told something, each with the name of its page."""
OF_ONE_PAGE = ("was", "late")
"""What an address tells of the page before; it goes no further."""


NOTHING_TO_ANSWER: dict[str, Any] = {
    "others": [], "keys": [], "found": [], "templates": [], "draft": "", "asked": None, "too_many": 0,
    "outside": [],
}  # fmt: skip
"""What the page of an enquiry tells whoever does not answer it."""


def filters_of(request: HttpRequest) -> dict[str, str]:
    """The filters of the queue that an address carries along."""
    told: dict[str, str] = request.GET.dict()
    return {name: value for name, value in told.items() if name not in (*OF_ONE_PAGE, "into", "reference", "reason")}


def address_of(request: HttpRequest, number: str, **more: str) -> str:
    """The desk's page of an enquiry, in the queue as it is filtered; without a number the queue itself."""
    query = urlencode(filters_of(request) | more)
    return (reverse("work", args=[number]) if number else reverse("queue")) + (f"?{query}" if query else "")


def following(request: HttpRequest, enquiry: Enquiry) -> str:
    """The number of the enquiry to be opened next; empty when the queue holds no other."""
    place = place_of(request, enquiry.number)
    return place.after or place.before


def steps_of(enquiry: Enquiry, person: Person, at: datetime) -> list[OpenStep]:
    """The steps that the desk offers: not the one that the reply takes, nor taking back what is with us already."""
    with_us = enquiry.state == OPEN and enquiry.snoozed_until is None
    without = {"answer", *(("hear",) if with_us else ())}
    return [one for one in offered(ENQUIRY, enquiry, person, at) if one.step.name not in without]


class DeskPage(Page):
    """A page about one enquiry for those who work on it."""

    model: ClassVar[type[Enquiry]] = Enquiry
    key: ClassVar[str] = "number"
    who: ClassVar[Who] = staticmethod(secretariat)

    def enquiry(self, key: str) -> Enquiry:
        """The enquiry with a number, if the person may read it. Raises Http404."""
        rows = Enquiry.objects.visible_to(reader(self.request), self.request.at)
        related = ("category", "party", "assignee", "follows", "merged_into", "split_from")
        found: Enquiry | None = rows.filter(number=key).select_related(*related).first()
        if found is None:
            raise Http404(f"There is no enquiry {key} that you may read.")
        return found

    def address(self, number: str, **more: str) -> str:
        """The desk's page of an enquiry, in the queue as it is filtered."""
        return address_of(self.request, number, **more)


class Work(DeskPage):
    """One enquiry at the desk: what was said, where it stands, and the reply."""

    template = "helpdesk/work.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The enquiry with an empty reply, or with what the person typed and did not send."""
        enquiry, person = self.enquiry(key), reader(self.request)
        typed = unsent.typed_by(enquiry, person) if person else {}
        others = others_asked(enquiry)
        copied = ", ".join(others) if len(others) <= COPIES_LIMIT else ""
        return self._page(enquiry, self._form(enquiry, initial={"cc": copied, **typed, "seen": newest(enquiry)}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keeps what was typed, then does what is asked: whatever goes wrong later, nothing that was typed is lost."""
        enquiry, person, asked = self.enquiry(key), reader(self.request), request.POST.get("go", "")
        if person is None or not those_in_hand(person, enquiry, self.request.at):
            return self._page(enquiry, self._form(enquiry, request.POST), status=422)
        if asked == DISCARD:
            unsent.throw_away(enquiry, person)
            return redirect(self.address(enquiry.number))
        uploads = request.FILES.getlist("file")
        problems = unsent.keep_typed(enquiry, person, request.POST, uploads, self.request.at)
        if asked == AUTOSAVE:
            return HttpResponse(status=204)
        if asked == INSERT:
            return self._page(enquiry, self._with_template(enquiry, person))
        if asked == KEEP_TYPED and not problems:
            return redirect(self.address(enquiry.number))
        return self._sent(enquiry, person, problems)

    def _sent(self, enquiry: Enquiry, person: Person, problems: list[str]) -> HttpResponse:
        """Shows what would go out, or sends it; a refusal leaves everything as it was typed."""
        asked = self.request.POST.get("go", "")
        form = self._form(enquiry, self._typed(enquiry, person))
        valid = form.is_valid()
        for problem in problems:
            form.add_error("file", problem)
        if problems or not valid:
            return self._page(enquiry, form, status=422)
        given = given_in(form, unsent.contents(unsent.typed_by(enquiry, person)))
        try:
            if asked == PREVIEW:
                return self._page(enquiry, form, preview=written(enquiry, given, self.request.at))
            after = following(self.request, enquiry)
            reply(enquiry, given, **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._page(self.enquiry(enquiry.number), self._seen_now(form, enquiry), status=422)
        return redirect(self.address((asked == NEXT and after) or enquiry.number, was=enquiry.number))

    def _typed(self, enquiry: Enquiry, person: Person) -> Any:
        """What was sent with the form, every file that is kept ticked."""
        data = self.request.POST.copy()
        files = unsent.typed_by(enquiry, person).get(unsent.FILES, [])
        data.setlist("kept", [file["sha256"] for file in files])
        return data

    @staticmethod
    def _seen_now(form: ReplyForm, enquiry: Enquiry) -> ReplyForm:
        """The same form once its page shows everything that was said: sent again, it goes."""
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["seen"] = str(newest(enquiry))  # type: ignore[index]
        return form

    def _with_template(self, enquiry: Enquiry, person: Person) -> ReplyForm:
        """The form with a template put behind what was typed; that is kept as well."""
        data = self.request.POST.copy()
        key = data.get("template", "")
        rows = ReplyTemplate.objects.visible_to(person, self.request.at)
        found = rows.filter(pk=int(key)).first() if key.isdigit() else None
        if found is not None:
            data["text"] = "\n\n".join(part for part in (data.get("text", "").strip(), found.body) if part)
            unsent.keep_typed(enquiry, person, data, (), self.request.at)
        told = {**data.dict(), "cites": data.getlist("cites"), "quote": bool(data.get("quote"))}
        form = self._form(enquiry, initial=told)
        form.fields["text"].widget.attrs["autofocus"] = True
        return form

    def _form(self, enquiry: Enquiry, data: Any = None, initial: Any = None) -> ReplyForm:
        person, at = reader(self.request), self.request.at
        articles = Article.objects.approved().visible_to(person, at).order_by("title")
        kept = unsent.typed_by(enquiry, person).get(unsent.FILES, []) if person else []
        initial = {**(initial or {}), "kept": [file["sha256"] for file in kept]}
        return ReplyForm(data, initial=initial, articles=articles, kept=kept)

    def _page(self, enquiry: Enquiry, form: ReplyForm, status: int = 200, preview: str = "") -> HttpResponse:
        person, at = reader(self.request), self.request.at
        mine = those_in_hand(person, enquiry, at) and enquiry.state in WORKING
        told = {
            "record": enquiry,
            "form": form if mine else None,
            "preview": preview,
            "said": said(enquiry, person, at),
            "facts": [*standing(enquiry, at), *who_asked(enquiry)],
            "about": linked(enquiry, person, at),
            "step_keys": STEP_KEYS,
            "step_pages": STEP_PAGES,
            "steps": steps_of(enquiry, person, at) if person else [],
            "named": enquiries_named(enquiry, person, at),
            "elsewhere": answered_elsewhere(enquiry),
            "naming": mail_naming(enquiry, person, at),
            "merged": merged_in(enquiry),
            "late": "late" in self.request.GET,
            "late_now": enquiry.due is not None and enquiry.due < at,
            "crumbs": (Crumb("Queue", self.address("")), Crumb(enquiry.number)),
            **self._whereabouts(enquiry),
            **(self._to_answer(enquiry, person) if mine and person else NOTHING_TO_ANSWER),
        }
        return self.shown(told, status)

    def _to_answer(self, enquiry: Enquiry, person: Person) -> dict[str, Any]:
        """What only whoever answers it needs: who else is at it, its keys, what is suggested, what it answers."""
        at = self.request.at
        typed = unsent.typed_by(enquiry, person)
        asked, others = asked_last(enquiry), others_asked(enquiry)
        return {
            "others": begin(enquiry, person, at),
            "keys": keys_of(enquiry),
            "found": suggested_links(enquiry, person, at),
            "templates": ReplyTemplate.objects.visible_to(person, at).filter(in_use=True),
            "draft": typed.get(unsent.AT, ""),
            "asked": (asked, said_in(asked.body)) if asked is not None else None,
            "too_many": len(others) if len(others) > COPIES_LIMIT else 0,
            "outside": [one for one in others if not is_of_the_enquirer(enquiry, one)][:COPIES_LIMIT],
        }

    def _whereabouts(self, enquiry: Enquiry) -> dict[str, Any]:
        """Its place in the queue, and what has just become of the one before, with the way back to it."""
        place = place_of(self.request, enquiry.number)
        person, at = reader(self.request), self.request.at
        rows = Enquiry.objects.visible_to(person, at).filter(number=self.request.GET.get("was", ""))
        was: Enquiry | None = rows.first()
        last = newest_reply(was) if was is not None else None
        return {
            "place": place,
            "before": self.address(place.before) if place.before else "",
            "after": self.address(place.after) if place.after else "",
            "query": urlencode(filters_of(self.request)),
            "was": was,
            "was_href": self.address(was.number) if was is not None else "",
            "can_take_back": last is not None and last.by == person and can_be_taken_back(last),
        }


def given_in(form: ReplyForm, files: tuple[tuple[str, bytes], ...]) -> Reply:
    """The reply that a checked form holds, with its files."""
    told = form.cleaned_data
    return Reply(
        told["text"], told["then"], told["to"], told["seen"], told["cc"], told["quote"], tuple(told["cites"]), files
    )
