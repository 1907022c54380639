"""What runs at once on a multiprocessor, against the cost model's own count and by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.resources.occupancy import Multiprocessor
from costmodel.resources.occupancy import resident_blocks as counted
from microbench.devices import catalogue
from microbench.kernels.cuda_residency import resident_blocks

CHIPS = [catalogue.find(name) for name in ("a100", "3090", "4090", "h100", "B200", "5090")]


@pytest.mark.parametrize(
    ("capability", "threads", "registers", "blocks"),
    [("9.0", 256, 32, 8), ("9.0", 256, 40, 6), ("9.0", 256, 58, 4), ("12.0", 256, 17, 6)],
)
def test_by_hand(capability, threads, registers, blocks):
    assert resident_blocks(capability, threads, registers) == blocks


@given(st.sampled_from(CHIPS), st.integers(1, 1024), st.integers(16, 255))
def test_as_the_cost_model_counts(spec, threads, registers):
    sm = Multiprocessor.of(spec)
    assert sm is not None
    found = resident_blocks(spec.compute_capability, threads, registers)
    assert found == int(counted(sm, threads, registers, 0))
