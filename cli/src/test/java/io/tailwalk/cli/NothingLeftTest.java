package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused makes no folder and no file, whatever --out and its like name. */
class NothingLeftTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tail --model builtin:austen --prompt x --verifier rhyme --out DIR/new/deep",
        "tail --model builtin:joyce --prompt x --out DIR/new",
        "tail --model builtin:austen --prompts DIR/none.jsonl --out DIR/new",
        "tail --model builtin:austen --prompts DIR/chat.jsonl --out DIR/new",
        "tail --model builtin:austen --prompt x --measure-tokens 0 --out DIR/new",
        "compare --model builtin:austen --prompt x --samplers vbg --out DIR/new",
        "compare --model builtin:austen --prompt x --verifier rhyme --out DIR/new",
        "profile --scores DIR/none.csv --out DIR/new",
        "profile --scores DIR/chat.jsonl --out DIR/new",
        "select --n 0 --scores DIR/none.csv --out DIR/new",
        "select --n 3 --scores DIR/none.csv --out DIR/new",
        "select --n 3 --race --model builtin:austen --data DIR/h.jsonl --out DIR/new",
        "select --n 3 --race --model a=builtin:austen --model b=builtin:austen@2 --data DIR/none"
            + " --out DIR/new",
        "passk --samples DIR/none.jsonl --out DIR/new",
        "passk --samples DIR/run.jsonl --k 5 --out DIR/new",
        "watch DIR/none --n 3 --once --out DIR/new",
        "watch DIR/empty --n 3 --once --out DIR/new",
        "score --model builtin:austen --data DIR/h.jsonl --recorded x --out DIR/new.csv",
        "score --model builtin:austen --data DIR/none.jsonl --out DIR/new.csv",
        "value train --model builtin:austen --prompt x --verifier rhyme --out DIR/v --report"
            + " DIR/new",
        "value train --model builtin:austen --prompts DIR/chat.jsonl --verifier any --out DIR/v"
            + " --report DIR/new",
        "value train --model builtin:austen --prompt x --verifier any --pilot-tokens 9"
            + " --out DIR/v --report DIR/new",
        "generate --model builtin:austen --prompt x --sampler vgb --replay DIR/new/r.html"
            + " --out DIR/none/x.jsonl",
        "lab ess --scale huge --out DIR/new",
        "lab ess --repeats 0 --out DIR/new",
        "lab tree DIR/none.json",
        "lab abc --threads 0 --out DIR/new",
        "lab parity --blocks 1 --out DIR/new",
        "lab calibration --combine DIR/none.json --out DIR/new",
        "lab calibration --regimes mildest --out DIR/new",
        "lab coverage-vs-ce --scale quick --checkpoints DIR/series --out DIR/h.jsonl/x",
        "lab coverage-vs-ce --scale quick --checkpoints DIR/series --threads 0",
        "lab rl-follows-coverage --scale quick --checkpoints DIR/series --threads 0",
        "lab rl-follows-coverage --scale quick --checkpoints DIR/series --out DIR/h.jsonl/x",
        "lab coverage-vs-horizon --scale full --write-base DIR/no/base --out DIR/new",
        "lab coverage-vs-horizon --scale full --threads 0 --out DIR/new",
        "lab dyck --write-base DIR/no/base",
        "lab dyck --write-base DIR/empty",
        "lab dyck --write-base DIR/base --out DIR/new",
        "lab letter-avoidance --model builtin:austen --judge builtin:austen --repeats 1 --out"
            + " DIR/new",
        "lab code-tests --model builtin:joyce --out DIR/new",
        "demo --out DIR/h.jsonl/x",
        "train DIR/none.yaml"
      })
  void refused_leavesNothing(String words) throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(
        folder.resolve("h.jsonl"), "{\"prompt\": \"It is \", \"completion\": \"a truth\"}\n");
    Files.writeString(
        folder.resolve("chat.jsonl"),
        "{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}\n");
    Files.writeString(
        folder.resolve("run.jsonl"),
        "{\"task_id\": \"t\", \"completion\": \"x\", \"passed\": true}\n");
    List<String> before = files();
    CliRun run = CliRun.of(words.replace("DIR", folder.toString()).split(" ", -1));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("tailwalk: ").hasLineCount(1).doesNotContain("internal error");
    assertThat(files()).isEqualTo(before);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
