"""Other codes' changes beside ours, and the interest of Sub-Committees (XC-1 to XC-3, NEW-2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.change.judging import page
from secretariat.change.judging.actions import recheck, tell_issue
from secretariat.change.judging.codes import number_key, other_codes, title_key
from secretariat.change.judging.cross_code import CodeListing, CrossCode, ForumIssue, Steering
from secretariat.change.judging.interest import Interest, SubCommitteeView, informed_on
from secretariat.change.judging.load import COSTS, IMPACTS, LISTINGS
from secretariat.change.judging.models import Cost, Impact
from secretariat.change.judging.procedure import CROSS_CODES, STEERINGS
from secretariat.change.models import Proposal
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.load import Loading, LoadKind, Prepared, load, preview
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from tests.change.factories import LATER, change_person, converted, london, person

pytestmark = pytest.mark.django_db
TITLE = "Multiple suppliers through one meter"


def told(on: str = "2022-01-01") -> Any:
    return {"by": change_person(), "at": london(on), "recorded": LATER}


def beside(number: str = "P379", title: str = TITLE, proposal: Proposal | None = None, code: str = "BSC") -> CrossCode:
    made = CrossCode(proposal=proposal or converted("2019-07-12", number=46), code=code, number=number, title=title,
                     relation="related", since=date(2020, 2, 3), recorded=LATER)  # fmt: skip
    CROSS_CODES.take("record", made, **told())
    return made


def printed(number: str = "P379", title: str = TITLE, on: str = "2020-03-02", code: str = "BSC") -> CodeListing:
    made = CodeListing(code=code, number=number, title=title, printed_on=date.fromisoformat(on), recorded=LATER)
    journal.enter(made, **told())
    return made


def loading() -> Loading:
    return Loading(change_person(), london("2021-12-31"), LATER)


def file(head: str, *rows: str) -> bytes:
    return "\n".join((head, *rows)).encode()


def test_numbers_and_titles_are_compared_without_regard_to_how_they_are_set() -> None:
    assert number_key("P 379") == number_key("p0379") == "p379"
    assert number_key("P1003") == "p1003"
    assert number_key("CP1003") != number_key("CP103")
    assert title_key("‘Multiple’ Suppliers & one-meter") == title_key("multiple suppliers and one meter")
    assert title_key("One") != title_key("Two")


def test_other_codes_are_data_with_their_names() -> None:
    assert {"BSC", "DCUSA", "REC", "UNC"} <= set(other_codes())
    assert "REC" not in other_codes(date(2018, 1, 1))


def test_a_code_that_is_not_known_is_refused() -> None:
    with pytest.raises(Refused, match="“XYZ” is not a code that we know"):
        beside(code="XYZ")


def test_a_reference_agrees_when_the_other_code_prints_that_number_with_that_title() -> None:
    made = beside("P 379", TITLE.upper())
    assert page.warned(made).startswith("not checked")
    printed()
    assert (made.warning(), page.warned(made)) == ("", "agrees")
    CROSS_CODES.take("agree", made, **told())
    assert made.state == "agreed"


def test_a_difference_is_a_warning_and_is_listed_until_it_is_settled() -> None:
    made = beside(title="Several suppliers")
    printed()
    assert page.warned(made) == f"Warning: On 2020-03-02 the BSC prints “{TITLE}”."
    with pytest.raises(Refused, match="XC-3"):
        CROSS_CODES.take("agree", made, **told())
    found = CrossCode.objects.all().disagreeing().get()
    assert (found, found.printed_title) == (made, TITLE)
    CROSS_CODES.take("settle", made, **told(), reason="They shortened it since.")
    assert not CrossCode.objects.all().disagreeing().exists()


def test_a_number_that_the_other_code_does_not_print_is_listed_once_a_register_of_that_code_is_loaded() -> None:
    made = beside("P380")
    printed(code="DCUSA")
    assert not CrossCode.objects.all().disagreeing().exists()
    printed()
    assert CrossCode.objects.all().disagreeing().get() == made
    assert made.warning() == "The BSC prints no P380 in the registers loaded."


def test_there_is_a_difference_where_one_is_settled() -> None:
    made = beside()
    printed()
    with pytest.raises(Refused, match="Only a difference from what the other code prints is settled"):
        CROSS_CODES.take("settle", made, **told(), reason="None.")
    printed(title="Another title", on="2020-04-06")
    CROSS_CODES.take("settle", made, **told(), reason="They changed it since.")
    assert made.state == "resolved"


def test_the_newest_print_counts() -> None:
    made = beside()
    printed(on="2020-03-02")
    printed(title="Another title", on="2020-04-06")
    printed(title="A third", on="2020-01-06")
    assert "Another title" in made.warning()
    assert CrossCode.objects.all().disagreeing().get().printed_title == "Another title"


def test_a_check_marks_what_agrees_and_opens_again_what_no_longer_does() -> None:
    made = beside()
    printed()
    recheck([made], **told())
    assert made.state == "agreed"
    printed(title="Another title", on="2020-04-06")
    recheck([made], **told())
    assert made.state == "open"
    assert journal.history(made).last().facts["reason"].startswith("On 2020-04-06")  # type: ignore[union-attr]


def test_a_correction_of_the_title_is_compared_anew() -> None:
    made = beside(title="Several suppliers")
    printed()
    journal.amend(made, {"title": TITLE}, **told())
    made.refresh_from_db()
    assert not made.warning()
    assert not CrossCode.objects.all().disagreeing().exists()


def test_one_change_of_another_code_is_recorded_once_for_a_proposal() -> None:
    first = beside()
    with pytest.raises(Refused, match="recorded already"):
        beside("p 379", proposal=first.proposal)


def steering(on: str, **more: Any) -> Steering:
    values = {"lead_code": "REC", "consequential_codes": "SEC, BSC", "recorded": LATER} | more
    made = Steering(proposal=converted("2019-07-12"), decided_on=date.fromisoformat(on), **values)
    STEERINGS.take("record", made, **told())
    return made


def test_the_steering_group_chooses_from_1_september_2021_on() -> None:
    with pytest.raises(Refused, match="from 1 September 2021"):
        steering("2021-08-31")
    assert steering("2021-09-01").consequential == ("SEC", "BSC")


def test_the_lead_code_is_not_consequential_on_itself() -> None:
    with pytest.raises(Refused, match="not consequential on itself"):
        steering("2021-09-01", lead_code="SEC")


def test_the_panel_appeals_a_choice_to_the_authority_which_upholds_or_overturns_it() -> None:
    made = steering("2021-09-06")
    with pytest.raises(Refused, match="after the Cross Code Steering Group has chosen"):
        STEERINGS.take("appeal", made, **told("2021-09-03"), reason="Ours leads.")
    STEERINGS.take("appeal", made, **told("2021-09-10"), reason="Ours leads.")
    assert (made.state, made.appealed_on) == ("appealed", date(2021, 9, 10))
    ofgem = person(Role.AUTHORITY)
    STEERINGS.take("overturn", made, by=ofgem, at=london("2021-10-01"), recorded=LATER)
    assert (made.state, made.appeal_decided_on) == ("overturned", date(2021, 10, 1))


def test_a_forum_issue_names_the_proposals_that_it_touches_and_the_journal_tells_changes() -> None:
    one, two = converted("2019-07-12"), converted("2019-07-12")
    made = ForumIssue(number="CF012", title="Registers differ", raised_on=date(2020, 2, 11))
    tell_issue(made, {}, [one], **told())
    tell_issue(made, {"closed_on": date(2020, 3, 10)}, [one, two], **told())
    assert set(made.proposals.all()) == {one, two}
    names = [event.name for event in journal.history(made)]
    assert names == ["forumissue.enter", "forumissue.touch", "forumissue.amend", "forumissue.touch"]
    tell_issue(made, {}, [two, one], **told())
    assert journal.history(made).count() == 4


def interest(proposal: Proposal, body: str, on: str, until: str = "") -> Interest:
    made = Interest(proposal=proposal, body=body, asked_on=date.fromisoformat(on),
                    until=date.fromisoformat(until) if until else None, recorded=LATER)  # fmt: skip
    journal.enter(made, **told())
    return made


def test_a_sub_committee_is_kept_informed_from_its_asking_to_the_last_day() -> None:
    made = converted("2019-07-12")
    interest(made, "SSC", "2020-01-06", "2020-02-03")
    for day, count in (("2020-01-05", 0), ("2020-01-06", 1), ("2020-02-03", 1), ("2020-02-04", 0)):
        assert informed_on(made, date.fromisoformat(day)).count() == count


def test_a_sub_committee_asks_once_at_a_time() -> None:
    made = converted("2019-07-12")
    interest(made, "SSC", "2020-01-06")
    with pytest.raises(ValidationError, match="kept informed already"):
        interest(made, "SSC", "2020-02-03")
    interest(made, "TAG", "2020-02-03")


def test_what_a_sub_committee_said_is_read_in_its_own_class() -> None:
    made = converted("2019-07-12")
    said = SubCommitteeView(proposal=made, body="SSC", said_on=date(2020, 2, 12), meeting="SSC_94_1202", recorded=LATER,
                            words="Keys are at risk.", classification=Class.AMBER, audience="SSC")  # fmt: skip
    journal.enter(said, **told())
    member = person(Role.COMMITTEE_MEMBER, audience="SSC")

    def titles(reader: Any) -> list[str]:
        return [table.title for table in page.related(made, reader, london("2020-03-05"))]

    assert "What Sub-Committees said" not in titles(None)
    assert "What Sub-Committees said" in titles(member)


LISTING_HEAD = "code,number,title,printed_on"
LISTING = f"BSC,P379,{TITLE},2020-03-02"


def test_a_register_of_another_code_is_loaded_checked_and_repeated_without_doubling() -> None:
    made = beside()
    load(LISTINGS, "bsc.csv", file(LISTING_HEAD, LISTING), loading())
    made.refresh_from_db()
    assert (made.state, CodeListing.objects.count()) == ("agreed", 1)
    again = load(LISTINGS, "bsc.csv", file(LISTING_HEAD, LISTING), loading())
    assert again.sentence == "0 accepted, 1 already there, 0 refused."


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("BSC,P379,Another title,2020-03-02", "already there with other content"),
        ("BSC,P 0379,Another title,2020-03-02", "already there with other content"),
        ("XYZ,P1,Title,2020-03-02", "is not one of"),
        ("BSC,P1,Title,2022-01-01", "still to come"),
        ("BSC,P1,Title,2020-02-30", "no 30 February 2020"),
        (f"BSC,P1,{'x' * 251},2020-03-02", "at most 250"),
    ],
)
def test_a_register_with_a_bad_line_is_refused_whole(row: str, reason: str) -> None:
    load(LISTINGS, "bsc.csv", file(LISTING_HEAD, LISTING), loading())
    with pytest.raises(Refused, match=reason):
        load(LISTINGS, "bsc.csv", file(LISTING_HEAD, "BSC,P380,Good,2020-03-02", row), loading())
    assert CodeListing.objects.count() == 1


def asked(kind: LoadKind, head: str, *rows: str) -> Prepared:
    return preview(kind, "file.csv", file(head, *rows), loading())


IMPACT_HEAD, COST_HEAD = "proposal,kind,subject,level,note", "proposal,borne_by,amount,source,dated_on"


def test_impacts_are_loaded_and_a_label_of_any_age_names_the_proposal() -> None:
    converted("2019-07-12", number=79)
    rows = ("DP079,Party Category,Large Supplier,High,", "MP079,document,section d,,small")
    assert asked(IMPACTS, IMPACT_HEAD, *rows).sentence == "2 accepted, 0 already there, 0 refused."
    assert not Impact.objects.exists()
    load(IMPACTS, "file.csv", file(IMPACT_HEAD, *rows), loading())
    told_ = list(Impact.objects.values_list("kind", "subject", "level", "note"))
    assert told_ == [("category", "large-supplier", "high", ""), ("document", "Section D", "", "small")]
    assert asked(IMPACTS, IMPACT_HEAD, *rows).repeated == [2, 3]
    assert Event.objects.filter(name="impact.load", imported=True).count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("MP080,device,PPMID,,", "no proposal MP080"),
        ("MP079,device,Toaster,,", "is not one of"),
        ("MP079,device,PPMID,huge,", "is not one of"),
        ("MP079,weather,Rain,,", "is not one of"),
        ("MP079,device,IHD,low,", "in row 2 too"),
    ],
)
def test_an_impact_that_may_not_be_is_refused_with_its_row(row: str, reason: str) -> None:
    converted("2019-07-12", number=79)
    refused = asked(IMPACTS, IMPACT_HEAD, "MP079,device,IHD,high,", row).refused
    assert [(one.row, reason in one.reason) for one in refused] == [(3, True)]


def test_costs_are_loaded_with_about_kept_and_repeated_without_doubling() -> None:
    converted("2019-07-12", number=79)
    rows = ('MP079,central,"about £120,000",DCC PA,2020-01-06', "MP079,Small Supplier,£5k to £6k,proposer,2020-01-07")
    load(COSTS, "file.csv", file(COST_HEAD, *rows), loading())
    assert [str(one.amount) for one in Cost.objects.order_by("dated_on")] == ["about £120,000", "£5,000 to £6,000"]
    assert asked(COSTS, COST_HEAD, *rows).repeated == [2, 3]
    other = asked(COSTS, COST_HEAD, "MP079,central,£121000,DCC PA,2020-01-06").refused
    assert "other content" in other[0].reason


@pytest.mark.parametrize("amount", ["£1.50", "-5", "plenty"])
def test_a_cost_that_is_no_whole_amount_is_refused(amount: str) -> None:
    converted("2019-07-12", number=79)
    assert asked(COSTS, COST_HEAD, f"MP079,central,{amount},DCC PA,2020-01-06").refused[0].column == "amount"


def test_loading_asks_the_database_as_often_for_many_lines_as_for_few(django_assert_max_num_queries: Any) -> None:
    converted("2019-07-12", number=79)
    loads = loading()
    rows = [f"MP079,system,System {n},low," for n in range(300)]
    with django_assert_max_num_queries(6):
        assert len(preview(IMPACTS, "f.csv", file(IMPACT_HEAD, *rows), loads).accepted) == 300
