"""How long records are kept, and destroying them when due."""
