"""The GPU architectures kernels are declared for; listing reads these and no kernel."""

from __future__ import annotations

ARCHITECTURES = ("sm_80", "sm_86", "sm_89", "sm_90a", "sm_100a", "sm_120a")
"""What every kernel is compiled and checked for. ``a``: instructions of that one chip generation
(wgmma, tcgen05) exist only under the suffixed name (PTX ISA, section on target directives)."""
CLUSTER_ARCHITECTURES = ("sm_90a", "sm_100a", "sm_120a")
"""Those with thread-block clusters."""


def arch_of(compute_capability: str) -> str:
    """Return the architecture to compile for: ``9.0`` becomes ``sm_90a``."""
    number = compute_capability.replace(".", "")
    return f"sm_{number}a" if int(number) >= 90 else f"sm_{number}"


def supported_arch(compute_capability: str | None) -> str | None:
    """Return the architecture kernels are declared for, or ``None``: another vendor or chip."""
    if compute_capability is None or not compute_capability.replace(".", "").isdigit():
        return None
    arch = arch_of(compute_capability)
    return arch if arch in ARCHITECTURES else None
