"""The cell diagram of the other cells: peepholes, coupled gates, and no forget gate."""

import xml.etree.ElementTree as ElementTree
from itertools import product

from lstm_core.params import PEEPHOLES, VARIANTS
from lstm_core.rounding import rounded, text
from lstm_core.view.diagram import cell_diagram, describe
from lstm_core.view.diagram.canvas import DIMMED, Canvas
from lstm_core.view.diagram.captions import caption
from lstm_core.view.diagram.layout import NARROW, WIDE
from lstm_core.view.diagram.scene import Scene
from lstm_core.view.diagram.sentences import Sentences
from lstm_core.view.typeset import width
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import PHASES
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.nightly import sample

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {code: Words(code) for code in LANGUAGES}
P = {"f": 0.7, "i": -0.4, "o": 0.25}
READS = {  # variant: gates that read [h, x], and gates that see C
    "lstm": ("f i C_tilde o", ""),
    "1997": ("i C_tilde o", ""),
    "peephole": ("f i C_tilde o", "f i o"),
    "coupled": ("f C_tilde o", ""),
    "1997-peephole": ("i C_tilde o", "i o"),
    "peephole-coupled": ("f C_tilde o", "f o"),
}
CELLS = list(product(VARIANTS, (False, True)))


def experiment(variant, weights=P, unit=2, key="random"):
    """A preset in one of the cells; its peepholes, where it has some, are given."""
    made = preset(key).with_variant(variant)
    for gate in PEEPHOLES if "peephole" in variant else ():
        made = made.edited(f"p_{gate}.{unit}", weights[gate])
    return made


def drawn(variant, phase=None, narrow=False, words=WORDS["en"], **more):
    return ElementTree.fromstring(
        cell_diagram(experiment(variant).trace(), 4, 2, words, phase, narrow, **more)
    )


def parts(root):
    return {part.get("data-part"): part for part in root.iter() if part.get("data-part")}


def lit(root):
    return {name for name, part in parts(root).items() if part.get("opacity") != str(DIMMED)}


def written(root):
    return "".join(root.itertext())


@collected("variant, narrow", CELLS)
def test_wires_lead_into_a_gate_from_what_it_is_computed_from_and_peepholes_to_their_sliders(variant, narrow):
    root = drawn(variant, narrow=narrow)
    found, (reads, sees) = parts(root), (set(gates.split()) for gates in READS[variant])
    assert {key for key in ("f", "i", "C_tilde", "o") if len(found[f"{key}-in"])} == reads
    assert {name[0] for name in found if name.endswith("-sees")} == sees
    assert ("i-from-f" in found) == ("coupled" in variant)
    weights = {e.get("data-value"): e for e in root.iter() if e.get("data-role") == "slider"}
    assert set(weights) == {f"p_{gate}.2" for gate in sees}
    for address, weight in weights.items():
        name, number = WORDS["en"](f"quantity.{address[:3]}"), text(P[address[2]])
        assert number in written(weight) and weight.get("role") == "button" and weight.get("tabindex") == "0"
        assert weight.get("aria-label").startswith(f"{name} {number}")


@collected("gate, narrow", product(PEEPHOLES, (False, True)))
def test_a_peephole_starts_on_the_memory_that_it_sees_and_ends_in_its_gate(gate, narrow):
    layout = NARROW if narrow else WIDE
    wires = [e.get("d") for e in parts(drawn("peephole", narrow=narrow))[f"{gate}-sees"].iter(f"{SVG}path")]
    x, turn, into = layout.taps[gate]
    left, right, axis, _ = layout.rail
    assert wires[-1] == f"M{x} {axis}V{turn}H{into}V{layout.boxes[gate][1]}"
    assert left < x < layout.erase if gate != "o" else layout.add < x < right
    assert 0 < into - layout.boxes[gate][0] < layout.gate.width
    assert len(wires) == (2 if gate == "i" else 1)  # that of i crosses the wire of f


@collected("narrow", [False, True])
def test_what_a_gate_sees_is_in_focus_where_it_reads(narrow):
    for phase, gate, seen in (("forget", "f", "C_prev"), ("candidate", "i", "C_prev"), ("output", "o", "C")):
        focus = lit(drawn("peephole", phase, narrow))
        assert {gate, f"{gate}-sees", seen, "concatenation"} <= focus
        assert {"f-sees", "i-sees", "o-sees"} & focus == {f"{gate}-sees"}
        assert seen not in lit(drawn("lstm", phase, narrow))
    assert not {"f-sees", "i-sees", "o-sees"} & lit(drawn("peephole", "concatenate", narrow))
    assert {"f", "i-from-f"} <= lit(drawn("coupled", "candidate", narrow))
    assert "C_prev" not in lit(drawn("peephole-coupled", "candidate", narrow))
    assert "concatenation" not in lit(drawn("1997", "forget", narrow))


@collected("variant, chosen, marked", [
    ("peephole", "f", {"f", "h_prev", "x", "C_prev"}), ("peephole", "o", {"o", "h_prev", "x", "C"}),
    ("coupled", "i", {"i", "f"}), ("1997", "f", {"f"}),
])  # fmt: skip
def test_what_was_chosen_is_marked_with_what_it_is_computed_from_in_this_cell(variant, chosen, marked):
    root = drawn(variant, "show", chosen=chosen)
    numbers = [e for e in root.iter() if e.get("class") == "num" and e.find(f"{SVG}rect") is not None]
    hits = [(number.get("data-quantity"), number.find(f"{SVG}rect")) for number in numbers]
    assert {key for key, hit in hits if hit.get("fill-opacity") != "0"} == marked
    weights = [e for e in root.iter() if e.get("data-role") == "slider"]
    over = {e.get("data-value"): [rect for rect in e if rect.get("class") == "hit"] for e in weights}
    strong = [address for address, [hit] in over.items() if hit.get("fill-opacity") != "0"]
    assert strong == ([f"p_{chosen}.2"] if variant == "peephole" else [])
    assert variant != "peephole" or f"{chosen}-sees" in lit(root)


@collected("language", WORDS)
@collected("variant", VARIANTS)
def test_captions_are_true_in_every_cell(variant, language):
    trace, words = experiment(variant).trace(), WORDS[language]
    f, i, C_prev, C = (text(rounded(getattr(trace, key)[3, 1])) for key in ("f", "i", "C_prev", "C"))
    said = {phase: describe(trace, 4, 2, words, phase).partition(": ")[2] for phase in PHASES}
    reads, sees = (gates.split() for gates in READS[variant])
    for gate, phase, seen in (("f", "forget", C_prev), ("o", "output", C)):
        product_ = f"{text(P[gate])}\u00a0×\u00a0" + (f"({seen})" if seen.startswith("−") else seen)
        assert (product_ in said[phase]) == (gate in sees)
    assert (f"1\u00a0−\u00a0{f}" in said["candidate"]) == ("coupled" in variant)
    assert i in said["candidate"]
    counts = [f"= {n * (trace.params.W[0].size + trace.params.H)}" for n in (3, 4)]
    assert [count in said["concatenate"] for count in counts] == [len(reads) == 3, len(reads) == 4]


@collected("language", WORDS)
@collected("H, D", [(1, 1), (2, 3), (4, 2)])
def test_the_first_phase_tells_the_shapes_of_the_cell_on_screen(H, D, language):
    said = describe(preset("random").resized(H=H, D=D).trace(), 1, 1, WORDS[language], "concatenate")
    assert f"{H}\u00a0×\u00a0{H + D}" in said and f"= {4 * H * (H + D + 1)}" in said


def test_a_pinned_gate_of_any_cell_reads_and_sees_nothing():
    for variant in ("peephole", "coupled"):
        trace = preset("random").with_variant(variant).pinned("pin_i.2.4", 0.5).trace()
        found = parts(ElementTree.fromstring(cell_diagram(trace, 4, 2, WORDS["en"])))
        assert not {"i-sees", "i-from-f"} & set(found) and not len(found["i-in"])


@collected("variant, narrow", CELLS)
def test_very_large_peepholes_stay_within_their_room(variant, narrow):
    trace = experiment(variant, dict.fromkeys(PEEPHOLES, -99999.99), unit=1).trace()
    root = ElementTree.fromstring(cell_diagram(trace, 4, 1, WORDS["en"], narrow=narrow))
    for weight in (e for e in root.iter() if e.get("data-role") == "slider"):
        room = (NARROW if narrow else WIDE).tap_room + 40
        assert float(weight.find(f"{SVG}rect").get("width")) <= room


@collected("language", WORDS)
@collected("key, variant", sample(product(PRESETS, VARIANTS), 16))
def test_no_caption_runs_into_the_box_below_it(key, variant, language):
    trace = experiment(variant, {gate: -weight for gate, weight in P.items()}, unit=1, key=key).trace()
    for t, phase in product((1, trace.T), PHASES):
        scene = Scene(trace, t, 1, WORDS[language], phase)
        alone = caption(Canvas(WIDE, scene, Sentences.of(scene)))
        lines = list(ElementTree.fromstring(f'<g xmlns="{SVG[1:-1]}">{alone}</g>').iter(f"{SVG}text"))
        assert lines
        for line in lines:
            left, y = float(line.get("x")), float(line.get("y"))
            right = left + width(written(line), WIDE.small)
            below = [top for x, top in WIDE.boxes.values() if left < x + WIDE.gate.width and x < right]
            assert y + 0.2 * WIDE.small <= min(below, default=WIDE.concatenation[1]), (t, phase)
            tap = WIDE.taps["o" if left > WIDE.add else "f"][0]
            assert "peephole" not in variant or right < tap, (t, phase)
    assert alone in cell_diagram(trace, t, 1, WORDS[language], phase)  # what was looked at is what is drawn
