from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.unit.engine.portfolio.networks import FIRST, TERMS, group_of, network_of

from waystation.briefs.decision.minutes import minutes, write_minutes
from waystation.engine.portfolio.select import select
from waystation.kernel import BadInputError


def test_the_minutes_say_who_why_and_who_signs(tmp_path: Path) -> None:
    network = network_of((group_of("a", 2), group_of("b", 4), group_of("c", 3)))
    decision = select(network, FIRST, TERMS)
    content = minutes(decision, network, "en")
    assert [section.id for section in content.sections] == [
        *("now", "not_now", "held", "money", "scarce", "what_if", "fairness", "signed")
    ]
    written = write_minutes(decision, network, tmp_path / "minutes")
    page = (tmp_path / "minutes" / "minutes-ko.html").read_text("utf-8")
    assert '<html lang="ko">' in page
    assert "결정 회의 회의록" in page
    assert "<script" not in page
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(written[1].read_bytes())).pages)
    assert "Minutes of the decision meeting" in text
    assert "Second signature" in text
    with pytest.raises(BadInputError):
        write_minutes(decision, network, written[0])
