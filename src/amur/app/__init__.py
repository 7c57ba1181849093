"""The use cases, one module each: they open what screening needs and keep what it answers."""
