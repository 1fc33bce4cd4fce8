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
        context.set_default_timeout(15_000)
        yield context
        time.sleep(1.0)  # a browser writes its history a little later
        context.close()


def unlock(page: Page, address: str) -> None:
    page.goto(f"{address}unlock")
    page.fill("input[name=passphrase]", PASSPHRASE)
    page.press("input[name=passphrase]", "Enter")
    page.wait_for_url(address)


def enter_a_case(page: Page, address: str, name: str, place: str, note: str) -> None:
    """Look for a name, enter a case, open it, change it, attach a file, and look for the name again."""
    page.goto(f"{address}cases/new")
    page.fill("main input[name=text]", name)
    page.press("main input[name=text]", "Enter")
    entering = "form:has(input[name=enter])"
    page.fill(f"{entering} [name=name]", name)
    page.fill(f"{entering} [name=whereabouts]", place)
    page.fill(f"{entering} [name=note]", note)
    page.click(f"{entering} button.btn-primary")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
    case = page.url
    page.click("form[action$='/identity/open'] button")
    page.wait_for_selector(f"main :text('{name}')")
    page.goto(f"{case}/movement")
    page.fill("main [name=whereabouts]", f"{place}, {place}")
    page.click("main button.btn-primary")
    page.wait_for_url(case)
    page.goto(f"{case}/files/new")
    page.set_input_files("input[name=file]", {"name": f"{note}.txt", "mimeType": "text/plain", "buffer": name.encode()})
    page.select_option("select[name=tier]", "movement")
    page.click("main button.btn-primary")
    page.wait_for_url(case)
    page.goto(f"{address}cases/search")
    page.fill("main input[name=text]", place)
    page.press("main input[name=text]", "Enter")
    page.wait_for_selector(f"main a[href='/{case.removeprefix(address)}']")


def be_refused(page: Page, address: str, name: str, place: str) -> None:
    """Enter a case with a date that is none: what was typed stands on the page that answers, and the browser ends on it."""
    page.goto(f"{address}cases/new")
    page.fill("main input[name=text]", name)
    page.press("main input[name=text]", "Enter")
    entering = "form:has(input[name=enter])"
    page.fill(f"{entering} [name=whereabouts]", place)
    page.fill(f"{entering} [name=birth_date]", "soon")
    page.click(f"{entering} button.btn-primary")
    page.wait_for_selector("main [aria-invalid=true]")


@pytest.mark.parametrize(("count", "cases"), COUNTS)
def test_no_name_is_left_by_the_server_or_the_browser(scene: Scene, count: int, cases: int) -> None:
    planted, typed = invented_names(count), invented_names(3 * cases + 2, seed=7)
    with scene.process("planter", ["tests.forensic.planter", str(scene.data), str(count)]) as started:
        scene.wait_for_an_answer("planter", started)
    scanner = Scanner([*planted, *typed])
    with served(scene) as address:
        with browsing(scene) as context:
            page = context.new_page()
            unlock(page, address)
            for each in range(cases):
                enter_a_case(page, address, *typed[3 * each : 3 * each + 3])
            be_refused(page, address, *typed[-2:])
            time.sleep(4.0)  # the browser notes what its tabs show every few seconds
            while_open, _ = scanner.in_folders([scene.folder])
        hits, read = scanner.in_folders([scene.folder])
    afterwards, _ = scanner.in_folders([scene.folder])
    assert {(hit.path.relative_to(scene.folder), hit.form) for hit in [*while_open, *hits, *afterwards]} == set()
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
