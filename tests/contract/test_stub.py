"""`_engine.pyi` says what the compiled module has: the same names, the same parameters."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import amur
from amur import _engine

_STUB = ast.parse((Path(amur.__file__).parent / "_engine.pyi").read_text(encoding="utf-8"))
_UNSEEN = {"__init__": "__new__"}
"""A compiled class takes its arguments in `__new__`."""


def name_parameters(found: object) -> list[str]:
    return [
        name
        for name in inspect.signature(found).parameters  # type: ignore[arg-type]
        if name not in ("self", "cls")
    ]


def stub_parameters(node: ast.FunctionDef) -> list[str]:
    return [each.arg for each in node.args.args if each.arg not in ("self", "cls")]


def stub_functions(body: list[ast.stmt]) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def stub_classes() -> dict[str, ast.ClassDef]:
    return {node.name: node for node in _STUB.body if isinstance(node, ast.ClassDef)}


def test_the_module_has_exactly_the_names_of_the_stub() -> None:
    runtime = {name for name in vars(_engine) if not name.startswith("__")}
    assert runtime == set(stub_functions(_STUB.body)) | set(stub_classes())


def test_functions_take_the_parameters_of_the_stub() -> None:
    for name, node in stub_functions(_STUB.body).items():
        assert name_parameters(getattr(_engine, name)) == stub_parameters(node), name


def test_classes_have_the_methods_and_bases_of_the_stub() -> None:
    for name, node in stub_classes().items():
        found = getattr(_engine, name)
        bases = [ast.unparse(base) for base in node.bases] or ["object"]
        assert [base.__name__ for base in found.__bases__] == bases, name
        methods = stub_functions(node.body)
        runtime = {each for each in vars(found) if not each.startswith("__")}
        assert runtime == {each for each in methods if not each.startswith("__")}, name
        for method, stub in methods.items():
            target = found if method in _UNSEEN else getattr(found, method)
            assert name_parameters(target) == stub_parameters(stub), f"{name}.{method}"
