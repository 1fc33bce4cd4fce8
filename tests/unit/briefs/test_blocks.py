from typing import get_args

import pytest

from waystation.briefs import html, pdf
from waystation.briefs.blocks import Block


@pytest.mark.parametrize("kind", get_args(Block))
def test_every_block_has_its_form_on_screen_and_on_paper(kind: type) -> None:
    assert kind in html._block.registry
    assert kind in pdf._data.registry


def test_what_is_no_block_is_refused() -> None:
    with pytest.raises(TypeError, match="int"):
        html._block(1)
    with pytest.raises(TypeError, match="int"):
        pdf._data(1)
