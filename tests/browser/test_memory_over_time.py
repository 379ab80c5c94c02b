"""The pages of memory over time as somebody uses them: other cells, long input, gradient, units, bands."""

import numpy as np
from playwright.sync_api import expect

from lstm_core import cell_jacobian, direct_path
from lstm_core.memory import half_life_of_bias
from lstm_core.rounding import text
from lstm_core.workbench.presets import preset


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
