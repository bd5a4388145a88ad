"""`python -m samenloop.config`, for a place without the installed command."""

from samenloop.config.cli import main

raise SystemExit(main())
