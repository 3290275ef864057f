"""The desk: the page on which an enquiry is worked, all of it by keyboard and all of it without a script."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.pages import Crumb, Page, offered, reader
from secretariat.core.procedure import Refused, Who
from secretariat.engagement.guidance.models import Article
from secretariat.helpdesk.desk.forms import ReplyForm
from secretariat.helpdesk.desk.models import ReplyTemplate
from secretariat.helpdesk.desk.queue import place_of
from secretariat.helpdesk.desk.replying import Reply, begin, newest, reply, written
from secretariat.helpdesk.desk.telling import keys_of, linked, said, standing, suggested_links, who_asked
from secretariat.helpdesk.models import WORKING, Enquiry
from secretariat.helpdesk.procedure import ENQUIRY, those_in_hand

INSERT, PREVIEW, NEXT = "insert", "preview", "next"
TAKEN_ELSEWHERE = frozenset({"answer", "hear"})
"""Steps that the reply takes, or that what comes in takes."""


STEP_KEYS = {"hand_over": "h", "put_off": "z", "close": "c", "merge": "m", "reopen": "o"}


class DeskPage(Page):
    """A page about one enquiry for those who work on it."""

    who: ClassVar[Who] = staticmethod(secretariat)

    def enquiry(self, key: str) -> Enquiry:
        """The enquiry with a number, if the person may read it. Raises Http404."""
        rows = Enquiry.objects.visible_to(reader(self.request), self.request.at)
        found: Enquiry | None = rows.filter(number=key).select_related("category", "party", "assignee").first()
        if found is None:
            raise Http404(f"There is no enquiry {key} that you may read.")
        return found

    def address(self, number: str) -> str:
        """The desk's page of an enquiry, in the queue as it is filtered."""
        query = urlencode(self.request.GET.dict())
        return reverse("work", args=[number]) + (f"?{query}" if query else "")


class Work(DeskPage):
    """One enquiry at the desk: what was said, where it stands, and the reply."""

    template = "helpdesk/work.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The enquiry with an empty reply."""
        enquiry = self.enquiry(key)
        return self._page(enquiry, self._form(initial={"seen": newest(enquiry)}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Puts in a template, shows what would go out, or sends it; whatever was typed stays until it is sent."""
        enquiry, asked = self.enquiry(key), request.POST.get("go", "")
        if asked == INSERT:
            return self._page(enquiry, self._with_template())
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(enquiry, form, status=422)
        given = given_in(form)
        try:
            if asked == PREVIEW:
                return self._page(enquiry, form, preview=written(enquiry, given, self.request.at))
            following = place_of(request, enquiry.number).after
            reply(enquiry, given, **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._page(self.enquiry(key), self._seen_now(form, enquiry), status=422)
        return redirect(self.address(following if asked == NEXT and following else enquiry.number))

    @staticmethod
    def _seen_now(form: ReplyForm, enquiry: Enquiry) -> ReplyForm:
        """The same form once its page shows everything that was said: sent again, it goes."""
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["seen"] = str(newest(enquiry))  # type: ignore[index]
        return form

    def _with_template(self) -> ReplyForm:
        """The form with a template put behind what was typed."""
        data = self.request.POST.copy()
        key = data.get("template", "")
        rows = ReplyTemplate.objects.visible_to(reader(self.request), self.request.at)
        found = rows.filter(pk=int(key)).first() if key.isdigit() else None
        if found is not None:
            data["text"] = "\n\n".join(part for part in (data.get("text", "").strip(), found.body) if part)
        return self._form(initial={**data.dict(), "cites": data.getlist("cites")})

    def _form(self, data: Any = None, files: Any = None, initial: Any = None) -> ReplyForm:
        articles = Article.objects.approved().visible_to(reader(self.request), self.request.at).order_by("title")
        return ReplyForm(data, files, initial=initial, articles=articles)

    def _page(self, enquiry: Enquiry, form: ReplyForm, status: int = 200, preview: str = "") -> HttpResponse:
        person, at = reader(self.request), self.request.at
        mine = those_in_hand(person, enquiry, at) and enquiry.state in WORKING
        place = place_of(self.request, enquiry.number)
        told = {
            "record": enquiry,
            "form": form if mine else None,
            "preview": preview,
            "others": begin(enquiry, person, at) if mine and person else [],
            "said": said(enquiry, person, at),
            "facts": [*standing(enquiry, at), *who_asked(enquiry)],
            "keys": keys_of(enquiry) if mine else [],
            "about": linked(enquiry, person, at),
            "found": suggested_links(enquiry, person, at) if mine else [],
            "step_keys": STEP_KEYS,
            "templates": ReplyTemplate.objects.visible_to(person, at).filter(in_use=True) if mine else [],
            "steps": [one for one in offered(ENQUIRY, enquiry, person, at) if one.step.name not in TAKEN_ELSEWHERE]
            if person
            else [],
            "place": place,
            "before": self.address(place.before) if place.before else "",
            "after": self.address(place.after) if place.after else "",
            "query": urlencode(self.request.GET.dict()),
            "crumbs": (Crumb("Queue", reverse("queue")), Crumb(enquiry.number)),
        }
        return self.shown(told, status)


def given_in(form: ReplyForm) -> Reply:
    """The reply that a checked form holds."""
    told = form.cleaned_data
    file = told["file"]
    files = ((file.name, file.read()),) if file else ()
    return Reply(told["text"], told["then"], told["to"], told["seen"], tuple(told["cites"]), files)
