"""What every template keeps to: no script or style inside, nothing from elsewhere, a token in each form, no words of its own."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import waystation.web
from waystation.web.wording import catalogue

TEMPLATES = Path(waystation.web.__file__).parent / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
NAMES = [str(path.relative_to(TEMPLATES)) for path in FILES]
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN = ("title", "placeholder", "alt", "aria-label", "aria-description")
KEY_NAMES = re.compile(r"\b(Waystation|UTC|Ctrl|Shift|Enter|Esc|[A-Za-z])\b")


class Page(HTMLParser):
    """Gathers what a template says and does; its Django tags have been taken out before."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.faults: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        given = dict(attrs)
        if tag == "script" and "src" not in given:
            self.faults.append("a script inside the page")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{name} on <{tag}>")
            if name in {"src", "href", "action", "hx-get", "hx-post"} and re.match(r"\s*(\w+:|//)", value or ""):
                self.faults.append(f"{name} leads elsewhere: {value}")
            if name in SPOKEN:
                self.said.append(value or "")

    def handle_data(self, data: str) -> None:
        if self.inside == "style" and data.strip():
            self.faults.append("a style inside the page")
        self.said.append(data)


def page_of(path: Path) -> Page:
    page = Page()
    page.feed(TAG.sub("", COMMENT.sub("", path.read_text(encoding="utf-8"))))
    return page


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_script_no_style_nothing_from_elsewhere(path: Path) -> None:
    assert page_of(path).faults == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_words_of_its_own(path: Path) -> None:
    words = (KEY_NAMES.sub("", text) for text in page_of(path).said)
    assert [text.strip() for text in words if re.search(r"[^\W\d_]{2}", text)] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_form_that_posts_carries_its_token(path: Path) -> None:
    forms = re.findall(
        r"<form\b[^>]*method=[\"']?post.*?</form>", COMMENT.sub("", path.read_text(encoding="utf-8")), re.DOTALL | re.I
    )
    assert [form[:80] for form in forms if "{% csrf_token %}" not in form] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_is_marked_safe(path: Path) -> None:
    assert not re.search(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off", path.read_text(encoding="utf-8"))


def test_the_scan_sees_what_it_should() -> None:
    page = Page()
    page.feed('<p style="x" onclick="y">Hello</p><script>z</script><a href="https://a.b/">c</a><img alt="A picture">')
    assert len(page.faults) == 4
    assert {"Hello", "A picture"} <= set(page.said)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_text_it_names_is_in_the_catalogue(path: Path) -> None:
    known = catalogue("en")
    named = re.findall(r"""{%\s*say\s+['"]([^'"]+)['"]""", path.read_text("utf-8"))
    assert [key for key in named if key not in known and f"{key}.other" not in known] == []


def test_what_was_posted_is_taken_out_of_the_history_before_anything_is_waited_for() -> None:
    head = (TEMPLATES / "web" / "base.html").read_text(encoding="utf-8").partition("</head>")[0]
    first = min(head.index(each) for each in ("<script", "<link"))
    assert head[first:].startswith("<script src=\"{% static 'web/traces.js' %}\"></script>")
