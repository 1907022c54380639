"""A saved report read with every field checked: one line names file, field and value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from microbench.errors import InputError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from reports.data import ReportData

MOST_SHOWN = 40
"""Characters of a wrong value that are repeated."""
EXPECTED = {
    "greater_than_equal": "a number of 0 or more",
    "less_than": "a finite number",
    "float_type": "a number",
    "predicate_failed": "one of compute, memory, latency",
}
"""What stands where these rules are broken, in a reader's words."""


def validated(text: str, name: str) -> ReportData:
    """Return the report of a JSON text; ``InputError`` names the first field that is wrong."""
    from pydantic import TypeAdapter, ValidationError

    from reports.data import ReportData

    try:
        return TypeAdapter(ReportData).validate_json(text, strict=True)
    except ValidationError as error:
        (*_, first) = error.errors(include_url=False)[:1]
        raise InputError(f"{name}: a damaged hwprof report: {_told(first)}") from error


def _told(error: ErrorDetails) -> str:
    """Say which field is wrong, how, and what stands there."""
    where = "".join(f"[{at}]" if isinstance(at, int) else f".{at}" for at in error["loc"])
    field = where.removeprefix(".") or "the document"
    if error["type"] in ("missing", "missing_argument"):
        return f"{field} is missing"
    value = json.dumps(error["input"], default=str)
    value = (
        value if len(value) <= MOST_SHOWN else value[: MOST_SHOWN - 1] + "\N{HORIZONTAL ELLIPSIS}"
    )
    expected = EXPECTED.get(error["type"], error["msg"].removeprefix("Input should be "))
    return f"{field} is {value}, not {expected}"
