"""Measures trained networks: reader_1.npz … -> **card** -> assets/reading.

`python -m lstm_core.reading.card reader_1.npz reader_2.npz …`: the first network becomes the one that the
app brings along, in half precision. It and what was measured of it go to assets/reading, with a card that
holds the numbers of all. Each number is measured on the half of the held-out files that chose nothing, with
the weights as they are shipped.
"""

import argparse
import json
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from .corpus import HALVES, files
from .features import FEATURES
from .following import HeldOut, aucs, chosen, directed, memories
from .holding import BEFORE, PLACES, effect, inside_brackets
from .letters import LETTERS
from .model import Model
from .reader import FOLDER, Feature, Unit
from .train import bits_a_letter, signs_of

_OTHERS = 10


def main(args: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m lstm_core.reading.card", description=__doc__)
    parser.add_argument("networks", type=Path, nargs="+", help="files that lstm_core.reading.train wrote")
    parser.add_argument("--out", type=Path, default=FOLDER)
    given = parser.parse_args(args)
    halves = HeldOut.of("chosen on"), HeldOut.of("told on")
    told = signs_of("told on")
    found: list[dict[str, Any]] = []
    for path in given.networks:
        with np.load(path, allow_pickle=False) as file:
            saved = {name: file[name] for name in file.files}
        whole = Model({name: of for name, of in saved.items() if of.dtype.kind == "f"})
        halved = {name: of.astype(np.float16).astype(np.float32) for name, of in whole.weights.items()}
        model = Model(halved)
        row = measured(model, halves, int(saved["seed"]))
        row |= {
            "seed": int(saved["seed"]),
            "updates": int(saved["updates"]),
            "bits": bits_a_letter(model, told),
        }
        row["bits_in_float32"] = bits_a_letter(whole, told)
        print(f"seed {row['seed']}: {row['bits']:.3f} bits", flush=True)
        if not found:
            ship(model, row, given.out)
        found.append(row)
    (given.out / "CARD.md").write_text(card(found), "utf-8")


def measured(model: Model, halves: tuple[HeldOut, HeldOut], seed: int) -> dict[str, Any]:
    """Features, units and the effect of holding the bracket unit, as JSON has them."""
    untrained = Model.started(model.H, len(LETTERS), seed + 1000)
    of_both = [[aucs(memories(one, half)[0], half) for half in halves] for one in (model, untrained)]
    memory = [memories(model, half) for half in halves]
    moved = [half.shifted() for half in halves]
    shuffled = chosen(*(aucs(C, half) for (C, _), half in zip(memory, moved, strict=True)))[1]
    units, told = chosen(*of_both[0])
    controls = chosen(*of_both[1])[1]
    features = [
        Feature(name, int(units[k]) + 1, float(told[k]), float(controls[k]), float(shuffled[k]))
        for k, name in enumerate(FEATURES)
    ]
    C, half_lives = memory[1]
    rows = []
    for unit in range(model.H):
        # What it follows best is that of which it says most more than an untrained network would.
        best = int((np.abs(of_both[0][0][:, unit] - 0.5) + 0.5 - controls).argmax())
        asked = halves[1].asked(FEATURES[best])
        inside = halves[1].features[FEATURES[best]][asked]
        of_unit, everywhere = C[..., unit][asked], C[..., unit][halves[1].there]
        low, high = np.quantile(everywhere, (0.001, 0.999))
        auc = directed(of_both[0][0][best, unit], of_both[0][1][best, unit])
        numbers = (
            auc, controls[best], half_lives[unit], of_unit[inside].mean(), of_unit[~inside].mean(),
            everywhere.mean(), low, high,
        )  # fmt: skip
        rows.append(Unit(unit + 1, FEATURES[best], *(round(float(number), 4) for number in numbers)))
    bracket = features[0].unit - 1
    signs = inside_brackets(halves[1], seed)
    outside = C[..., bracket][halves[1].there & ~halves[1].features["brackets"]].mean()
    others = np.random.default_rng(seed).permutation([u for u in range(model.H) if u != bracket])[:_OTHERS]
    means = C[halves[1].there].mean(0)
    return {
        "features": [asdict(feature) for feature in features],
        "units": [asdict(row) for row in rows],
        "held": asdict(effect(model, signs, bracket, float(outside)))
        | {"at": float(outside), "places": PLACES},
        "others": [
            {"unit": int(u) + 1} | asdict(effect(model, signs, u, float(means[u]))) for u in others.tolist()
        ],
    }


def ship(model: Model, row: dict[str, Any], out: Path) -> None:
    """Writes the weights as the app reads them, and what was measured of them."""
    out.mkdir(parents=True, exist_ok=True)
    params = model.params
    arrays = {"W": params.W, "b": params.b, "W_y": model.weights["W_y"].T, "b_y": model.weights["b_y"]}
    halved: dict[str, Any] = {name: of.astype(np.float16) for name, of in arrays.items()}
    np.savez_compressed(out / "reader.npz", **halved)
    (out / "measured.json").write_text(json.dumps(row, indent=1) + "\n", "utf-8")


def card(rows: list[dict[str, Any]]) -> str:
    """The text of CARD.md, all numbers of it out of the rows."""
    seeds = [f"seed {row['seed']}" for row in rows]
    held = [row["held"] for row in rows]
    training = [
        ("updates", [f"{row['updates']:,}" for row in rows]),
        ("bits a letter on files that were not read", [f"{row['bits']:.3f}" for row in rows]),
        ("the same before the weights were halved", [f"{row['bits_in_float32']:.3f}" for row in rows]),
    ]
    holding = [
        ("bracket unit held: median factor", [f"{one['factor']:.3f}" for one in held]),
        ("places that change in the same direction", [f"{one['same']:.1%}" for one in held]),
        ("ten other units held: smallest and largest factor", [_span(row["others"]) for row in rows]),
    ]
    following = [
        (name, [_cell(Feature(**row["features"][k])) for row in rows])
        for k, name in enumerate(_NAMES[feature] for feature in FEATURES)
    ]
    counts = ", ".join(f"{len(files(half))} {half}" for half in HALVES)
    return _CARD.format(
        H=len(rows[0]["units"]), V=len(LETTERS), python=platform.python_version(), counts=counts,
        training=_table(["", *seeds], training), following=_table(["feature", *seeds], following),
        holding=_table(["", *seeds], holding), places=held[0]["places"], before=BEFORE,
    )  # fmt: skip


def _table(head: list[str], rows: list[tuple[str, list[str]]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    return "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows)])


def _cell(of: Feature) -> str:
    auc = f"**{of.auc:.2f}**" if of.is_clear else f"{of.auc:.2f}"
    return f"{auc} ({of.control:.2f}, {of.shuffled:.2f})"


def _span(others: list[dict[str, float]]) -> str:
    factors = [one["factor"] for one in others]
    return f"{min(factors):.2f} to {max(factors):.2f}"


_CARD = """\
# A network that has read Python

Written by `python -m lstm_core.reading.card`; every number is measured, none is written by hand.

## What it is

One LSTM layer of {H} units that reads one of {V} signs a step (the printable letters of ASCII, the end of a
line, and one sign for every other letter) and a linear layer that says how likely each sign is next. The
weights are stored in half precision; all numbers below are those of the stored weights.

## What it has read

The source code of the standard library of Python {python}, without its tests, under the licence of the
Python Software Foundation. By a hash of its name, of ten files eight are read, one chooses units and one
tells of them: {counts}.

## How it was trained

`python -m lstm_core.reading.train --seed SEED --updates UPDATES`: this repository's own code, in NumPy and
float32; 64 lanes, truncated backpropagation over 64 steps with the state carried, Adam, a rate that falls
as a cosine. A lane forgets all at the start of one batch of sixteen, so that the network can begin anywhere
in a text.

{training}

## What its units follow

AUC of the unit that follows a feature best, chosen on one half of the held-out files and told on the other,
where 0.5 is chance. In brackets: that of the best unit of a network that was never trained, and of this
network where the feature is moved away from where it belongs. Bold: at least 0.9, and at least 0.15 above
the untrained network.

{following}

## What the bracket unit does

At {places} places inside brackets, in files that were not read, the {before} letters before are read twice:
freely, and with C of the bracket unit held at its mean outside brackets. The factor is that of the odds of
a closing bracket. The others are ten units that are drawn, each held at its mean.

{holding}

## Limits

It has learned to guess the next letter of this kind of code, and nothing else. What a unit follows in code
it need not follow in other texts. A unit that follows something is not the only one that does, and holding
it says what this network does with it, not what another would do: each seed has other units. The same seed
may train another network on another machine, because the sums of matrix products are rounded in another
order there.
"""

_NAMES = {
    "brackets": "inside brackets",
    "nested": "inside two or more brackets",
    "comment": "in a comment",
    "docstring": "in a string of three quotes",
    "string": "in a string of one quote",
    "keyword": "in the value of a keyword argument",
    "assignment": "right of the = of an assignment",
    "indented": "in a line indented by 8 or more",
    "seen": "at the end of a name: whether it stood in the file before",
}

if __name__ == "__main__":
    main()
