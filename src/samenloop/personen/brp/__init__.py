"""The base registry of persons: asked, never retyped."""
