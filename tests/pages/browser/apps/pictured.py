"""A page with one picture."""

from pages._ui.browser.picture import picture

picture("<svg></svg>", key="picture")
