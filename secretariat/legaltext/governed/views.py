"""Pages of the documents that are governed beside the code: reviews, drafts for comment, and comments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in, secretariat
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.legaltext.governed.filters import CirculationFilter, CommentFilter, GovernedFilter, ReviewFilter
from secretariat.legaltext.governed.forms import CirculationForm, CommentForm, ReviewForm
from secretariat.legaltext.governed.models import OPEN, Circulation, DraftComment, Review
from secretariat.legaltext.governed.procedure import COMMENTING
from secretariat.legaltext.models import OF_THE_CODE, Document, DocumentKind
from secretariat.legaltext.standing import in_effect
from secretariat.plain.dates import day_words, local_day, long_date


class GovernedDocuments(ListPage):
    """The documents that are governed beside the code, with the version in force and the last review."""

    model = Document
    word, plural = "governed document", "governed documents"
    filters = GovernedFilter
    link = "code"
    columns = (
        Column("title", "Document", "title"),
        Column("kind", "Kind", "kind", lambda value: str(DocumentKind(value).label)),
        Column("owner", "Owned by", "owner"),
        Column("version", "In force", "version"),
        Column("since", "Since", "since"),
        Column("reviewed", "Last reviewed", "reviewed"),
        class_column(),
    )
    order = "title"
    order_words = "by title"
    about = (
        "Architecture documents, design notes, policies, terms of reference, frameworks and guidance: each belongs to "
        "a body, which reviews it and approves its changes."
    )
    empty = "No such document is entered that you may read."

    def rows(self) -> QuerySet[Any]:
        """Those that the person may read, each with its version in force today."""
        latest = (
            in_effect(local_day(self.request.at)).filter(document=OuterRef("pk")).order_by("-effective_from", "-order")
        )
        rows: QuerySet[Any] = super().rows().exclude(kind__in=OF_THE_CODE)
        found: QuerySet[Any] = rows.annotate(
            version=Subquery(latest.values("number")[:1]),
            since=Subquery(latest.values("effective_from")[:1]),
            reviewed=Max("reviews__answered_on"),
        )
        return found

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The page of the document."""
        return reverse("document", args=[key])


class Reviews(ListPage):
    """Whether documents are still true: what was asked, and what their bodies answered."""

    model = Review
    word, plural = "review of a document", "reviews of documents"
    filters = ReviewFilter
    columns = (
        Column("document", "Document", "document__title"),
        Column("owner", "Owned by", "document__owner"),
        Column("due", "Due on", "due_on"),
        Column("answered", "Answered", "answered_on"),
        Column("meeting", "At the meeting", "meeting"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-due_on"
    day = "due_on"
    about = "Of each document beside the code its body is asked, every so many months, whether it is still true."
    empty = "No body has been asked yet. It is asked by itself when the time has come; it can be asked earlier."
    enters: ClassVar[Who | None] = staticmethod(secretariat)


class ReviewPage(RecordPage):
    """One review."""

    model = Review
    word, plural = "review of a document", "reviews of documents"

    def facts(self, record: Review) -> list[Fact]:
        """Of which document, by when, and the answer."""
        answered = day_words(record.answered_on)
        told = (("Answered", answered), ("In the words", record.answer), ("At the meeting", record.meeting))
        return [
            Fact("Document", record.document.title, record.document.get_absolute_url()),
            Fact("Owned by", record.document.owner),
            Fact("Due on", long_date(record.due_on)),
            *(Fact(label, value) for label, value in told if value),
        ]


class ReviewEntry(EntryPage):
    """Asks a body whether a document is still true."""

    model = Review
    form_class = ReviewForm
    word, plural = "review of a document", "reviews of documents"
    who: ClassVar[Who] = staticmethod(secretariat)
    begins = "ask"


class Circulations(ListPage):
    """The drafts of governed documents that are, or were, open for comment."""

    model = Circulation
    word, plural = "draft for comment", "drafts for comment"
    filters = CirculationFilter
    columns = (
        Column("document", "Document", "draft__document__title"),
        Column("draft", "Draft", "draft__title"),
        Column("owner", "Owned by", "draft__document__owner"),
        Column("opened", "Opened", "opened_on"),
        Column("closes", "Comments by", "closes_on"),
        Column("meeting", "Decided at", "meeting"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-opened_on"
    day = "closes_on"
    about = "Drafts of documents beside the code: open for comment, then approved by the body that owns the document."
    empty = "No draft is, or was, out for comment that you may read."
    enters: ClassVar[Who | None] = staticmethod(secretariat)


class CirculationPage(RecordPage):
    """One draft for comment, with the comments."""

    template = "legaltext/circulation.html"
    model = Circulation
    word, plural = "draft for comment", "drafts for comment"

    def facts(self, record: Circulation) -> list[Fact]:
        """The draft, its document, its days and what came of it."""
        draft, version = record.draft, record.version
        decided = day_words(record.decided_on)
        told = (("What is asked", record.asked), ("Decided", decided), ("Decided at", record.meeting))
        return [
            Fact("Draft", draft.title, draft.get_absolute_url(), note="There its changes are read as a redline."),
            Fact("Document", draft.document.title, draft.document.get_absolute_url()),
            Fact("Owned by", draft.document.owner),
            Fact("Comments by", day_words(record.closes_on)),
            *(Fact(label, value) for label, value in told if value),
            *([Fact("Published as", str(version), version.get_absolute_url())] if version else []),
        ]

    def related(self, record: Circulation) -> list[Related]:
        """The comments that the person may read."""
        found: Any = record.comments.select_related("made_by")
        rows: list[tuple[Any, ...]] = [
            (
                Crumb(one.number or "The whole", one.get_absolute_url()),
                one.text,
                str(one.made_by),
                one.state,
                one.answer,
            )
            for one in found.visible_to(reader(self.request), self.request.at)
        ]
        heads = ("Clause", "Comment", "By", "State", "Answer")
        return [Related("Comments", heads, rows, "Nobody has commented that you may read.")]

    def context(self, record: Circulation) -> dict[str, Any]:
        """Where a comment is made."""
        open_ = record.state == OPEN and reader(self.request) is not None
        return {"comment": reverse("comment on draft", args=[record.pk]) if open_ else ""}


class CirculationEntry(EntryPage):
    """Sends a draft out for comment."""

    model = Circulation
    form_class = CirculationForm
    word, plural = "draft for comment", "drafts for comment"
    who: ClassVar[Who] = staticmethod(secretariat)
    begins = "open"


class Comments(ListPage):
    """The comments on drafts."""

    model = DraftComment
    word, plural = "comment on a draft", "comments on drafts"
    filters = CommentFilter
    columns = (
        Column("draft", "Draft", "circulation__draft__title"),
        Column("number", "Clause", "number"),
        Column("text", "Comment", "text"),
        Column("state", "State", "state"),
        Column("answer", "Answer", "answer"),
        class_column(),
    )
    about = "What was said of drafts for comment, and what came of it."
    empty = "Nobody has commented on a draft that you may read."


class CommentPage(RecordPage):
    """One comment."""

    model = DraftComment
    word, plural = "comment on a draft", "comments on drafts"

    def facts(self, record: DraftComment) -> list[Fact]:
        """Of what, by whom, and the answer."""
        where = record.circulation
        return [
            Fact("Draft for comment", where.draft.title, where.get_absolute_url()),
            Fact("Clause", record.number or "The whole"),
            Fact("Comment", record.text),
            Fact("By", str(record.made_by)),
            *([Fact("Answer", record.answer)] if record.answer else []),
        ]


class CommentOn(FormPage):
    """Makes a comment on a draft."""

    model = Circulation
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def heading(self, record: Circulation) -> str:
        """On which draft."""
        return f"Comment on {record.draft.title}"

    def form(self, record: Circulation, data: Any = None, files: Any = None) -> CommentForm:
        """On which clause, and what."""
        made_by = reader(self.request)
        return CommentForm(data, instance=DraftComment(circulation=record, made_by=made_by, invented=record.invented))

    def save(self, record: Circulation, form: CommentForm) -> Circulation:
        """Makes it."""
        COMMENTING.take("make", form.save(commit=False), **self.told())
        return record
