"""Runs Tailwalk and its peers in turn and prints ratios; see bench/peers.

usage: compare.py ROOT MODEL.gguf REPEATS LLAMA_SERVER
"""

import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import jobs

CPU, TOKENS, POSITIONS, MEMORY = range(4)


@dataclass(frozen=True)
class Taken:
    """What each repeat of a job took: at full length, and for its start (at one token a completion)."""

    full: list
    start: list

    def cpu(self):
        """Processor seconds a model token, without the start."""
        pairs = zip(self.full, self.start)
        return statistics.median((f[CPU] - s[CPU]) / (f[TOKENS] - s[TOKENS]) for f, s in pairs)

    def a_token(self, column):
        return statistics.median(row[column] / row[TOKENS] for row in self.full)

    def memory(self):
        return statistics.median(row[MEMORY] for row in self.full)


def run(job, places, length, seed):
    """Processor seconds, model tokens, positions and largest memory in MB of one process and its children."""
    answer = os.path.join(places["work"], "answer.jsonl")
    words = job.words(places, length, seed, answer)
    environment = dict(os.environ, OMP_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false", HF_HUB_OFFLINE="1")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(words, stdout=out, stderr=err, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in job.codes:
            sys.exit(f"{job.name} ended with {process.returncode}: {err.read().decode()[-2000:]}")
        counts = job.counts(out.read().decode(), answer)
    memory = counts.get("memory", used.ru_maxrss / 1024)
    return used.ru_utime + used.ru_stime, counts["tokens"], counts["positions"], memory


def measure(every, places, repeats):
    numbers = {(job, length): [] for job in every for length in (jobs.LENGTH, 1)}
    for seed in range(1, repeats + 1):
        for job, length in numbers:
            numbers[job, length].append(run(job, places, length, seed))
            print(f"repeat {seed} of {repeats}: {job.name}, {length} tokens", file=sys.stderr, flush=True)
    return {job: Taken(numbers[job, jobs.LENGTH], numbers[job, 1]) for job in every}


def missing(peer, server):
    """Why a peer cannot run here, or nothing."""
    try:
        found = importlib.util.find_spec(peer.package)
    except ModuleNotFoundError:
        found = None
    if found is None:
        return f"{peer.name}: {sys.executable} has no package {peer.package}"
    if peer.served and shutil.which(server) is None:
        return f"{peer.name}: {server} not found, which computes for it"
    return None


def report(pairs, taken):
    print("| peer | Tailwalk | weights | CPU a model token | CPU with start | memory | positions a model token |")
    print("|---|---|---|---|---|---|---|")
    lines = []
    for peer, own in pairs:
        other, ours = taken[peer], taken[own]
        ratios = {
            "peer": peer.name,
            "tailwalk": own.name,
            "weights": own.weights,
            "cpu": round(other.cpu() / ours.cpu(), 2),
            "cpu_with_start": round(other.a_token(CPU) / ours.a_token(CPU), 2),
            "memory": round(other.memory() / ours.memory(), 2),
            "positions": round(other.a_token(POSITIONS) / ours.a_token(POSITIONS), 2),
        }
        lines.append(ratios)
        print("| " + " | ".join(v if isinstance(v, str) else f"{v:.2f}" for v in ratios.values()) + " |", flush=True)
    return lines


def main():
    root, file, repeats, server = sys.argv[1], os.path.abspath(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    absent = {peer: missing(peer, server) for peer in jobs.PEERS}
    for sentence in filter(None, absent.values()):
        print(f"left out: {sentence}")
    peers = [peer for peer in jobs.PEERS if not absent[peer]]
    pairs = [(peer, own) for peer in peers for own in peer.against]
    with tempfile.TemporaryDirectory(prefix="peers-speed") as work:
        places = {"root": root, "file": file, "server": server, "work": work}
        if any(not peer.served for peer in peers):
            places |= {"folder": os.path.join(work, "folder"), "f32": os.path.join(work, "f32.gguf")}
            words = [sys.executable, os.path.join(jobs.HERE, "weights.py"), file, places["folder"], places["f32"]]
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        every = list(dict.fromkeys([own for _, own in pairs] + peers))
        lines = report(pairs, measure(every, places, repeats))
    print(json.dumps({"length": jobs.LENGTH, "walks": jobs.WALKS, "repeats": repeats, "ratios": lines}))


if __name__ == "__main__":
    main()
