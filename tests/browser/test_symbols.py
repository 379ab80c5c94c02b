"""Prose, formula and picture are one thing: a symbol lights its part of a picture, and a part the symbol."""

from playwright.sync_api import expect

from lstm_core.quantities import QUANTITIES

LIT = """key => {
  const inside = [...document.querySelectorAll("*")].filter(e => e.shadowRoot).map(e => e.shadowRoot);
  const thick = what => inside.flatMap(root => [...root.querySelectorAll(what)])
    .filter(e => parseFloat(getComputedStyle(e).strokeWidth) >= 5).length;
  const coloured = e => getComputedStyle(e).backgroundColor !== "rgba(0, 0, 0, 0)";
  return {
    symbols: [...document.querySelectorAll(`[data-symbol="${key}"]`)].filter(coloured).length,
    boxes: thick(`[data-part="${key}"] > [data-key="box"]`), lines: thick(`[data-key="line-${key}"]`),
  };
}"""


def lit(reader, key: str) -> dict:
    reader.page.wait_for_timeout(350)  # a width moves there
    return reader.page.evaluate(LIT, key)


def test_a_symbol_of_a_formula_lights_its_box_and_its_line_and_the_box_lights_the_symbols(reader):
    reader.open("/forget_gate?lang=en&preset=latch")
    reader.page.locator("svg.cell").first.wait_for()
    dark = {"symbols": 0, "boxes": 0, "lines": 0}
    assert lit(reader, "f") == dark
    reader.page.locator(".katex-display .mord", has_text="f").first.hover()
    reader.page.locator(".katex-display [data-symbol=f]").first.hover()
    there = lit(reader, "f")
    assert there["symbols"] >= 4 and there["boxes"] >= 1 and there["lines"] == 1
    assert lit(reader, "o")["boxes"] == 0
    reader.page.locator("[data-part=f] text.symbol").first.hover()
    assert lit(reader, "f")["symbols"] >= 4
    reader.page.mouse.move(2, 2)
    assert lit(reader, "f") == dark


def test_every_symbol_of_the_equations_is_known_by_what_it_reads(reader):
    for page in ("overview", "cell_state", "output_gate"):
        reader.open(f"/{page}?lang=ko&preset=latch")
        reader.page.locator(".katex-display").first.hover()
        symbols = reader.page.locator(".katex-display [data-symbol]")
        found = symbols.evaluate_all("all => all.map(e => [e.dataset.symbol, e.textContent])")
        keys = {key for key, _ in found}
        assert keys <= set(QUANTITIES) and {"C", "C_prev", "f", "i", "C_tilde"} & keys
        assert all("−1" in reads for key, reads in found if key == "C_prev")


def test_the_arrow_keys_go_from_symbol_to_symbol_and_walk_nowhere(reader):
    reader.open("/forget_gate?lang=en&preset=latch&t=4")
    reader.page.locator("svg.cell").first.wait_for()
    reader.settle()
    reader.page.keyboard.press("Tab")  # formulas are in the way of the key from then on
    reader.page.locator(".katex-display").first.focus()
    for key in ("z_f", "z_f", "h_prev", "x"):  # z_f = W_f · [h, x], and W_f stands in the box of z_f
        assert lit(reader, key)["symbols"] >= 1, key
        reader.page.keyboard.press("ArrowRight")
    assert "t=4" in reader.page.url


def test_a_tap_lights_it_until_the_next(phone):
    phone.open("/forget_gate?lang=en&preset=latch")
    formula = phone.page.locator(".katex-display").first
    formula.scroll_into_view_if_needed()
    phone.page.locator(".katex-display .mord", has_text="f").first.tap()
    expect(phone.page.locator(".katex-display [data-symbol=f]").first).to_be_attached()
    phone.page.locator(".katex-display [data-symbol=f]").first.tap()
    assert lit(phone, "f")["symbols"] >= 4
