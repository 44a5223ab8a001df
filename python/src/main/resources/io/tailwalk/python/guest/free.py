# Names that the tests use and do not define, and whose they are: the code's, or those of Python.
import _symtable
import ast
import builtins

import judged

MODULES = ("solution", "completion", "candidate", "main")
GLOBAL = (_symtable.GLOBAL_IMPLICIT, _symtable.GLOBAL_EXPLICIT)
BINDS = _symtable.DEF_LOCAL | _symtable.DEF_IMPORT
ERRORS = {
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
}
# Functions that reach the code by a name in a string.
INDIRECT = ("eval", "exec", "globals", "vars", "locals", "__import__")
# Modules that tests use without importing them because the solution imports them.
LIBRARY = (*judged.SHARED, "array", "asyncio", "contextlib", "dataclasses", "enum", "inspect", "io", "textwrap")
# Likewise functions and classes. Not functions that tasks ask for, such as gcd.
COMMON = {
    "collections": ("Counter", "OrderedDict", "defaultdict", "deque", "namedtuple"),
    "copy": ("deepcopy",),
    "datetime": ("timedelta", "timezone"),
    "decimal": ("Decimal",),
    "fractions": ("Fraction",),
    "functools": ("cmp_to_key", "lru_cache", "partial"),
    "io": ("BytesIO", "StringIO"),
    "itertools": ("islice", "zip_longest"),
    "math": ("inf", "isclose", "isfinite", "isinf", "isnan"),
    "typing": ("Any", "Callable", "Dict", "List", "Optional", "Set", "Tuple", "Union"),
}
HOME = {name: module for module, names in COMMON.items() for name in names}


def missing(name):
    def absent(*_, **__):
        raise NameError("the code has no " + name)

    return absent


def names(table):
    """The names that a block and those in it read from the module, and the ones they bind there."""
    read, bound = set(), set()
    for name, flags in table.symbols.items():
        is_global = flags >> _symtable.SCOPE_OFF & _symtable.SCOPE_MASK in GLOBAL
        if flags & _symtable.USE and is_global:
            read.add(name)
        if flags & BINDS and (is_global or table.type == _symtable.TYPE_MODULE):
            bound.add(name)
    for each in table.children:
        inner_read, inner_bound = names(each)
        read |= inner_read
        bound |= inner_bound
    # The module's own reads of its own names are no globals in the table.
    return read - bound if table.type == _symtable.TYPE_MODULE else read, bound


class Free:
    """What the names without a definition in the tests stand for.

    tested: the only such name if the tests import nothing from the code: what is tested, even if it
    has the name of something of Python; else an empty text. No other name of Python's is the code's.
    """

    def __init__(self, source, tree, defined):
        read, _ = names(_symtable.symtable(source, "tests", "exec"))
        nodes = list(ast.walk(tree))
        free = {name for name in read if not name.startswith("__")} - ERRORS
        python = free & set(vars(builtins))
        own = free - python
        found = own - defined if own else python
        known = self.reaches(nodes) or not read.isdisjoint(INDIRECT)
        self.tested = "" if known or len(found) != 1 else next(iter(found))
        # Built-in functions only: which one is tested?
        self.unclear = sorted(python) if not known and not own and len(python) > 1 else []
        uses = [n.value.id for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)]
        every = [n.id for n in nodes if isinstance(n, ast.Name)]
        # A module is used by its attributes only; copy(x) is a function of the code.
        self.modules = {name for name in LIBRARY if name in uses and uses.count(name) == every.count(name)}

    @staticmethod
    def reaches(nodes):
        """Whether the tests name what they take from the code."""
        for node in nodes:
            if isinstance(node, ast.Import) and any(a.name in MODULES for a in node.names):
                return True
            if isinstance(node, ast.ImportFrom) and node.module in MODULES:
                if any(alias.name != "*" for alias in node.names):
                    return True
            if isinstance(node, ast.Constant) and node.value in MODULES:
                return True
        return False

    def of_library(self, name):
        """The module, class or function of Python's library with a name, or None."""
        if name == self.tested:
            return None
        if name in self.modules:
            return __import__(name)
        return getattr(__import__(HOME[name]), name) if name in HOME else None
