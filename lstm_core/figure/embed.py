"""A figure for an article, a deck or a course: figure -> **a file of frames**, and what shows it.

The module stands in a page by itself, as `<lstm-cell src="cell.json"></lstm-cell>`; a program calls its
`show(element, "cell.json")`; and what takes modules of anywidget, as MyST does, finds `render` in it.
"""

import json
from functools import cache

from .frames import frames
from .looking import Looking
from .page import styles
from .scripts import script

STYLES = ("theme", "picture", "sliders", "embed")

_MODULE = """\
const styles = {sheets};
const scripts = () => {{
{script}return modules;
}};
// Each figure has scripts, and so a line, of its own.
export const show = (place, source) => scripts()["embed.js"].default(place, source, styles);
export default {{ render: ({{ model, el }}) => show(el, model.get("src")) }};

if (!customElements.get("lstm-cell")) customElements.define("lstm-cell", class extends HTMLElement {{
  async connectedCallback() {{
    if (this.style.display) return; // it was moved
    this.style.display = "block";
    await show(this, this.getAttribute("src"));
    this.dispatchEvent(new CustomEvent("shown", {{ bubbles: true }}));
  }}
}});
"""


def to_json(figure: Looking) -> str:
    """All frames of a figure as the text of one file."""
    return json.dumps(frames(figure.only_looked_at()), separators=(",", ":"), ensure_ascii=False)


@cache
def module() -> str:
    """The module that shows such files, for every page and every figure the same."""
    return _MODULE.format(sheets=json.dumps(styles(STYLES)), script=script("embed.js"))
