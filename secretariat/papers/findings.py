"""The page of what the paper checker finds in a paper, where an error is mended at its source or accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from secretariat.core.capacities import secretariat
from secretariat.core.pages import Crumb, reader
from secretariat.core.procedure import Refused, Who
from secretariat.papers.models import Paper
from secretariat.papers.proofing import OPEN_STATES, accept, may_accept_findings, proofread, standing
from secretariat.papers.views import CRUMB, PaperPageBase


class PaperFindings(PaperPageBase):
    """What the checker finds in the paper as it would be issued now."""

    template = "papers/findings.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The findings."""
        return self._page(self.paper(key))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Accepts one finding with a reason; what was typed is kept when it is refused."""
        paper = self.paper(key)
        asked = request.POST
        try:
            found = standing(paper, asked.get("rule", ""), asked.get("words", ""))
            accept(paper, found, asked.get("reason", ""), **self.told())
        except Refused as refusal:
            return self._page(paper, refusal.messages, 422)
        return redirect("paper-findings", key)

    def _page(self, paper: Paper, reasons: Sequence[str] = (), status: int = 200) -> HttpResponse:
        checked = proofread(paper)
        may_accept = may_accept_findings(reader(self.request), paper, self.request.at)
        crumbs = (CRUMB, Crumb(paper.title, paper.get_absolute_url()), Crumb("Findings"))
        asked = self.request.POST
        context = {
            "paper": paper,
            "checked": checked,
            "accepted_rows": [(found.rule, found.text, found.message, line.reason) for found, line in checked.accepted],
            "reasons": reasons,
            "typed": {name: asked.get(name, "") for name in ("rule", "words", "reason")},
            "may_accept": may_accept and paper.state in OPEN_STATES,
            "crumbs": crumbs,
        }
        return self.shown(context, status)
