"""Writes the tests of rust-lang/regex that can be asked of a verifier as JSON lines; called by bench/suites/regex.

A line has the pattern as it is (`name`), texts, and questions: a pattern for complete texts and the answer."""
import ast
import json
import pathlib
import re
import sys
import tomllib

FLAGS = re.compile(r"\(\?([a-zA-Z]*)(-[a-zA-Z]+)?([:)])")


def flags(match):
    """Rust's flags by Java's letters; R, lines that end with CR LF, is Java's default."""
    on, off, end = match.group(1), (match.group(2) or "")[1:], match.group(3)
    if "P" in on:
        return match.group(0)
    on, off = on.replace("U", ""), off.replace("U", "")
    if "R" in on:
        on, off = on.replace("R", ""), off + "d"
    on, off = on.replace("u", "U"), off.replace("u", "U")
    return "(?" + on + ("-" + off if off else "") + end


def span(match):
    """The span of a match in any of the suite's notations."""
    if isinstance(match, dict):
        match = match.get("span") or match["spans"]
    return match[0] if isinstance(match[0], list) else match


def unescaped(text):
    return ast.literal_eval("b'" + text.replace("'", "\\'") + "'") if text.isascii() else None


def tests(root):
    for path in sorted(root.rglob("*.toml")):
        for test in tomllib.loads(path.read_text())["test"]:
            regex = test["regex"]
            if isinstance(regex, list):
                if len(regex) != 1:
                    continue
                regex = regex[0]
            if test.get("compiles") is False or "line-terminator" in test:
                continue
            haystack = test["haystack"].encode()
            if test.get("unescape"):
                haystack = unescaped(test["haystack"])
            yield path.name, test, regex, haystack


def main():
    for file, test, regex, haystack in tests(pathlib.Path(sys.argv[1])):
        try:
            text = haystack.decode() if haystack is not None else None
        except UnicodeDecodeError:
            text = None
        # regex-lite is a smaller library without Unicode.
        unicode = test.get("unicode", True) and file != "regex-lite.toml"
        pattern = FLAGS.sub(flags, regex)
        tail = "\n)" if "#" in regex and re.search(r"\(\?[a-z]*x", regex) else ")"
        letters = "d" + ("U" if unicode else "") + ("i" if test.get("case-insensitive") else "")
        inner = f"(?{letters}:{pattern}{tail}"
        questions = []
        if text is not None:
            points = {}
            at = 0
            for number, c in enumerate(text):
                points[at] = number
                at += len(c.encode())
            points[at] = len(text)
            bounds = test.get("bounds", [0, at])
            if isinstance(bounds, dict):
                bounds = [bounds["start"], bounds["end"]]
            if bounds[0] in points and bounds[1] in points:
                before = points[bounds[0]]
                after = len(text) - points[bounds[1]]
                more = "" if test.get("anchored") else ","
                whole = f"(?s:.{{{before}{more}}}){inner}(?s:.{{{after},}})"
                found = bool(test["matches"])
                splits = [m for m in test["matches"] if not set(span(m)) <= set(points)]
                if not splits:
                    questions.append([whole, found])
                for match in test["matches"]:
                    first, last = span(match)
                    if first in points and last in points:
                        rest = len(text) - points[last]
                        questions.append([f"(?s:.{{{points[first]}}}){inner}(?s:.{{{rest}}})", True])
        if questions:
            line = {"file": file, "test": test["name"], "name": regex, "text": text, "questions": questions}
            print(json.dumps(line))


main()
