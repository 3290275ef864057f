"""Articles: written by one, published by another, with their source; looked at again; their versions never change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.engagement.guidance.actions import add_file, begin, revise, write
from secretariat.engagement.guidance.models import PUBLISHED, WITHDRAWN, Article, ArticleVersion, Draft, Kind
from secretariat.engagement.guidance.procedure import ARTICLE
from secretariat.engagement.guidance.reading import abbreviations, changes, sources
from secretariat.post.due import take_due
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from tests.engagement.factories import NOON, person

pytestmark = pytest.mark.django_db

BODY = "Write to us.\n\n## Before you begin\n\nRead [Section B of the code](/code/b/). The SMKI is explained."
SAID = {"summary": "How an organisation becomes a party.", "body": BODY, "sources": "Section B1"}


@pytest.fixture
def writer() -> Person:
    return person(Role.SECRETARIAT, Team.CHANGE)


@pytest.fixture
def editor() -> Person:
    return person(Role.SECRETARIAT, Team.PARTY_SUPPORT)


def told(by: Person | None, at: datetime = NOON) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": at}


def drafted(by: Person, kind: str = Kind.NOTE, slug: str = "how-to-accede", **said: Any) -> Article:
    article = Article(title="How to accede", slug=slug, kind=kind, owner=by)
    draft = begin(article, **told(by))
    revise(draft, {**SAID, **said}, **told(by))
    return article


def take(article: Article, step: str, by: Person | None, at: datetime = NOON, **facts: Any) -> Event:
    return ARTICLE.take(step, article, **told(by, at), **facts)


def published(by: Person, editor: Person, **said: Any) -> Article:
    article = drafted(by, **said)
    take(article, "submit", by)
    take(article, "publish", editor)
    return article


def refusal(article: Article, step: str, by: Person | None, at: datetime = NOON, **facts: Any) -> str:
    with pytest.raises(Refused) as refused:
        take(article, step, by, at, **facts)
    return str(refused.value)


def test_what_one_wrote_another_publishes(writer: Person, editor: Person) -> None:
    article = drafted(writer)
    take(article, "submit", writer)
    assert "for others" in refusal(article, "publish", writer)
    take(article, "publish", editor)
    version = article.versions.get()
    assert (article.state, article.number, article.published_on) == (PUBLISHED, 1, date(2020, 3, 5))
    assert (version.body, version.writer, version.is_whole()) == (BODY, writer, True)
    assert article.review_on == date(2021, 3, 5)
    assert article.draft is None
    assert article.citation == "How to accede, version 1 of 2020-03-05 (Section B1)"


def test_what_is_not_published_yet_is_the_secretariats_alone(writer: Person, editor: Person, client: Client) -> None:
    article = drafted(writer)
    party = person(Role.PARTY_CONTACT)
    for reader in (None, party):
        assert not Article.objects.visible_to(reader, NOON).exists()
        assert not Draft.objects.visible_to(reader, NOON).exists()
    assert Article.objects.visible_to(editor, NOON).get() == article
    assert client.get("/articles/how-to-accede/").status_code == 404
    assert client.get("/articles/how-to-accede/draft/").status_code == 302


@pytest.mark.parametrize(
    ("kind", "said", "why"),
    [
        (Kind.NOTE, {"body": " "}, "An article has a text, and one sentence"),
        (Kind.NOTE, {"summary": ""}, "An article has a text, and one sentence"),
        (Kind.QUESTION, {"sources": "\n"}, "where they have it from"),
        (Kind.RATES, {"holds_from": date(2019, 8, 1)}, "from which day until which day"),
        (Kind.VACANCY, {}, "says until when applications are taken"),
        (Kind.VACANCY, {"closes_at": NOON - timedelta(hours=1)}, "says until when applications are taken"),
        (Kind.BRIEFING, {"recording": "https://example.org/r"}, "its text tells in words what was said"),
        (Kind.BRIEFING, {"body": "word " * 60}, "A recorded briefing names its recording"),
        (Kind.NEWS, {"body": "# Too high\n\n[here](/a/)"}, "keeps people from reading"),
    ],
)
def test_a_draft_is_not_handed_over_before_it_is_fit(writer: Person, kind: str, said: dict[str, Any], why: str) -> None:
    article = drafted(writer, kind=kind, **said)
    assert why in refusal(article, "submit", writer)


def test_a_draft_is_handed_over_once_and_is_then_not_changed(writer: Person, editor: Person) -> None:
    article = drafted(writer)
    assert "handed over by who wrote it" in refusal(article, "publish", editor)
    assert "handed over by who wrote it" in refusal(article, "send_back", editor, reason="It is short.")
    take(article, "submit", writer)
    assert "The draft is with somebody else already" in refusal(article, "submit", writer)
    draft = article.draft
    assert draft is not None
    with pytest.raises(Refused, match="sent back"):
        revise(draft, {"body": "Other."}, **told(writer))
    take(article, "send_back", editor, reason="It is short.")
    again = article.draft
    assert again is not None
    assert again.returned == "It is short."
    revise(again, {"body": f"{BODY} More."}, **told(writer))
    take(article, "submit", writer)


def test_one_draft_at_a_time_and_a_dropped_one_makes_room(writer: Person, editor: Person) -> None:
    article = drafted(writer)
    with pytest.raises(Refused, match="writing a draft"):
        write(article, **told(editor))
    take(article, "drop", writer)
    assert "Begin a draft first" in refusal(article, "drop", writer)
    assert "Begin a draft first" in refusal(article, "submit", writer)
    assert write(article, **told(editor)).writer == editor


def test_a_draft_has_a_writer(writer: Person) -> None:
    article = drafted(writer)
    take(article, "drop", writer)
    with pytest.raises(Refused, match="has a writer"):
        write(article, **told(None))


def test_who_changes_a_draft_is_its_writer_and_does_not_publish_it(writer: Person, editor: Person) -> None:
    article = drafted(writer)
    draft = article.draft
    assert draft is not None
    revise(draft, {"body": f"{BODY} More."}, **told(editor))
    take(article, "submit", editor)
    assert "for others" in refusal(article, "publish", editor)
    take(article, "publish", writer)


def test_a_version_never_changes_and_the_next_one_tells_what_did(writer: Person, editor: Person) -> None:
    article = published(writer, editor)
    first = article.versions.get()
    first.body = "Something else."
    for write_again in (first.save, first.delete):
        with pytest.raises(ValidationError):
            write_again()
    draft = write(article, **told(writer))
    revise(draft, {"body": f"{BODY} By post too."}, **told(writer))
    assert article.body == BODY
    take(article, "submit", writer)
    take(article, "publish", editor)
    old, new = article.versions.order_by("number")
    assert (old.body, new.number, article.body) == (BODY, 2, f"{BODY} By post too.")
    assert [(label, [run.text.strip() for run in runs if run.kind == "in"]) for label, runs in changes(old, new)] == [
        ("Text", ["By post too."])
    ]


def test_a_version_that_was_changed_behind_our_back_says_so(writer: Person, editor: Person, client: Client) -> None:
    published(writer, editor)
    assert b"hash differs" not in client.get("/articles/how-to-accede/versions/1/").content
    ArticleVersion.objects.update(body="Something else.")
    assert b"hash differs" in client.get("/articles/how-to-accede/versions/1/").content


def test_what_does_not_end_after_it_begins_is_refused(writer: Person) -> None:
    with pytest.raises(ValidationError, match="not before its first"):
        drafted(writer, kind=Kind.RATES, holds_from=date(2020, 8, 1), holds_until=date(2020, 7, 31))


def test_its_owner_says_that_it_is_still_true(writer: Person, editor: Person) -> None:
    article = published(writer, editor)
    other = person(Role.SECRETARIAT, Team.SECURITY)
    later = NOON + timedelta(days=300)
    assert "for others" in refusal(article, "affirm", other, later)
    take(article, "affirm", writer, later)
    assert (article.affirmed_on, article.review_on) == (date(2020, 12, 30), date(2021, 12, 30))
    write(article, **told(writer, later))
    take(article, "submit", writer, later)
    assert "publish that, or send it back" in refusal(article, "affirm", writer, later)


def test_time_reminds_the_owner_when_it_is_due_and_waits_before_it_does_so_again(
    writer: Person, editor: Person
) -> None:
    article = published(writer, editor)
    due = datetime(2021, 3, 5, 12, tzinfo=UTC)
    assert "at the rulebook's distance" in refusal(article, "remind", None)
    assert take_due(due - timedelta(days=1), due).taken == 0
    gather(NOON, NOON)
    for day, number in ((due, 1), (due, 1), (due + timedelta(days=13), 1), (due + timedelta(days=14), 2)):
        take_due(day, day)
        assert Event.objects.filter(name="article.remind").count() == number
    gather(due + timedelta(days=14), due + timedelta(days=14))
    assert set(Message.objects.filter(notice="article.remind").values_list("person", flat=True)) == {writer.pk}
    article.refresh_from_db()
    step = ARTICLE.steps["affirm"]
    assert step.waits_on(writer, article, due)
    assert not step.waits_on(writer, article, NOON)


def test_news_is_not_looked_at_again(writer: Person, editor: Person) -> None:
    assert published(writer, editor, kind=Kind.NEWS, sources="").review_on is None


def test_what_is_withdrawn_says_why_and_what_takes_its_place(writer: Person, editor: Person, client: Client) -> None:
    article = published(writer, editor)
    draft = drafted(writer, slug="not-yet-out")
    for slug in (draft.slug, article.slug, "no-such"):
        assert "The article that takes its place" in refusal(article, "withdraw", editor, reason="Old.", successor=slug)
    new = published(writer, editor, slug="how-to-join")
    take(article, "withdraw", editor, reason="Old.", successor=new.slug)
    page = client.get("/articles/how-to-accede/").content
    assert (article.state, article.review_on) == (WITHDRAWN, None)
    assert b"withdrawn: Old." in page
    assert b"/articles/how-to-join/" in page
    assert article not in Article.objects.approved()
    assert client.get("/articles/how-to-accede/versions/1/").status_code == 200


def test_the_glossary_explains_its_abbreviations_in_other_articles(
    writer: Person, editor: Person, client: Client
) -> None:
    published(writer, editor)
    term = published(writer, editor, kind=Kind.TERM, slug="smki-term", title="Key Infrastructure", short="SMKI")
    assert abbreviations(None, NOON) == {"SMKI": "Key Infrastructure"}
    assert b'<abbr title="Key Infrastructure">SMKI</abbr>' in client.get("/articles/how-to-accede/").content
    assert b"<abbr" not in client.get(term.get_absolute_url()).content
    assert b"Key Infrastructure (SMKI)" in client.get("/glossary/").content


def test_questions_stand_by_topic_with_their_headings_below_them(
    writer: Person, editor: Person, client: Client
) -> None:
    published(writer, editor, kind=Kind.QUESTION)
    Article.objects.update(topic="Joining")
    page = client.get("/questions/").content.decode()
    assert "<h2>Joining</h2>" in page
    assert "<h4>Before you begin</h4>" in page


def test_a_source_that_names_a_record_leads_to_it_for_those_who_may_read_it(writer: Person, editor: Person) -> None:
    article = published(writer, editor)
    other = published(writer, editor, slug="other-note", sources="Section B1\nhow-to-accede")
    link = sources(other, None, NOON)[1]
    assert (link.label, link.href) == ("how-to-accede", "/articles/how-to-accede/")
    Article.objects.filter(pk=article.pk).update(classification=2, audience="SECAS")
    assert sources(other, None, NOON) == ["Section B1", "how-to-accede"]


def test_a_link_to_an_article_leads_to_a_published_one(writer: Person, editor: Person) -> None:
    article = drafted(writer, body="Read [how to join](/articles/how-to-join/) and [this](/articles/how-to-accede/#x).")
    assert "published: publish that one first" in refusal(article, "submit", writer)
    published(writer, editor, slug="how-to-join")
    revise_open(article, writer, "Read [how to join](/articles/how-to-join/).")
    take(article, "submit", writer)


def revise_open(article: Article, by: Person, body: str) -> None:
    draft = article.draft
    assert draft is not None
    revise(draft, {"body": body}, **told(by))


def test_a_file_is_read_by_others_once_a_version_that_names_it_is_published(
    writer: Person, editor: Person, client: Client
) -> None:
    article = drafted(writer)
    one, other = (
        add_file(article, f"The form {name}", f"{name}.csv", name.encode(), **told(writer)) for name in ("a", "b")
    )
    assert one.markdown == f"[The form a]({one.get_absolute_url()})"
    revise_open(article, writer, "![x](/files/999/x.png)")
    assert "are added to it first" in refusal(article, "submit", writer)
    revise_open(article, writer, f"Fill in {one.markdown}.")
    take(article, "submit", writer)
    assert client.get(one.get_absolute_url()).status_code == 404
    take(article, "publish", editor)
    read = client.get(one.get_absolute_url())
    assert b"".join(read.streaming_content) == b"a"  # type: ignore[attr-defined]
    assert client.get(other.get_absolute_url()).status_code == 404


def test_pages_write_check_and_show_a_draft(writer: Person, editor: Person, client: Client) -> None:
    client.force_login(writer)
    form = {"title": "Fees", "kind": "guidance note", "slug": "fees-of-joining", "owner": writer.pk}
    assert client.post("/articles/new/", {**form, "classification": 0}).status_code == 302
    address = "/articles/fees-of-joining/draft/"
    said = {"title": "Fees", "summary": "What it costs.", "body": "# Fees\n\n<b>Pay</b>", "sources": "Section B"}
    assert client.post(address, said).status_code == 302
    page = client.get(address).content.decode()
    assert "begin this one with ##" in page
    assert "&lt;b&gt;Pay" in page
    assert "keeps people from reading" in page
    picture = SimpleUploadedFile("form.csv", b"a,b")
    added = client.post("/articles/fees-of-joining/files/add/", {"words": "The form", "file": picture})
    assert added["Location"] == address
    assert "[The form](/files/" in client.get(address).content.decode()
    client.post(address, {**said, "body": "## Fees\n\nPay."})
    assert "Nothing in the text keeps" in client.get(address).content.decode()
    article = Article.objects.get()
    take(article, "submit", writer, datetime(2020, 3, 6, tzinfo=UTC))
    assert client.post(address, said).status_code == 422


def test_a_searched_word_of_a_published_text_finds_it_and_of_a_draft_does_not(
    writer: Person, editor: Person, client: Client
) -> None:
    article = published(writer, editor)
    revise(write(article, **told(writer)), {"body": f"{BODY} Kumquat."}, **told(writer))
    assert b"/articles/how-to-accede/" in client.get("/search/?q=Before+you+begin").content
    assert b"/articles/how-to-accede/" not in client.get("/search/?q=Kumquat").content
