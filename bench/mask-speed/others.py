"""Masks of llguidance and xgrammar along the texts of bench/masks; see there."""

import json
import statistics
import sys
import time

import llguidance
import llguidance.numpy
import numpy
import torch
import xgrammar

torch.set_num_threads(1)


def load(folder):
    tokens, ends = [], []
    for number, line in enumerate(open(folder + "/tokens.txt", encoding="utf-8")):
        line = line.rstrip("\n")
        if line.startswith("!"):
            ends.append(number)
        tokens.append(bytes.fromhex(line.lstrip("!")))
    return tokens, ends


class Wrapped:
    """A tokenizer as llguidance wants it, by longest tokens: it is asked for forced bytes only."""

    bos_token_id = None

    def __init__(self, tokens, ends):
        self.eos_token_id = ends[0]
        self.special_token_ids = [i for i, t in enumerate(tokens) if not t]
        self.tokens = [t if t else b"<%d>" % i for i, t in enumerate(tokens)]
        self.ids = {t: i for i, t in enumerate(tokens) if t}
        self.longest = max(map(len, tokens))

    def __call__(self, text):
        ids, at = [], 0
        while at < len(text):
            end = min(len(text), at + self.longest)
            while text[at:end] not in self.ids and end > at + 1:
                end -= 1
            ids.append(self.ids[text[at:end]])
            at = end
        return ids


def as_regex(kind, spec, end):
    """The specification as a pattern; `end` closes a pattern for xgrammar."""
    if kind == "avoid":
        return "[^" + spec.lower() + spec.upper() + "]*" + end
    if kind == "length":
        low, high = spec.split("..")
        return r"[\s\S]{" + low + "," + high + "}" + end
    return spec


def llguidance_walk(tokenizer, grammar, ids, mask):
    began = time.thread_time_ns()
    matcher = llguidance.LLMatcher(tokenizer, grammar, log_level=0)
    compiled = time.thread_time_ns() - began
    if matcher.is_error():
        raise ValueError(matcher.get_error())
    row = mask[0]
    pointer, length = row.ctypes.data, row.size * row.itemsize
    times = []
    for token in [*ids, None]:
        began = time.thread_time_ns()
        matcher.unsafe_compute_mask_ptr(pointer, length)
        times.append(time.thread_time_ns() - began)
        if token is not None:
            if not row[token // 32] >> (token % 32) & 1:
                raise ValueError("a token of the text is not allowed")
            matcher.consume_token(token)
    return compiled, times


def xgrammar_walk(info, kind, spec, ids, mask):
    compiler = xgrammar.GrammarCompiler(info, max_threads=1, cache_enabled=False)
    began = time.thread_time_ns()
    if kind == "json-schema":
        grammar = compiler.compile_json_schema(spec, strict_mode=False)
    elif kind == "grammar":
        grammar = compiler.compile_grammar(spec)
    else:
        grammar = compiler.compile_regex(as_regex(kind, spec, ""))
    compiled = time.thread_time_ns() - began
    matcher = xgrammar.GrammarMatcher(grammar)
    row = mask.numpy()[0]
    times = []
    for token in [*ids, None]:
        began = time.thread_time_ns()
        restricts = matcher.fill_next_token_bitmask(mask, 0)
        times.append(time.thread_time_ns() - began)
        if token is not None:
            if restricts and not row[token // 32] >> (token % 32) & 1:
                raise ValueError("a token of the text is not allowed")
            matcher.accept_token(token)
    return compiled, times


def measured(walk, repeats, fresh):
    walks = [walk() for _ in range(repeats)]
    places = [statistics.median(place) for place in zip(*(w[1] for w in walks))]
    return {
        "us": statistics.fmean(places) / 1e3,
        "us_fresh": statistics.fmean(places[place] for place in fresh) / 1e3,
        "us_max": max(places) / 1e3,
        "us_compile": statistics.median(w[0] for w in walks) / 1e3,
    }


def rows(folder, cases, repeats, ours):
    tokens, ends = load(folder)
    tokenizer = llguidance.LLTokenizer(
        llguidance.TokenizerWrapper(Wrapped(tokens, ends)), n_vocab=len(tokens)
    )
    json_tokenizer = tokenizer.with_slices(llguidance.LLTokenizer.json_slices())
    info = xgrammar.TokenizerInfo(
        tokens, xgrammar.VocabType.RAW, vocab_size=len(tokens), stop_token_ids=ends
    )
    mask = llguidance.numpy.allocate_token_bitmask(1, len(tokens))
    torch_mask = xgrammar.allocate_token_bitmask(1, len(tokens))
    texts = [json.loads(line) for line in open(folder + "/texts.txt")]
    lines = map(json.loads, open(cases, encoding="utf-8"))
    for case, ids, own in zip(lines, texts, ours):
        kind, spec = case["kind"], case["spec"]
        row = {"id": case["id"]}
        try:
            if kind == "json-schema":
                grammar = llguidance.LLMatcher.grammar_from_json_schema(spec)
            elif kind == "grammar":
                grammar = llguidance.LLMatcher.grammar_from_lark(
                    __import__("llguidance.gbnf_to_lark", fromlist=["x"]).any_to_lark(spec)
                )
            else:
                grammar = llguidance.LLMatcher.grammar_from_regex(as_regex(kind, spec, ""))
            best = json_tokenizer if kind == "json-schema" else tokenizer
            row["llguidance"] = measured(
                lambda: llguidance_walk(best, grammar, ids, mask), repeats, own["fresh"]
            )
        except ValueError as e:
            row["llguidance_error"] = str(e)[:200]
        try:
            # Its compiled grammars hold the masks, so that few repetitions are enough.
            row["xgrammar"] = measured(
                lambda: xgrammar_walk(info, kind, spec, ids, torch_mask),
                min(repeats, 5),
                own["fresh"],
            )
        except (ValueError, RuntimeError) as e:
            row["xgrammar_error"] = str(e)[:200]
        yield row


def main():
    folder, cases, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
    ours = [json.loads(line) for line in open(folder + "/tailwalk.jsonl")]
    print("case\tplaces\tfresh\tfresh/llguidance\tall/llguidance\tall/xgrammar"
          "\tcold/llguidance\tcompile/llguidance\tcompile/xgrammar")
    for own, other in zip(ours, rows(folder, cases, repeats, ours)):
        def ratio(field, library, theirs=None):
            found = other.get(library)
            return "-" if found is None else "%.2g" % (own[field] / found[theirs or field])
        print(own["id"], own["places"], len(own["fresh"]), ratio("us_fresh", "llguidance"),
              ratio("us", "llguidance"), ratio("us", "xgrammar"),
              ratio("us_cold", "llguidance", "us"), ratio("us_compile", "llguidance"),
              ratio("us_compile", "xgrammar"), sep="\t", flush=True)
        if len(sys.argv) > 4:
            print(json.dumps({"tailwalk": own, **other}), file=sys.stderr)


main()
