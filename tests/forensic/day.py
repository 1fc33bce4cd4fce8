"""A day's work at the desk, done in a browser as a person does it, with a name in every field that takes words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.unit.exchange.exporting.test_make import KEY
from tests.unit.intake.books import question, xlsform

SEND = "main form:not(.languages) .form-end .btn-primary"
PLACE = r"[0-9a-f-]{36}"
CASE = re.compile(rf"/cases/{PLACE}(#.*)?$")
SCREENED = {"status": "NotAVictimOfTrafficking", "decided_by_kind": "NGO"}
KNOWN_OF_A_CHILD = {
    "age": "child",
    "care": "unaccompanied",
    "care_grade": "child",
    "mother": "unknown",
    "father": "unknown",
    "parents_grade": "child",
}


@dataclass
class Day:
    """One browser at one desk that is unlocked; ``name`` gives a new invented name each time it is asked."""

    page: Page
    address: str
    name: Callable[[], str]
    done: list[str] = field(default_factory=list)
    """What was done, in order."""

    def whole(self) -> None:
        """Do all of it."""
        case = self.first_call(self.name())
        adult, child = self.traveller(case, "18-59"), self.traveller(case, "12-17")
        self.casework(case)
        self.consent(case, adult)
        self.screening(case, adult)
        self.child(case, child)
        self.to_decision(case)
        self.decision(case)
        self.table()
        self.export()
        self.form(case)
        self.complaint()
        self.pair()
        self.search()
        self.language()
        self.print_preview(case)
        self.hand_over(case)
        self.backup()
        self.left_unfinished(case)

    def first_call(self, traveller: str) -> str:
        """Take a first call, one question at a time; return the address of the case."""
        self.page.goto(f"{self.address}requests/new")
        for given in (
            {"for_whom": traveller},
            {"asker": "relative", "asker_name": self.name()},
            {"answer_way": "message", "answer_address": self.name(), "answer_time": self.name(), "language": "ko"},
            {"heads_18-59": "1", "heads_12-17": "1"},
            {"region": self.name(), "danger": self.name(), "priority": "urgent"},
            {"contact_consent": "yes"},
        ):
            self.send(given)
        self.click("main button[name=enter]")
        self.page.wait_for_url(CASE)
        self.done.append("first call")
        return self.page.url.split("#")[0]

    def traveller(self, case: str, band: str) -> str:
        """Put a person on the case; return their id, which the links to their safeguarding hold."""
        before = self.travellers(case)
        words = {one: self.name() for one in ("name", "gender", "medical", "languages", "relation", "name_1")}
        self.at(f"{case}/people/new", {**words, "kind_1": "birth", "age_band": band})
        (found,) = self.travellers(case) - before
        self.done.append("traveller")
        return found

    def travellers(self, case: str) -> set[str]:
        """Return the ids of the people on a case."""
        self.page.goto(f"{case}/consent")
        links = self.page.locator("main a[href*='/consent/record/']").all()
        return {str(link.get_attribute("href")).split("?")[0].rsplit("/", 1)[1] for link in links}

    def casework(self, case: str) -> None:
        """Write a note, a contact, a task, a flag and a referral."""
        self.at(f"{case}/notes/new", {"text": self.name()})
        contact = {one: self.name() for one in ("whose", "address", "safe_time", "caution")}
        self.at(f"{case}/contacts/new", {**contact, "way": "email"})
        self.at(f"{case}/tasks/new", {"what": "other", "words": self.name()})
        self.at(f"{case}/flags/new", {"reason": "other", "words": self.name()})
        referred = {"kind": "referral", "service": "legal", "to": self.name(), "words": self.name(), "consented": True}
        self.at(f"{case}/referrals/new", referred)
        self.done.append("casework")

    def consent(self, case: str, traveller: str) -> None:
        """Ask for consent, with something withheld, and take the last one back."""
        for purpose in ("casework", "sharing"):
            said = {one: self.name() for one in ("shared_with", "words", "what_1", "whom_1", "why_1")}
            said |= {"purpose": purpose, "answer": "given", "said_by": "self", "capacity": "able"}
            self.at(f"{case}/consent/record/{traveller}", said)
        self.page.goto(f"{case}/consent")
        self.click("main a[href$='/withdraw'] >> nth=-1")
        self.send({"said_by": "self", "words": self.name()})
        self.done.append("consent")

    def screening(self, case: str, traveller: str) -> None:
        """Write down what was seen, and decide."""
        of_them = f"{case}/safeguarding/{traveller}"
        seen = {one: self.name() for one in ("recruited_where", "exploited_where", "words")}
        self.at(f"{of_them}/screen", seen)
        self.at(f"{of_them}/status", {**SCREENED, "decided_by": self.name(), "why": self.name()})
        self.done.append("screening")

    def child(self, case: str, child: str) -> None:
        """Run the procedure of a child alone: care, assessment, panel, and a question to a second person."""
        of_them = f"{case}/safeguarding/{child}"
        evidence = {one: self.name() for one in ("care_evidence", "parents_evidence")}
        self.at(f"{of_them}/care", {**KNOWN_OF_A_CHILD, **evidence})
        self.at(f"{of_them}/assess", {"words": self.name(), "recommendation": "go"})
        seats = {f"{part}_{seat}": self.name() for part in ("name", "role") for seat in (1, 2, 3)}
        self.at(f"{of_them}/determine", {"words": self.name(), "recommendation": "go", **seats})
        self.at(f"{of_them}/override", {"words": self.name()})
        self.page.goto(f"{case}/safeguarding")
        self.done.append("child")

    def to_decision(self, case: str) -> None:
        """Verify, screen and assess, each in words."""
        for subject in ("", "verification", "screening", "assessment"):
            if subject:
                self.at(f"{case}/judge", {"subject": subject, "result": "done", "words": self.name()})
            self.page.goto(case)
            self.click("form[action$='/advance'] button")
        self.done.append("steps")

    def decision(self, case: str) -> None:
        """Recommend, look at the letter, change it."""
        said = {"outcome": "declined", "reason": "declined.outside_mandate", "words": self.name(), "language": "es"}
        self.at(f"{case}/decisions/new", said)
        self.page.goto(case)
        self.click("main a[href$='/letter'] >> nth=0")
        self.click("a[href$='/letter/change']")
        self.send({"letter": self.name()})
        self.done.append("decision and letter")

    def table(self) -> None:
        """Bring a small table in, one row of it wrong."""
        rows = [f"r{row},{self.name()},{self.name()},{30 + row},{self.name()}" for row in range(4)]
        wrong = f"r9,{self.name()},{self.name()},old,{self.name()}"
        table = "\n".join(["reference,name,region,age,danger", *rows, wrong, ""]).encode()
        self.page.goto(f"{self.address}imports")
        self.bring(f"{self.name()}.csv", "text/csv", table)
        self.page.wait_for_url("**/imports/look/*")
        self.click("form[action$='/take-in'] .btn-primary")
        self.page.locator("main .alert-success").wait_for()
        self.done.append("import")

    def export(self) -> None:
        """Encrypt a list to its recipient and take the file."""
        asked = {"recipient": self.name(), "reason": self.name(), "key": KEY, "purpose": "referral", "form": "csv"}
        self.at(f"{self.address}exports/new", asked)
        *_, rows, columns = self.page.locator("main dl.facts dd").all_inner_texts()
        assert int(rows) > 0
        self.send({"rows": rows, "columns": columns.split(":")[0]})
        with self.page.expect_download() as begun:
            self.page.locator("main a.btn-primary[href$='/file']").click()
        assert begun.value.path().read_bytes().startswith(b"age-encryption.org/v1")
        self.done.append("export")

    def form(self, case: str) -> None:
        """Bring a form in, fill it, keep a draft of it, go away, come back and file it."""
        self.page.goto(f"{self.address}forms/new")
        survey = [question("text", "head", "Who asks"), question("text", "told", "What was told")]
        self.bring("form.xlsx", "", xlsform(survey, settings={"form_title": "Intake", "form_id": "intake"}))
        self.send({"name": self.name(), "tier": "welfare"})
        self.page.goto(f"{case}/forms")
        self.click(SEND)
        draft = self.page.url
        self.page.fill("main [name='q/head']", self.name())
        self.page.fill("main [name='q/told']", self.name())
        self.page.keyboard.press("Tab")
        self.page.wait_for_load_state("networkidle")
        self.click("main button[name=later]")
        self.page.goto(draft)
        assert self.page.input_value("main [name='q/told']") != "", "the draft was not kept"
        self.click("main button[name=file]")
        self.done.append("form")

    def complaint(self) -> None:
        """Take a complaint."""
        said = {one: self.name() for one in ("words", "about_words", "complainant", "contact", "wish")}
        self.at(f"{self.address}complaints/new", {**said, "gravity": "harm", "origin": "traveller"})
        self.done.append("complaint")

    def pair(self) -> None:
        """Take two calls for one person, put them together, and take that back."""
        traveller = self.name()
        one, other = self.first_call(traveller), self.first_call(traveller)
        beside = f"{one}/like/{other.rsplit('/', 1)[1]}"
        self.at(beside, {"answer": "keep_one", "reason": self.name()})
        self.at(f"{beside}/take-back", {"reason": self.name()})
        self.done.append("pair merged and taken back")

    def search(self) -> None:
        """Look for a name in the page for it and in the box that goes anywhere."""
        self.page.goto(f"{self.address}cases/search")
        self.page.fill("main input[name=text]", self.name())
        self.page.press("main input[name=text]", "Enter")
        self.page.wait_for_load_state("networkidle")
        self.page.keyboard.press("Control+k")
        self.page.locator("#palette-filter").fill(self.name())
        self.page.wait_for_load_state("networkidle")
        self.page.keyboard.press("Escape")
        self.done.append("search")

    def language(self) -> None:
        """Change the language, on a page that shows a case, and change it back."""
        for code in ("en", "ko"):
            self.page.goto(f"{self.address}preferences")
            self.click(f"main .languages button[value={code}]")
            assert self.page.locator("html").get_attribute("lang") == code
        self.done.append("language")

    def print_preview(self, case: str) -> None:
        """Look at the case as it would be printed, its names held open, and print it into memory."""
        self.page.goto(case)
        self.click("form[action$='/identity/open'] button")
        self.page.emulate_media(media="print")
        assert self.page.pdf().startswith(b"%PDF")
        self.page.emulate_media(media="screen")
        self.done.append("print preview")

    def hand_over(self, case: str) -> None:
        """Give the case to a colleague."""
        self.page.goto(f"{case}/hand-over")
        self.send({"to": 1, "words": self.name()})
        self.done.append("hand-over")

    def backup(self) -> None:
        """Make a backup and wait until it is there."""
        self.page.goto(f"{self.address}continuity")
        self.click("main form[action$='/continuity/backup'] button")
        self.page.locator("main .alert-success").wait_for()
        self.done.append("backup")

    def left_unfinished(self, case: str) -> None:
        """Type something, let the draft be kept, and leave the page standing there."""
        self.page.goto(f"{case}/notes/new")
        self.page.fill("main [name=text]", self.name())
        self.page.locator("[data-draft-kept]").wait_for()
        self.done.append("draft")

    def at(self, address: str, given: dict[str, Any]) -> None:
        """Open a page and send its form."""
        self.page.goto(address)
        self.send(given)

    def send(self, given: dict[str, Any]) -> None:
        """Fill in the fields of the form that is shown, each as its kind is, and send it; a refusal ends the day."""
        for name, value in given.items():
            self.put(name, value)
        self.click(SEND)

    def put(self, name: str, value: Any) -> None:
        """Give one field its value: a text, an option's value or place, a tick."""
        every = self.page.locator(f"main [name='{name}']")
        kind = every.first.evaluate("each => each.type")
        if kind == "radio":
            self.page.check(f"main [name='{name}'][value='{value}']")
        elif kind == "checkbox":
            every.first.check()
        elif kind == "select-one" and isinstance(value, int):
            every.select_option(index=value)
        elif kind == "select-one":
            every.select_option(value)
        else:
            every.fill(value)

    def click(self, what: str) -> None:
        """Press or follow something and wait for the page that answers."""
        where = self.page.url
        with self.page.expect_navigation() as answered:
            self.page.locator(what).first.click()
        status = answered.value.status
        wrong = self.page.locator("main .is-invalid, main .errors, main .alert-danger").count()
        assert (status < 400, wrong) == (True, 0), f"{what} at {where}: {status}\n{self.text()}"

    def bring(self, name: str, kind: str, content: bytes) -> None:
        """Choose a file and send it."""
        self.page.set_input_files("main input[type=file]", {"name": name, "mimeType": kind, "buffer": content})
        self.click(SEND.replace(" .form-end", ""))

    def text(self) -> str:
        """Return what stands on the page, for whoever reads why a test failed: the names in it are invented."""
        return self.page.locator("main").inner_text()


def counted(names: Iterator[str], used: list[str]) -> Callable[[], str]:
    """Return a function that gives one name after the other and notes which it gave."""

    def name() -> str:
        used.append(next(names))
        return used[-1]

    return name
