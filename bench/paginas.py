"""How quickly the pages of the monitor open, asked over HTTP one after another.

Needs a running demo. The baseline is the sign-in page, which reads no figures.
"""

import argparse
import http.cookiejar
import re
import statistics
import time
import urllib.parse
import urllib.request

BASELINE = "/aanmelden/"
PAGES = (
    "/overzicht/",
    "/monitor/BMWE/2017Q4/",
    "/monitor/BMWE/2017Q4/jeugdwet/",
    "/monitor/BMWE/2017Q4/wmo/",
    "/monitor/BMWE/2017Q4/participatiewet/",
    "/monitor/BMWE/2017Q4/kwaliteit/",
    "/tabellen/?regio=BMWE&kwartaal=2017Q4",
    "/tabellen/actieve-voorzieningen-soort/?regio=BMWE&kwartaal=2017Q4",
    "/tabellen/in-en-uitstroom-voorzieningen/?regio=BMWE&kwartaal=2017Q4",
    "/leveringen/",
    "/monitor/BMWE/2017Q4/uitgaven/",
)


def ask(opener: urllib.request.OpenerDirector, address: str) -> tuple[float, int]:
    """Return the milliseconds until the whole page was read, and its bytes."""
    begin = time.perf_counter()
    with opener.open(address) as answer:
        size = len(answer.read())
    return (time.perf_counter() - begin) * 1000, size


def signed_in(base: str, name: str, word: str) -> urllib.request.OpenerDirector:
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with opener.open(base + BASELINE) as answer:
        token = re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode()
        )
    assert token is not None
    form = {
        "csrfmiddlewaretoken": token[1],
        "username": name,
        "password": word,
        "next": "/",
    }
    with opener.open(base + BASELINE, urllib.parse.urlencode(form).encode()) as answer:
        assert "aanmelden" not in answer.url, "signing in failed"
    return opener


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adres", default="http://127.0.0.1:8000")
    parser.add_argument("--keer", type=int, default=40)
    parser.add_argument(
        "account", nargs=2, help="name and password, as the demo printed them"
    )
    options = parser.parse_args()
    reader = signed_in(options.adres, *options.account)
    stranger = urllib.request.build_opener()
    print("| page | kB | first ms | p50 ms | p95 ms | max ms |")
    print("|---|--:|--:|--:|--:|--:|")
    for page in (BASELINE, *PAGES):
        opener = stranger if page == BASELINE else reader
        times = []
        for _ in range(options.keer):
            took, size = ask(opener, options.adres + page)
            times.append(took)
        p95 = statistics.quantiles(times, n=20)[-1]
        print(
            f"| `{page}` | {size / 1000:.0f} | {times[0]:.0f} "
            f"| {statistics.median(times):.0f} | {p95:.0f} | {max(times):.0f} |"
        )


if __name__ == "__main__":
    main()
