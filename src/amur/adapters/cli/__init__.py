"""The command line `amur`: one module per group of commands, thin over `amur.app`."""

from amur.adapters.cli.main import main

__all__ = ["main"]
