"""Runs both trainers in turns and prints the ratio of their speeds.

  python3 -m venv /tmp/venv && /tmp/venv/bin/pip install torch==2.7.1 numpy
  mvn -q install -DskipTests
  mvn -q -pl bench dependency:build-classpath -Dmdep.outputFile=/tmp/classpath
  /tmp/venv/bin/python bench/pytorch/compare.py "bench/target/classes:$(cat /tmp/classpath)" [THREADS]
"""
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ROUNDS = 8


class Side:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.parameters = int(self.process.stdout.readline())

    def seconds(self, steps):
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def main():
    classpath, threads = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "1"
    for batch, steps in ((4, 40), (16, 12), (64, 4)):
        java = ["java", "--enable-native-access=ALL-UNNAMED", "-cp", classpath]
        ours = Side(
            "tailwalk", java + ["io.tailwalk.bench.TrainingSteps", str(batch), threads]
        )
        theirs = Side("pytorch", [sys.executable, str(HERE / "steps.py"), str(batch), threads])
        assert ours.parameters == theirs.parameters, (ours.parameters, theirs.parameters)
        for side in (ours, theirs):
            side.seconds(steps)  # warm-up
        pairs = [(ours.seconds(steps), theirs.seconds(steps)) for _ in range(ROUNDS)]
        ratios = sorted(t / o for o, t in pairs)
        print(
            f"batch {batch}, threads {threads}: tailwalk {steps / statistics.median(o for o, _ in pairs):.1f}"
            f" steps/s, pytorch {steps / statistics.median(t for _, t in pairs):.1f} steps/s,"
            f" ratio median {statistics.median(ratios):.2f}, quartiles {ratios[ROUNDS // 4]:.2f}"
            f" .. {ratios[-1 - ROUNDS // 4]:.2f}",
            flush=True,
        )
        for side in (ours, theirs):
            side.process.stdin.close()
            side.process.wait()


if __name__ == "__main__":
    main()
