import pytest
from django.utils.translation import override

from waystation.cases.errors import (
    AlreadyDecidedError,
    BlockedError,
    NoSuchStepError,
    NotAllOfItError,
    SamePersonError,
)
from waystation.cases.models import RESULTS
from waystation.cases.steps.blocks import Block
from waystation.cases.steps.vocabulary import Need
from waystation.kernel import RuleRefusedError
from waystation.web.views.desk.refusals import REFUSALS, said, said_block
from waystation.web.wording import LANGUAGES, catalogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_every_need_has_its_words(language: str) -> None:
    with override(language):
        for refusal in (AlreadyDecidedError(), NoSuchStepError(), SamePersonError(), NotAllOfItError("reason")):
            assert isinstance(refusal, REFUSALS)
            assert all(said(refusal))
        for need in Need:
            assert said_block(Block(need, f"{need}.something_new")) == catalogue(language)[f"desk.need.{need}"]
        for name in ("verified", "screened", "assessed"):
            for result in {"not_started", *RESULTS} - {"done"}:
                assert f"desk.block.{name}.{result}" in catalogue(language)


def test_everything_that_blocks_is_said() -> None:
    blocked: RuleRefusedError = BlockedError(
        [Block(Need.SCREENED, "screened.not_started"), Block(Need.EXIT, "exit.not_said")]
    )
    with override("en"):
        assert said(blocked) == ["It was not screened yet.", "Nobody said how it ended."]
