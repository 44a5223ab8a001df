# What runs inside the sandbox: Tailwalk calls run(op, text) step by step. An empty answer is
# success, "#n" a count, anything else the reason of a failure in one line.
import builtins
import sys


def _make():
    space = {"__name__": "__main__", "__builtins__": builtins}
    steps = []
    only_ast = 0x400

    def describe(error):
        try:
            text = str(error).split("\n")[0][:300]
        except BaseException:
            text = ""
        name = type(error).__name__[:80]
        return name + ": " + text if text else name

    def is_test(node):
        kind = type(node).__name__
        return kind == "Assert" or (kind == "Expr" and type(node.value).__name__ == "Call")

    def plan(source):
        tree = compile(source, "tests", "exec", only_ast)
        module = type(tree)
        names = []
        for node in tree.body:
            name = getattr(node, "name", "")
            if type(node).__name__ == "FunctionDef" and name.startswith("test_"):
                names.append((node.lineno, name))
            code = compile(module(body=[node], type_ignores=[]), "tests", "exec")
            steps.append((node.lineno, is_test(node), code))
        for line, name in names:
            steps.append((line, True, compile(name + "()", "tests", "exec")))
        return "#" + " ".join(str(line) if test else "-" + str(line) for line, test, _ in steps)

    def run(op, text):
        try:
            if op == "code":
                exec(compile(text, "completion", "exec"), space)
            elif op == "tests":
                return plan(text)
            elif op == "step":
                exec(steps[int(text)][2], space)
            elif op == "seal":
                sys.path[:] = [entry for entry in sys.path if entry != "/guest"]
                sys.path_importer_cache.clear()
                sys.modules.pop("guest", None)
        except BaseException as error:
            return describe(error) or "unknown error"
        return ""

    return run


run = _make()
