"""The means to serve a class are valid by their schemas, and say the same as the app and each other."""

import re
import subprocess
import sys
import tomllib

import kubernetes_validate
import pytest
import yaml

from lstm_core.readers import apart
from lstm_core.workbench import process_memory
from pages._ui.server.frames import MOST_MESSAGE_BYTES
from pages._ui.server.security import security_headers
from pages._ui.server.uploads import MOST_SESSION_BYTES
from tests.conftest import ROOT

DEPLOY = ROOT / "assets" / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
KUBERNETES = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8")))
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
KINDS = {resource["kind"]: resource for resource in KUBERNETES}
[CONTAINER] = KINDS["Deployment"]["spec"]["template"]["spec"]["containers"]
ANNOTATIONS = KINDS["Ingress"]["metadata"]["annotations"]
KUBERNETES_VERSION = "1.31"
"""The schemas of one release; a manifest of stable kinds is valid in later ones, too."""


def test_the_compose_file_is_valid_and_a_broken_one_is_not(tmp_path):
    broken = tmp_path / "compose.yaml"
    broken.write_text(yaml.safe_dump(COMPOSE | {"services": {"app": {"ulimits": "many"}}}), "utf-8")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    for path, is_valid in ((DEPLOY / "compose.yaml", True), (broken, False)):
        ran = subprocess.run([*check, str(path)], capture_output=True, timeout=120)
        assert (ran.returncode == 0) == is_valid


@pytest.mark.parametrize("kind", KINDS)
def test_each_kubernetes_resource_is_valid_and_a_broken_one_is_not(kind):
    kubernetes_validate.validate(KINDS[kind], KUBERNETES_VERSION, strict=True)
    broken = KINDS[kind] | {"spec": {"replicas": "many"}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, KUBERNETES_VERSION, strict=True)


def test_readers_stay_with_a_process_that_is_watched_and_bounded():
    assert list(KINDS) == ["Deployment", "Service", "Ingress"] and len(KUBERNETES) == 3
    pod = KINDS["Deployment"]["spec"]["template"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert CONTAINER[probe]["httpGet"] == {"path": "/_stcore/health", "port": "http"}
    assert {"cpu", "memory"} == CONTAINER["resources"]["requests"].keys()
    assert KINDS["Service"]["spec"]["selector"] == pod["metadata"]["labels"]
    assert ANNOTATIONS["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    [rule] = KINDS["Ingress"]["spec"]["rules"]
    [path] = rule["http"]["paths"]
    assert path["backend"]["service"]["name"] == KINDS["Service"]["metadata"]["name"]
    assert KINDS["Ingress"]["spec"]["tls"][0]["hosts"] == [rule["host"]]


CLASS_OF_300 = 230_000_000
"""Bytes that a process takes with 300 students who bring nothing; `tests/benchmark/load.py` holds to it."""

BESIDES = 130_000_000
"""Pandas, which the first table of units loads, and what the system's allocator keeps of what was freed."""


def test_memory_has_room_for_a_class_for_what_it_brings_and_for_files_that_are_read():
    """What a process may hold for its readers is one number, and the limits follow from it."""
    needed = CLASS_OF_300 + BESIDES + process_memory.MOST_PROCESS_BYTES
    needed += apart.AT_ONCE * apart.MOST_OF_A_CHILD
    steps_of_64 = -(-needed // 2**26) * 64  # mebibytes
    assert CONTAINER["resources"]["limits"]["memory"] == f"{steps_of_64}Mi"
    assert COMPOSE["services"]["app"]["mem_limit"] == f"{steps_of_64}m"


def test_every_proxy_takes_the_largest_upload():
    """One megabyte more than the app takes, for the form around the file."""
    most = CONFIG["server"]["maxUploadSize"]
    assert ANNOTATIONS["nginx.ingress.kubernetes.io/proxy-body-size"] == f"{most + 1}m"
    assert f"client_max_body_size {most + 1}m;" in NGINX


def test_nginx_has_the_security_headers_of_the_app_and_names_its_bounds():
    for name, value in security_headers("HOST").items():
        [found] = re.findall(rf'add_header {name} "?([^"\n]+?)"? always', NGINX)
        own = {"$x_frame_options": "SAMEORIGIN"}.get(found, found)
        own = own.replace("$frame_ancestors", "'self'").replace("$sockets", "ws://HOST wss://HOST")
        assert own == value
        assert f"proxy_hide_header {name};" in NGINX
    for bound in (MOST_SESSION_BYTES, process_memory.MOST_PROCESS_BYTES, MOST_MESSAGE_BYTES):
        assert f"{bound // 1_000_000} MB" in NGINX
