"""The steps of a network from its inputs to its answer, in NumPy or with native code.

Both take some hundred rows at a time, so that a layer stays in the second cache. They differ in the
last bits: native code multiplies and adds in one rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from costmodel.learned.network_inputs import Floats, Integers

if TYPE_CHECKING:
    from costmodel.learned.network import Network

_BLOCK = 512
"""Rows evaluated at once: enough to hide the interpreter, few enough for a second cache."""


class Plain:
    """A network's answers to rows, with NumPy alone."""

    def __init__(
        self, network: Network, matrix: Floats, base: Floats, head: Floats, which: Integers
    ) -> None:
        """Take the feature matrix, and per combination of codes what it adds to the first layer.

        ``head`` is each combination's last layer, ``which`` the combination of each row.
        """
        self._network, self._matrix = network, matrix
        self._base, self._head, self._which = base, head, which

    def ratio(self) -> npt.NDArray[np.float64]:
        """Return log(latency / bound) of every row."""
        network, count = self._network, len(self._matrix)
        weights = [layer[:-1] for layer in (network.first, *network.layers)]
        size = min(count, _BLOCK)
        spaces = [np.empty((size, one.shape[1]), dtype=np.float32) for one in weights]
        out = np.empty(count)
        for start in range(0, count, _BLOCK):
            part = slice(start, min(start + _BLOCK, count))
            hidden = network.inputs.numbers(self._matrix[part])
            for at, (layer, space) in enumerate(zip(weights, spaces, strict=True)):
                hidden = np.matmul(hidden, layer, out=space[: part.stop - start])
                self._finish(at, hidden, part)
            out[part] = self._last(hidden, part)
        return out

    def _last(self, hidden: Floats, part: slice) -> Floats:
        if len(self._head) == 1:
            return np.asarray(hidden @ self._head[0, :-1] + self._head[0, -1])
        own = self._head[self._which[part]]
        return np.asarray(np.einsum("ij,ij->i", hidden, own[:, :-1]) + own[:, -1])

    def _finish(self, at: int, hidden: Floats, part: slice) -> None:
        """Add to layer ``at`` what does not depend on the numbers, and cut it off at zero."""
        if at:
            hidden += self._network.layers[at - 1][-1]
        else:
            self._look_up(hidden, part)
        np.maximum(hidden, 0, out=hidden)

    def _look_up(self, hidden: Floats, part: slice) -> None:
        network = self._network
        hidden += self._base[self._which[part]]
        for shape, table in enumerate(network.hats):
            if len(table):
                below, weight = network.inputs.hats(self._matrix[part], shape)
                low = table[below]
                hidden += low
                if weight.any():
                    hidden += (table[below + 1] - low) * weight[:, None]


class Native(Plain):
    """The same with native code: faster, after a tenth of a second to compile it."""

    def __init__(
        self, network: Network, matrix: Floats, base: Floats, head: Floats, which: Integers
    ) -> None:
        """As ``Plain``."""
        from costmodel.learned.network_kernel import adder

        super().__init__(network, matrix, base, head, which)
        self._adder = adder()
        used = [shape for shape, table in enumerate(network.hats) if len(table)]
        self._table = np.concatenate([base, *(network.hats[shape] for shape in used)])
        self._entries = np.empty((len(which), 1 + 2 * len(used)), dtype=np.int32)
        self._weights = np.ones(self._entries.shape, dtype=np.float32)
        self._entries[:, 0] = which
        start = len(base)
        for at, shape in enumerate(used):
            below, weight = network.inputs.hats(matrix, shape)
            low, high = 2 * at + 1, 2 * at + 2
            self._entries[:, low], self._entries[:, high] = below + start, below + (start + 1)
            self._weights[:, low], self._weights[:, high] = 1 - weight, weight
            start += len(network.hats[shape])
        self._biases = [np.ascontiguousarray(layer[-1]) for layer in network.layers]
        self._none = np.zeros(_BLOCK, dtype=np.int32)
        self._one = np.ones(_BLOCK, dtype=np.float32)
        parts = (self._table, self._entries, self._weights, self._none, self._one, *self._biases)
        self._at = [array.ctypes.data for array in parts]

    def _finish(self, at: int, hidden: Floats, part: slice) -> None:
        table, entries, weights, none, one, *biases = self._at
        count, width = hidden.shape
        address = hidden.ctypes.data
        if at:
            self._adder(address, biases[at - 1], none, one, count, 1, width)
            return
        used = self._entries.shape[1]
        skip = part.start * used * self._entries.itemsize
        self._adder(address, table, entries + skip, weights + skip, count, used, width)


def steps(network: Network, native: bool) -> type[Plain]:
    """Return what evaluates a network; native code where wished, there and able to."""
    from costmodel.learned.network_kernel import MULTIPLE
    from microbench.kernels.cpu_jit import problem

    layers = (network.first, *network.layers)
    fits = not any(layer.shape[1] % MULTIPLE for layer in layers)
    return Native if native and fits and not problem() else Plain
