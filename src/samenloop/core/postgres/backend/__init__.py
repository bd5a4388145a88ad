"""Django's PostgreSQL engine, which asks for its server at the first connection."""
