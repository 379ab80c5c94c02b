"""Lighthouse on the site: accessibility, best practices and search are 100 on each page in each language."""

import json
import os
import shutil
import subprocess

import pytest

from lstm_core.words import LANGUAGES
from pages._ui.site import PAGES, address_of
from tests.browser.site import built_site, serving_files

VERSION = "12.8.2"
"""The last that runs on Node 20."""

LOOKED_AT = ("accessibility", "best-practices", "seo")


@pytest.fixture(scope="module")
def lighthouse(chromium):
    """What gives the report of an address. Skipped where npm is missing or can't bring Lighthouse."""
    npx = shutil.which("npx")
    command = [npx or "npx", "--yes", f"lighthouse@{VERSION}"]
    if npx is None or subprocess.run([*command, "--version"], capture_output=True).returncode:
        pytest.skip(f"npm can't bring lighthouse@{VERSION} here")

    def report(address: str) -> dict:
        options = [f"--only-categories={','.join(LOOKED_AT)}", "--output=json", "--quiet"]
        flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
        environment = os.environ | {"CHROME_PATH": chromium}
        ran = subprocess.run([*command, address, *options, flags], capture_output=True, env=environment)
        assert ran.returncode == 0, ran.stderr.decode()[-2000:]
        return json.loads(ran.stdout)

    return report


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_better(lighthouse, language):
    folder = "" if language == LANGUAGES[0] else f"{language}/"
    found = []
    with serving_files(built_site()) as site:
        for page in PAGES:
            told = lighthouse(f"{site}/{folder}{address_of(page)}")
            for name in LOOKED_AT:
                category = told["categories"][name]
                print(f"{folder}{page}: {name} {100 * category['score']:.0f}")
                found += [
                    f"{folder}{page}: {audit['title']}: {json.dumps(audit.get('details'))[:600]}"
                    for one in category["auditRefs"]
                    if one["weight"] and (audit := told["audits"][one["id"]])["score"] not in (None, 1)
                ]
    assert not found, "\n".join(found)
