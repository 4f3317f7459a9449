"""Figures a benchmark tells beside its time: printed, and kept in the benchmark's own report."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of all lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """In ms."""
    return {
        "p50": round(quantile(seconds, 0.50) * 1000, 1),
        "p95": round(quantile(seconds, 0.95) * 1000, 1),
        "p99": round(quantile(seconds, 0.99) * 1000, 1),
        "max": round(max(seconds) * 1000, 1),
    }


def tell(benchmark: Any, **figures: Any) -> None:
    """Kept under ``extra_info``; and on stdout (``-s``), with the machine's load."""
    benchmark.extra_info.update(figures)
    print()
    for name, value in figures.items():
        print(f"  {name:28} {value}")
    print(f"  {'machine':28} {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


def peak() -> float:
    """The most memory this process has held, in MB (Linux; ``ru_maxrss`` would count what the
    process held that started it)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
