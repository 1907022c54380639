"""Text that is not MLIR is refused where it starts, however much of it looks like names."""

from __future__ import annotations

import pytest

from costmodel.mlir.reader import read_text
from microbench.errors import InputError


@pytest.mark.parametrize(
    "text",
    ["hello world", "qZ2pNLkR+a/b\nif\nreturn x\n", "int main(void) { return 0; }", "# a comment"],
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"<input>:1:\d+: .*is this an MLIR text file\?"):
        read_text(text)


def test_old_builtin_names_are_mlir() -> None:
    assert read_text("func @f() {\n  return\n}\n").ops[0].name
