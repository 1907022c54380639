"""Operations and minimum bytes of convolutions and of the blocks built from them.

After A. Lavin, "On the Efficiency of Convolutional Neural Networks", arXiv 2404.03617; the counts
agree with the public ``andravin/spio`` statistics (a multiply-add is 2, a bias add is 1).
"""

from __future__ import annotations

from dataclasses import dataclass

from microbench.errors import InputError


@dataclass(frozen=True, slots=True)
class Convolution:
    """N images of H x W x C in, P x Q x K out, filters of R x S over groups of width g."""

    n: int
    h: int
    w: int
    c: int
    k: int
    p: int
    q: int
    r: int
    s: int
    group_width: int
    bias: bool = False

    def __post_init__(self) -> None:
        if self.c % self.group_width:
            raise InputError(f"group width {self.group_width} does not divide {self.c} channels")

    @property
    def work_flop(self) -> float:
        """2 N P Q K R S g, and N P Q K for a bias."""
        outputs = float(self.n * self.p * self.q * self.k)
        return outputs * (2 * self.r * self.s * self.group_width + self.bias)

    def bytes_moved(self, element_bytes: float) -> float:
        """Return e (N H W C + K R S g + N P Q K); both gradients move the same three tensors."""
        inputs = self.n * self.h * self.w * self.c
        weights = self.k * self.r * self.s * self.group_width
        return element_bytes * (inputs + weights + self.n * self.p * self.q * self.k)

    def intensity(self, element_bytes: float) -> float:
        """Return operations per byte."""
        return self.work_flop / self.bytes_moved(element_bytes)


def intensity_limit(r: int, s: int, group_width: int, element_bytes: float) -> float:
    """Return the intensity of a large batch at stride 1 with as many channels out as in."""
    return r * s * group_width / element_bytes


def pointwise_intensity_limit(c: int, k: int, element_bytes: float) -> float:
    """Return the intensity of a large batch of a 1 x 1 convolution from c to k channels."""
    return 2 * c * k / (c + k) / element_bytes


@dataclass(frozen=True, slots=True)
class Block:
    """Per-pixel cost of a residual block: operations, and traffic unfused and fused."""

    work_flop: float
    unfused_bytes: float
    fused_bytes: float

    @property
    def saving(self) -> float:
        """Traffic unfused over fused."""
        return self.unfused_bytes / self.fused_bytes


def convfirst(c: int, rs: int, group_width: int, expansion: int, element_bytes: float) -> Block:
    """Return a pixel of ConvFirst: 2C(RSg + 2rC) ops; eC(5 + 2r) bytes.

    Grouped R x S, 1 x 1 to r C, 1 x 1 back, residual.
    """
    return Block(
        work_flop=2.0 * c * (rs * group_width + 2 * expansion * c),
        unfused_bytes=element_bytes * c * (5 + 2 * expansion),
        fused_bytes=element_bytes * 2 * c,
    )


def mbconv(c: int, rs: int, group_width: int, expansion: int, element_bytes: float) -> Block:
    """Return a pixel of MBConv: 2rC(RSg + 2C) ops; eC(3 + 4r) bytes.

    1 x 1 to r C, grouped R x S, 1 x 1 back, residual.
    """
    return Block(
        work_flop=2.0 * expansion * c * (rs * group_width + 2 * c),
        unfused_bytes=element_bytes * c * (3 + 4 * expansion),
        fused_bytes=element_bytes * 2 * c,
    )
