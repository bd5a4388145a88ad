"""Settings, addresses, the command line and how Samenloop starts."""
