"""Fused and unfused operator families with closed-form FLOP and bytes."""
