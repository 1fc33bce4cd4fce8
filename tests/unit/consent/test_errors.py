import ast
from pathlib import Path

import waystation.consent
from waystation.consent.errors import ConsentRefusedError


def test_every_refusal_in_the_source_has_a_declared_code_and_every_code_is_used() -> None:
    used = set()
    for path in Path(waystation.consent.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ConsentRefusedError":
                used.add(ast.literal_eval(node.args[0]))
    assert used == set(ConsentRefusedError.CODES)
    assert ConsentRefusedError("no_partner").code == "no_partner"
