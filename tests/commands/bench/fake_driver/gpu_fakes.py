"""Benchmarks of kind GPU that say which GPU their process sees."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from runner_fakes import behave, steady

from microbench.benchmark import Prepared
from microbench.devices.spec import DeviceKind
from microbench.errors import DeviceError


def seen() -> Prepared:
    return Prepared(sample=steady, notes={"seen": os.environ["CUDA_VISIBLE_DEVICES"]})


def lose() -> Prepared:
    Path(os.environ["FAKE_GPU_LOST"]).touch()
    raise DeviceError("cuLaunchKernel: CUDA_ERROR_ILLEGAL_ADDRESS")


BENCHMARKS = tuple(
    replace(one, kind=DeviceKind.GPU)
    for one in (behave("fakegpu.seen", seen, bad=0), behave("fakegpu.lost", lose))
)
