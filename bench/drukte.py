"""A hundred users at once, and a hundred and fifty first sign-ins at once.

Starts two server processes and the worker on the database that `bench.vulling` filled
(`--map`), or uses a demo that runs on the state folder of this environment; the
accounts that sign in are made first. Each user has a session and a connection and
does what a caseworker does. Twice: with a pause as if reading and typing, as a
hundred people work, and without any pause, as nobody works; of the latter only that
nothing fails and how much is done is of interest, since all wait for two cores. To keep
a signal is timed apart from the page that comes after it. Any answer that is not as it
should be counts as an error.
"""

import argparse
import os
import random
import re
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.ontvangst import served

WORD = "klei-en-kweldergras-onder-de-dijk"
NAMES = ("vries", "jan", "de boer", "post", "meer", "bos", "anna", "dijk")
Times = dict[str, list[float]]


def make_accounts(count: int, gemeente: str) -> list[str]:
    """Make accounts that never signed in, for a municipality."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenloop.config.settings")
    import django

    django.setup()
    from datetime import date

    from django.contrib.auth.hashers import make_password
    from django.db import connections
    from django.db.backends.postgresql.psycopg_any import DateRange

    from samenloop.access.models import Aanstelling, Gebruiker
    from samenloop.core import gemeentegrens, klok

    mark = klok.now().strftime("%H%M%S")
    names = [f"meting-{mark}-{number:03}" for number in range(count)]
    # One hash for all: what is measured is signing in, not making accounts.
    secret = make_password(WORD)
    with gemeentegrens.everywhere("measuring"):
        made = Gebruiker.objects.bulk_create(
            Gebruiker(username=name, naam=name, password=secret) for name in names
        )
        Aanstelling.objects.bulk_create(
            Aanstelling(
                gebruiker=one,
                gemeente=gemeente,
                rol="regisseur",
                domeinen=[],
                mandaat="meting",
                geldig=DateRange(date(2020, 1, 1), None),
            )
            for one in made
        )
    connections.close_all()
    return names


class User:
    """One session in one thread."""

    def __init__(self, base: str, name: str, times: Times, faults: list[str]) -> None:
        self._client = httpx.Client(base_url=base, timeout=120)
        self._name = name
        self._times = times
        self._faults = faults
        self._rng = random.Random(name)

    def _timed(
        self, act: str, method: str, path: str, data: dict[str, str] | None = None
    ) -> str:
        begin = time.perf_counter()
        try:
            answer = self._client.request(method, path, data=data)
            self._times[act].append((time.perf_counter() - begin) * 1000)
            if answer.next_request is not None:
                # To sign in ends at a page; what is kept is kept before its page comes.
                begin = time.perf_counter()
                answer = self._client.send(answer.next_request, follow_redirects=True)
                took = (time.perf_counter() - begin) * 1000
                self._times[f"{act}, page after it"].append(took)
        except httpx.HTTPError as fault:
            self._faults.append(f"{act}: {type(fault).__name__}")
            return ""
        if answer.status_code != 200 or ("/aanmelden/" in str(answer.url)) != (
            act == "sign-in page"
        ):
            self._faults.append(f"{act}: {answer.status_code} {answer.url.path}")
        return answer.text

    def _token(self, page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        return found[1] if found else ""

    def sign_in(self) -> None:
        page = self._timed("sign-in page", "GET", "/aanmelden/")
        form = {
            "csrfmiddlewaretoken": self._token(page),
            "username": self._name,
            "password": WORD,
        }
        self._timed("first sign-in", "POST", "/aanmelden/", form)

    def work(self, until: float, pause: float) -> None:
        """Look at what is there, search, open people and record a signal."""
        # A hundred people do not all press in the same instant.
        time.sleep(self._rng.uniform(0, pause))
        while time.monotonic() < until:
            self._timed("today", "GET", "/vandaag/")
            self._rest(pause)
            page = self._timed("list of meldingen", "GET", "/meldingen/")
            self._rest(pause)
            links = re.findall(r"/meldingen/[0-9a-f-]{36}/", page)
            if links:
                self._timed("one melding", "GET", self._rng.choice(links))
                self._rest(pause)
            page = self._timed("search form", "GET", "/personen/")
            form = {
                "csrfmiddlewaretoken": self._token(page),
                "naam": self._rng.choice(NAMES),
            }
            self._timed("search", "POST", "/personen/", form)
            self._rest(pause)
            page = self._timed("signal form", "GET", "/signalen/nieuw/")
            form = {
                "csrfmiddlewaretoken": self._token(page),
                "omschrijving": "Iemand aan de Hoofdstraat",
                "melder_naam": "Een buur",
                "melder_relatie": "buur",
                "kanaal": "telefoon",
                "soort": "woonoverlast",
                "aanleiding": f"Geluid in de nacht {self._rng.random()}",
                "veiligheid": "nee",
                "terugkoppeling": "on",
            }
            self._timed("keep a signal", "POST", "/signalen/nieuw/", form)
            self._rest(pause)

    def _rest(self, pause: float) -> None:
        time.sleep(pause * self._rng.uniform(0.5, 1.5))


def together(users: list[User], act: object) -> None:
    threads = [threading.Thread(target=act, args=(user,)) for user in users]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def table(times: Times) -> None:
    print("| act | n | p50 ms | p95 ms | max ms |")
    print("|---|--:|--:|--:|--:|")
    for act, took in times.items():
        p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        print(
            f"| {act} | {len(took)} | {statistics.median(took):.0f} "
            f"| {p95:.0f} | {max(took):.0f} |"
        )


@contextmanager
def system(map_: str | None, address: str) -> Iterator[str]:
    """Give the address of a system: one on a filled database, or one that runs."""
    if map_ is None:
        yield address
        return
    from samenloop.core.statefolder import state_folder

    look, folder = state_folder() / "static-look", Path(map_).resolve()
    if look.is_dir() and not (folder / "static-look").exists():
        (folder / "static-look").symlink_to(look)
    os.environ["SAMENLOOP_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "samenloop.config.settings"
    # Of a demo no second step is asked at signing in.
    with served({**os.environ, "SAMENLOOP_DEMO": "ja"}, worker=True) as (port, _):
        yield f"http://127.0.0.1:{port}"


def work(users: list[User], seconds: float, pause: float, times: Times) -> None:
    """Let all work for some time, and write what it took."""
    times.clear()
    until = time.monotonic() + seconds
    begin = time.monotonic()
    together(users, lambda user: user.work(until, pause))
    took = time.monotonic() - begin
    acts = sum(map(len, times.values()))
    print(f"\n{len(users)} users, pause {pause:g} s, {took:.0f} s, {acts} acts\n")
    table(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--map", help="the state folder that bench.vulling filled")
    parser.add_argument("--adres", default="http://127.0.0.1:8000")
    parser.add_argument("--gemeente", help="CBS code; follows from --map")
    parser.add_argument("--aanmelden", type=int, default=150)
    parser.add_argument("--gebruikers", type=int, default=100)
    parser.add_argument("--seconden", type=float, default=120)
    parser.add_argument("--pauze", type=float, default=15)
    parser.add_argument("--hamer", type=float, default=30, help="seconds without pause")
    options = parser.parse_args()
    gemeente = options.gemeente or ("GM0001" if options.map else "GM1651")
    times: Times = defaultdict(list)
    faults: list[str] = []
    with system(options.map, options.adres) as address:
        users = [
            User(address, name, times, faults)
            for name in make_accounts(options.aanmelden, gemeente)
        ]
        begin = time.monotonic()
        together(users, User.sign_in)
        print(f"{len(users)} sign-ins at once: {time.monotonic() - begin:.1f} s\n")
        table(times)
        at_work = users[: options.gebruikers]
        work(at_work, options.seconden, options.pauze, times)
        if options.hamer:
            work(at_work, options.hamer, 0, times)
    print(f"\n{len(faults)} errors", *sorted(set(faults))[:10], sep="\n  ")


if __name__ == "__main__":
    main()
