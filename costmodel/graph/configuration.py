"""The configuration of a library call: JSON in a string, as XLA's ``backend_config`` carries it."""

from __future__ import annotations

import json
import re
from typing import Any

_CONFIGURATION = re.compile(r'backend_config\s*=\s*"((?:[^"\\]|\\.)*)"', re.S)
_ESCAPED = re.compile(r'\\([0-9A-Fa-f]{2}|["\\nt])')
_SHORT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def configuration(header: str) -> dict[str, Any]:
    """Return the JSON object of ``backend_config``; empty where an op has none.

    ``ValueError`` where the string is no JSON object.
    """
    found = _CONFIGURATION.search(header)
    text = _ESCAPED.sub(_character, found.group(1)) if found else ""
    try:
        told = json.loads(text) if text.strip() else {}
    except RecursionError as error:
        raise ValueError("backend_config is nested too deep") from error
    if not isinstance(told, dict):
        raise ValueError("backend_config is no JSON object")
    return told


def _character(escape: re.Match[str]) -> str:
    """Return the character of MLIR's escapes: a backslash and two hexadecimal digits, or one."""
    code = escape.group(1)
    return _SHORT[code] if code in _SHORT else chr(int(code, 16))
