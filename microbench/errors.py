"""Errors and the exit code each one means.

Raised where the cause is known; turned into one line of text only by the command line.
"""

from __future__ import annotations


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
