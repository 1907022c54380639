"""Token networks: padding changes nothing, work adds up, files that are not theirs are refused."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from costmodel.tokens.sequence import WIDTH
from microbench.errors import DeviceError

if TYPE_CHECKING:
    from torch import Tensor

    from costmodel.tokens.network import TokenNetwork

pytestmark = pytest.mark.torch
VARIANTS = ["convolution", "transformer"]


def made(variant: str, words: int = 9) -> TokenNetwork:
    import torch

    from costmodel.tokens.network import TokenNetwork, Variant

    torch.manual_seed(3)
    return TokenNetwork(Variant(variant), words).eval()


def drawn(tokens: int) -> tuple[Tensor, Tensor]:
    import torch

    random = np.random.default_rng(5)
    names = torch.from_numpy(random.integers(1, 9, (1, tokens)))
    return names, torch.from_numpy(random.uniform(0, 20, (1, tokens, WIDTH)).astype(np.float32))


@pytest.mark.parametrize("variant", VARIANTS)
def test_padding_changes_nothing(variant: str) -> None:
    import torch

    network, (names, numbers) = made(variant), drawn(11)
    padded = torch.nn.functional.pad(names, (0, 6))
    wide = torch.nn.functional.pad(numbers, (0, 0, 0, 6))
    with torch.no_grad():
        assert torch.allclose(network(names, numbers), network(padded, wide), atol=1e-5)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_seed_gives_the_same_answer(variant: str) -> None:
    import torch

    names, numbers = drawn(11)
    with torch.no_grad():
        assert torch.equal(made(variant)(names, numbers), made(variant)(names, numbers))


@pytest.mark.parametrize("variant", VARIANTS)
def test_order_matters(variant: str) -> None:
    import torch

    network, (names, numbers) = made(variant), drawn(11)
    with torch.no_grad():
        turned = network(names.flip(1), numbers.flip(1))
        assert not torch.allclose(network(names, numbers), turned, atol=1e-5)


def test_without_safetensors_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from costmodel.tokens.estimate import SHIPPED
    from costmodel.tokens.weights import load

    monkeypatch.setitem(sys.modules, "safetensors", None)
    with pytest.raises(DeviceError, match=r"pip install 'hwprof\[tokens\]'"):
        load(SHIPPED)
