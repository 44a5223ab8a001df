# Proxies of objects that stay in the other interpreter. On the side of the tests they never hand a
# value of the tests to an operator of the judged code: an __eq__ that always agrees gains nothing.
import copy
import operator

import wire

ASKED = {
    "__len__": len, "__str__": str, "__repr__": repr, "__hash__": hash, "__int__": int,
    "__float__": float, "__index__": operator.index, "__complex__": complex, "__round__": round,
    "__abs__": abs, "__neg__": operator.neg, "__pos__": operator.pos, "__invert__": operator.invert,
    "__getitem__": operator.getitem, "__setitem__": operator.setitem,
    "__delitem__": operator.delitem, "__reversed__": reversed, "__format__": format,
    "__bytes__": bytes, "__bool__": bool,
    "__enter__": lambda value: type(value).__enter__(value),
    "__exit__": lambda value, *_: type(value).__exit__(value, None, None, None),
}
BINARY = {
    "__lt__": operator.lt, "__le__": operator.le, "__gt__": operator.gt, "__ge__": operator.ge,
    "__add__": operator.add, "__sub__": operator.sub, "__mul__": operator.mul,
    "__truediv__": operator.truediv, "__floordiv__": operator.floordiv, "__mod__": operator.mod,
    "__pow__": operator.pow, "__matmul__": operator.matmul, "__and__": operator.and_,
    "__or__": operator.or_, "__xor__": operator.xor,
}
ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
OTHERS = ("__call__", "__iter__", "__next__", "__await__")
PROTOCOL = (*ASKED, *BINARY, *OTHERS)
READABLE = ("__name__", "__doc__", "__qualname__")
ALWAYS = ("__str__", "__repr__", "__hash__", "__format__")


def content(value):
    """An instance of a subclass of a container, as the plain container; None for other objects."""
    for base in (list, dict, set):
        if isinstance(value, base):
            return base(base.items(value)) if base is dict else base(base.__iter__(value))
    return None


DONE = {
    **ASKED, **BINARY, "==": operator.eq, "iter": iter, "content": content, "deepcopy": copy.deepcopy,
    "copy": copy.copy, "isinstance": isinstance,
}


def protocol(value):
    """The protocols of an object."""
    kind = type(value)
    names = [name for name in PROTOCOL if name in ALWAYS or getattr(kind, name, None) is not None]
    if "__bool__" not in names and "__len__" in names:
        names.append("__bool__")
    return [n for n in names if n not in ORDER or getattr(kind, n) is not getattr(object, n)]


class Proxy:
    """An object of the other interpreter."""

    def __init__(self, peer, handle):
        object.__setattr__(self, "_at", (peer, handle))
        object.__setattr__(self, "_mixed", False)

    def __getattr__(self, name):
        if name[:2] == "__" and name not in READABLE:
            raise AttributeError(name)
        return _like(self, self._at[0].ask("get", self, name))

    def __setattr__(self, name, value):
        self._at[0].ask("set", self, name, value)

    def __delattr__(self, name):
        self._at[0].ask("del", self, name)

    def __eq__(self, other):
        if self is other:
            return True
        if isinstance(other, (Proxy, *VALUES.values())) or not self._at[0].trusted:
            return self._at[0].ask("do", "==", self, other) is True
        _unmixed(self)
        inside = self._at[0].ask("do", "content", self)
        return inside is not None and type(inside) in wire.MUTABLE and inside == other

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(_plain(self, "__hash__", int))

    def __contains__(self, item):
        return any(item is each or item == each for each in self)

    def __copy__(self):
        return _like(self, self._at[0].ask("do", "copy", self))

    def __deepcopy__(self, memo):
        return _like(self, self._at[0].ask("do", "deepcopy", self))

    def __instancecheck__(self, value):
        _unmixed(self)
        return isinstance(value, (Proxy, *VALUES.values())) and (
            self._at[0].ask("do", "isinstance", value, self) is True
        )


def _plain(proxy, name, kind):
    value = proxy._at[0].ask("do", name, proxy)
    if type(value) is not kind:
        raise TypeError(name + " returned an object of another type")
    return value


def _asked(name):
    def method(self, *args):
        if name == "__exit__":
            args = ()
        value = _like(self, self._at[0].ask("do", name, self, *args))
        if name == "__exit__":
            return False
        return value

    return method


MIXED = "the code's own operator meets a value of the tests; compare plain values"


def _mix(value):
    # What an operator of the judged code made of a value of the tests may not become a plain value:
    # abs(f(2) - 4) < 1e-6 would hold for every object that says so.
    if not isinstance(value, Proxy):
        raise TypeError(MIXED)
    object.__setattr__(value, "_mixed", True)
    return value


def _like(source, value):
    """A value that comes from an object, as mixed as that."""
    return _mix(value) if source._mixed and source._at[0].trusted else value


def _unmixed(proxy):
    if proxy._mixed and proxy._at[0].trusted:
        raise TypeError(MIXED)


def _binary(name):
    def method(self, other):
        peer = self._at[0]
        if not peer.trusted or isinstance(other, Proxy):
            value = peer.ask("do", name, self, other)
            return _like(self, _like(other, value) if isinstance(other, Proxy) else value)
        if name in ORDER:
            return NotImplemented
        # A container is what is in it, whatever its class makes of an operator.
        inside = None if self._mixed else peer.ask("do", "content", self)
        if type(inside) in wire.MUTABLE:
            return BINARY[name](inside, other)
        return _mix(peer.ask("do", name, self, other))

    return method


def _call(self, *args, **named):
    return _like(self, self._at[0].ask("call", self, args, tuple(named.items())))


def _next(self):
    _unmixed(self)
    found = self._at[0].ask("next", self)
    if not found:
        raise StopIteration
    return found[0]


def _iter(self):
    _unmixed(self)
    return self._at[0].ask("do", "iter", self)


def _await(self):
    _unmixed(self)
    return self._at[0].ask("await", self)
    yield


def _doc(self):
    return self._at[0].ask("get", self, "__doc__")


METHODS = {
    **{name: _asked(name) for name in ASKED if name != "__hash__"},
    **{name: _binary(name) for name in BINARY},
    "__call__": _call, "__iter__": _iter, "__next__": _next, "__await__": _await,
}
KINDS = {}


def proxy(peer, handle, names, title):
    """A proxy with some protocols; its class is shared by proxies with the same protocols."""
    key = (title, *names)
    if key not in KINDS:
        methods = {name: METHODS[name] for name in names if name in METHODS}
        KINDS[key] = type(title, (Proxy,), {**methods, "__doc__": property(_doc)})
    return KINDS[key](peer, handle)


def _value_class(base):
    def getter(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return self._at[0].ask("get", self, name)

    return type(base.__name__, (base,), {"__getattr__": getter})


# A named tuple, a member of an IntEnum: the plain value, with further attributes on the other side.
VALUES = {base: _value_class(base) for base in wire.IMMUTABLE}
