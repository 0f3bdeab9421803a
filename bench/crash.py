"""Kills a loaded server in the middle of its work and looks at what is left.

Clicks come by wrk, account managers move stages, marketing approves; then SIGKILL at a random moment. Afterwards every
click that was answered is stored and counted, and the ledger's recount equals its projection.
"""

import http.client
import random
import re
import signal
import subprocess
import sys
import threading
import time

from house import USER_AGENT, House, ask


def run(house: House, rounds: int, longest: float) -> list[list[str]]:
    """Answers a heading and one line of sums."""
    dice = random.Random(20261122)
    house.start()
    staff, advocate = house.sign_in("Kundenbetreuung"), house.sign_in("Empfehlende Person")
    link = house.link(advocate)
    referrals = sorted(set(re.findall(r"/work/referrals/[0-9a-f-]{36}", ask(house.url, "/work/board", staff).text)))
    clicks = moves = 0
    stored_before = stored(house)
    for number in range(rounds):
        stop = threading.Event()
        wrk = subprocess.Popen(
            ["wrk", "-t1", "-c16", f"-d{longest + 1:.0f}s", "-H", f"User-Agent: {USER_AGENT}", house.url + link],
            stdout=subprocess.PIPE,
            text=True,
        )
        done: list[int] = []
        movers = [threading.Thread(target=move, args=(house.url, staff, referrals, stop, done, number * 8 + n)) for n in range(4)]
        for mover in movers:
            mover.start()
        # Nothing is waited for: the moment of the kill is what the dice decide.
        time.sleep(dice.uniform(longest / 7, longest))
        house.stop(signal.SIGKILL)
        stop.set()
        for mover in movers:
            mover.join()
        # It adds up what it has when it is asked to stop.
        wrk.send_signal(signal.SIGINT)
        output = wrk.communicate()[0]
        clicks += int(re.search(r"(\d+) requests in", output)[1])
        moves += len(done)
        # The demonstration has a refused mail for staff to look at, so the doctor is never quite content.
        found = house.run("doctor", may_fail=True).output
        if "the ledger agrees" not in found:
            sys.exit(f"error: after kill {number + 1} of {rounds}:\n{found}")
        house.start()
    kept = stored(house) - stored_before
    counted = int(house.sql(COUNTED)[0][0])
    house.stop()
    if kept < clicks or counted != stored(house, "WHERE mark IS NULL"):
        sys.exit(f"error: {clicks} clicks were answered, {kept} are stored; {counted} are counted")
    if not moves:
        sys.exit("error: no stage was moved, so nothing was tried")
    return [
        ["kills", "clicks answered", "clicks stored", "stage moves answered", "ledger after each"],
        [str(rounds), str(clicks), str(kept), str(moves), "recount = projection"],
    ]


COUNTED = "SELECT sum(clicks) FROM referral_codes"


def stored(house: House, where: str = "") -> int:
    return int(house.sql(f"SELECT count(*) FROM touches {where}")[0][0])


def move(url: str, cookie: str, referrals: list[str], stop: threading.Event, done: list[int], seed: int) -> None:
    """Somebody who moves stages to and fro until the server is gone."""
    dice = random.Random(seed)
    while not stop.is_set():
        path = dice.choice(referrals)
        try:
            page = ask(url, path, cookie).text
            form = page[page.find(f'action="{path}/stage"') :]
            version = re.search(r'name="version" value="(\d+)"', form)
            select = re.search(r'<select[^>]*name="move".*?</select>', form, re.DOTALL)
            options = re.findall(r'value="([a-z-]+)"', select[0]) if select else []
            options = [one for one in options if one not in ("lost", "disqualified")]
            if not version or not options:
                continue
            fields = {"version": version[1], "move": dice.choice(options), "note": "Probelauf."}
            # Only a customer has a deal.
            if fields["move"] == "won":
                fields["deal"] = "12500"
            answer = ask(url, f"{path}/stage", cookie, form=fields)
            if answer.status == 303 and answer.headers["Location"] == path:
                done.append(1)
        except (OSError, http.client.HTTPException):
            # The server is gone; what it was about to answer was answered to nobody.
            return
