"""What a page tells a server about its components' files; here they lie beside the page already."""


class ComponentConfig:
    def __init__(self, name, asset_dir=None):
        self.name, self.asset_dir = name, asset_dir


class ComponentManifest:
    def __init__(self, name, version, components):
        self.name, self.version, self.components = name, version, components
