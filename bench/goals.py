"""What fast means, as limits that a measurement keeps or does not; docs/performance.md says where each comes from."""

import sys

from measure import show


class Goals:
    def __init__(self):
        self.table = [["goal", "limit", "measured", "kept"]]
        self.over = 0

    def below(self, what: str, limit: float, measured: float, unit: str = "") -> None:
        self.note(what, f"< {limit:g} {unit}", f"{measured:.4g} {unit}", measured < limit)

    def at_most(self, what: str, limit: float, measured: float, unit: str = "") -> None:
        self.note(what, f"≤ {limit:g} {unit}", f"{measured:.4g} {unit}", measured <= limit)

    def at_least(self, what: str, limit: float, measured: float, unit: str = "") -> None:
        self.note(what, f"≥ {limit:g} {unit}", f"{measured:.4g} {unit}", measured >= limit)

    def note(self, what: str, limit: str, measured: str, kept: bool) -> None:
        self.over += not kept
        self.table.append([what, limit.strip(), measured.strip(), "yes" if kept else "over the limit"])

    def close(self) -> None:
        """The last table; ends in an error where a limit was not kept."""
        if len(self.table) == 1:
            return
        print("### Goals\n")
        show(self.table)
        if self.over:
            sys.exit(f"error: over the limit in {self.over} of {len(self.table) - 1} goals")
