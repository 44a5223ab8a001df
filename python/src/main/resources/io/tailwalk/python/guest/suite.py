# The interpreter with the tests. A name that the tests do not define is read from the code.
import ast
import builtins
import sys
import types

import checks
import free
import judged
import twofold
import wire

RUNNERS = ("main", "testmod", "testfile", "run_docstring_examples")
BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try)


class Names(dict):
    """Built-in names, then those of Python's library that tests use, then those of the code."""

    def __init__(self, suite):
        super().__init__(vars(builtins))
        self.suite = suite

    def __missing__(self, key):
        found = self.asked(key)
        # datetime is a module or a class: as the code imports it.
        if len(found) != 2:
            value = self.suite.free.of_library(key)
            if value is not None:
                self[key] = value
                return value
        value = self.taken(key, found)
        if len(found) != 1 or key == self.suite.free.tested:
            return value
        agreed = twofold.agreed(key, value)
        if agreed is None:
            return value
        self[key] = self.suite.names[key] = agreed
        return agreed

    def asked(self, key):
        """The code's answer to what a name is; anything but the three forms of judged.name is forged."""
        found = self.suite.peer.ask("name", key)
        size = len(found) if type(found) is tuple else -1
        if size not in (0, 1) and not (size == 2 and type(found[0]) is type(found[1]) is str and found[0] == "from"):
            raise wire.Unreadable("the code answers with something else than a value")
        return found

    def of_code(self, key):
        return self.taken(key, self.asked(key))

    def taken(self, key, found):
        if not found:
            raise KeyError(key)
        if len(found) == 1:
            if callable(found[0]):
                self.suite.names.setdefault(key, found[0])
            return found[0]
        if found[1] == "" and key in judged.SHARED:
            return __import__(key)
        if found[1] in judged.SHARED:
            return getattr(__import__(found[1]), key)
        raise KeyError(key)


def is_stub(node):
    """Whether a definition has only a docstring, pass or an ellipsis."""
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and all(
        isinstance(each, ast.Pass) or isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
        for each in node.body
    )


def tests_something(node):
    """Whether a statement asserts or calls something, outside of definitions in it."""
    if isinstance(node, (*checks.DEFINITIONS, ast.Lambda)):
        return False
    if isinstance(node, ast.Assert) or isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return True
    return isinstance(node, BLOCKS) and any(map(tests_something, ast.iter_child_nodes(node)))


def is_main(node):
    return isinstance(node, ast.If) and "__name__" in ast.dump(node.test)


def runs_all(node):
    """Whether a statement is unittest.main() or its like: the tests are found without it."""
    call = node.value if isinstance(node, ast.Expr) else None
    target = call.func if isinstance(call, ast.Call) else None
    return isinstance(target, ast.Attribute) and target.attr in RUNNERS and isinstance(
        target.value, ast.Name
    ) and target.value.id in ("unittest", "doctest", "pytest")


class Suite:
    def __init__(self, peer):
        self.peer = peer
        self.names = Names(self)
        self.module = types.ModuleType("__main__")
        self.space = self.module.__dict__
        self.space["__builtins__"] = self.names
        self.steps = []
        self.free = free.Free("", ast.Module(body=[], type_ignores=[]), set())

    def before(self, text):
        """Takes the finished functions of a prompt, which the code may not replace."""
        for ending in ("", "\n    pass\n"):
            try:
                tree = ast.parse(text + ending)
                break
            except SyntaxError:
                tree = None
        if tree is None or not tree.body:
            return
        open_ended = tree.body[-1] if isinstance(tree.body[-1], checks.DEFINITIONS) else None
        tree.body = [each for each in tree.body if each is not open_ended and not is_stub(each)]
        exec(compile(tree, "prompt", "exec"), self.space)

    def plan(self, source):
        sys.modules["__main__"] = self.module
        tree = ast.parse(source, "tests")
        body = []
        for node in tree.body:
            body += node.body if is_main(node) else [node]
        body = [node for node in body if not runs_all(node)]
        checks.refuse_missing(body)
        checks.refuse_lazy(tree)
        later = []
        for node in body:
            if isinstance(node, checks.DEFINITIONS[:2]):
                if node.name.startswith("test_") and not checks.is_lazy(node):
                    later.append((node.lineno, node.name, ""))
            elif isinstance(node, ast.ClassDef) and checks.is_case(node):
                for each in node.body:
                    is_function = isinstance(each, checks.DEFINITIONS[:2]) and not checks.is_lazy(each)
                    if is_function and each.name.startswith("test"):
                        later.append((each.lineno, node.name, each.name))
            code = compile(ast.Module(body=[node], type_ignores=[]), "tests", "exec")
            self.steps.append((node.lineno, tests_something(node), code))
        self.steps += [(line, True, (name, method)) for line, name, method in later]
        self.free = free.Free(source, tree, set(self.space))
        if self.free.unclear:
            raise checks.Refused(
                "they use built-in names only (%s); import the function that is tested: from solution import NAME"
                % ", ".join(self.free.unclear)
            )
        self.started = False
        return "#" + " ".join(str(n) if test else "-" + str(n) for n, test, _ in self.steps)

    def start(self):
        self.started = True
        random = sys.modules["random"]
        own = random.seed

        def seed(a=None, version=2):
            own(a, version)
            if a is not None:
                self.peer.ask("seed", a, version)

        random.seed = seed
        for name in free.MODULES:
            module = types.ModuleType(name)
            module.__getattr__ = self.attribute
            module.__all__ = ()
            sys.modules[name] = module
        tested = self.free.tested
        if tested in vars(builtins):
            try:
                self.names[tested] = self.names.of_code(tested)
            except KeyError:
                self.names[tested] = free.missing(tested)

    def attribute(self, name):
        try:
            return self.names.of_code(name)
        except KeyError:
            raise AttributeError("the code has no " + name) from None

    def step(self, number):
        if not self.started:
            self.start()
        code = self.steps[number][2]
        if isinstance(code, tuple):
            self.case(*code)
        else:
            exec(code, self.space)

    def case(self, name, method):
        target = self.space[name]
        if not method:
            result = target()
        elif hasattr(target, "run_one"):
            result = target.run_one(method)
        else:
            result = getattr(target(), method)()
        if isinstance(result, types.CoroutineType):
            result = sys.modules["asyncio"].run(result)
        if isinstance(result, (types.GeneratorType, types.AsyncGeneratorType)):
            raise TypeError("the test is a generator, whose body does not run")
