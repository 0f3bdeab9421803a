"""Installations of the product to measure: filled, started, signed in to, ended."""

import atexit
import contextlib
import dataclasses
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

# wrk sends no user agent, and a click without one is taken for a machine's.
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclasses.dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(base: str, path: str, cookie: str = "", form: dict[str, str] | None = None, encoding: str = "identity") -> Answer:
    """One request; redirects are not followed."""
    url = urllib.parse.urlsplit(base)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": encoding}
    body = None
    if cookie:
        headers["Cookie"] = cookie
    if form is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": base, "Sec-Fetch-Site": "same-origin"}
        body = urllib.parse.urlencode(form)
    connection.request("GET" if form is None else "POST", path, body, headers)
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


@dataclasses.dataclass
class Run:
    """What a command took."""

    seconds: float
    cpu: float
    peak_mib: float
    output: str


class House:
    """One installation: a data folder, and with PostgreSQL a database."""

    def __init__(self, binary: str, folder: str, database_url: str | None = None):
        self.binary = binary
        self.folder = folder
        self.database_url = database_url
        self.process: subprocess.Popen | None = None
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        os.makedirs(folder, exist_ok=True)
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("DREIKLANG_")}
        self.environment.pop("DATABASE_URL", None)
        self.environment |= {
            "DREIKLANG_DATA_DIR": folder,
            "DREIKLANG_ADDR": f"127.0.0.1:{port}",
            "DREIKLANG_PUBLIC_URL": self.url,
            "DREIKLANG_LOG": "warn",
        }
        if database_url:
            self.environment["DATABASE_URL"] = database_url
        # However the measuring ends, no server is left behind.
        atexit.register(self.stop)

    def run(self, *arguments: str, may_fail: bool = False) -> Run:
        """A command of the product, to its end."""
        started = time.monotonic()
        child = subprocess.Popen(
            [self.binary, *arguments], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0 and not may_fail:
            sys.exit(f"error: dreiklang {' '.join(arguments)} failed:\n{output}")
        return Run(time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)

    def start(self) -> float:
        """Serves; answers the milliseconds until it was ready."""
        started = time.monotonic()
        self.process = subprocess.Popen([self.binary, "serve"], env=self.environment, stdout=subprocess.DEVNULL)
        deadline = started + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                sys.exit("error: the product ended at its start")
            try:
                if ask(self.url, "/readyz").status == 200:
                    return (time.monotonic() - started) * 1000
            except OSError:
                pass
            # Asked again and again, since how soon it answers is what is measured.
            time.sleep(0.002)
        sys.exit("error: the product does not get ready")

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
        self.process = None

    def sign_in(self, role: str, which: int = 0) -> str:
        """As the first of the demonstration's people in this role, or another of them; answers the cookie."""
        page = ask(self.url, "/sign-in").text
        faces = re.findall(r'name="member" value="([0-9a-f-]{36})"[^>]*>(.*?)</button>', page, re.DOTALL)
        found = [member for member, label in faces if role in re.sub(r"<[^>]*>", "", label)]
        if not found:
            sys.exit(f"error: nobody on the sign-in page is {role}")
        answer = ask(self.url, "/demo/sign-in", form={"member": found[which]})
        return answer.headers["Set-Cookie"].partition(";")[0]

    def link(self, cookie: str) -> str:
        """The path of the advocate's own link."""
        found = re.search(r"/r/[A-Za-z0-9-]+", ask(self.url, "/share", cookie).text)
        return found[0] if found else sys.exit("error: no link on the share page")

    def sql(self, statement: str) -> list[tuple]:
        """The rows of a statement; the product is not running, or only reads."""
        if self.database_url:
            command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator=\t"]
            command += ["--set=ON_ERROR_STOP=1", self.database_url, "--command", statement]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            return [tuple(line.split("\t")) for line in output.splitlines()]
        import sqlite3

        with contextlib.closing(sqlite3.connect(os.path.join(self.folder, "dreiklang.db"))) as connection:
            return connection.execute(statement).fetchall()
