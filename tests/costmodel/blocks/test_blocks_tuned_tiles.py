"""Likely tiles: forests read without pickle, used where tables speak and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from costmodel.blocks import tuned_tiles
from costmodel.blocks.choose import chip_for, choose
from costmodel.blocks.library import Operator
from costmodel.blocks.problems import parse_kernel
from costmodel.blocks.tiled import problem_of
from costmodel.blocks.tuned_tiles import SIDES, Forest, forests, log_likelihood, provenance
from microbench.devices import catalogue

STUMP = Forest(
    classes=np.array([16, 64]),
    roots=np.array([0]),
    feature=np.array([0, -1, -1]),
    threshold=np.array([3.0, 0, 0]),
    left=np.array([1, 0, 0]),
    right=np.array([2, 0, 0]),
    votes=np.array([[0, 0], [255, 0], [51, 204]], np.uint8),
)


def test_a_tree_is_walked_to_its_leaf() -> None:
    assert STUMP.likelihood(np.array([2.0])) == {16: 1.0, 64: 0.0}
    assert STUMP.likelihood(np.array([4.0])) == pytest.approx({16: 0.2, 64: 0.8})


def test_every_forest_that_ships_gives_shares_that_sum_to_one() -> None:
    assert set(forests()) == {
        (operator, side) for operator in (Operator.GEMM, Operator.GROUPED_GEMM) for side in SIDES
    }
    device = tuned_tiles.device_features(132, 3.35e12, 228 * 1024, 50 << 20)
    for (operator, _), forest in forests().items():
        features = (
            tuned_tiles.gemm_features(64, 4096, 7168, device)
            if operator is Operator.GEMM
            else tuned_tiles.grouped_features(64, 2048, 128, 1.0, device)
        )
        assert sum(forest.likelihood(features).values()) == pytest.approx(1.0)


def test_the_forests_say_where_they_come_from() -> None:
    found = provenance()
    assert "Apache-2.0" in found["sources"]
    assert found["rows"]["gemm"] > 2000


@pytest.mark.parametrize(
    ("text", "device", "known"),
    [
        ("gemm:64,4096,7168,fp8_e4m3", "h100", True),
        ("grouped_gemm:128,64,8,4096,768,bf16", "a100", True),
        ("gemm:64,4096,7168,bf16", "h100", False),
        ("grouped_gemm:128,64,8,4096,768,fp16", "v100", False),
        ("grouped_gemm:128,64,8,4096,768,fp16", "mi300x", False),
    ],
)
def test_tables_speak_only_for_what_they_hold(text: str, device: str, known: bool) -> None:
    kernel, spec = parse_kernel(text), catalogue.find(device)
    problem, chip = problem_of(kernel), chip_for(spec, kernel)
    assert problem is not None
    assert chip is not None
    columns = {side: np.array([16, 64, 128]) for side in SIDES}
    found = log_likelihood(
        problem.operator, problem.element_bytes, problem.sizes, problem.tokens, chip, columns
    )
    assert (found is not None) is known


def test_few_tokens_an_expert_get_a_low_tile() -> None:
    few = choose(parse_kernel("grouped_gemm:128,16,8,4096,768,bf16"), catalogue.find("h100"))
    many = choose(parse_kernel("grouped_gemm:8,8192,2,4096,14336,bf16"), catalogue.find("h100"))
    assert few is not None
    assert many is not None
    assert few.blocks["BLOCK_M"] == 16
    assert many.blocks["BLOCK_M"] >= 64
    assert few.margin >= 0
