"""Pages on which a proposal gets its legal text."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404

from secretariat.change.drafting.forms import LinkForm
from secretariat.change.drafting.texts import begin_for, link
from secretariat.change.models import OPEN_STAGES, Proposal
from secretariat.change.who import change_team
from secretariat.core.form_page import FormPage
from secretariat.core.pages import Page, reader
from secretariat.core.procedure import Who
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


class LinkLegalText(FormPage):
    """Makes a draft that is there a proposal's legal text."""

    plural = "proposals"
    who: ClassVar[Who] = staticmethod(change_team)

    def record(self, key: str) -> Proposal:
        """The open proposal."""
        return proposal_of(self, key)

    def heading(self, record: Proposal) -> str:
        """Of which proposal it becomes the text."""
        return f"Take a draft as legal text of {record.reference}"

    def form(self, record: Proposal, data: Any = None, files: Any = None) -> LinkForm:
        """The choice of drafts."""
        return LinkForm(data, reader=reader(self.request), at=self.request.at)

    def save(self, record: Proposal, form: LinkForm) -> Proposal:
        """Links it."""
        link(record, form.cleaned_data["draft"], self.told())
        return record
