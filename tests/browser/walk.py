"""The first day of a new organisation in a browser, against the real command: set up, work, lose, recover, restore."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page

from waystation.web.wording import catalogue

Look = Callable[[Page, str], None]
"""Called on each page worth seeing, with a name for it."""
FOUNDER, COLLEAGUE, TRAVELLER = "Solveig Aasen", "한서연", "박하늘"
WAYSTATION = (sys.executable, "-m", "waystation.cli.main")
SLOW = 30_000
"""Milliseconds: making and opening keys is slow on purpose."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run ``waystation serve`` over a folder; yield its address, without a stroke at its end."""
    program = [*WAYSTATION, "serve", "--data", str(folder), "--no-browser"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WAYSTATION_", "DJANGO_"))}
    with subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment | {"PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdout is not None
        address = ""
        for line in running.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                address = found[0]
                break
        try:
            if not address:
                raise AssertionError("the application did not start")
            yield address
        finally:
            running.terminate()
            running.wait(20)


class Walk:
    """One person's way through the application. Words and sheets are kept as somebody would on paper."""

    def __init__(self, page: Page, folder: Path, look: Look) -> None:
        self.page = page
        self.folder = folder
        self.look = look
        self.office, self.new_machine = folder / "office", folder / "new-machine"
        self.said = catalogue("en")
        self.address = ""
        self.passphrase = ""
        self.sheets: list[str] = []
        page.set_default_timeout(SLOW)

    def whole(self) -> None:
        """Walk from the first page to the log."""
        with serving(self.office) as self.address:
            self.set_up()
            self.add_a_colleague()
            self.enter_a_case()
            self.give_and_take()
            self.back_up()
            before = self.passphrase
            self.lock()
            self.forget_and_recover()
            self.read_the_log()
        self.restore(before)
        with serving(self.new_machine) as self.address:
            self.unlock(before)
            self.find_the_case_again()

    def set_up(self) -> None:
        """From the first page to an organisation whose recovery sheets were tried."""
        self.page.goto(self.address)
        self.look(self.page, "welcome")
        self.link("door.welcome.begin").click()
        self.page.fill("[name=organisation]", "Harbour House")
        self.page.fill("[name=person]", FOUNDER)
        self.look(self.page, "organisation")
        self.button("door.next").click()
        self.passphrase = self.words()
        self.look(self.page, "passphrase")
        self.link("door.passphrase.written").click()
        self.page.fill("[name=typed]", self.passphrase)
        self.look(self.page, "repeat")
        self.button("door.repeat.do").click()
        self.link("door.shares.page").wait_for()
        self.look(self.page, "shares")
        self.link("door.shares.page").click()
        self.page.locator(".sheet").first.wait_for()
        self.sheets = [" ".join(sheet.locator("li").all_text_contents()) for sheet in self.page.locator(".sheet").all()]
        self.look(self.page, "sheets")
        self.link("door.shares.printed").click()
        for place in range(2):
            asked = self.page.locator(f"label[for=id_share_{place}]").text_content() or ""
            number = re.search(r"sheet (\d)", asked)
            assert number is not None
            self.page.fill(f"[name=share_{place}]", self.sheets[int(number[1]) - 1])
        self.look(self.page, "confirm")
        self.button("door.confirm.do").click()
        self.link("door.done.go").wait_for()
        self.look(self.page, "done")
        self.link("door.done.go").click()
        self.look(self.page, "home")

    def add_a_colleague(self) -> None:
        """Admit a caseworker, who reads their own words."""
        self.page.goto(f"{self.address}/people/add")
        self.page.fill("[name=name]", COLLEAGUE)
        self.page.check("[name=roles][value=caseworker]")
        self.look(self.page, "add-a-person")
        self.button("people.add.next").click()
        words = self.listed("ol.passphrase li")
        for field in self.page.locator("input[name^=word]").all():
            field.fill(words[int((field.get_attribute("name") or "")[4:])])
        self.look(self.page, "their-words")
        self.button("people.words.admit").click()
        self.page.get_by_text(self.said["people.added"]).wait_for()
        self.look(self.page, "person")

    def enter_a_case(self) -> None:
        """Search first, then enter."""
        self.page.goto(f"{self.address}/cases/new")
        self.page.fill("[name=text]", TRAVELLER)
        self.button("cases.new.look").click()
        self.page.fill("[name=whereabouts]", "With a host in the second country")
        self.page.fill("[name=party_size]", "3")
        self.look(self.page, "new-case")
        self.button("cases.new.submit").click()
        self.page.locator("h1", has_text="-").wait_for()
        self.look(self.page, "case")

    def give_and_take(self) -> None:
        """Give the colleague a part of the case, and take it away again."""
        self.page.get_by_role("link", name=self.said["access.title"]).first.click()
        self.page.select_option("[name=person]", label=COLLEAGUE)
        self.page.check("[name=tiers][value=movement]")
        self.look(self.page, "give-access")
        self.button("access.give").click()
        take = self.page.get_by_role("row", name=COLLEAGUE).get_by_role("button")
        take.wait_for()
        self.look(self.page, "access-given")
        take.click()
        take.wait_for(state="detached")
        self.look(self.page, "access-taken")

    def back_up(self) -> None:
        """Make a backup and wait until it is there."""
        self.page.goto(f"{self.address}/continuity")
        self.button("continuity.backup.now").click()
        self.page.locator(".alert-success").wait_for()
        self.look(self.page, "backup")

    def lock(self) -> None:
        """Lock with the keyboard."""
        self.page.goto(f"{self.address}/")
        self.page.keyboard.press("l")
        self.page.keyboard.press("l")
        self.button("door.unlock.do").wait_for()
        self.look(self.page, "locked")

    def unlock(self, passphrase: str) -> None:
        """Come back."""
        self.page.goto(f"{self.address}/")
        self.page.fill("[name=passphrase]", passphrase)
        self.page.keyboard.press("Enter")
        self.page.locator(".who").wait_for()

    def forget_and_recover(self) -> None:
        """Three sheets are brought together, and new words are drawn."""
        self.link("door.unlock.forgotten").click()
        for place, sheet in enumerate((4, 0, 2)):
            self.page.fill(f"[name=share_{place}]", self.sheets[sheet])
        self.look(self.page, "three-sheets")
        self.button("door.next").click()
        self.page.get_by_label(FOUNDER).check()
        self.passphrase = self.words()
        self.page.fill("[name=typed]", self.passphrase)
        self.look(self.page, "new-words")
        self.button("door.person.do").click()
        self.page.locator(".who").wait_for()

    def read_the_log(self) -> None:
        """See what was done, the use of the sheets included."""
        self.page.goto(f"{self.address}/log")
        self.look(self.page, "log")

    def restore(self, passphrase: str) -> None:
        """Bring the backup back on a machine that holds nothing, by command."""
        backup = next((self.office / "backups").glob("store-*.age"))
        paper = self.folder / "paper"
        paper.write_text(f"{passphrase}\n", encoding="utf-8")
        program = [
            *WAYSTATION,
            "restore",
            str(backup),
            "--data",
            str(self.new_machine),
            "--passphrase-file",
            str(paper),
        ]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def find_the_case_again(self) -> None:
        """The case stands as it did when the backup was made."""
        self.page.goto(f"{self.address}/cases")
        self.page.locator("tbody a").first.click()
        self.page.get_by_text("With a host in the second country").wait_for()
        self.look(self.page, "restored")

    def words(self) -> str:
        """Return the words that the page shows, as written on paper."""
        return " ".join(self.listed("ol.words li"))

    def listed(self, items: str) -> list[str]:
        """Return the texts of a list once it is there."""
        self.page.locator(items).first.wait_for()
        return self.page.locator(items).all_text_contents()

    def link(self, key: str) -> Locator:
        """Return the link of that name."""
        return self.page.get_by_role("link", name=self.said[key], exact=True)

    def button(self, key: str) -> Locator:
        """Return the button of that name."""
        return self.page.locator("main").get_by_role("button", name=self.said[key], exact=True)
