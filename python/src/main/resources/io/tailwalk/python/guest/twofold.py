# Names of Python's library that tests use without importing them and that the code defines itself.
# Whose is meant? Both have to agree, so that the code gains nothing by a gcd of its own.
import itertools
import math

FUNCTIONS = {
    "bisect": ("bisect", "bisect_left", "bisect_right"),
    "functools": ("reduce",),
    "heapq": ("nlargest", "nsmallest"),
    "itertools": (
        "accumulate", "chain", "combinations", "combinations_with_replacement", "compress", "dropwhile",
        "filterfalse", "pairwise", "permutations", "product", "starmap", "takewhile",
    ),
    "json": ("dumps", "loads"),
    "math": tuple(name for name in vars(math) if not name.startswith("_")),
    "operator": ("attrgetter", "itemgetter"),
    "re": ("findall",),
    "statistics": (
        "fmean", "geometric_mean", "harmonic_mean", "mean", "median", "median_high", "median_low", "mode",
        "multimode", "pstdev", "pvariance", "stdev", "variance",
    ),
    "string": ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "punctuation", "whitespace"),
}
HOME = {name: module for module, names in FUNCTIONS.items() for name in names}
# What draws the inputs of tests cannot be compared, and code that replaces it would choose them.
DRAWS = ("betavariate", "choice", "choices", "gauss", "getrandbits", "randint", "random", "randrange", "sample", "seed", "shuffle", "uniform")
TOLERANCE = 1e-9


class Disagreement(AssertionError):
    """The code's function is not Python's."""


def disagreement(name):
    module = HOME.get(name, "random")
    return Disagreement(
        "the code's %s is not Python's; the tests can say which one they mean: from %s import %s, or from solution import %s"
        % (name, module, name, name)
    )


def same(right, given):
    if type(right) is float and type(given) in (int, float):
        return right == given or math.isclose(right, given, rel_tol=TOLERANCE) or right != right and given != given
    return right == given


def pairs(name, right, given):
    end = object()
    for one, other in itertools.zip_longest(right, given, fillvalue=end):
        if one is end or other is end or not same(one, other):
            raise disagreement(name)
        yield one


def agreed(name, code):
    """What a name stands for that the code defines and Python's library has; None for other names."""
    if name in DRAWS:
        raise disagreement(name)
    if name not in HOME:
        return None
    python = getattr(__import__(HOME[name]), name)
    if not callable(python):
        if same(python, code):
            return python
        raise disagreement(name)

    def both(*args, **named):
        try:
            right = python(*args, **named)
        except Exception as error:
            # Not the code's result: an argument may be the code's too.
            try:
                code(*args, **named)
            except Exception:
                raise error from None
            raise disagreement(name) from None
        given = code(*args, **named)
        if hasattr(type(right), "__next__"):
            return pairs(name, right, given)
        if callable(right) and not isinstance(right, type):
            return right
        if not same(right, given):
            raise disagreement(name)
        return right

    return both
