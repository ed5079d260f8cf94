"""Puts a fault into functions and declarations that this process has loaded already."""

import ast
import functools
import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any

import typst

from tests.environment import ROOT


class Living:
    """The functions of this process, by their file, and what keeps answers of ours."""

    def __init__(self) -> None:
        found = gc.get_objects()
        self.functions: dict[str, list[FunctionType]] = {}
        for one in found:
            if type(one) is FunctionType:
                self.functions.setdefault(one.__code__.co_filename, []).append(one)
        self.keeping = [one for one in found if type(one) is functools._lru_cache_wrapper and _is_ours(one)]
        self.pools = [one for one in found if type(one) is ThreadPoolExecutor]

    def put(self, path: str, tree: ast.Module) -> None:
        """Let every function and every `visible` of that file be from now on what the tree says."""
        file, module = str(ROOT / path), module_of(path)
        whole = compile(tree, file, "exec", dont_inherit=True)
        found = [((code.co_qualname, code.co_firstlineno), code) for code in _codes(whole)]
        once = Counter(key for key, _ in found)
        new = {key: code for key, code in found if once[key] == 1}
        for one in self.functions.get(file, ()):
            one.__code__ = new.get((one.__code__.co_qualname, one.__code__.co_firstlineno), one.__code__)
        for table in tree.body:
            for line in table.body if isinstance(table, ast.ClassDef) else ():
                if isinstance(line, ast.Assign) and ast.unparse(line).startswith("visible = Visible("):
                    getattr(module, table.name).visible = eval(ast.unparse(line.value), vars(module))
        self.forget()

    def in_fork(self) -> None:
        """Let what hands work to threads have some again, for a fork has none of them: it would wait for ever."""
        for pool in self.pools:
            ThreadPoolExecutor.__init__(pool, pool._max_workers, pool._thread_name_prefix)

    def forget(self) -> None:
        """Let what keeps answers of ours ask again."""
        for keeper in self.keeping:
            keeper.cache_clear()


def _is_ours(one: object) -> bool:
    return one.__module__.startswith("alongside.")


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def apart(deed: Callable[..., bytes]) -> Callable[..., bytes]:
    """The same, done in a fork: what starts threads must not do it here, for in forks of this process they would be missing."""

    def done(*args: Any, **named: Any) -> bytes:
        reading, writing = os.pipe()
        if not (child := os.fork()):
            try:
                with os.fdopen(writing, "wb") as told:
                    told.write(deed(*args, **named))
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            made = told.read()
        os.waitpid(child, 0)
        if not made:
            raise ValueError("It gave nothing")
        return made

    return done


def typeset_apart() -> None:
    """Typesetting, which starts threads, is done apart from now on, its typefaces too."""
    compiled, faces = typst.compile, typst.Fonts

    def compile_with(*args: Any, **named: Any) -> bytes:
        if isinstance(named.get("font_paths"), dict):
            named["font_paths"] = faces(**named["font_paths"])
        return bytes(compiled(*args, **named))

    typst.compile, typst.Fonts = apart(compile_with), dict


def module_of(path: str) -> Any:
    """The module that stands in that file."""
    return import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
