"""What the pages ask a server for; there is none."""

from types import SimpleNamespace


class Runtime:
    @staticmethod
    def exists() -> bool:
        return False

    @staticmethod
    def instance() -> SimpleNamespace:
        """All files of components lie where the browser finds them, so none has to be announced."""
        return SimpleNamespace(
            bidi_component_registry=SimpleNamespace(get_component_asset_root=lambda name: "components")
        )
