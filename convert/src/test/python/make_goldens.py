"""Writes the golden folders of GoldenTest: tiny models of each architecture in Transformers' form.

Needs torch, transformers 5, tokenizers and sentencepiece from PyPI:

    python convert/src/test/python/make_goldens.py

Weights are not stored: they are a hash of a tensor's name and an index, which Weights.java computes
too. Stored are the configuration and tokenizer as save_pretrained writes them, and expected.json
with token ids and log-probabilities that Transformers computes from them in float32.
"""

import json
import pathlib
import shutil
import tempfile

import numpy
import sentencepiece
import torch
import transformers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, processors, trainers

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent / "resources/io/tailwalk/convert/golden"
NOVEL = HERE.parents[3] / "builtin/src/main/resources/io/tailwalk/builtin/austen.txt"

TEXTS = [
    "", "a", "Hello world", "  two   spaces    four", "It's 1234567 and 3.14, don't WE'LL",
    "日本語 中文 漢字", "émoji 😀👨‍👩‍👧 ok", "tabs\t\tand\n\n\nlines\r\n x", "     ", " leading", "trailing ",
    "<|im_start|>user\nhi<|im_end|>", "<start_of_turn>user\nhi<end_of_turn>\n", "x<|eot_id|>y [tool] z",
    "العربية हिन्दी ไทย", "e\u0301 decomposed", "zero\u200bwidth \ufeff nbsp\u00a0x", "\x00\x01 control",
    "Ω≈ç√∫ ½ ² Ⅷ ١٢٣", " " * 40 + "x", "\n" * 7, "foo_bar(x, y) {\n    return x+1;\n}\n",
    "<0x0A> <table>", "▁▁ literal ▁x", "</s> x",
]

CORPUS = NOVEL.read_text(encoding="utf-8")[:300_000] + (
    "\nThe numbers 123 4567 and  two   spaces    four\n\n\n日本語 中文 émoji 😀 çà ñ Привет мир\n" * 50)

LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
          r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace("{1,3}", "")
CHATML = ("{{ bos_token }}{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
          "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
SIZE = 400


def weights(name, shape, scale, offset):
    """Uniform in offset +- scale, scale a power of two: exact in float32 but for the last sum."""
    seed = 2166136261
    for byte in name.encode():
        seed = (seed ^ byte) * 16777619 % 2**32
    x = numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64) * 2654435761 + seed
    x = (x % 2**32).astype(numpy.uint32)
    x ^= x >> 16
    x *= numpy.uint32(0x7FEB352D)
    x ^= x >> 15
    x *= numpy.uint32(0x846CA68B)
    x ^= x >> 16
    unit = ((x >> 8).astype(numpy.int64) - 2**23).astype(numpy.float32) / numpy.float32(2**23)
    return (unit * numpy.float32(scale) + numpy.float32(offset)).reshape(shape)


def byte_level(kind, specials, plain=(), begin=None):
    tokenizer = Tokenizer(models.BPE(ignore_merges=kind == "llama3"))
    split = pre_tokenizers.ByteLevel(add_prefix_space=False)
    if kind == "smollm":
        split = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), split])
    elif kind != "gpt2":
        pattern = Regex(QWEN2 if kind == "qwen2" else LLAMA3)
        split = pre_tokenizers.Sequence([
            pre_tokenizers.Split(pattern, "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.pre_tokenizer = split
    if kind == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator([CORPUS], trainers.BpeTrainer(
        vocab_size=SIZE - len(specials) - len(plain), show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.add_special_tokens([AddedToken(t, normalized=False, special=True) for t in specials])
    tokenizer.add_tokens([AddedToken(t, normalized=False, special=False) for t in plain])
    if begin:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{begin} $A", pair=f"{begin} $A {begin} $B",
            special_tokens=[(begin, tokenizer.token_to_id(begin))])
    else:
        tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    return tokenizer


def pieces(folder, gemma):
    corpus = folder / "corpus.txt"
    corpus.write_text(CORPUS, encoding="utf-8")
    names = dict(unk_id=0, bos_id=1, eos_id=2, pad_id=-1)
    if gemma:
        names = dict(
            pad_id=0, eos_id=1, bos_id=2, unk_id=3, pad_piece="<pad>", eos_piece="<eos>",
            bos_piece="<bos>", user_defined_symbols=[
                "<start_of_turn>", "<end_of_turn>", "\n\n", "▁▁", "▁▁▁", "<table>"])
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(folder / "tokenizer"), vocab_size=SIZE, model_type="bpe",
        byte_fallback=True, character_coverage=0.999, normalization_rule_name="identity",
        remove_extra_whitespaces=False, add_dummy_prefix=not gemma, split_digits=True,
        allow_whitespace_only_pieces=True, minloglevel=2, **names)
    return folder / "tokenizer.model"


def expect(model, tokenizer, encode):
    model = model.float().eval()
    generator = torch.Generator().manual_seed(7)
    responses = []
    for _ in range(6):
        length = int(torch.randint(2, 80, (1,), generator=generator))
        ids = torch.randint(8, SIZE - 8, (1, length), generator=generator)
        with torch.no_grad():
            found = torch.log_softmax(model(ids).logits.double(), -1)[0]
        responses.append(dict(ids=ids[0].tolist(), log_probs=[
            round(float(found[i, ids[0, i + 1]]), 7) for i in range(length - 1)]))
    with torch.no_grad():
        last = torch.log_softmax(model(torch.tensor([[9, 10, 11]])).logits.double(), -1)[0, -1]
    return dict(
        tensors={k: list(v.shape) for k, v in model.state_dict().items()
                 if not (model.config.tie_word_embeddings and k == "lm_head.weight")},
        texts=[dict(text=t, ids=encode(tokenizer, t)) for t in TEXTS],
        responses=responses,
        last=[round(float(x), 5) for x in last])


def save(name, model, tokenizer, encode=lambda t, text: t(text)["input_ids"], files=(), settings=None):
    model.config._attn_implementation = "eager"
    gemma = name.startswith("gemma")
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            norm = "norm" in key
            scale = 0.25 if parameter.dim() == 1 else 0.5 if "embed" in key and not gemma else 0.125
            offset = 1 if norm and not gemma else 0
            parameter.copy_(torch.from_numpy(weights(key, tuple(parameter.shape), scale, offset)))
    folder = GOLDEN / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model.config.save_pretrained(folder)
    config = json.loads((folder / "config.json").read_text())
    config["architectures"] = [type(model).__name__]
    config.pop("transformers_version", None)
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    if settings is None:
        tokenizer.save_pretrained(folder)
        path = folder / "tokenizer.json"
        path.write_text(json.dumps(json.loads(path.read_text()), ensure_ascii=False) + "\n")
        path = folder / "tokenizer_config.json"
        kept = json.loads(path.read_text())
        for key in ("vocab_file", "is_local", "local_files_only", "name_or_path"):
            kept.pop(key, None)
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    else:
        (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1) + "\n")
    for file in files:
        shutil.copy(file, folder / "tokenizer.model")
    expected = expect(model, tokenizer, encode)
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False) + "\n")


def fast(tokenizer, template=None, **special):
    made = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)
    made.chat_template = template
    return made


def main():
    transformers.logging.set_verbosity_error()
    t = transformers
    shape = dict(vocab_size=SIZE, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
                 num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=256)

    ends = [SIZE - 3, SIZE - 2, SIZE - 1]
    config = t.LlamaConfig(
        **{**shape, "vocab_size": SIZE + 8}, head_dim=8, tie_word_embeddings=True,
        bos_token_id=SIZE - 4, eos_token_id=ends, rope_parameters=dict(
            rope_type="llama3", rope_theta=500000.0, factor=8.0, low_freq_factor=1.0,
            high_freq_factor=4.0, original_max_position_embeddings=64))
    names = ["<|begin_of_text|>", "<|end_of_text|>", "<|eom_id|>", "<|eot_id|>"]
    save("llama3", t.LlamaForCausalLM(config),
         fast(byte_level("llama3", names, begin=names[0]), CHATML, bos_token=names[0], eos_token=names[3]))

    config = t.LlamaConfig(**shape, attention_bias=True, mlp_bias=True, tie_word_embeddings=False,
                           bos_token_id=SIZE - 3, eos_token_id=SIZE - 2)
    save("smollm", t.LlamaForCausalLM(config), fast(
        byte_level("smollm", ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], ["[tool]"]),
        CHATML, bos_token="<|im_start|>", eos_token="<|im_end|>"))

    config = t.Qwen2Config(**shape, tie_word_embeddings=True, eos_token_id=SIZE - 2, rope_parameters=dict(
        rope_type="yarn", factor=4.0, original_max_position_embeddings=64, rope_theta=10000.0))
    chat = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    qwen = fast(byte_level("qwen2", chat, ["[tool]"]), eos_token=chat[2], pad_token=chat[0])
    save("qwen2", t.Qwen2ForCausalLM(config), qwen)
    config = t.Qwen3Config(**shape, head_dim=16, tie_word_embeddings=False, eos_token_id=SIZE - 2)
    save("qwen3", t.Qwen3ForCausalLM(config), qwen)

    config = t.SmolLM3Config(**{**shape, "num_hidden_layers": 5}, tie_word_embeddings=True,
                             bos_token_id=SIZE - 4, eos_token_id=SIZE - 1, pad_token_id=SIZE - 3)
    names = ["<|begin_of_text|>", "<|end_of_text|>", "<|im_start|>", "<|im_end|>"]
    save("smollm3", t.SmolLM3ForCausalLM(config), fast(byte_level("smaug", names), eos_token=names[3]))

    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        path = pieces(place, False)
        library = sentencepiece.SentencePieceProcessor(str(path))
        config = t.MistralConfig(**shape, head_dim=12, sliding_window=128, bos_token_id=1, eos_token_id=2)
        settings = dict(tokenizer_class="LlamaTokenizer", bos_token="<s>", eos_token="</s>",
                        unk_token="<unk>", add_bos_token=True, add_eos_token=False)
        # The library itself, not Transformers: it does not look for markers in a text.
        save("mistral", t.MistralForCausalLM(config), library,
             lambda s, text: ([1] + s.encode(text)), [path], settings)
        (place / "tokenizer_config.json").write_text(json.dumps(settings))
        config = t.LlamaConfig(**shape, tie_word_embeddings=False, bos_token_id=1, eos_token_id=2)
        save("llama2", t.LlamaForCausalLM(config), t.LlamaTokenizer.from_pretrained(place))

    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        path = pieces(place, True)
        library = sentencepiece.SentencePieceProcessor(str(path))
        settings = dict(tokenizer_class="GemmaTokenizer", bos_token="<bos>", eos_token="<eos>",
                        unk_token="<unk>", pad_token="<pad>", add_bos_token=True, add_eos_token=False)
        ids = dict(bos_token_id=2, eos_token_id=1, pad_token_id=0)
        config = t.GemmaConfig(**{**shape, "vocab_size": SIZE + 8}, head_dim=16, **ids)
        save("gemma", t.GemmaForCausalLM(config), library,
             lambda s, text: ([2] + s.encode(text)), [path], settings)
        (place / "tokenizer_config.json").write_text(json.dumps(settings))
        tokenizer = t.GemmaTokenizer.from_pretrained(place)
        config = t.Gemma2Config(**{**shape, "num_hidden_layers": 26}, head_dim=8,
                                query_pre_attn_scalar=8, sliding_window=16, **ids)
        save("gemma2", t.Gemma2ForCausalLM(config), tokenizer)
        config = t.Gemma3TextConfig(**{**shape, "num_hidden_layers": 7}, head_dim=8,
                                    query_pre_attn_scalar=8, sliding_window=16, **ids)
        save("gemma3", t.Gemma3ForCausalLM(config), tokenizer)


main()
