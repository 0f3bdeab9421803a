"""Loads some URLs in turn and tells what each request costs its server.

CPU time per request (user and system, of the process and its children, over the run and the two seconds after it) hardly
depends on what else the machine does, so it is the figure to compare; requests per second only hold within one run. The
first target is the yardstick, and all targets take turns in every round, so that a noisy minute hits them all.
"""

import dataclasses
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

from house import USER_AGENT, ask

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# Work that a server puts off (batches, flushing, logs) belongs to the requests that caused it.
AFTERGLOW = 2.0


@dataclasses.dataclass
class Options:
    rounds: int = 5
    seconds: int = 10
    threads: int = 2
    connections: int = 32


@dataclasses.dataclass
class Target:
    name: str
    url: str
    pid: int
    cookie: str = ""
    database_pid: int | None = None
    status: int = 0
    size: int = 0
    cpu: list[float] = dataclasses.field(default_factory=list)
    database_cpu: list[float] = dataclasses.field(default_factory=list)
    rate: list[float] = dataclasses.field(default_factory=list)
    p99: list[float] = dataclasses.field(default_factory=list)
    requests: int = 0
    resident: int = 0
    bad: int = 0

    def forget(self) -> None:
        for figures in (self.cpu, self.database_cpu, self.rate, self.p99):
            figures.clear()


def stat(pid: int) -> list[str]:
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        # The second field is the program's name in brackets and may hold anything, spaces too.
        return file.read().rpartition(")")[2].split()


def cpu_seconds(root: int) -> float:
    """User and system time of a process, its descendants, and those descendants that have ended."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents[int(entry)] = int(stat(int(entry))[1])
            except (FileNotFoundError, ProcessLookupError):
                continue  # ended while we looked
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    ticks = 0
    for pid in family:
        try:
            ticks += sum(map(int, stat(pid)[11:15]))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return ticks / TICKS


def resident_mib(pid: int) -> float:
    return int(stat(pid)[21]) * PAGE / 2**20


def probe(target: Target) -> None:
    """One request by hand: a table of how fast a server says no would be worthless."""
    url = urllib.parse.urlsplit(target.url)
    answer = ask(f"{url.scheme}://{url.netloc}", url.path + (f"?{url.query}" if url.query else ""), target.cookie)
    target.status, target.size = answer.status, len(answer.body)
    if target.status >= 400:
        sys.exit(f"error: {target.name}: GET {url.path} answered {target.status}")


def load(target: Target, options: Options, seconds: int) -> None:
    command = ["wrk", f"-t{options.threads}", f"-c{options.connections}", f"-d{seconds}s", "--latency"]
    command += ["-H", f"User-Agent: {USER_AGENT}"]
    if target.cookie:
        command += ["-H", f"Cookie: {target.cookie}"]
    before = cpu_seconds(target.pid)
    database_before = cpu_seconds(target.database_pid) if target.database_pid else 0.0
    output = subprocess.run([*command, target.url], check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
    target.resident = max(target.resident, round(resident_mib(target.pid)))
    time.sleep(AFTERGLOW)
    spent = cpu_seconds(target.pid) - before
    database_spent = cpu_seconds(target.database_pid) - database_before if target.database_pid else 0.0

    requests = int(re.search(r"(\d+) requests in", output)[1])
    if not requests:
        sys.exit(f"error: {target.name}: no request was answered\n{output}")
    target.requests += requests
    target.cpu.append(spent / requests * 1e6)
    target.database_cpu.append(database_spent / requests * 1e6)
    target.rate.append(float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]))
    target.p99.append(milliseconds(re.search(r"^\s+99%\s+(\S+)", output, re.MULTILINE)[1]))
    if refused := re.search(r"Non-2xx or 3xx responses: (\d+)", output):
        target.bad += int(refused[1])
    if errors := re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output):
        target.bad += sum(map(int, errors.groups()))


def milliseconds(text: str) -> float:
    value, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(value) * {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}[unit]


def measure(targets: list[Target], options: Options) -> None:
    for target in targets:
        probe(target)
        load(target, options, 1)  # caches, pools, branch predictors
        target.forget()
    for number in range(options.rounds):
        for target in targets:
            print(f"round {number + 1} of {options.rounds}: {target.name}", file=sys.stderr)
            load(target, options, options.seconds)


def multiple(target: Target, first: Target) -> float:
    """CPU time for a request, of the yardstick's; each round by itself, because its minute was the same."""
    return statistics.median(mine / bare for mine, bare in zip(target.cpu, first.cpu))


def share(target: Target, first: Target) -> float:
    """Requests per second, of the yardstick's."""
    return statistics.median(mine / bare for mine, bare in zip(target.rate, first.rate))


def rows(targets: list[Target]) -> list[list[str]]:
    """A heading and one line per target."""
    first = targets[0]
    with_database = any(target.database_pid for target in targets)
    head = ["what", "status", "bytes", "µs CPU", "× bare", "requests/s", "of bare", "99 %, ms", "MiB", "failed"]
    if with_database:
        head.insert(5, "µs database")
    table = [head]
    for target in targets:
        row = [
            target.name,
            str(target.status),
            str(target.size),
            f"{statistics.median(target.cpu):.1f}",
            f"{multiple(target, first):.2f}",
            f"{statistics.median(target.rate):.0f}",
            f"{share(target, first):.2f}",
            f"{statistics.median(target.p99):.1f}",
            str(target.resident),
            str(target.bad),
        ]
        if with_database:
            row.insert(5, f"{statistics.median(target.database_cpu):.1f}" if target.database_pid else "")
        table.append(row)
    return table


def show(table: list[list[str]]) -> None:
    """As a table in Markdown, ready for docs/performance.md."""
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for number, row in enumerate(table):
        cells = [cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths))]
        print("| " + " | ".join(cells) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 1) + ("-" if column == 0 else ":") for column, width in enumerate(widths)) + "|")
    sys.stdout.flush()
