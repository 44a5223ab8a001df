"""The commands that bench/peers measures: Tailwalk's, its peers', and which is next to which."""

import json
import os
import sys
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))
PROMPT = "Once upon a time"
WALKS = 16
LENGTH = 32


@dataclass(frozen=True)
class Own:
    """A run of Tailwalk; 1 is the exit code of a run in which no completion passed."""

    name: str
    weights: str
    flags: tuple
    codes: tuple = (0, 1)

    def words(self, places, length, seed, answer):
        file = places["file" if self.weights == "file" else "f32"]
        return [
            *[os.path.join(places["root"], "tailwalk"), "generate", "--no-config", "--quiet", "--trust"],
            *["--model", "gguf:" + file, "--prompt", PROMPT, "--verifier", "avoid:e", "--threads", "1"],
            *["--max-tokens", str(length), "--budget-tokens", str(WALKS * length), "--seed", str(seed)],
            *["--out", answer, "--overwrite", *self.flags],
        ]

    def counts(self, printed, answer):
        with open(answer.removesuffix(".jsonl") + ".run.json") as opened:
            cost = json.load(opened)["prompts"][0]["cost"]
        return {"tokens": cost["model_tokens"], "positions": cost["model_tokens"] + cost["prompt_tokens"]}


@dataclass(frozen=True)
class Peer:
    """A script in this folder that prints what it computed as JSON on its last line."""

    name: str
    package: str
    served: bool
    script: tuple
    against: tuple = field(compare=False)
    codes: tuple = (0,)

    def words(self, places, length, seed, answer):
        where = [places["server"], places["file"]] if self.served else [places["folder"]]
        script, *task = self.script
        return [sys.executable, os.path.join(HERE, script), *task, *where, str(length), str(seed)]

    def counts(self, printed, answer):
        return json.loads(printed.strip().splitlines()[-1])


def own(name, *flags):
    """The same run on the file's weights and on their float32."""
    return tuple(Own(name, weights, flags) for weights in ("file", "float32"))


PARTICLES = own("`smc`, 16 particles", "--sampler", "smc", "--param", f"particles={WALKS}", "--n", str(WALKS))
WALK = own("`vgb-momentum`, 1 walk", "--sampler", "vgb-momentum", "--param", "walks=1")
BEST = own("`best-of-n`, 16", "--chat", "--sampler", "best-of-n", "--param", f"parallel={WALKS}", "--n", str(WALKS))
CHAT = own("`smc`, 16 particles, a chat", "--chat", *PARTICLES[0].flags)

PEERS = [
    Peer("genlm-control, 16 particles", "genlm.control", False, ("run_genlm_control.py",), PARTICLES),
    Peer("llamppl, 16 particles", "llamppl", False, ("run_llamppl.py",), PARTICLES),
    Peer("backtrack_sampler", "backtrack_sampler", False, ("run_backtrack_sampler.py",), WALK),
    Peer("its_hub, best of 16", "its_hub", True, ("run_its_hub.py", "best-of-n"), BEST[:1]),
    Peer("its_hub, 16 particles", "its_hub", True, ("run_its_hub.py", "particles"), CHAT[:1]),
    Peer("optillm, best of 16 by its own ratings", "optillm", True, ("run_optillm.py",), BEST[:1]),
]
