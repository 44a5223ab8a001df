"""Scores responses by Transformers in float32 on one thread; see bench/score. Prints, as JSON, processor seconds by shape
and way, and log-probabilities and numbers of tokens by shape.

usage: run_transformers.py FOLDER TEXTS.jsonl IDS; IDS is written: name, ids of the prompt, ids of the response
"""

import json
import sys
import time

import texts
import torch
import transformers

BATCH = 16


def log_probs(model, hidden, rows, places, targets):
    """The head computes only positions before a response's tokens."""
    logits = model.lm_head(hidden[rows, places])
    taken = -torch.nn.functional.cross_entropy(logits.float(), targets, reduction="none")
    return torch.zeros(hidden.shape[0], dtype=torch.float64).index_add_(0, rows, taken.double())


def in_batches(model, pairs):
    """Padded batches of 16, of texts of similar lengths."""
    order = sorted(range(len(pairs)), key=lambda i: sum(map(len, pairs[i])))
    sums = [0.0] * len(pairs)
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        whole = [torch.tensor(sum(pairs[i], [])) for i in chosen]
        ids = torch.nn.utils.rnn.pad_sequence(whole, batch_first=True)
        mask = torch.nn.utils.rnn.pad_sequence([torch.ones_like(text) for text in whole], batch_first=True)
        places = [(row, len(pairs[i][0]) - 1 + k) for row, i in enumerate(chosen) for k in range(len(pairs[i][1]))]
        rows, at = torch.tensor(places).unbind(1)
        hidden = model.model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
        for i, value in zip(chosen, log_probs(model, hidden, rows, at, ids[rows, at + 1]).tolist()):
            sums[i] = value
    return sums


def one_by_one(model, pairs):
    """A response after another; the keys and values of a prompt are kept while it stays the same."""
    sums, before, cache = [], None, None
    for prompt, response in pairs:
        if prompt != before:
            cache = transformers.DynamicCache()
            first = model.model(input_ids=torch.tensor([prompt]), past_key_values=cache).last_hidden_state[:, -1:]
            before = prompt
        hidden = first
        if len(response) > 1:
            behind = model.model(input_ids=torch.tensor([response[:-1]]), past_key_values=cache).last_hidden_state
            hidden = torch.cat([first, behind], 1)
            cache.crop(1 - len(response))
        rows, at = torch.zeros(len(response), dtype=torch.long), torch.arange(len(response))
        sums.append(log_probs(model, hidden, rows, at, torch.tensor(response)).item())
    return sums


WAYS = {"batches of 16": in_batches, "one by one": one_by_one}


def main(folder, file, out):
    torch.set_num_threads(1)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    result = {"seconds": {}, "scores": {}, "tokens": {}}
    with torch.inference_mode(), open(out, "w", encoding="utf-8") as written:
        for name, pairs in texts.shapes(file).items():
            ids = [[tokenizer(p).input_ids, tokenizer(r, add_special_tokens=False).input_ids] for p, r in pairs]
            result["tokens"][name] = [len(response) for _, response in ids]
            for way, score in WAYS.items():
                score(model, ids[:2])
                start = time.process_time()
                sums = score(model, ids)
                result["seconds"].setdefault(name, {})[way] = time.process_time() - start
                result["scores"].setdefault(name, {})[way] = sums
            for prompt, response in ids if name != texts.START else []:
                print(name, *[" ".join(map(str, part)) for part in (prompt, response)], sep="\t", file=written)
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
