"""A day at the case desk in a browser, against the real command: calls, decisions, a table, a duplicate, a form, a hand-over."""

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.desk_files import BAD, own_form, table
from tests.browser.walk import Look, Walk, serving

LEAD, WORKER = "Noor Haddad", "한서연"
HTCDS = Path(__file__).parents[3] / "shared" / "external" / "htcds" / "htcds_xlsform.xlsx"
"""The published form, where it is at hand; without it a form of the same shape is written."""
FAMILY = (
    ("Pak Un-ju 박은주", "18-59"),
    ("Kim Seong-eun 김성은", "18-59"),
    ("Ri Ok-bun 리옥분", "75+"),
    ("Pak Sol 박솔", "5-11"),
    ("Choe Min 최민", "12-17"),
)
"""Invented. The fourth is with the first; the fifth is with nobody."""
WITH, ALONE = 3, 4
PATIENT = 180_000
"""Milliseconds that 190 new cases may take on a busy machine."""


class DeskWalk(Walk):
    """The way of a director, a caseworker and a case lead through one day."""

    def __init__(self, page: Page, folder: Path, look: Look) -> None:
        super().__init__(page, folder, look)
        self.words_of: dict[str, str] = {}
        self.at_desk = ""
        self.people: list[str] = []

    def whole(self) -> None:
        """Walk through the day."""
        with serving(self.office) as self.address:
            self.set_up()
            self.words_of["director"] = self.passphrase
            self.at_desk = "director"
            self.admit("worker", WORKER, "caseworker")
            self.admit("lead", LEAD, "case_lead")
            self.train(WORKER)
            self.sit("worker")
            family = self.first_call("Pak Un-ju 박은주", {"18-59": 2, "75+": 1, "5-11": 1, "12-17": 1}, looked_at=True)
            self.to_decision(family, FAMILY)
            self.consents(family)
            self.recommend(family, "accepted", "accepted.danger_and_way", "Two sources, and the way fits.")
            other = self.first_call("Rafe Montclair", {"18-59": 1}, language="es")
            self.to_decision(other, (("Rafe Montclair", "18-59"),))
            self.recommend(other, "declined", "declined.outside_mandate", "He asks for work abroad; no danger.")
            self.sit("lead")
            self.screened(family)
            for case in (family, other):
                self.decide(case)
            self.letter(other)
            self.sit("worker")
            self.blocked(family)
            self.procedure(family)
            self.sit("lead")
            self.second_person(family)
            self.bring_a_form_in()
            self.import_a_table()
            self.duplicate()
            self.sit("worker")
            self.accepted(family)
            self.tasks()
            self.file_a_form(family)
            self.hand_over(family)
            self.in_korean(other)

    def admit(self, key: str, name: str, role: str) -> None:
        """Admit a colleague, and keep their words as they would."""
        self.page.goto(f"{self.address}/people/add")
        self.page.fill("[name=name]", name)
        self.page.check(f"[name=roles][value={role}]")
        self.button("people.add.next").click()
        words = self.listed("ol.passphrase li")
        for field in self.page.locator("input[name^=word]").all():
            field.fill(words[int((field.get_attribute("name") or "")[4:])])
        self.button("people.words.admit").click()
        self.page.get_by_text(self.said["people.added"]).wait_for()
        self.words_of[key] = " ".join(words)

    def train(self, name: str) -> None:
        """Note who was trained to assess what is best for a child."""
        self.go("/safeguarding/training/add")
        self.page.select_option("main [name=person]", label=name)
        self.fill(issuer="An invented school", valid_from="2020-01-01", until="2040-01-01")
        self.send()

    def sit(self, key: str) -> None:
        """Let another person take the seat."""
        self.go("/")
        self.page.keyboard.press("l")
        self.page.keyboard.press("l")
        self.button("door.unlock.do").wait_for()
        self.unlock(self.words_of[key])
        self.at_desk = key

    def first_call(self, name: str, heads: Mapping[str, int], *, language: str = "ko", looked_at: bool = False) -> str:
        """Take a first call, one thing at a time; return the address of the case."""
        self.go("/requests/new")
        if looked_at:
            self.look(self.page, "first-call")
        self.fill(for_whom=name)
        self.send()
        self.choose(asker="relative")
        self.fill(asker_name="an aunt")
        self.send()
        self.page.select_option("main [name=answer_way]", "message")
        self.page.select_option("main [name=language]", language)
        self.fill(answer_address="two words, then wait", answer_time="after ten at night")
        self.send()
        self.fill(**{f"heads_{band}": str(count) for band, count in heads.items()})
        self.send()
        self.fill(region="the border province", danger="Asked about by name, twice this month.")
        self.choose(priority="urgent")
        self.send()
        self.choose(contact_consent="yes")
        self.send()
        if looked_at:
            self.look(self.page, "first-call-check")
        self.page.locator("button[name=enter]").click()
        self.page.wait_for_url("**/cases/*-*-*-*-*")
        return self.page.url.removeprefix(self.address)

    def to_decision(self, case: str, people: tuple[tuple[str, str], ...]) -> None:
        """Verify, screen and assess a case, and put its people on it."""
        self.advance(case)
        for subject in ("verification", "screening"):
            self.judge(case, subject)
            self.advance(case)
        for place, (name, band) in enumerate(people):
            self.go(f"{case}/people/new")
            self.fill(name=name)
            self.page.select_option("main [name=age_band]", band)
            if place == WITH:
                self.page.select_option("main [name=accompanied_by]", index=1)
            self.send()
        self.judge(case, "assessment")
        self.advance(case)

    def judge(self, case: str, subject: str) -> None:
        """Say that a step's work is done."""
        self.go(f"{case}/judge?of={subject}")
        self.choose(result="done")
        self.send()

    def advance(self, case: str) -> None:
        """Go on by the letters of the keyboard."""
        self.go(case)
        on = self.page.locator("form[action$='/advance'] button")
        on.wait_for()
        with self.page.expect_navigation():
            self.page.keyboard.press("a")
            self.page.keyboard.press("g")

    def travellers(self, case: str) -> list[str]:
        """Return the ids of the people on a case, in their order."""
        self.go(f"{case}/consent")
        links = self.page.locator("a[href*='/consent/record/']").all()
        found = [(link.get_attribute("href") or "").split("/record/")[1][:36] for link in links]
        return list(dict.fromkeys(found))

    def consents(self, case: str) -> None:
        """Ask each of them about the casework and about setting out."""
        self.people = self.travellers(case)
        for who in self.people:
            for purpose in ("casework", "movement"):
                self.go(f"{case}/consent/record/{who}")
                self.page.select_option("main [name=purpose]", purpose)
                self.choose(answer="given", said_by="self", capacity="supported")
                self.send()
        self.go(f"{case}/consent")
        self.look(self.page, "consent")

    def recommend(self, case: str, outcome: str, reason: str, words: str) -> None:
        """Recommend, with a coded reason and words."""
        self.go(f"{case}/decisions/new")
        self.choose(outcome=outcome)
        self.page.select_option("main [name=reason]", reason)
        self.fill(words=words)
        self.send()

    def screened(self, case: str) -> None:
        """Let a person decide about trafficking, of each."""
        for who in self.people:
            self.go(f"{case}/safeguarding/{who}/status")
            self.choose(status="NotAVictimOfTrafficking", decided_by_kind="NGO")
            self.fill(decided_by=LEAD, why="Asked each alone; nothing of the kind.")
            self.send()

    def decide(self, case: str) -> None:
        """Sign as the second person."""
        self.go(case)
        self.page.locator("a[href*='/decisions/'].btn-primary").click()
        self.choose(answer="agreed")
        self.send()

    def letter(self, case: str) -> None:
        """Read the answer that goes out; it names nobody."""
        self.go(case)
        self.page.locator("a[href$='/letter']").first.click()
        self.page.wait_for_url("**/letter")
        assert "Montclair" not in self.page.content()
        self.look(self.page, "letter")

    def blocked(self, case: str) -> None:
        """See that an accepted family stays until each child's procedure is done."""
        self.go(case)
        assert self.page.locator("form[action$='/advance']").count() == 0
        text = self.page.locator(".obstacles").inner_text()
        assert self.said["safeguarding.reason.bid.missing"] in text
        self.look(self.page, "case-blocked")

    def procedure(self, case: str) -> None:
        """Write down care and the assessments, and for the child alone the panel of three."""
        for place in (WITH, ALONE):
            who, care = self.people[place], "accompanied" if place == WITH else "unaccompanied"
            self.go(f"{case}/safeguarding/{who}/care")
            self.choose(age="child", care=care, care_grade="child", parents_grade="child")
            self.choose(mother="unknown", father="unknown")
            self.fill(care_evidence="The child says so.", parents_evidence="The child says so.")
            self.send()
            self.go(f"{case}/safeguarding/{who}/assess")
            self.fill(words="Heard alone, in Korean. Wants to go with the others.")
            self.choose(recommendation="go")
            self.send()
        self.go(f"{case}/safeguarding/{self.people[ALONE]}/determine")
        self.fill(words="Heard the child and the assessor. To go with the others, a guardian waits.")
        self.choose(recommendation="go")
        for seat, (name, role) in enumerate(
            (("Ines Duarte", "social worker"), ("Tomas Reuter", "physician"), ("Oh Ji-an", "teacher")), start=1
        ):
            self.fill(**{f"name_{seat}": name, f"role_{seat}": role})
        self.look(self.page, "panel")
        self.send()
        self.go(f"{case}/safeguarding#who-{ALONE + 1}")
        self.look(self.page, "procedure-waits")

    def second_person(self, case: str) -> None:
        """Read each paper whole and agree."""
        self.go(f"{case}/safeguarding")
        papers = [link.get_attribute("href") or "" for link in self.page.locator("ul.papers a").all()]
        assert len(papers) == 3
        for paper in papers:
            self.go(paper)
            self.choose(verdict="agreed")
            self.fill(why="Read it whole.")
            self.send()
        self.go(f"{case}/safeguarding#who-{ALONE + 1}")
        self.look(self.page, "procedure-done")

    def accepted(self, case: str) -> None:
        """Go on: both signatures, every consent and both procedures are there."""
        self.advance(case)
        self.page.get_by_text(self.said["desk.child.procedure.done"]).first.wait_for()
        self.look(self.page, "case-accepted")
        self.go(f"{case}#people")
        self.look(self.page, "case-people")

    def tasks(self) -> None:
        """See what is to be done in all cases, say that the first of it is done, and take that back."""
        self.go("/tasks?whose=all")
        self.look(self.page, "tasks")
        self.page.locator("tbody form button").first.click()
        self.page.locator(".notice form button").click()
        self.page.get_by_text(self.said["desk.task_again.done"]).wait_for()

    def bring_a_form_in(self) -> None:
        """Bring the intake form of trafficking cases in, or one of its shape."""
        self.go("/forms/new")
        data = HTCDS.read_bytes() if HTCDS.exists() else own_form()
        self.send_file("htcds.xlsx", data)
        self.send()
        self.fill(name="Intake after HTCDS")
        self.choose(tier="welfare")
        self.look(self.page, "form-brought")
        self.send()

    def file_a_form(self, case: str) -> None:
        """Fill the form in about the case, and file it."""
        self.go(f"{case}/forms")
        self.send()
        self.page.locator("#questions").wait_for()
        self.page.get_by_label("Location of Recruitment").fill("a market in the border town")
        self.page.get_by_label("Location of Recruitment").blur()
        self.page.wait_for_load_state("networkidle")
        self.look(self.page, "form-filled")
        self.page.locator("button[name=file]").click()
        self.page.get_by_text(self.said["intake.filed"]).wait_for()
        self.look(self.page, "form-filed")

    def import_a_table(self) -> None:
        """Look at 200 rows, ten of them wrong, and take the others in."""
        self.go("/imports")
        self.send_file("table.csv", table().encode())
        self.send()
        self.page.wait_for_url("**/imports/look/*")
        wrong = self.page.locator("button[name=show][value=wrong]")
        assert f": {BAD}" in wrong.inner_text()
        wrong.click()
        self.page.wait_for_load_state()
        self.look(self.page, "import-wrong")
        self.page.locator("form[action$='/take-in'] button").click()
        self.page.locator(".alert-success").wait_for(timeout=PATIENT)
        self.look(self.page, "import-done")

    def duplicate(self) -> None:
        """Find one person entered twice, merge the two cases, and take it back."""
        self.go("/duplicates")
        self.page.locator("tbody a").first.wait_for()
        self.look(self.page, "duplicates")
        self.page.locator("tbody a").first.click()
        self.page.wait_for_url("**/like/*")
        pair = self.page.url.removeprefix(self.address)
        self.look(self.page, "duplicate-beside")
        self.choose(answer="keep_one")
        self.fill(reason="The same aunt called twice.")
        self.send()
        self.go(pair)
        self.page.locator("a[href$='/take-back'], a[href*='/back'], a[href*='take']").first.wait_for()
        self.look(self.page, "duplicate-merged")
        self.page.get_by_role("link", name=self.said["duplicates.take_back"]).click()
        self.fill(reason="Two sisters of one name.")
        self.send()
        self.page.get_by_text(self.said["duplicates.taken_back"]).wait_for()

    def hand_over(self, case: str) -> None:
        """Hand the case to a colleague."""
        self.go(f"{case}/hand-over")
        self.page.select_option("main [name=to]", label=LEAD)
        self.fill(words="The plan is next; the aunt answers after ten.")
        self.send()
        self.go(case)
        self.look(self.page, "handed-over")

    def in_korean(self, case: str) -> None:
        """See home, list and a case in Korean."""
        self.page.context.add_cookies([{"name": "language", "value": "ko", "url": self.address}])
        for name, address in (("home-ko", "/"), ("list-ko", "/cases"), ("case-ko", case)):
            self.go(address)
            self.look(self.page, name)

    def go(self, path: str) -> None:
        """Open a page of the application."""
        self.page.goto(f"{self.address}{path}")

    def fill(self, **values: str) -> None:
        """Type into fields by their names."""
        for name, value in values.items():
            self.page.fill(f"main [name='{name}']", value)

    def choose(self, **values: str) -> None:
        """Choose of what is to be seen whole."""
        for name, value in values.items():
            self.page.check(f"main [name={name}][value='{value}']")

    def send(self) -> None:
        """Send the page's form; a page that refuses it says why in the failure."""
        with self.page.expect_navigation():
            self.page.locator("main .form-end .btn-primary").first.click()
        refused = self.page.locator("main .error-summary")
        assert refused.count() == 0, refused.inner_text()

    def send_file(self, name: str, data: bytes) -> None:
        """Choose a file that was never on this disk."""
        self.page.set_input_files("[name=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
