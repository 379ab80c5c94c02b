"""The pages of memory over time as somebody uses them: other cells, long input, gradient, units, bands."""

import re

import numpy as np
from playwright.sync_api import expect

from lstm_core import cell_jacobian, direct_path
from lstm_core.memory import half_life_of_bias, life_of_part
from lstm_core.rounding import text
from lstm_core.workbench.presets import preset
from tests.browser.walking import diagram, open_walk, says


def part(reader, name: str):
    return diagram(reader).locator(f'[data-part="{name}"]')


def choose_cell(reader, name: str, value: str) -> None:
    """In the box beside the heading, and wait for the link."""
    reader.page.locator(".st-key-variant-overview").locator('[role="combobox"], input').first.click()
    reader.page.get_by_role("option", name=re.compile(name)).click()
    reader.wait_for_link(lambda link: link.get("cell") == value)


def test_another_cell_is_chosen_beside_the_heading_and_drawn_as_it_is(reader):
    open_walk(reader, "/overview?lang=en&preset=random&t=5")
    box = reader.page.locator(".st-key-variant-overview").bounding_box()
    assert box["y"] + box["height"] < 300
    expect(part(reader, "i-from-f")).to_have_count(0)
    choose_cell(reader, "Coupled", "coupled")
    expect(part(reader, "i-from-f")).to_be_visible()
    says(reader, preset("random").with_variant("coupled").trace(), 5)
    choose_cell(reader, "peepholes", "peephole")
    expect(part(reader, "i-from-f")).to_have_count(0)
    for gate in "fio":
        expect(part(reader, f"{gate}-sees")).to_be_visible()
    part(reader, "o-sees").get_by_role("button").click()
    reader.page.locator('.panel [data-address="p_o.1"]').wait_for()
    reader.nudge("p_o.1", "ArrowRight", times=3)
    weight = reader.value("p_o.1")
    assert weight > 0
    expect(part(reader, "o-sees").get_by_role("button")).to_contain_text(text(weight))
    says(reader, preset("random").with_variant("peephole").edited("p_o.1", weight).trace(), 5)
    reader.reload()
    expect(part(reader, "o-sees").get_by_role("button")).to_contain_text(text(weight))


def test_a_longer_input_and_another_bias_are_told_in_numbers(reader):
    reader.open("/why_forget?lang=en&preset=runaway&t=3")
    slider = reader.page.locator(".row[data-address=length] input[type=range]")
    slider.focus()
    for _ in range(10):
        slider.press("ArrowRight")
    reader.wait_for_link(lambda link: link.get("length") == "200")
    main = reader.page.get_by_test_id("stMain")
    long = preset("runaway").tiled(200)
    for cell in ("1997", "lstm"):
        run = long.with_variant(cell).trace()
        expect(main).to_contain_text(f"C is {text(run.C[-1, 0])}")
    reader.nudge("b_f.1", "ArrowRight", times=2)
    steps = half_life_of_bias(reader.value("b_f.1"))
    expect(main).to_contain_text(f"the memory halves every {text(steps, decimals=1)} steps")
    gated = reader.experiment().tiled(200).with_variant("lstm").trace()
    expect(main).to_contain_text(f"With it, C is {text(gated.C[-1, 0])}")


def test_a_click_in_the_gradient_tells_of_its_step(reader):
    reader.open("/gradient?lang=en&preset=random&seed=2&t=9")
    trace = preset("random", 2).trace()
    direct, full = direct_path(trace, 1)[1:], cell_jacobian(trace, 1)[1:, 0]
    area = reader.page.locator(".over-time .plot").first
    box = area.bounding_box()
    for t in (2, 11):
        reader.page.mouse.click(box["x"] + (t - 0.5) / 12 * box["width"], box["y"] + 0.3 * box["height"])
        reader.wait_for_link(lambda link, t=t: link["t"] == str(t))
        main = reader.page.get_by_test_id("stMain")
        for path in (direct, full):
            expect(main).to_contain_text(text(path[t - 1], decimals=3))
    assert not np.isclose(direct[1], full[1])


def test_a_cell_of_the_units_over_time_opens_its_unit_and_step(reader):
    open_walk(reader, "/cell_state?lang=en&preset=random&H=4&t=3")
    unit, t = 3, 7
    cells = reader.page.locator(f".over-time rect[data-unit='{unit}']").last
    cells.scroll_into_view_if_needed()
    box = cells.bounding_box()
    reader.page.mouse.click(box["x"] + (t - 0.5) / 12 * box["width"], box["y"] + box["height"] / 2)
    reader.wait_for_link(lambda link: (link.get("unit"), link["t"]) == (str(unit), str(t)))
    says(reader, preset("random").resized(H=4).trace(), t, unit, "write")


def test_a_band_tells_its_life_until_the_step_in_focus(reader):
    open_walk(reader, "/cell_state?lang=en&preset=leaky&t=3")
    trace = preset("leaky").trace()
    main = reader.page.get_by_test_id("stMain")
    expect(main).to_contain_text("Each band is what one step wrote")
    row = reader.page.locator('.over-time [data-role="band"][data-value="2"]').first
    box = reader.page.locator(".over-time .reach").last.bounding_box()
    band = row.bounding_box()
    t = 10
    x = box["x"] + (t - 0.5) / trace.T * box["width"]
    reader.page.mouse.click(x, band["y"] + band["height"] - 3)
    reader.wait_for_link(lambda link: link["t"] == str(t))
    life = life_of_part(trace, 1, 2, t)
    told = f"Written at step 2: {text(life.written, sign=True)}. After 8 steps {text(life.left, sign=True)}"
    expect(main).to_contain_text(told)
    expect(main).to_contain_text(f"at step {life.worst_t}, f = {text(life.worst_f)}")
