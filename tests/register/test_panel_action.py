"""What the Panel does while a party is in default, what it suspends, and who reads the case file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from secretariat.core.figures import Span, Unknown
from secretariat.core.people import Team
from secretariat.core.procedure import Refused
from secretariat.plain.months import Month
from secretariat.register.models import CaseNote, DefaultCase, PanelAction, Suspension, VotingGroup
from secretariat.register.panel_action.actions import expel_as_resolved, write_note
from secretariat.register.panel_action.figures import defaults_by_limb, panel_actions
from secretariat.register.panel_action.models import Power, Right, suspended_groups, suspended_parties
from secretariat.register.panel_action.procedure import PANEL_ACTIONS, dcc_acts_by
from secretariat.register.procedure import DEFAULTS
from tests.register.factories import case, cure, party, person, refused, told

pytestmark = pytest.mark.django_db


FEBRUARY = Span.of(Month(2020, 2))


@pytest.fixture
def open_case() -> DefaultCase:
    return case(party("Alpha Example Limited", "2019-01-07", "other-sec-party"), "2020-01-06", "2020-01-13")


def resolved(of: DefaultCase, power: str = Power.WATCH, day: str = "2020-01-17", **more: Any) -> PanelAction:
    """An action that the Panel resolved."""
    action = PanelAction(case=of, power=power, meeting="SECP_76_1701", right=more.pop("right", ""))
    PANEL_ACTIONS.take("resolve", action, day=day, **{"due_on": None, **more}, **told())
    return action


def suspended(of: DefaultCase, right: str = Right.VOTE, day: str = "2020-01-20") -> PanelAction:
    """A suspension in force."""
    action = resolved(of, Power.SUSPEND, right=right)
    PANEL_ACTIONS.take("suspend", action, day=day, **told())
    return action


def test_several_actions_are_taken_in_one_case(open_case: DefaultCase) -> None:
    told_authority, plan = (
        resolved(open_case, Power.TELL_AUTHORITY),
        resolved(open_case, Power.PLAN, due_on="2020-02-17"),
    )
    PANEL_ACTIONS.take("carry_out", told_authority, day="2020-01-20", **told())
    assert (told_authority.state, plan.state, plan.due_on) == ("done", "resolved", date(2020, 2, 17))


def test_party_is_in_default(open_case: DefaultCase) -> None:
    cure(open_case, "2020-01-15")
    with refused("only while the default lasts"):
        resolved(open_case)


def test_party_is_not_the_dcc() -> None:
    dcc = party("Smart DCC Limited", "2013-09-23", "dcc", is_dcc=True)
    with refused("no such action against the DCC"):
        resolved(DefaultCase.objects.create(party=dcc, limb="h", state="in default", entered_on=date(2020, 1, 2)))


@pytest.mark.parametrize("day", ["2020-01-10", "2031-01-10"])
def test_resolved_in_the_default(open_case: DefaultCase, day: str) -> None:
    with refused("not before the default began"):
        resolved(open_case, day=day)


def test_a_plan_has_its_day(open_case: DefaultCase) -> None:
    for power, due in ((Power.PLAN, None), (Power.PLAN, "2020-01-17"), (Power.WATCH, "2020-02-17")):
        with refused("remedial plan is due"):
            resolved(open_case, power, due_on=due)


def test_a_suspension_names_what_it_suspends_and_is_given_once_in_a_case(open_case: DefaultCase) -> None:
    with refused("names the right or service"):
        resolved(open_case, Power.SUSPEND)
    with refused("names the right or service"):
        resolved(open_case, Power.WATCH, right=Right.VOTE)
    suspended(open_case)
    with refused("suspended in the case already"):
        resolved(open_case, Power.SUSPEND, right=Right.VOTE)


def test_follows_the_resolution(open_case: DefaultCase) -> None:
    action = resolved(open_case)
    with refused("not before the resolution"):
        PANEL_ACTIONS.take("carry_out", action, day="2020-01-16", **told())


def test_it_suspends_something_and_it_suspends_nothing(open_case: DefaultCase) -> None:
    watch, stop = resolved(open_case), resolved(open_case, Power.SUSPEND, right=Right.RAISE)
    with refused("Only the suspension"):
        PANEL_ACTIONS.take("suspend", watch, day="2020-01-20", **told())
    with refused("not carried out but put into force"):
        PANEL_ACTIONS.take("carry_out", stop, day="2020-01-20", **told())


def test_lifted_after_it_began(open_case: DefaultCase) -> None:
    action = suspended(open_case, day="2020-01-20")
    with refused("after the day on which it began"):
        PANEL_ACTIONS.take("lift", action, day="2020-01-20", **told())
    PANEL_ACTIONS.take("lift", action, day="2020-01-24", **told())
    days = [(date(2020, 1, day), day in (20, 23)) for day in (19, 20, 23, 24)]
    assert [(day, suspended_parties(Right.VOTE, day).exists()) for day, _ in days] == days


def test_the_suspension_of_one_party_bites_its_whole_voting_group() -> None:
    group = VotingGroup.objects.create(key="family", name="Family", category="large-supplier")
    one, other = (party(f"{name} Limited", "2019-01-07", "large-supplier", group) for name in ("North", "South"))
    alone = party("Alone Limited", "2019-01-07", "large-supplier")
    suspended(case(one, "2020-01-06", "2020-01-13"), Right.SEAT)
    day = date(2020, 1, 21)
    assert list(suspended_groups(Right.SEAT, day)) == [group]
    assert other.group_on(day) == group
    assert alone.group_on(day) not in suspended_groups(Right.SEAT, day)
    assert not suspended_groups(Right.VOTE, day).exists()


def test_a_suspension_lasts_no_longer_than_its_default(open_case: DefaultCase) -> None:
    suspended(open_case)
    cure(open_case, "2020-01-27")
    assert suspended_parties(Right.VOTE, date(2020, 1, 26)).exists()
    assert not suspended_parties(Right.VOTE, date(2020, 1, 27)).exists()
    assert Suspension.objects.get().to_day is None


def test_the_authority_has_approved_the_suspension_of_services_of_a_licence() -> None:
    supplier = case(party("Supplier Limited", "2019-01-07", "small-supplier"), "2020-01-06", "2020-01-13")
    action = resolved(supplier, Power.SUSPEND, right=Right.LICENCE_SERVICES)
    with refused("Authority's approval is missing"):
        PANEL_ACTIONS.take("suspend", action, day="2020-01-20", **told())
    PANEL_ACTIONS.take("approve", action, day="2020-01-20", **told())
    PANEL_ACTIONS.take("suspend", action, day="2020-01-21", **told())
    assert dcc_acts_by(action) == date(2020, 1, 21)


def test_the_dcc_acts_within_one_working_day_of_the_panels_word(open_case: DefaultCase) -> None:
    action = resolved(open_case, Power.SUSPEND, right=Right.AGENT_SERVICES)
    assert dcc_acts_by(action) == date(2020, 1, 20)
    assert dcc_acts_by(resolved(open_case, Power.SUSPEND, right=Right.RAISE)) is None


def test_a_licensed_party_is_expelled_only_with_the_authoritys_approval() -> None:
    supplier = party("Supplier Limited", "2019-01-07", "small-supplier")
    action = resolved(case(supplier, "2020-01-06", "2020-01-13"), Power.EXPEL)
    with refused("approval is missing"):
        PANEL_ACTIONS.take("carry_out", action, day="2020-01-20", **told())
    with pytest.raises(Refused, match="record the Authority's approval first"):
        expel_as_resolved(action, day=date(2020, 1, 20), reason="Unpaid Charges", **told())
    supplier.refresh_from_db()
    assert supplier.state == "party"
    PANEL_ACTIONS.take("approve", action, day="2020-01-20", **told())
    expel_as_resolved(action, day=date(2020, 1, 24), reason="Unpaid Charges", **told())
    supplier.refresh_from_db()
    assert (supplier.state, supplier.left_on, action.state) == ("left", date(2020, 1, 24), "done")
    assert DefaultCase.objects.get().state == "expelled"


def test_the_party_was_expelled_before_its_expulsion_counts_as_carried_out(open_case: DefaultCase) -> None:
    action = resolved(open_case, Power.EXPEL)
    with refused("expel the party first"):
        PANEL_ACTIONS.take("carry_out", action, day="2020-01-20", **told())
    expel_as_resolved(action, day=date(2020, 1, 24), reason="Unpaid Charges", **told())
    assert action.state == "done"


def test_a_resolution_can_be_rescinded_with_a_reason(open_case: DefaultCase) -> None:
    action = resolved(open_case)
    with refused("Reason"):
        PANEL_ACTIONS.take("rescind", action, **told())
    PANEL_ACTIONS.take("rescind", action, reason="paid", **told())
    assert action.state == "rescinded"


@pytest.mark.parametrize(("limb", "cites"), [("c", "J2.1"), ("d", "J3.14"), ("e", "M8"), ("g", "M8")])
def test_notice_cites_what_it_must(limb: str, cites: str) -> None:
    late = DefaultCase(party=party(), limb=limb)
    with refused("A notice says under what it is served"):
        DEFAULTS.take("serve", late, day="2020-01-06", cites="your contract", **told())
    DEFAULTS.take("serve", late, day="2020-01-06", cites=f"Section {cites}", **told())
    assert late.cites == f"Section {cites}"


def test_a_case_file_is_red_and_read_by_those_it_names(open_case: DefaultCase) -> None:
    writer, named, other = (person(team=team) for team in (Team.PARTY_SUPPORT, Team.SECURITY, Team.HELPDESK))
    note = CaseNote(case=open_case, title="Call with the finance director", written_on=date(2020, 1, 20))
    write_note(note, [named], **told() | {"by": writer})
    read = {
        person.email: CaseNote.objects.visible_to(person, told()["at"]).exists() for person in (writer, named, other)
    }
    assert list(read.values()) == [True, True, False]


def test_the_panels_actions_are_counted_by_what_they_are(open_case: DefaultCase) -> None:
    resolved(open_case, Power.WATCH, "2020-02-14")
    suspended(open_case)
    grid = panel_actions(FEBRUARY)
    assert grid.cells["watch", "value"].value == grid.cells["total", "value"].value == 1


def test_a_ground_so_rare_that_it_names_somebody_hides_the_breakdown_but_not_the_total() -> None:
    for number in range(3):
        case(party(f"Payer {number} Limited", "2019-01-07"), "2020-01-30", "2020-02-06")
    grid = defaults_by_limb(FEBRUARY)
    assert (grid.cells["c", "value"].value, grid.cells["h", "value"].value) == (3, 0)
    case(party("Gone Limited", "2019-01-07"), entered="2020-02-07", limb="h")
    guarded = defaults_by_limb(FEBRUARY)
    assert isinstance(guarded.cells["c", "value"].counted, Unknown)
    assert guarded.cells["total", "value"].value == 4


def test_pages_of_the_panels_actions(client: Any, open_case: DefaultCase) -> None:
    action = resolved(open_case, Power.SUSPEND, right=Right.HUBS)
    assert client.get(action.get_absolute_url()).status_code == 404
    client.force_login(person())
    assert "ordering communications hubs" in client.get(action.get_absolute_url()).content.decode()
    assert action.get_absolute_url() in client.get(open_case.get_absolute_url()).content.decode()
    form = {"case": open_case.pk, "power": "watch", "right": "", "meeting": "SECP_76_1701", "day": "2020-01-17"}
    assert client.post(reverse("panel action-new"), form | {"day": "2019-01-17"}).status_code == 422
    assert client.post(reverse("panel action-new"), form).status_code == 302
    note = {"case": open_case.pk, "title": "Call", "text": "", "written_on": "2020-01-20"}
    assert client.post(reverse("case note-new"), note).status_code == 302
    assert client.get(CaseNote.objects.get().get_absolute_url()).status_code == 200
