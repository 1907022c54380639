"""Catalogue devices by the product names that drivers and result files give them.

``NVIDIA GeForce GTX 1080 Ti``, ``Tesla V100-SXM2-16GB`` and ``NVIDIA A100-PCIE-40GB`` are not the
catalogue's names, but the words of its titles.
"""

from __future__ import annotations

import re

from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError

MAKERS = {"nvidia", "geforce", "tesla", "quadro", "amd", "radeon", "instinct", "intel", "gpu"}
VARIANTS = {"ti", "super", "laptop", "max", "q", "ada", "pro", "blackwell", "pascal", "x", "xp"}
"""Words that make another product of the same number."""
COOLED = {"m", "c"}
"""Letters behind a number that tell how a server card is cooled: K20m, K20c."""


def find_product(name: str) -> DeviceSpec | None:
    """Return the device of a catalogue name or a driver's product name, or ``None``.

    Of devices with the same number, the one that shares most words wins; if several do, the one
    that the bare number stands for.
    """
    exact = _exact(name)
    if exact is not None:
        return exact
    words = _words(name)
    best: tuple[int, bool] = (0, False)
    found = None
    for spec in catalogue.load().values():
        title = _words(spec.title)
        number = next((word for word in title if re.search(r"\d{1,4}", word)), None)
        if not _same_product(set(words), set(title), number):
            continue
        usual = number is not None and _exact(number) is spec
        rank = (len(set(words) & set(title)), usual)
        if rank > best:
            best, found = rank, spec
    return found


def _same_product(words: set[str], title: set[str], number: str | None) -> bool:
    if words & VARIANTS != title & VARIANTS:
        return False
    if number is None:
        return title <= words
    return number in words or any(number + letter in words for letter in COOLED)


def _exact(name: str) -> DeviceSpec | None:
    try:
        return catalogue.find(name)
    except InputError:
        return None


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", name.lower()) if word not in MAKERS]
