"""Renders chat templates as Hugging Face's transformers does, with Python's jinja2 (3.1.6).

Usage: python golden.py templates FOLDER > prompts.json
       python golden.py sources jinja.json > new.json
"""
import datetime
import json
import pathlib
import sys

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

DATE = datetime.date(2026, 1, 31)


class Generation(Extension):
    """The body of a generation block is printed."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.Scope(body, lineno=line)


def refuse(message):
    raise jinja2.exceptions.TemplateError(message)


def to_json(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


def environment():
    made = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    made.filters["tojson"] = to_json
    made.globals["raise_exception"] = refuse
    made.globals["strftime_now"] = DATE.strftime
    return made


def render(source, messages, bos, eos):
    return environment().from_string(source).render(
        messages=messages, tools=None, documents=None, add_generation_prompt=True,
        bos_token=bos, eos_token=eos)


SYSTEM = {"role": "system", "content": " Be brief. "}
CHATS = {
    "user": [{"role": "user", "content": "Say hi"}],
    "turns": [
        {"role": "user", "content": "  2 + 2?\n"},
        {"role": "assistant", "content": "<think>\neasy\n</think>\n\n 4 "},
        {"role": "user", "content": "Größer 漢字 😀\n\n\nthan\t\"3\"?"},
    ],
}
CHATS["system"] = [SYSTEM] + CHATS["turns"]

TOKENS = {
    "gemma-2": ("<bos>", "<eos>"),
    "gemma-3": ("<bos>", "<eos>"),
    "llama-3": ("<|begin_of_text|>", "<|eot_id|>"),
    "llama-3.2": ("<|begin_of_text|>", "<|eot_id|>"),
    "command-r": ("<BOS_TOKEN>", "<|END_OF_TURN_TOKEN|>"),
    "deepseek-r1": ("<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>"),
    "olmo-2": ("<|endoftext|>", "<|endoftext|>"),
}


def expected(source, row):
    """The prompt, or why there is none."""
    try:
        return {"prompt": render(source, row["messages"], row["bos"], row["eos"])}
    except (jinja2.exceptions.TemplateError, TypeError, ZeroDivisionError) as fault:
        return {"refused": type(fault).__name__ + ": " + str(fault)}


def main():
    rows = []
    if sys.argv[1] == "templates":
        for path in sorted(pathlib.Path(sys.argv[2]).glob("*.jinja")):
            bos, eos = TOKENS.get(path.stem, ("<s>", "</s>"))
            for name, messages in CHATS.items():
                row = {"template": path.stem, "chat": name, "bos": bos, "eos": eos,
                       "messages": messages}
                rows.append(row | expected(path.read_text(encoding="utf-8"), row))
    else:
        for old in json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")):
            row = {key: old[key] for key in ("source", "bos", "eos", "messages")}
            rows.append(row | expected(row["source"], row))
    json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
