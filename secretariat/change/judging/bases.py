"""What the pages of judging have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.change.judging.page import proposal_fact
from secretariat.change.naming.actions import classed
from secretariat.change.who import change_team
from secretariat.core import journal
from secretariat.core.lists import Column
from secretariat.core.pages import EntryPage, Fact, RecordPage, reader
from secretariat.core.procedure import Who

PROPOSAL = Column("proposal", "Proposal", "proposal__reference")


class OfProposalPage(RecordPage):
    """A record of one proposal; a page tells only what is its own."""

    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Any) -> list[Fact]:
        """Its proposal, then its own facts."""
        return [proposal_fact(record, reader(self.request), self.request.at), *self.own(record)]

    def own(self, record: Any) -> list[Fact]:
        """The facts of the record itself."""
        return []


class OfProposalEntry(EntryPage):
    """Enters or amends a record of one proposal."""

    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it, with its proposal's class where the form asks for none."""
        record.recorded = told["recorded"]
        self.write(record if "classification" in form.fields else classed(record), **told)

    def write(self, record: Any, **told: Any) -> None:
        """Saves the new record; by a step or an action where there is one."""
        journal.enter(record, **told)
