"""Names that went through the serving process and a real browser lie nowhere: not in its profile, not in what the server says."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.chromium import QUIET, NoBrowserError, find_chromium
from tests.forensic.evidence import PATIENCE, Scene
from tests.forensic.names import invented_names
from tests.forensic.planter import PASSPHRASE
from tests.forensic.scan import Scanner

pytestmark = pytest.mark.browser
COUNTS = [(60, 1), pytest.param(500, 8, marks=pytest.mark.long)]
"""Names planted by the services, and cases entered in the browser, three names each."""


@contextmanager
def served(scene: Scene) -> Iterator[str]:
    """Serve the scene's data folder and give the address."""
    command = ["waystation.cli.main", "serve", "--data", str(scene.data), "--no-browser"]
    with scene.process("serve", command) as started:
        end = time.monotonic() + PATIENCE
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/", scene.said("serve"))):
            assert started.poll() is None, scene.said("serve")
            assert time.monotonic() < end, scene.said("serve")
            time.sleep(0.05)
        yield found[0]


@contextmanager
def browsing(scene: Scene) -> Iterator[BrowserContext]:
    """Start a browser that keeps all it keeps in a profile of the scene's."""
    try:
        chromium = find_chromium()
    except NoBrowserError as error:
        pytest.skip(str(error))
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            scene.folder / "profile",
            executable_path=chromium,
            args=[*QUIET, "--no-sandbox"],
            env=dict(scene.environment({})),
        )
        yield context
        time.sleep(1.0)  # a browser writes its history a little later
        context.close()


def unlock(page: Page, address: str) -> None:
    page.goto(f"{address}unlock")
    page.fill("input[name=passphrase]", PASSPHRASE)
    page.press("input[name=passphrase]", "Enter")
    page.wait_for_url(address)


def enter_a_case(page: Page, address: str, name: str, place: str, note: str) -> None:
    """Look for a name, enter a case, open its parts, change one, and look for the name again."""
    page.goto(f"{address}cases/new")
    page.fill("input[name=text]", name)
    page.press("input[name=text]", "Enter")
    page.fill("form:has(input[name=enter]) [name=name]", name)
    page.fill("form:has(input[name=enter]) [name=whereabouts]", place)
    page.fill("form:has(input[name=enter]) [name=note]", note)
    page.click("form:has(input[name=enter]) button.btn-primary")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
    case = page.url
    for tier in ("identity", "movement", "welfare"):
        page.goto(case)
        page.click(f"form[action$='/{tier}/open'] button")
        page.wait_for_load_state()
    page.goto(f"{case}/movement")
    page.goto(f"{address}cases/search")
    page.fill("main input[name=text]", name)
    page.press("main input[name=text]", "Enter")
    page.wait_for_load_state()
    assert page.locator(f"a[href='{case.removeprefix(address.rstrip('/'))}']").count() >= 1


@pytest.mark.parametrize(("count", "cases"), COUNTS)
def test_no_name_is_left_by_the_server_or_the_browser(scene: Scene, count: int, cases: int) -> None:
    planted, typed = invented_names(count), invented_names(3 * cases, seed=7)
    with scene.process("planter", ["tests.forensic.planter", str(scene.data), str(count)]) as started:
        scene.wait_for_an_answer("planter", started)
    scanner = Scanner([*planted, *typed])
    with served(scene) as address:
        with browsing(scene) as context:
            page = context.new_page()
            unlock(page, address)
            for each in range(cases):
                enter_a_case(page, address, *typed[3 * each : 3 * each + 3])
            while_open, _ = scanner.in_folders([scene.folder])
        hits, read = scanner.in_folders([scene.folder])
    afterwards, _ = scanner.in_folders([scene.folder])
    assert while_open == hits == afterwards == []
    profile = b"".join(path.read_bytes() for path in read if scene.folder / "profile" in path.parents)
    assert address.encode() in profile, "the browser kept nothing: this test has shown nothing"


def test_a_name_in_an_address_is_found(scene: Scene) -> None:
    """The control: a browser keeps the addresses it was at, so a name in one is found in its profile."""
    (name,) = invented_names(1)
    with served(scene) as address, browsing(scene) as context:
        context.new_page().goto(f"{address}unlock?look-for={quote(name)}")
    hits, _ = Scanner([name]).in_folders([scene.folder])
    assert hits
    assert {hit.path.relative_to(scene.folder).parts[0] for hit in hits} == {"profile"}
