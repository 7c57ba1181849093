"""Translate, authenticate, render: thin siblings over `amur.app`, none of which knows another."""
