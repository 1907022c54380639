"""Errors and the exit code each one means.

Raised where the cause is known; turned into one line of text only by the command line.
"""

from __future__ import annotations


def plainly(error: Exception) -> str:
    """Say in plain words why a file could not be read or written, or text not be understood."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    place = getattr(error, "lineno", None), getattr(error, "colno", None)
    if isinstance(error, ValueError) and None not in place:  # json.JSONDecodeError
        return f"{getattr(error, 'msg', error)} in line {place[0]}, column {place[1]}"
    if isinstance(error, UnicodeDecodeError):
        return "not text in UTF-8"
    if isinstance(error, RecursionError):
        return "brackets too deep"
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing" if error.args else "something is missing"
    return " ".join(str(error).split())


class HwprofError(Exception):
    """A fault hwprof can name. The message says what is wrong, where, and what to do next."""

    exit_code: int = 1


class InputError(HwprofError):
    """Bad usage or bad input: a file, an option, a space, a model."""

    exit_code = 2


class DeviceError(HwprofError):
    """A device, a driver or an external tool is missing or does not answer."""

    exit_code = 3


class UnsupportedError(DeviceError):
    """A device or installation cannot do what was asked: a point becomes ``unsupported``."""


class RegressionError(HwprofError):
    """A comparison found a slowdown beyond the limit the user set."""

    exit_code = 4


class NoisyError(HwprofError):
    """Measurements were too noisy and the user asked for strictness."""

    exit_code = 5
