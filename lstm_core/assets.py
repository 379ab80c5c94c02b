"""Where the texts, scripts and pages lie that go with this library: in a checkout, and in a wheel."""

from pathlib import Path

_PACKED = Path(__file__).parent / "_app"
"""Where a wheel has what the top level of the repository has; pyproject.toml says what is packed."""

ROOT = _PACKED if _PACKED.is_dir() else Path(__file__).parents[1]
ASSETS = ROOT / "assets"
