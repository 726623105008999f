"""Writes the grids of all regions anew: `python -m tests.regions.write_grids`.

Read the difference before you keep it: it is what a change of the rules changes for people.
"""

from __future__ import annotations

from pathlib import Path

from gongji.policy.reading import load, shipped_rules
from tests.regions.grid import GRIDS, grid_of


def main() -> None:
    """Write a grid for every region and remove those of regions that are gone."""
    pack = load([shipped_rules()])
    regions = {Path(region.path).stem: region for region in pack.layers[0].regions.values()}
    for kept in GRIDS.glob("*.txt"):
        if kept.stem not in regions:
            kept.unlink()
    for name, region in regions.items():
        (GRIDS / f"{name}.txt").write_text(grid_of(pack, region), "utf-8")


if __name__ == "__main__":
    main()
