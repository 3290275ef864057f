"""Each rule of accession, leaving and default; each test bears the rule's name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from secretariat.core.journal import Event
from secretariat.core.people import Role, Team
from secretariat.register.models import DefaultCase, Departure, Party, VotingGroup
from secretariat.register.procedure import DEFAULTS, PARTIES, cure_due, months_after
from tests.register.factories import (
    NOON,
    case,
    cure,
    dcc,
    expel,
    group,
    party,
    person,
    refused,
    told,
    unborn,
    withdraw,
)

pytestmark = pytest.mark.django_db


def test_an_accession_sets_the_day_the_category_and_a_group_of_one() -> None:
    one = party("Amber Energy Limited", "2020-02-03")
    assert (one.state, one.acceded_on, one.left_on) == ("party", date(2020, 2, 3), None)
    assert one.category_on(date(2020, 2, 2)) is None
    assert one.category_on(date(2020, 2, 3)) == "small-supplier"
    assert str(one.group_on(date(2020, 2, 3))) == "Amber Energy Limited"
    assert list(Event.objects.values_list("name", flat=True)) == ["votinggroup.enter", "party.accede"]


def test_affiliates_of_one_category_share_a_group() -> None:
    family = group("Amber Family")
    for name in ("Amber Gas Limited", "Amber Power Limited"):
        assert party(name, group=family).group_on(date(2020, 1, 1)) == family
    assert VotingGroup.objects.count() == 1


@pytest.mark.parametrize(
    "same", [{"name": "AMBER energy limited"}, {"name": "Renamed Limited", "company_number": "01234567"}]
)
def test_not_a_party_already(same: dict[str, str]) -> None:
    party("Amber Energy Limited", company_number="01234567")
    with refused(r"does not accede again.*\(PTY-20, Section B1\)"):
        party(**same, key="again")
    assert Party.objects.count() == 1


def test_an_organisation_that_left_accedes_again_as_a_new_row() -> None:
    withdraw(party("Amber Energy Limited", "2018-01-10"), "2018-06-01")
    party("Amber Energy Limited", "2020-01-10", key="amber-energy-limited-2")
    assert Party.objects.count() == 2
    assert VotingGroup.objects.count() == 1


def test_not_expelled_lately() -> None:
    expel(party("Amber Energy Limited", "2018-01-10"), "2019-02-28")
    with refused(r"within the 12 months after it was expelled"):
        party("Amber Energy Limited", "2020-02-27", key="too-early")
    assert party("Amber Energy Limited", "2020-02-28", key="just-right").state == "party"


def test_twelve_months_after_a_leap_day_are_at_the_end_of_february() -> None:
    assert months_after(date(2020, 2, 29), 12) == date(2021, 2, 28)
    assert months_after(date(2019, 2, 28), 12) == date(2020, 2, 28)


def test_day_has_come() -> None:
    with refused(r"has not come yet.*\(PTY-24\)"):
        party(day="2020-03-06")
    assert party(day="2020-03-05").acceded_on == date(2020, 3, 5)


def test_the_day_that_has_come_is_that_of_london() -> None:
    made = unborn("Late Limited")
    at = datetime(2019, 7, 31, 23, 30, tzinfo=UTC)
    PARTIES.take("accede", made, by=person(), at=at, recorded=at, day="2019-08-01", category="gas-network")
    assert made.acceded_on == date(2019, 8, 1)


def test_dcc_is_of_its_own_class() -> None:
    with refused(r"The class DCC is the DCC's alone"):
        party(category="dcc")
    with refused(r"The class DCC is the DCC's alone"):
        party("Smart DCC Limited", category="gas-network", is_dcc=True)
    assert dcc().category_on(date(2020, 1, 1)) == "dcc"


def test_group_is_of_the_category() -> None:
    with refused(r"joins parties of one Party Category"):
        party(category="gas-network", group=group("Amber Family", "small-supplier"))
    assert not Party.objects.exists()


def test_only_party_support_takes_the_steps() -> None:
    for who in (None, person(Role.PARTY_CONTACT), person(team=Team.HELPDESK)):
        with refused("is for others"):
            PARTIES.take("accede", unborn("A"), by=who, at=NOON, recorded=NOON, day="2020-01-01", category="dcc")


def test_a_change_of_category_keeps_what_was() -> None:
    one = party(day="2018-01-10")
    PARTIES.take("recategorise", one, day="2019-05-01", category="large-supplier", **told())
    assert one.category_on(date(2019, 4, 30)) == "small-supplier"
    assert one.category_on(date(2019, 5, 1)) == "large-supplier"
    found = one.group_on(date(2019, 5, 1))
    assert found is not None
    assert (found.category, found.key) == ("large-supplier", "amber-energy-limited-large-supplier")


@pytest.mark.parametrize("change", [("2018-01-10", "large-supplier"), ("2019-01-01", "small-supplier")])
def test_something_changes_after_what_is_recorded(change: tuple[str, str]) -> None:
    one = party(day="2018-01-10")
    with refused(r"after the last recorded change, and to another one"):
        PARTIES.take("recategorise", one, day=change[0], category=change[1], **told())


def test_leaving_ends_what_is_in_force_from_the_day_on() -> None:
    one = party(day="2018-01-10")
    withdraw(one, "2019-03-01")
    assert (one.state, one.left_on) == ("left", date(2019, 3, 1))
    assert (one.departure.how, one.departure.reason) == ("withdrawn", "at its own request")
    assert one.category_on(date(2019, 2, 28)) == "small-supplier"
    assert one.category_on(date(2019, 3, 1)) is None
    assert one.group_on(date(2019, 3, 1)) is None
    with refused("the state is 'left'"):
        withdraw(one, "2019-04-01")


@pytest.mark.parametrize("day", ["2018-01-09", "2018-01-10"])
def test_leaves_after_all_that_is_recorded(day: str) -> None:
    with refused(r"leaves after the day on which it acceded"):
        withdraw(party(day="2018-01-10"), day)


def test_nothing_is_outstanding() -> None:
    one = party()
    open_case = case(one, "2020-01-06")
    with refused(r"does not withdraw while a notice of default or a default of its runs.*EXIT-1"):
        withdraw(one, "2020-02-01")
    cure(open_case, "2020-01-07")
    withdraw(one, "2020-02-01")


def test_is_not_the_dcc() -> None:
    central = dcc()
    for take in (lambda: withdraw(central, "2020-01-01"), lambda: expel(central, "2020-01-01"), lambda: case(central)):
        with refused(r"The DCC is never in default"):
            take()


def test_expulsion_ends_the_open_cases_in_the_same_breath() -> None:
    one = party()
    running = case(one, "2020-01-06", "2020-01-10")
    waiting = case(one, "2020-02-03", limb="d")
    expel(one, "2020-02-12", "ceased trading")
    assert str(one.departure) == "Amber Energy Limited: ceased trading"
    for found in DefaultCase.objects.filter(pk__in=[running.pk, waiting.pk]):
        assert (found.state, found.outcome, found.ended_on) == ("expelled", "expelled", date(2020, 2, 12))


def test_a_refused_expulsion_leaves_everything_as_it_was() -> None:
    one = party(day="2018-01-10")
    case(one, "2020-01-06", "2020-01-10")
    before = Event.objects.count()
    with refused("A default does not end before it began"):
        expel(one, "2020-01-09")
    assert Event.objects.count() == before
    assert Party.objects.get().state == "party"
    assert DefaultCase.objects.get().state == "in default"
    assert not Departure.objects.exists()


def test_party_was_expelled() -> None:
    running = case(party(), "2020-01-06", "2020-01-10")
    with refused(r"only when the party has been expelled.*DEF-6"):
        DEFAULTS.take("expel", running, **told())


def test_is_a_party_on_the_day() -> None:
    one = party(day="2019-01-10")
    with refused(r"Only a party can be in default, and only while it is one"):
        case(one, "2019-01-09")
    withdraw(one, "2019-06-03")
    with refused(r"Only a party can be in default"):
        case(one, "2019-06-03")


def test_limb_takes_a_notice() -> None:
    bankrupt = DefaultCase(party=party(), limb="h")
    with refused(r"begins without a notice: enter it directly"):
        DEFAULTS.take("serve", bankrupt, day="2020-01-06", cites="M8", **told())
    DEFAULTS.take("enter", bankrupt, day="2020-01-06", **told())
    assert bankrupt.state == "in default"


@pytest.mark.parametrize(
    ("limb", "due"), [("c", "2020-01-09"), ("d", "2020-01-09"), ("e", "2020-01-13"), ("g", "2020-02-03")]
)
def test_the_last_day_to_cure_is_counted_in_working_days(limb: str, due: str) -> None:
    assert cure_due(case(party(), "2020-01-06", limb=limb)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("served", "due"),
    [("2020-01-03", "2020-01-08"), ("2020-01-04", "2020-01-09"), ("2020-04-09", "2020-04-16"),
     ("2020-04-10", "2020-04-17")],
)  # fmt: skip
def test_a_notice_served_on_no_working_day_counts_as_served_on_the_next_one(served: str, due: str) -> None:
    late = DefaultCase(party=party(), limb="c", notice_on=date.fromisoformat(served))
    assert cure_due(late) == date.fromisoformat(due)


def test_time_to_cure_has_run() -> None:
    served = case(party(), "2020-01-06")
    with refused(r"17:00 on the last.*\(DEF-1, DEF-2, Section M8.1\)"):
        DEFAULTS.take("enter", served, day="2020-01-08", **told())
    on_the_hour = datetime(2020, 1, 9, 17, tzinfo=UTC)
    with refused(r"17:00 on the last"):
        DEFAULTS.take("enter", served, day="2020-01-09", **told(at=on_the_hour))
    DEFAULTS.take("enter", served, day="2020-01-09", **told(at=on_the_hour.replace(second=1)))
    assert served.entered_on == date(2020, 1, 9)


def test_a_default_under_a_limb_with_notice_needs_one() -> None:
    with refused(r"have run from a notice"):
        DEFAULTS.take("enter", DefaultCase(party=party(), limb="c"), day="2020-01-09", **told())


def test_not_in_default_already() -> None:
    one = party()
    case(one, "2020-01-06", "2020-01-10")
    with refused(r"counted in default once at a time.*EXIT-3"):
        case(one, "2020-01-06", "2020-02-10", limb="d")


def test_cured_after_it_began() -> None:
    running = case(party(), "2020-01-06", "2020-01-10")
    with refused(r"not cured before it began"):
        cure(running, "2020-01-09")
    cure(running, "2020-01-10")
    assert (running.state, running.outcome) == ("cured", "cured")


def test_what_is_cured_within_the_notice_was_never_a_default() -> None:
    served = case(party(), "2020-01-06")
    cure(served, "2020-01-07")
    assert (served.state, served.outcome, served.entered_on) == ("cured", "cured in time", None)


def test_a_record_that_was_refused_at_its_birth_can_be_tried_again() -> None:
    party("Amber Energy Limited")
    second = unborn("Another Limited", key="amber-energy-limited")
    with refused("Key already exists"):
        PARTIES.take("accede", second, day="2020-01-01", category="gas-network", **told())
    second.key = "another"
    PARTIES.take("accede", second, day="2020-01-01", category="gas-network", **told())
    assert Party.objects.count() == 2
