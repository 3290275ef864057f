"""Pages on which a proposal gets its legal text."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.change.drafting.forms import LinkForm
from secretariat.change.drafting.texts import begin_for, link
from secretariat.change.models import OPEN_STAGES, Proposal
from secretariat.change.who import change_team
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused, Who
from secretariat.legaltext.drafting.views import DraftEntry


def proposal_of(page: Page, key: str) -> Proposal:
    """The open proposal of a reference that the person may read. Raises Http404."""
    rows: Any = Proposal.objects.filter(reference=key, state__in=OPEN_STAGES)
    found: Proposal | None = rows.visible_to(reader(page.request), page.request.at).first()
    if found is None:
        raise Http404("There is no such open proposal that you may read.")
    return found


class LegalTextEntry(DraftEntry):
    """Begins a draft of a proposal's legal text."""

    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Begins it on the version that was chosen, about the proposal."""
        record.baseline = form.cleaned_data["baseline"]
        begin_for(proposal_of(self, self.kwargs["key"]), record, told)  # type: ignore[arg-type]

    def _record(self, key: str) -> None:
        """None: the address names the proposal, and the draft is always a new one."""
        proposal_of(self, key)


class LinkLegalText(Page):
    """Makes a draft that is there a proposal's legal text."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(change_team)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The choice of drafts."""
        return self._page(proposal_of(self, key), self._form())

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Links it; what was chosen stays when it is refused."""
        proposal, form = proposal_of(self, key), self._form(self.request.POST)
        if not form.is_valid():
            return self._page(proposal, form, 422)
        try:
            link(proposal, form.cleaned_data["draft"], self.told())
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
            return self._page(proposal, form, 422)
        return redirect(proposal.get_absolute_url())

    def _form(self, *data: Any) -> LinkForm:
        return LinkForm(*data, reader=reader(self.request), at=self.request.at)

    def _page(self, proposal: Proposal, form: LinkForm, status: int = 200) -> HttpResponse:
        title, back = f"Take a draft as legal text of {proposal.reference}", proposal.get_absolute_url()
        crumbs = (Crumb("Proposals", reverse("proposals")), Crumb(str(proposal), back), Crumb(title))
        return self.shown({"form": form, "title": title, "back": back, "word": "draft", "crumbs": crumbs}, status)
