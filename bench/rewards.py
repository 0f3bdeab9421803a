"""What an event of a referral costs beside an empty commit, and what an advocate with many rewards waits for."""

import atexit
import dataclasses
import json
import re
import statistics
import subprocess
import sys
import time

from house import House, ask
from measure import AFTERGLOW, cpu_seconds


@dataclasses.dataclass
class Kind:
    """Orders of one kind; every figure is that of a round."""

    order: str
    name: str
    cpu: list[float] = dataclasses.field(default_factory=list)
    database_cpu: list[float] = dataclasses.field(default_factory=list)
    median: list[float] = dataclasses.field(default_factory=list)
    p99: list[float] = dataclasses.field(default_factory=list)

    def whole(self) -> list[float]:
        """What our process and the database's spend together."""
        return [mine + theirs for mine, theirs in zip(self.cpu, self.database_cpu)]


def events(program: str, house: House, rounds: int, count: int, database_pid: int | None) -> tuple[Kind, Kind]:
    """Empty commits and stage moves by turns, in one process: a noisy minute hits both."""
    address = house.database_url or f"{house.folder}/dreiklang.db"
    process = subprocess.Popen([program, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.kill)
    kinds = (Kind("empty", "empty commit"), Kind("moves", "stage move with its rewards"))
    for kind in kinds:
        once(process, kind, max(count // 10, 1), database_pid)  # caches and plans
        for figures in (kind.cpu, kind.database_cpu, kind.median, kind.p99):
            figures.clear()
    for number in range(rounds):
        for kind in kinds:
            print(f"round {number + 1} of {rounds}: {kind.name}", file=sys.stderr)
            once(process, kind, count, database_pid)
    process.stdin.close()
    if process.wait() != 0:
        sys.exit("error: bench-moves ended in an error")
    return kinds


def once(process: subprocess.Popen, kind: Kind, count: int, database_pid: int | None) -> None:
    before = cpu_seconds(process.pid)
    database_before = cpu_seconds(database_pid) if database_pid else 0.0
    process.stdin.write(f"{kind.order} {count}\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        sys.exit(f"error: bench-moves did not do {kind.order}")
    took = json.loads(line)
    time.sleep(AFTERGLOW)
    spent = cpu_seconds(process.pid) - before
    database_spent = cpu_seconds(database_pid) - database_before if database_pid else 0.0
    kind.cpu.append(spent / count * 1e6)
    kind.database_cpu.append(database_spent / count * 1e6)
    kind.median.append(took["median"] / 1e3)
    kind.p99.append(took["p99"] / 1e3)


def table(kinds: tuple[Kind, Kind]) -> list[list[str]]:
    first = kinds[0]
    rows = [["what", "µs CPU", "µs database", "× empty", "median, ms", "99 %, ms", "× empty"]]
    for kind in kinds:
        rows.append([
            kind.name,
            f"{statistics.median(kind.cpu):.0f}",
            f"{statistics.median(kind.database_cpu):.0f}",
            f"{times(kind.whole(), first.whole()):.1f}",
            f"{statistics.median(kind.median):.2f}",
            f"{statistics.median(kind.p99):.2f}",
            f"{times(kind.p99, first.p99):.1f}",
        ])
    return rows


def times(mine: list[float], first: list[float]) -> float:
    """Each round by itself, because its minute was the same."""
    return statistics.median(one / other for one, other in zip(mine, first))


def statement(house: House, cookie: str) -> tuple[int, float, float]:
    """Entries of the latest year's statement; milliseconds of the file, and of the page that leads to it."""
    page = ask(house.url, "/rewards", cookie)
    path = re.search(r"/rewards/statement\.csv\?year=\d+", page.text)
    if not path:
        sys.exit(f"error: no statement on the page of rewards, which answers {page.status}")
    file, pages = timed(house, path[0], cookie), timed(house, "/rewards", cookie)
    lines = ask(house.url, path[0], cookie).body.count(b"\n") - 1
    return lines, file, pages


def timed(house: House, path: str, cookie: str, often: int = 5) -> float:
    """The median of some requests, one after the other, in milliseconds."""
    took = []
    for _ in range(often):
        started = time.monotonic()
        answer = ask(house.url, path, cookie)
        took.append((time.monotonic() - started) * 1000)
        if answer.status != 200:
            sys.exit(f"error: {path.partition('?')[0]} answers {answer.status}")
    return statistics.median(took)
