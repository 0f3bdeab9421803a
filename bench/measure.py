#!/usr/bin/env python3
"""Loads some URLs in turn and prints what each request costs its server.

CPU time per request (user and system, of the process and its children, over the run and the two seconds after it) hardly
depends on what else the machine does, so it is the figure to compare; requests per second only hold within one run. The
first target is the yardstick, and all targets take turns in every round, so that a noisy minute hits them all.
"""

import argparse
import dataclasses
import http.client
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# wrk sends no user agent, and a click without one is taken for a machine's.
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
# Work that a server puts off (batches, flushing, logs) belongs to the requests that caused it.
AFTERGLOW = 2.0


@dataclasses.dataclass
class Target:
    name: str
    url: str
    pid: int
    headers: list[str]
    status: int = 0
    size: int = 0
    cpu: list[float] = dataclasses.field(default_factory=list)
    database_cpu: list[float] = dataclasses.field(default_factory=list)
    rate: list[float] = dataclasses.field(default_factory=list)
    p99: list[str] = dataclasses.field(default_factory=list)
    resident: int = 0
    bad: int = 0


def stat(pid: int) -> list[str]:
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        # The second field is the program's name in brackets and may hold anything, spaces too.
        return file.read().rpartition(")")[2].split()


def processes() -> dict[int, int]:
    """Each process and its parent."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents[int(entry)] = int(stat(int(entry))[1])
            except (FileNotFoundError, ProcessLookupError):
                continue  # ended while we looked
    return parents


def cpu_seconds(root: int) -> float:
    """User and system time of a process, its descendants, and those descendants that have ended."""
    parents = processes()
    family = {root}
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        family |= more
        grown = bool(more)
    ticks = 0
    for pid in family:
        try:
            utime, stime, cutime, cstime = stat(pid)[11:15]
        except (FileNotFoundError, ProcessLookupError):
            continue
        ticks += int(utime) + int(stime) + int(cutime) + int(cstime)
    return ticks / TICKS


def resident(pid: int) -> int:
    return int(stat(pid)[21]) * PAGE


def probe(target: Target) -> None:
    """One request by hand: a table of how fast a server says no would be worthless."""
    url = urllib.parse.urlsplit(target.url)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
    path = url.path + (f"?{url.query}" if url.query else "")
    headers = dict(header.split(": ", 1) for header in target.headers)
    connection.request("GET", path or "/", headers=headers)
    response = connection.getresponse()
    target.status, target.size = response.status, len(response.read())
    connection.close()
    if target.status >= 400:
        sys.exit(f"error: {target.name}: GET {target.url} answered {target.status}")


def load(target: Target, options: argparse.Namespace, seconds: int) -> None:
    command = ["wrk", f"-t{options.threads}", f"-c{options.connections}", f"-d{seconds}s", "--latency"]
    for header in target.headers:
        command += ["-H", header]
    before = cpu_seconds(target.pid)
    database_before = cpu_seconds(options.database_pid) if options.database_pid else 0.0
    output = subprocess.run([*command, target.url], check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
    target.resident = max(target.resident, resident(target.pid))
    time.sleep(AFTERGLOW)
    spent = cpu_seconds(target.pid) - before
    database_spent = cpu_seconds(options.database_pid) - database_before if options.database_pid else 0.0

    requests = int(re.search(r"(\d+) requests in", output)[1])
    if not requests:
        sys.exit(f"error: {target.name}: no request was answered\n{output}")
    target.cpu.append(spent / requests * 1e6)
    target.database_cpu.append(database_spent / requests * 1e6)
    target.rate.append(float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]))
    target.p99.append(re.search(r"99%\s+(\S+)", output)[1])
    if refused := re.search(r"Non-2xx or 3xx responses: (\d+)", output):
        target.bad += int(refused[1])
    if errors := re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output):
        target.bad += sum(map(int, errors.groups()))


def table(targets: list[Target], with_database: bool) -> None:
    first = targets[0]
    head = ["what", "status", "bytes", "µs CPU", "× bare", "requests/s", "of bare", "99 %", "MiB", "failed"]
    if with_database:
        head.insert(5, "µs database")
    rows = [head]
    for target in targets:
        multiples = [mine / bare for mine, bare in zip(target.cpu, first.cpu)]
        shares = [mine / bare for mine, bare in zip(target.rate, first.rate)]
        row = [
            target.name,
            str(target.status),
            str(target.size),
            f"{statistics.median(target.cpu):.1f}",
            f"{statistics.median(multiples):.2f}",
            f"{statistics.median(target.rate):.0f}",
            f"{statistics.median(shares):.2f}",
            sorted(target.p99, key=milliseconds)[len(target.p99) // 2],
            f"{target.resident / 2**20:.0f}",
            str(target.bad),
        ]
        if with_database:
            row.insert(5, f"{statistics.median(target.database_cpu):.1f}")
        rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths))]
        print("| " + " | ".join(cells) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 1) + ("-" if column == 0 else ":") for column, width in enumerate(widths)) + "|")


def milliseconds(text: str) -> float:
    value, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(value) * {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}[unit]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", action="append", nargs=3, metavar=("NAME", "URL", "PID"), required=True)
    parser.add_argument("--cookie", metavar="FILE", help="its one line is sent as the Cookie header, except to the first target")
    parser.add_argument("--database-pid", type=int, help="the database server, reported in a column of its own")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()

    agent = f"User-Agent: {USER_AGENT}"
    targets = [Target(name, url, int(pid), [agent]) for name, url, pid in options.target]
    if options.cookie:
        with open(options.cookie, encoding="ascii") as file:
            cookie = file.read().strip()
        for target in targets[1:]:
            target.headers.append(f"Cookie: {cookie}")

    for target in targets:
        probe(target)
        load(target, options, 1)  # caches, pools, branch predictors
        for figures in (target.cpu, target.database_cpu, target.rate, target.p99):
            figures.clear()
        target.bad = 0
    for number in range(options.rounds):
        for target in targets:
            print(f"round {number + 1} of {options.rounds}: {target.name}", file=sys.stderr)
            load(target, options, options.seconds)

    print(f"{options.rounds} rounds of {options.seconds} s, {options.threads} threads, {options.connections} connections; medians")
    print()
    table(targets, bool(options.database_pid))


if __name__ == "__main__":
    main()
