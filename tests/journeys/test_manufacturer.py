"""A manufacturer: sends in a file of device models, puts one row right, answers a question, and sees one accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, sign_in, step

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
HEADS = (
    "Device type,Technical specification,GBCS version,Manufacturer,Manufacturer identifier,Model,Model identifier,"
    "Hardware version,Firmware version,Manufacturer image hash,CPA certificate,ZigBee certificate,DLMS certificate"
)
RIGHT = f"ESME,SMETS2 v4.2,GBCS v3.2,Sample Meters Limited,10A1,Journey 1,4001,01,01000001,{'AB' * 32}"
WRONG = f"ESME,SMETS2 v4.2,GBCS v3.2,Sample Meters Limited,10A1,Journey 2,4OO2,01,01000002,{'CD' * 32}"
CERTIFICATES = "CPA-S-103,ZB-S-201,DL-S-301"


def test_a_manufacturer_has_its_models_listed(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe, tmp_path: Path
) -> None:
    form = tmp_path / "models.csv"
    form.write_text("\n".join((HEADS, f"{RIGHT},{CERTIFICATES}", f"{WRONG},{CERTIFICATES}")), encoding="utf-8")
    maker = new_page()
    sign_in(maker, "device.maker")
    maker.goto("/product-submissions/upload/")
    axe(maker)
    maker.get_by_label("On behalf of").fill("Sample Meters Limited")
    maker.get_by_label("The filled-in form").set_input_files(form)
    maker.get_by_role("button", name="Send it in").click()
    main = maker.get_by_role("main")
    expect(main).to_contain_text("1 of 2")
    expect(main).to_contain_text("Write a nought for the letter O")
    axe(maker)
    maker.get_by_role("link", name="Row 3").first.click()
    maker.get_by_label("Model identifier").fill("4002")
    axe(maker)
    maker.get_by_role("button", name="Check it only").click()
    expect(maker.get_by_role("status")).to_contain_text("Nothing stops it")
    maker.get_by_role("button", name="Send it in").click()
    expect(main).to_contain_text("2 of 2")
    entry = str(main.get_by_role("row", name="Journey 1").get_by_role("link").get_attribute("href"))

    staff = new_page()
    sign_in(staff, "technical.analyst")
    staff.goto(entry)
    step(staff, "Begin the checks")
    step(staff, "Ask the submitter", question="Is the hardware version right?")

    maker.goto(entry)
    maker.get_by_role("link", name="Answer the question").click()
    maker.get_by_label("Your answer").fill("It is 02.")
    maker.get_by_label("Hardware version").fill("02")
    maker.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Checking")

    staff.goto(entry)
    axe(staff)
    step(staff, "Accept")
    public = new_page()
    public.goto(entry)
    expect(public.get_by_role("main")).to_contain_text("Journey 1")
    expect(public.get_by_role("main")).to_contain_text("02")
    axe(public)
