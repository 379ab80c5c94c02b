"""What is installed is locked, with a checksum for every file; what is done for a change, and at night."""

import re

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT, STARTS_SERVERS
from tests.nightly import ALL, JOURNEYS

LOCKS = {
    "requirements.txt": "assets/deploy/requirements.lock",
    "tests/requirements.txt": "tests/requirements.lock",
}


def asked(path: str) -> list[Requirement]:
    """What a file of requirements asks for, with the files that it names."""
    found = []
    for line in (ROOT / path).read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            found += asked(f"{path.rpartition('/')[0]}/{text[3:].strip()}")
        elif text:
            found.append(Requirement(text))
    return found


def pinned(path: str) -> dict[str, list[str]]:
    """Package -> its releases in a lock file: several where the Python decides."""
    found: dict[str, list[str]] = {}
    for name, release in re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / path).read_text("utf-8"), re.M):
        found.setdefault(canonicalize_name(name), []).append(release)
    return found


@pytest.mark.parametrize("requirements", LOCKS)
def test_a_lock_holds_what_is_asked_for_with_the_checksum_of_every_file(requirements):
    """Where this fails, .ci/lock writes it anew."""
    lock = LOCKS[requirements]
    there = pinned(lock)
    for one in asked(requirements):
        releases = there.get(canonicalize_name(one.name), [])
        assert releases and all(one.specifier.contains(release) for release in releases), one
    blocks = re.split(r"\n(?=[\w.-]+==)", (ROOT / lock).read_text("utf-8"))[1:]
    assert len(blocks) > 20 and all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)


def test_the_container_and_the_pipeline_install_what_is_locked():
    dockerfile = (ROOT / "assets" / "deploy" / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r requirements.lock" in dockerfile
    assert "COPY assets/deploy/requirements.lock ." in dockerfile
    assert "--require-hashes -r tests/requirements.lock" in (ROOT / ".ci" / "set_up").read_text("utf-8")


# -- what is done when ----------------------------------------------------------------------------

WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in (ROOT / ".github" / "workflows").glob("*.yml")
}


def commands(job: dict) -> str:
    return "\n".join(step.get("run", "") for step in job.get("steps", ()))


def test_the_site_goes_out_only_after_the_tests_have_passed():
    jobs = WORKFLOWS["pages"]["jobs"]
    [out] = [name for name, job in jobs.items() if "deploy-pages" in str(job)]
    needed = jobs[out]["needs"]
    assert jobs[needed]["uses"] == "./.github/workflows/tests.yml"
    assert "if" not in jobs[out], "a condition could let it go out after tests that failed"


def test_a_change_is_tested_and_a_night_does_every_part():
    assert any(".ci/run" in commands(job) for job in WORKFLOWS["tests"]["jobs"].values())
    # YAML takes the word "on" for true.
    assert {"pull_request", "workflow_call"} <= WORKFLOWS["tests"][True].keys()
    [night] = WORKFLOWS["nightly"]["jobs"].values()
    assert "schedule" in WORKFLOWS["nightly"][True] and ".ci/nightly" in commands(night)
    script = (ROOT / ".ci" / "nightly").read_text("utf-8")
    parts = set(re.findall(r"^(\w+)\(\) \{", script, re.M)) - {"tools"}
    assert sorted(night["strategy"]["matrix"]["part"]) == sorted(parts)


def test_every_journey_that_is_made_for_a_change_is_there():
    """A test that was renamed would not be made at all."""
    missing = []
    for path, tests in JOURNEYS.items():
        code = (ROOT / path).read_text("utf-8") if (ROOT / path).exists() else ""
        names = [] if tests == ALL else [test.partition("[")[0] for test in tests]
        missing += [f"{path}::{name}" for name in names if not re.search(rf"^def {name}\(", code, re.M)]
        missing += [path] * (not code or not path.startswith(STARTS_SERVERS))
    assert not missing
