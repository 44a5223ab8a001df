"""Scores responses by Tailwalk, Transformers and plain decode calls in turn and prints ratios; see bench/score.

usage: compare.py ROOT CLASSPATH MODEL.gguf REPEATS LIBRARY
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile

import texts

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 0.01
WEIGHTS = ("file", "float32")
SHAPES = (texts.MANY, texts.SHARED, texts.LONG)


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(words):
    """Processor seconds of a process, and what it printed."""
    environment = dict(os.environ, OMP_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false", HF_HUB_OFFLINE="1")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(words, stdout=out, stderr=err, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(words)} ended with {process.returncode}: {err.read().decode()[-2000:]}")
        return used.ru_utime + used.ru_stime, out.read().decode()


class Job:
    """Places of files and commands on them."""

    def __init__(self, root, path, file, library, work):
        self.root, self.path, self.library, self.work = root, path, library, work
        self.files = {"file": file, "float32": os.path.join(work, "f32.gguf")}
        self.folder, self.ids = os.path.join(work, "folder"), os.path.join(work, "ids")
        self.source = os.path.join(root, "examples", "austen.jsonl")
        weights = os.path.join(root, "bench", "peers-speed", "weights.py")
        run([sys.executable, weights, file, self.folder, self.files["float32"]])
        for name, pairs in texts.shapes(self.source).items():
            with open(self.data(name), "w", encoding="utf-8") as written:
                for i, (prompt, response) in enumerate(pairs):
                    print(json.dumps({"id": str(i), "prompt": prompt, "completion": response}), file=written)

    def data(self, shape):
        return os.path.join(self.work, shape.replace(" ", "-") + ".jsonl")

    def tailwalk(self, weights, shape):
        """Processor seconds; log-probabilities and numbers of tokens in the order of the rows."""
        table = os.path.join(self.work, "scores.jsonl")
        words = [os.path.join(self.root, "tailwalk"), "score", "--no-config", "--quiet", "--trust", "--threads", "1"]
        words += [] if self.library == "embedded" else ["--lib", self.library]
        words += ["--model", "gguf:" + self.files[weights], "--data", self.data(shape), "--out", table, "--overwrite"]
        seconds, _ = run(words)
        rows = sorted(texts.read(table), key=lambda row: int(row["example_id"]))
        return seconds, [row["log_prob"] for row in rows], [row["tokens"] for row in rows]

    def transformers(self):
        _, printed = run([sys.executable, os.path.join(HERE, "run_transformers.py"), self.folder, self.source, self.ids])
        return json.loads(printed.strip().splitlines()[-1])

    def engine(self, repeats):
        words = [os.path.join(os.environ["JAVA_HOME"], "bin", "java")] if "JAVA_HOME" in os.environ else ["java"]
        words += ["-Xmx2g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", self.path, "ScoreEngine"]
        _, printed = run(words + [self.files["file"], self.library, self.ids, str(repeats)])
        return json.loads(printed.strip().splitlines()[-1])


def measure(job, repeats):
    """Processor seconds a response token by shape, side and repeat; largest differences of a response's score."""
    taken, apart = {}, {}
    job.tailwalk("file", texts.START)
    for repeat in range(1, repeats + 1):
        peer = job.transformers()
        for weights in WEIGHTS:
            start, _, one = job.tailwalk(weights, texts.START)
            for shape in SHAPES:
                seconds, scores, tokens = job.tailwalk(weights, shape)
                if tokens != peer["tokens"][shape]:
                    sys.exit(f"{shape}: Tailwalk and Transformers have different numbers of tokens")
                own = (seconds - start) / (sum(tokens) - sum(one))
                taken.setdefault((shape, weights), []).append(own)
                for way, other in peer["scores"][shape].items():
                    most = max(abs(a - b) for a, b in zip(scores, other))
                    apart[weights] = max(apart.get(weights, 0.0), most)
        for shape in SHAPES:
            for way, seconds in peer["seconds"][shape].items():
                taken.setdefault((shape, way), []).append(seconds / sum(peer["tokens"][shape]))
        say(f"repeat {repeat} of {repeats}")
    return taken, apart


def report(taken, engine):
    print("| responses | beside | to Tailwalk on the file | to Tailwalk in float32 |")
    print("|---|---|---|---|")
    lines = []
    for shape in SHAPES:
        own = {weights: taken[shape, weights] for weights in WEIGHTS}
        rows = {
            "Transformers, " + way: [statistics.median(b / a for a, b in zip(own[w], taken[shape, way])) for w in WEIGHTS]
            for name, way in taken
            if name == shape and way not in WEIGHTS
        }
        rows |= {way: [ratio] for way, ratio in engine[shape].items()}
        for beside, ratios in rows.items():
            print("| " + " | ".join([shape, beside, *[f"{ratio:.2f}" for ratio in ratios], *[""][len(ratios) - 1 :]]) + " |")
            lines.append({"responses": shape, "beside": beside} | dict(zip(WEIGHTS, [round(r, 3) for r in ratios])))
    return lines


def main():
    root, path, file, repeats, library = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="score") as work:
        job = Job(root, path, os.path.abspath(file), library, work)
        taken, apart = measure(job, int(repeats))
        engine = job.engine(repeats)
    lines = report(taken, engine)
    in_words = ", ".join(f"{apart[weights]:.2g} nats ({weights})" for weights in WEIGHTS)
    print(f"largest difference of a response's log-probability from Transformers: {in_words}")
    print(json.dumps({"score": lines, "library": os.path.basename(library), "nats": apart}))
    sys.exit(apart["float32"] > TOLERANCE)


if __name__ == "__main__":
    main()
