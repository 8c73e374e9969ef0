"""Methods for metrics that SQL alone can't work out: survival, flows, price-volume-mix, indices.

A metric of kind `computed` names one in its front matter (`method: …`). It is a pure function from
the rows its SQL counts to cells; add one by writing it in a module of this folder.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from metrics.computed.registry import METHODS, Method

__all__ = ["Method", "find_method", "load_methods"]


@cache
def load_methods() -> dict[str, Method]:
    """Every method by name; each module of this folder registers its own."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return METHODS


def find_method(name: str) -> Method:
    """The method of that name; raises KeyError naming those there are."""
    methods = load_methods()
    if name not in methods:
        raise KeyError(f"no method {name!r}; there are: {', '.join(sorted(methods))}")
    return methods[name]
