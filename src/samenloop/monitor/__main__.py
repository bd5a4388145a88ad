"""`python -m samenloop.monitor`: the monitor without the rest of the house."""

import sys

from samenloop.monitor.opdracht import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
