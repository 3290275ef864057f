"""Licences, premises supplied, and what a change of category moves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from secretariat.core.load import LOADS, Loading, load, preview
from secretariat.core.people import Capacity, Person, Role
from secretariat.register.contacts.effects import Effect, effects
from secretariat.register.contacts.licences import category_by_licence, category_remark
from secretariat.register.contacts.procedure import SUPPLY
from secretariat.register.contacts.supply import affiliates, by_premises, proposed_category, supplied
from secretariat.register.models import Category, Licence, PanelAction, Party, SupplyMeasure, Suspension
from secretariat.register.procedure import PARTIES
from tests.register.factories import NOON, case, dcc, group, party, person, refused, told, user_entry

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 5)
SUPPLY_LICENCE, DISTRIBUTION, TRANSPORTER = "electricity supply", "electricity distribution", "gas transporter"


def licence(of: Party, kind: str = SUPPLY_LICENCE, since: str = "2018-01-10", until: str = "") -> Licence:
    """A licence of a party."""
    last = date.fromisoformat(until) if until else None
    row = Licence(party=of, kind=kind, number=f"{of.pk}-{kind}-{since}", from_day=date.fromisoformat(since))
    row.to_day, row.recorded = last, NOON
    row.full_clean()
    row.save()
    return row


def measure(of: Party, premises: int, day: str = "2020-01-31", **more: Any) -> SupplyMeasure:
    """A number of premises that was told and confirmed."""
    row = SupplyMeasure(party=of, premises=premises, measured_on=date.fromisoformat(day))
    SUPPLY.take("tell", row, **told(**more))
    SUPPLY.take("confirm", row, **told())
    return row


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], {Category.OTHER}),
        ([SUPPLY_LICENCE], {Category.LARGE_SUPPLIER, Category.SMALL_SUPPLIER}),
        (["gas supply"], {Category.LARGE_SUPPLIER, Category.SMALL_SUPPLIER}),
        ([DISTRIBUTION], {Category.ELECTRICITY_NETWORK}),
        ([TRANSPORTER], {Category.GAS_NETWORK}),
        ([DISTRIBUTION, TRANSPORTER], {Category.ELECTRICITY_NETWORK, Category.GAS_NETWORK}),
    ],
)
def test_the_licence_decides_the_category(kinds: list[str], expected: set[Category]) -> None:
    holder = party()
    for kind in kinds:
        licence(holder, kind)
    assert category_by_licence(holder, DAY) == expected


def test_a_licence_counts_on_its_last_day_and_not_after() -> None:
    holder = party()
    licence(holder, DISTRIBUTION, "2019-01-01", "2020-03-05")
    assert category_by_licence(holder, DAY) == {Category.ELECTRICITY_NETWORK}
    assert category_by_licence(holder, date(2020, 3, 6)) == {Category.OTHER}
    assert category_by_licence(dcc(), DAY) == {Category.DCC}


def test_a_category_that_does_not_follow_from_the_licences_is_remarked(client: Any) -> None:
    holder = party()
    assert "cannot be checked" in category_remark(holder, DAY)
    licence(holder, DISTRIBUTION)
    assert "belongs to the Electricity Networks" in category_remark(holder, DAY)
    assert "belongs to the Electricity Networks" in client.get(holder.get_absolute_url()).content.decode()
    licence(holder)
    assert category_remark(holder, DAY) == ""
    assert category_remark(party("Agent Limited", category="other-sec-party"), DAY) == ""


HEAD = "party,kind,number,from,until,invented\n"


def loaded(rows: str) -> Any:
    """What a file of licences would do."""
    return preview(LOADS["licences"], "l.csv", (HEAD + rows).encode(), Loading(person(), NOON, NOON))


def test_licences_are_loaded_and_again_without_doubling() -> None:
    party()
    rows = (
        f"Amber Energy Limited,gas supply,G-1,2018-01-10,,yes\namber-energy-limited,{SUPPLY_LICENCE},E-1,2018-01-10,,\n"
    )
    for accepted, repeated in ((2, 0), (0, 2)):
        done = load(LOADS["licences"], "l.csv", (HEAD + rows).encode(), Loading(person(), NOON, NOON))
        assert (len(done.accepted), len(done.repeated)) == (accepted, repeated)
    assert Licence.objects.filter(invented=True).count() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Nobody,gas supply,G-2,2018-01-10,,", "no party has the key"),
        ("Amber Energy Limited,coal,G-2,2018-01-10,,", "is not one of"),
        ("Amber Energy Limited,gas supply,,2018-01-10,,", "is empty"),
        ("Amber Energy Limited,gas supply,G-2,2031-01-10,,", "is still to come"),
        ("Amber Energy Limited,gas supply,G-2,2018-01-10,2018-01-09,", "before the licence begins"),
        ("Amber Energy Limited,gas supply,G-1,2018-01-10,2019-01-10,", "already with other content"),
        ("Amber Energy Limited,gas supply,G-1,2019-01-10,,", "overlaps"),
        ("Amber Energy Limited,gas supply,G-2,2018-13-10,,", "no month 13"),
        (f"Amber Energy Limited,gas supply,{'9' * 41},2018-01-10,,", "longer than 40"),
    ],
)
def test_a_licence_that_may_not_be_is_refused_with_its_row(row: str, reason: str) -> None:
    row_ = Licence(party=party(), kind="gas supply", number="G-1", from_day=date(2018, 1, 10), recorded=NOON)
    row_.save()
    prepared = loaded(row + "\n")
    assert [(found.row, reason in found.reason) for found in prepared.refused] == [(2, True)]
    with refused(reason):
        load(LOADS["licences"], "l.csv", (HEAD + row + "\n").encode(), Loading(person(), NOON, NOON))
    assert Licence.objects.count() == 1


def test_a_licence_twice_in_a_file_is_refused() -> None:
    party()
    row = "Amber Energy Limited,gas supply,G-1,2018-01-10,,\n"
    assert [found.reason for found in loaded(row + row).refused] == ["stands in row 2 already."]


@pytest.mark.parametrize(
    ("premises", "category"),
    [(249_999, Category.SMALL_SUPPLIER), (250_000, Category.LARGE_SUPPLIER), (0, Category.SMALL_SUPPLIER)],
)
def test_a_supplier_is_large_from_the_threshold_on(premises: int, category: Category) -> None:
    assert by_premises(premises, DAY) == category


def test_premises_are_told_by_the_party_and_confirmed_by_the_secretariat() -> None:
    supplier = party()
    own = person(Role.PARTY_CONTACT, "own", organisation_id=supplier.pk)
    row = SupplyMeasure(party=supplier, premises=300_000, measured_on=date(2020, 1, 31))
    with refused("is for others"):
        SUPPLY.take("tell", SupplyMeasure(party=party("Other Limited"), premises=1, measured_on=DAY), **told(by=own))
    SUPPLY.take("tell", row, **told(by=own))
    assert (row.state, row.proposes) == ("told", "")
    with refused("is for others"):
        SUPPLY.take("confirm", row, **told(by=own))
    SUPPLY.take("confirm", row, **told())
    assert (row.state, row.confirmed_on, row.proposes) == ("confirmed", DAY, "large-supplier")


def test_a_measure_that_does_not_cross_the_threshold_proposes_nothing() -> None:
    assert measure(party(), 249_999).proposes == ""


def test_it_supplies() -> None:
    with refused("Premises are counted of a party that is a supplier"):
        measure(party(category="gas-network"), 1)


def test_measured_by_now() -> None:
    with refused("cannot be one on which premises were measured"):
        measure(party(), 1, "2020-03-06")
    assert measure(party("Other Limited"), 1, "2020-03-05").state == "confirmed"


def test_nothing_newer_is_confirmed() -> None:
    supplier = party()
    late = SupplyMeasure(party=supplier, premises=1, measured_on=date(2020, 1, 1))
    SUPPLY.take("tell", late, **told())
    measure(supplier, 2, "2020-01-31")
    with refused("before a newer one"):
        SUPPLY.take("confirm", late, **told())


def test_a_refused_measure_leaves_its_day_free_and_its_reason_out_of_the_journal() -> None:
    row = SupplyMeasure(party=party(), premises=5, measured_on=date(2020, 1, 31))
    SUPPLY.take("tell", row, **told())
    event = SUPPLY.take("refuse", row, reason="Ann says it is wrong", **told())
    assert (row.refusal, "reason" in event.facts) == ("Ann says it is wrong", False)
    assert measure(row.party, 6).state == "confirmed"


def test_affiliates_are_counted_together_and_one_not_known_makes_nobody_small() -> None:
    family, alike = group("Family"), group("Family", "large-supplier")
    north, south = (party(f"{name} Limited", group=family) for name in ("North", "South"))
    big = party("Big Limited", category="large-supplier", group=alike)
    assert [one.name for one in affiliates(north, DAY)] == ["Big Limited", "North Limited", "South Limited"]
    measure(north, 150_000)
    assert proposed_category(big, DAY) is None
    assert measure(south, 100_000).proposes == "large-supplier"
    known = supplied(north, DAY)
    assert (known.total, [one.name for one in known.missing]) == (250_000, ["Big Limited"])
    measure(south, 20_000, "2020-02-28")
    assert measure(big, 60_000).proposes == "small-supplier"


def moved(of: list[Effect]) -> dict[str, tuple[str, str]]:
    return {one.what: (one.before, one.after) for one in of}


def test_a_change_of_category_tells_what_it_moves_before_it_is_made() -> None:
    family = group("Family")
    north, south = (party(f"{name} Limited", group=family) for name in ("North", "South"))
    licence(north, "gas supply")
    user_entry(north, "2020-01-15", "Gas Supplier", "Import Supplier", "Other User")
    found = moved(effects(north, "large-supplier", DAY))
    assert found["Party Category"] == (
        "Small Supplier, until Wed 4 Mar 2020", "Large Supplier, from Thu 5 Mar 2020",
    )  # fmt: skip
    assert found["Voting Group left: Family"][1] == "South Limited stays in it"
    assert found["Voting Group joined: North Limited"][0] == "None of this name: it is made"
    assert found["Change Board"] == ("No seat of its own", "North Limited appoints to a seat of its own")
    assert found["Elections"] == ("Votes among Small Suppliers", "Votes among Large Suppliers")
    assert found["Yearly security assessments"] == ("FUSA, VUSA, SSA", "FUSA, VUSA, VUSA")
    assert found["User Role: Gas Supplier"][1] == "Stays"
    assert found["User Role: Import Supplier"][1] == "To be looked at"
    assert found["User Role: Other User"][1] == "Stays"
    assert "Licences" not in found
    assert north.category_on(DAY) == "small-supplier"
    assert south.group_on(DAY) == family


def test_a_group_that_becomes_empty_loses_its_voice_and_its_seat() -> None:
    alone = party("Alone Limited", category="large-supplier")
    found = moved(effects(alone, "small-supplier", DAY))
    assert found["Voting Group left: Alone Limited"][1] == "Nobody is left in it: it no longer votes or counts"
    assert found["Change Board"] == ("A seat of Alone Limited", "The seat ends with the group")


def test_a_group_with_others_keeps_its_seat_and_one_that_has_a_seat_gets_no_second() -> None:
    family, other = group("Family", "large-supplier"), group("Other", "large-supplier")
    north, _south = (party(f"{name} Limited", category="large-supplier", group=family) for name in ("North", "South"))
    party("There Limited", category="large-supplier", group=other)
    found = moved(effects(north, "large-supplier", DAY, other))
    assert "Change Board" not in found
    assert "Party Category" not in found
    assert found["Voting Group joined: Other"] == ("There Limited in it", "2 in it, North Limited among them")


def test_nothing_moves_where_category_and_group_stay() -> None:
    supplier = party()
    assert effects(supplier, "small-supplier", DAY) == []
    assert effects(supplier, "small-supplier", DAY, supplier.group_on(DAY)) == []


def test_the_capacities_of_the_partys_people_are_told() -> None:
    supplier = party()
    own = person(Role.PARTY_CONTACT, "own", organisation_id=supplier.pk)
    Capacity.objects.create(person=own, role=Role.COMMITTEE_MEMBER, audience="CB", from_day=DAY, recorded=NOON)
    stranger = Person.objects.create_user("stranger@example.test", "Stranger")
    Capacity.objects.create(person=stranger, role=Role.COMMITTEE_MEMBER, audience="CB", from_day=DAY, recorded=NOON)
    found = moved(effects(supplier, "large-supplier", DAY))
    assert found["Party contact, Committee member (CB)"][1].startswith("Sits on until the body says")
    assert found["Party contact, Party contact"][1] == "Still speaks for it"
    assert not [what for what in found if what.startswith("Stranger")]


def test_a_suspension_goes_with_its_party_and_licences_that_disagree_are_told() -> None:
    supplier = party()
    licence(supplier)
    action = PanelAction.objects.create(
        case=case(supplier, "2020-01-06", "2020-01-13"), power="suspend", right="vote", meeting="SECP_76_1701"
    )
    Suspension.objects.create(action=action, party=supplier, from_day=date(2020, 1, 20), recorded=NOON)
    found = moved(effects(supplier, "gas-network", DAY))
    assert found["Suspended: the right to vote in elections to the Panel"][1] == "Bites the group that it joins"
    assert found["Licences"][1] == "They do not agree with the new category"


def test_the_preview_page_shows_what_moves_and_then_makes_it(client: Any) -> None:
    supplier = party()
    row = measure(supplier, 300_000)
    address = reverse("change-category", args=[supplier.key])
    own = person(Role.PARTY_CONTACT, "own", organisation_id=supplier.pk)
    client.force_login(own)
    assert client.get(address).status_code == 403
    client.force_login(person())
    page = client.get(address).content.decode()
    assert "Large Supplier, from" in page
    assert supplier.category_on(DAY) == "small-supplier"
    assert "see what it would move" in client.get(row.get_absolute_url()).content.decode()
    form = {"category": "large-supplier", "day": "2031-01-01", "voting_group": ""}
    assert client.post(address, form).status_code == 422
    assert client.post(address, form | {"day": "2020-03-04"}).status_code == 302
    assert supplier.category_on(DAY) == "large-supplier"
    assert "Nothing would move" in client.get(address).content.decode()
    assert "done" in client.get(row.get_absolute_url()).content.decode()


def test_the_preview_is_what_the_step_then_does() -> None:
    family = group("Family")
    north, _south = (party(f"{name} Limited", group=family) for name in ("North", "South"))
    found = moved(effects(north, "large-supplier", date(2020, 3, 4)))
    PARTIES.take("recategorise", north, day="2020-03-04", category="large-supplier", voting_group=None, **told())
    joined = north.group_on(DAY)
    assert joined is not None
    assert f"Voting Group joined: {joined.name}" in found
    assert [one.name for one in Party.objects.filter(groups__group=family, groups__to_day=None)] == ["South Limited"]


def test_who_reads_premises_and_licences(client: Any) -> None:
    supplier = party()
    row, held = measure(supplier, 5), licence(supplier)
    own, other = (
        person(Role.PARTY_CONTACT, name, organisation_id=of)
        for name, of in (("own", supplier.pk), ("other", supplier.pk + 1))
    )
    assert client.get(held.get_absolute_url()).status_code == 200
    assert client.get("/licences/?kind=gas supply").status_code == 200
    assert client.get("/licences.csv").content.decode().count("Amber") == 1
    assert client.get(row.get_absolute_url()).status_code == 302
    for who, status in ((own, 200), (other, 404), (person(), 200)):
        client.force_login(who)
        assert client.get(row.get_absolute_url()).status_code == status
    page = client.get(row.get_absolute_url()).content.decode()
    assert "250,000" in page
    assert "Stated on a published page" in page
    assert "medium confidence" in page


def test_a_party_tells_its_own_premises_on_a_form(client: Any) -> None:
    supplier, other = party(), party("Other Limited")
    client.force_login(person(Role.PARTY_CONTACT, "own", organisation_id=supplier.pk))
    form = {"party": supplier.pk, "premises": 7, "measured_on": "2020-01-31", "told_by": "party"}
    page = client.get(reverse("supply measure-new")).content.decode()
    assert "Amber Energy Limited" in page
    assert "Other Limited" not in page
    assert client.post(reverse("supply measure-new"), form | {"party": other.pk}).status_code == 422
    assert client.post(reverse("supply measure-new"), form | {"premises": -1}).status_code == 422
    assert client.post(reverse("supply measure-new"), form).status_code == 302
    assert client.get("/supply-measures/?state=told").status_code == 200


def test_licences_are_entered_and_amended(client: Any) -> None:
    supplier = party()
    form = {"party": supplier.pk, "kind": "gas supply", "number": "G-9", "from_day": "2019-01-01", "to_day": ""}
    assert client.get(reverse("licence-new")).status_code == 302
    client.force_login(person())
    assert client.post(reverse("licence-new"), form).status_code == 302
    assert client.post(reverse("licence-new"), form | {"from_day": "2019-02-01"}).status_code == 422
    address = reverse("licence-edit", args=[Licence.objects.get().pk])
    assert client.post(address, form | {"to_day": "2018-01-01"}).status_code == 422
    assert client.post(address, form | {"to_day": "2020-01-01"}).status_code == 302
    assert Licence.objects.get().to_day == date(2020, 1, 1)
