"""Articles: their list and pages, their versions, the draft that somebody writes, and what is to be looked at again."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from secretariat.core.capacities import secretariat
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.engagement.guidance.accessible import findings
from secretariat.engagement.guidance.actions import add_file, begin, revise, write
from secretariat.engagement.guidance.filters import ArticleFilter, ReviewFilter
from secretariat.engagement.guidance.forms import ArticleForm, DraftForm, FileForm, UpkeepForm
from secretariat.engagement.guidance.models import PUBLISHED, WITHDRAWN, Article, ArticleVersion, Kind, Written
from secretariat.engagement.guidance.procedure import ARTICLE
from secretariat.engagement.guidance.reading import as_page, changes, contents, sources
from secretariat.plain.dates import instant, local_day, long_date


def kind_words(value: str) -> str:
    """A kind of article in words."""
    return str(Kind(value).label)


class Articles(ListPage):
    """Everything that the website says."""

    model = Article
    word, plural = "article", "articles"
    template = "engagement/guidance/articles.html"
    filters = ArticleFilter
    about = "Guidance notes, answers, terms, rate cards, vacancies, news and recorded briefings."
    empty = "Nothing is published yet."
    columns = (
        Column("title", "Title", "title"),
        Column("summary", "About", "summary"),
        Column("kind", "Kind", "kind", kind_words),
        Column("topic", "Topic", "topic"),
        Column("version", "Version", "number", numeric=True),
        Column("published_on", "Published", "published_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    link = "slug"
    order = "-published_on"
    order_words = "newest first"
    day = "published_on"
    news = ("article.publish",)
    enters: ClassVar[Who | None] = staticmethod(secretariat)


class ArticleReviews(ListPage):
    """What is to be looked at again, and by whom."""

    model = Article
    word, plural = "article", "article reviews"
    rows_are = "articles to be looked at again"
    filters = ReviewFilter
    about = "When each article is to be looked at again: its owner says that it is still true, or writes it anew."
    empty = "No article waits to be looked at again."
    columns = (
        Column("title", "Title", "title"),
        Column("kind", "Kind", "kind", kind_words),
        Column("owner", "Owner", "owner__name"),
        Column("review_on", "To be looked at again", "review_on"),
        Column("affirmed_on", "Found still true", "affirmed_on"),
        Column("reminded_on", "Owner reminded", "reminded_on"),
        class_column(),
    )
    link = "slug"
    order = "review_on"
    order_words = "the first due first"
    day = "review_on"
    who: ClassVar[Who] = staticmethod(secretariat)

    def rows(self) -> models.QuerySet[Any]:
        """Those that the person may read and that are to be looked at again at all."""
        return super().rows().filter(review_on__isnull=False)

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The article's page."""
        return reverse("article", args=[key])


class ArticlePage(RecordPage):
    """One article: what it says, from where it has it, and its versions."""

    model = Article
    word, plural, key = "article", "articles", "slug"
    template = "engagement/guidance/article.html"
    editors: ClassVar[Who | None] = staticmethod(secretariat)

    def facts(self, record: Article) -> list[Fact]:
        """What it is, its dates, and for the secretariat who answers for it."""
        at = self.request.at
        found = [Fact("Kind", record.get_kind_display(), f"{reverse('articles')}?{urlencode({'kind': record.kind})}")]
        found += (
            [Fact("Topic", record.topic, f"{reverse('articles')}?{urlencode({'topic': record.topic})}")]
            if record.topic
            else []
        )
        found += [*dated(record), *told_in_time(record, self.request)]
        if record.published_on:
            found.append(Fact("Published", long_date(record.published_on), note=f"version {record.number}"))
        if record.affirmed_on and record.published_on and record.affirmed_on > record.published_on:
            found.append(Fact("Found still true", long_date(record.affirmed_on)))
        if record.state == WITHDRAWN:
            found.append(Fact("Withdrawn", record.reason))
        if secretariat(reader(self.request), record, at):
            again = long_date(record.review_on) if record.review_on else "not asked for"
            late = record.review_on is not None and record.review_on < local_day(at)
            found.append(Fact("Owner", record.owner.name))
            found.append(Fact("To be looked at again", again, note="This day has passed." if late else ""))
        return found

    def related(self, record: Article) -> list[Related]:
        """Its versions."""
        rows: Any = record.versions.visible_to(reader(self.request), self.request.at).order_by("-number")
        told: list[tuple[Any, ...]] = [
            (Crumb(f"Version {one.number}", one.get_absolute_url()), instant(one.published_at), one.change)
            for one in rows
        ]
        return [Related("Versions", ("Version", "Published", "What is new"), told, "No version is published yet.")]

    def context(self, record: Article) -> dict[str, Any]:
        """Its text as a page, and whether the reader writes it."""
        person, at = reader(self.request), self.request.at
        writes = secretariat(person, record, at)
        successor = Article.objects.filter(pk=record.successor_id or 0).visible_to(person, at).first()
        return {
            "successor": successor,
            "text": as_page(record, person, at),
            "contents": contents(record),
            "sources": sources(record, person, at),
            "writes": writes,
            "draft": record.draft if writes else None,
            "withdrawn": record.state == WITHDRAWN,
        }


def dated(said: Written) -> list[Fact]:
    """The days on which it is in force."""
    if said.holds_from is None and said.holds_until is None:
        return []
    first = f"from {long_date(said.holds_from)}" if said.holds_from else ""
    last = f"until {long_date(said.holds_until)}" if said.holds_until else ""
    return [Fact("In force", f"{first} {last}".strip())]


def told_in_time(said: Written, request: Any) -> list[Fact]:
    """Until when applications are taken, and where a recording is; what is over says so."""
    found = []
    day = local_day(request.at)
    if said.holds_until and said.holds_until < day:
        found.append(Fact("Now", "No longer in force"))
    elif said.holds_from and said.holds_from > day:
        found.append(Fact("Now", "Not yet in force"))
    if said.closes_at:
        over = "" if said.takes_applications(request.at) else "It is too late to apply."
        found.append(Fact("Applications close", instant(said.closes_at), note=over))
    if said.recording:
        found.append(Fact("Recording", "Watch or hear it at the host of the recording", said.recording))
    return found


class ArticleEntry(EntryPage):
    """Begins an article and its first draft."""

    model = Article
    form_class: ClassVar[type[forms.ModelForm[Any]]] = ArticleForm
    word, plural, key = "article", "articles", "slug"
    who: ClassVar[Who] = staticmethod(secretariat)

    def enter(self, record: Article, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes its first step."""
        begin(record, **told)


class ArticleUpkeep(ArticleEntry):
    """Changes who answers for an article, and its topic; what it says is changed by a draft."""

    form_class = UpkeepForm


class BeginDraft(FormPage):
    """Begins a draft of an article, with what it says now."""

    model = Article
    key, plural = "slug", "articles"
    title = "Write it anew"
    lead = "A draft begins with what the article says now. The article stays as it is until the draft is published."
    button = "Begin a draft"
    who: ClassVar[Who] = staticmethod(secretariat)

    def form(self, record: Article, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Nothing is asked."""
        return forms.Form(data)

    def save(self, record: Article, form: Any) -> Any:
        """Begins it."""
        return write(record, **self.told())


class WriteDraft(FormPage):
    """The draft of an article: its words, what the check found in them, and how they will look."""

    model = Article
    key, plural = "slug", "articles"
    title = "Draft"
    template = "engagement/guidance/draft.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def record(self, key: str) -> Any:
        """The article with a draft. Raises Http404."""
        record = super().record(key)
        if record.draft is None:
            raise Http404("Nobody is writing a draft of this article.")
        return record

    def form(self, record: Article, data: Any = None, files: Any = None) -> forms.BaseForm:
        """What the draft says."""
        return DraftForm(data, instance=record.draft)

    def save(self, record: Article, form: Any) -> Any:
        """Changes it."""
        draft = record.draft
        if draft is None:
            raise Http404("Nobody is writing a draft of this article.")
        revise(draft, {name: form.cleaned_data[name] for name in form.changed_data}, **self.told())
        return draft

    def heading(self, record: Article) -> str:
        """Which article it is of."""
        return f"Draft: {record.draft.title}" if record.draft else self.title

    def context(self, record: Article) -> dict[str, Any]:
        """What the check found, how it will look, and what it still needs."""
        person, at, draft = reader(self.request), self.request.at, record.draft
        steps = [one for one in ARTICLE.open_steps(record, person, at) if one.step.name in ("submit", "publish")]
        return {
            "draft": draft,
            "findings": findings(draft.body) if draft else [],
            "text": as_page(draft, person, at) if draft else "",
            "sources": sources(draft, person, at) if draft else [],
            "steps": [one for one in steps if not one.lacking],
            "lacking": next((one.lacking for one in steps if one.step.name == "submit"), ()),
            "files": record.files.select_related("file"),
            "back": record.get_absolute_url(),
        }


class AddFile(FormPage):
    """Adds a picture or a file to an article that is being written."""

    model = Article
    key, plural = "slug", "articles"
    title = "Add a picture or a file"
    lead = (
        "It is the secretariat's alone until a version that names it is published. The draft then shows how to name it."
    )
    who: ClassVar[Who] = staticmethod(secretariat)

    def form(self, record: Article, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The file, and what it shows."""
        return FileForm(data, files)

    def save(self, record: Article, form: Any) -> Any:
        """Keeps it."""
        file = form.cleaned_data["file"]
        add_file(record, form.cleaned_data["words"], file.name, file.read(), **self.told())
        return record.draft or record


class VersionPage(Page):
    """What an article said in one version, and what was new in it; the address stays for ever."""

    template = "engagement/guidance/version.html"

    def get(self, request: HttpRequest, key: str, number: int) -> HttpResponse:
        """The version. Raises Http404."""
        article = found(Article, key, self, "slug")
        person, at = reader(self.request), self.request.at
        rows: Any = ArticleVersion.objects.filter(article=article).visible_to(person, at)
        version = rows.filter(number=number).first()
        if version is None:
            raise Http404("There is no such version that you may read.")
        before = rows.filter(number=number - 1).first()
        crumbs = (Crumb(capfirst("articles"), reverse("articles")), Crumb(str(article), article.get_absolute_url()))
        return self.shown(
            {
                "article": article,
                "version": version,
                "newest": article.state == PUBLISHED and version.number == article.number,
                "text": as_page(version, person, at),
                "sources": sources(version, person, at),
                "facts": [*dated(version), *told_in_time(version, self.request)],
                "changes": changes(before, version) if before else [],
                "before": before,
                "whole": version.is_whole(),
                "crumbs": (*crumbs, Crumb(f"Version {version.number}")),
            }
        )
