"""Makes small.json and golden.json: a byte-level tokenizer trained by Hugging Face's library, and
the ids that the library gives. From the root of the repository, with tokenizers 0.23.3 of PyPI:

    python train/src/test/resources/io/tailwalk/train/tokenizer/make.py
"""

import json
import pathlib

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

HERE = pathlib.Path(__file__).parent
NOVEL = HERE.parents[7] / "builtin/src/main/resources/io/tailwalk/builtin/austen.txt"
LINES = 400
EXTRA = [
    "Ünïcödé — naïve café, Straße, 漢字かな, Привет мир\n\n",
    "12 123 1234 12345 it's IT'S !!\n\n\n    x  y\n",
] * 40

LETTERS = r"[^\r\n\p{L}\p{N}]?\p{L}+"
REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
SHORT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"

# How text is split, by llama.cpp's name for it.
SPLITS = {
    "gpt-2": pre_tokenizers.ByteLevel(add_prefix_space=False),
    "llama-bpe": pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(
                Regex(SHORT + "|" + LETTERS + r"|\p{N}{1,3}|" + REST),
                "isolated",
            ),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    ),
    "qwen2": pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(
                Regex(SHORT + "|" + LETTERS + r"|\p{N}|" + REST),
                "isolated",
            ),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    ),
    "smollm": pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    ),
}

TEXTS = [
    "",
    " ",
    "a",
    "It is a truth universally acknowledged, that a single man",
    "  two  blanks   three    four",
    "lines\nand\n\nempty ones\n\n\n",
    "\r\nWindows\r\n\r\nlines \r \n x",
    "tabs\tand \t mixed\u00a0blanks\u2003here\u3000",
    " trailing ",
    "\n",
    "\n\n  \n",
    "It's we've I'll YOU'RE he'd don't I'M 'tis o'clock 'S",
    "1 22 333 4444 55555 3.14159 1,000,000 0x1F 12ab34",
    "½ ² Ⅷ ٣٤ ௩ ①",
    "Ünïcödé — naïve café, Straße",
    "e\u0301 combining a\u0308o\u0302",
    "漢字かなカナ 한국어 Привет, мир! γεια שלום مرحبا हिन्दी ไทย",
    "😀 👩‍👩‍👧‍👦 🇩🇪 a😀b",
    "\u0000\u0001\u007f\u0080\u00ad\ufeff\u200b\u200d",
    "def f(x):\n    return x ** 2  # comment\n\n\nclass A:\n\tpass\n",
    "{\"key\": [1, 2.5, null], \"s\": \"\\n\"}",
    "<b>html</b> &amp; https://example.org/a?b=c#d",
    "!!! ... ?!?! --- ___ *** ((())) [[]] \u201cquoted\u201d \u2018single\u2019",
    "$5 €7 £9 +1-2=3 a+b a^b ~x `y` |z|",
    "before<|endoftext|>after <|endoftext|> x",
    "a <tool>call</tool> <tool> b",
    "<|endoftext",
    "Elizabeth Bennet and Mr. Darcy walked to Netherfield.",
    "the The THE tHe",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "\u2028line\u2029paragraph\u0085next\u000bvt\u000cff",
    "x" * 700 + " " + "pride and prejudice " * 60,
]


def variant(base, name):
    tokenizer = Tokenizer.from_str(base.to_str())
    tokenizer.pre_tokenizer = SPLITS[name]
    if name == "llama-bpe":
        tokenizer.model.ignore_merges = True
    return tokenizer


def main():
    base = Tokenizer(models.BPE())
    # Without splitting, so that merges cross every border that the ways of splitting draw.
    base.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    base.decoder = decoders.ByteLevel()
    novel = NOVEL.read_text(encoding="utf-8").splitlines(keepends=True)[:LINES]
    base.train_from_iterator(
        ["".join(novel)] + EXTRA,
        trainers.BpeTrainer(
            vocab_size=500,
            special_tokens=["<|endoftext|>"],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    base.pre_tokenizer = SPLITS["gpt-2"]
    base.add_tokens([AddedToken("<tool>", special=False, normalized=False)])
    (HERE / "small.json").write_text(base.to_str(pretty=True) + "\n", encoding="utf-8")
    golden = {"texts": TEXTS}
    for name in SPLITS:
        tokenizer = variant(base, name)
        golden[name] = {
            "pre_tokenizer": json.loads(tokenizer.to_str())["pre_tokenizer"],
            "ignore_merges": tokenizer.model.ignore_merges,
            "ids": [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS],
        }
    text = json.dumps(golden, ensure_ascii=True, indent=None, separators=(",", ":"))
    (HERE / "golden.json").write_text(text.replace("],[", "],\n[") + "\n", encoding="utf-8")


main()
