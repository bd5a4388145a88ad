"""The envelope in which the municipal knooppunt carries a message."""
