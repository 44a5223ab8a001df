# Tests that cannot be used as they are are refused before anything is judged.
import ast

import free

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Refused(Exception):
    """The tests cannot be used as they are."""


def is_case(node):
    bases = [ast.unparse(base) for base in node.bases]
    return any(base.endswith("TestCase") for base in bases) or node.name.startswith("Test")


def parts(node, apart):
    """The nodes in a node, without what is in those of some kinds."""
    for each in ast.iter_child_nodes(node):
        if not isinstance(each, apart):
            yield each
            yield from parts(each, apart)


def refuse_missing(body):
    """Refuses imports of modules that do not exist, but for those under a condition."""
    for node in parts(ast.Module(body=body, type_ignores=[]), (ast.Try, ast.With, ast.If)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        for name in names:
            if name.split(".")[0] in free.MODULES:
                continue
            try:
                __import__(name)
            except ImportError:
                raise Refused("line %d imports %s, which is not available; test without it" % (node.lineno, name)) from None


def is_lazy(node):
    """Whether a call of a function does not run its body: a generator."""
    return isinstance(node, DEFINITIONS[:2]) and any(
        isinstance(each, (ast.Yield, ast.YieldFrom)) for each in parts(node, (*DEFINITIONS, ast.Lambda))
    )


def refuse_lazy(tree):
    """Refuses tests that only look as if they ran."""
    lazy = set()
    nodes = list(ast.walk(tree))
    used = {n.id for n in nodes if isinstance(n, ast.Name)} | {n.attr for n in nodes if isinstance(n, ast.Attribute)}
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) and is_case(node) else [node]
        for each in members:
            if not isinstance(each, DEFINITIONS[:2]) or each.decorator_list:
                continue
            if is_lazy(each) and each.name.startswith("test") and each.name not in used:
                raise Refused(
                    "%s in line %d has a yield, so its body does not run; use assert" % (each.name, each.lineno)
                )
            if each is node and (is_lazy(each) or isinstance(each, ast.AsyncFunctionDef)):
                lazy.add(each.name)
    for node in nodes:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in lazy:
            raise Refused(
                "line %d calls %s, whose body does not run: it is a generator or a coroutine; "
                "make it a plain function, or run it with asyncio.run" % (node.lineno, call.func.id)
            )
