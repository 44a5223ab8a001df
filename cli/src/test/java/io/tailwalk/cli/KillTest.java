package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real processes of every command that can be resumed, killed (SIGKILL) at moments drawn at random
 * over a whole run, again and again: the last run ends in the bytes of an uninterrupted one, and
 * nothing of the killed ones is left, neither beside the output nor in the temporary folder.
 */
@Tag("slow")
class KillTest {
  private static final int KILLS = Integer.getInteger("tailwalk.kills", 8);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score | score --model builtin:austen --data IN/data.jsonl --out OUT/s.parquet --resume",
        "generate | generate --model builtin:austen --prompts IN/p.jsonl --verifier avoid:e"
            + " --max-tokens 40 --out OUT/g.jsonl --resume",
        "tail | tail --model builtin:austen --prompts IN/p.jsonl --verifier avoid:e"
            + " --max-tokens 40 --out OUT --resume",
        "compare | compare --model builtin:austen --prompts IN/p.jsonl --verifier avoid:e"
            + " --max-tokens 20 --samplers best-of-n;smc --exact-nodes 0 --out OUT --resume",
        "value | value train --model builtin:austen --prompts IN/p.jsonl --verifier avoid:e"
            + " --max-tokens 20 --rollouts 200 --out OUT/v.safetensors --resume --force",
        "watch | watch IN/scores --n 4 --once --out OUT"
      })
  void killedAgainAndAgain_endsInTheSameBytesAndLeavesNothing(String name, String words)
      throws Exception {
    inputs();
    long start = System.nanoTime();
    run(words);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    Map<String, String> expected = content(folder.resolve("out"));
    assertThat(expected).isNotEmpty();
    Scratching.clear(folder.resolve("out"));
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = process(words).start();
      if (!process.waitFor(random.nextLong(millis), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      if (kill % 3 == 2 && !content(folder.resolve("out")).isEmpty()) {
        run(words);
        assertThat(content(folder.resolve("out"))).as("after kill %d", kill).isEqualTo(expected);
        Scratching.clear(folder.resolve("out"));
      }
    }
    run(words);
    assertThat(content(folder.resolve("out"))).isEqualTo(expected);
    assertThat(content(folder.resolve("tmp")).keySet())
        .as("the next run that uses the temporary folder sweeps it")
        .allMatch(file -> file.startsWith("tailwalk-scratch-"));
  }

  private static final class Scratching {
    static void clear(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private ProcessBuilder process(String words) {
    String all =
        words
            .replace("IN", folder.resolve("in").toString())
            .replace("OUT", folder.resolve("out").toString());
    return ChildRun.of(
            List.of("-Djava.io.tmpdir=" + folder.resolve("tmp")),
            Stream.concat(Arrays.stream(all.split(" ", -1)), Stream.of("--quiet"))
                .toArray(String[]::new))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile());
  }

  private void run(String words) throws IOException, InterruptedException {
    int code = process(words).start().waitFor();
    assertThat(code).as(Files.readString(folder.resolve("log.txt"))).isIn(0, 3);
  }

  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(
            folder.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all;
  }

  private void inputs() throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    Files.createDirectory(folder.resolve("out"));
    Files.createDirectory(folder.resolve("tmp"));
    StringBuilder data = new StringBuilder();
    StringBuilder prompts = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      data.append("{\"prompt\": \"Chapter %d. \", ".formatted(i));
      data.append("\"completion\": \"It is a truth universally acknowledged\"}\n");
      if (i < 60) {
        prompts.append("{\"prompt\": \"Chapter %d. \"}\n".formatted(i));
      }
    }
    Files.writeString(in.resolve("data.jsonl"), data);
    Files.writeString(in.resolve("p.jsonl"), prompts);
    Path scores = Files.createDirectory(in.resolve("scores"));
    for (int step = 1; step <= 3; step++) {
      var csv = new StringBuilder("example_id,prompt_id,model,log_prob,tokens\n");
      for (int i = 0; i < 4000; i++) {
        csv.append("e%d,p%d,step-%d,%s,4\n".formatted(i, i, step, -6.0 + (i * step % 13) * 0.1));
      }
      Files.writeString(scores.resolve("step-" + step + ".csv"), csv);
    }
  }
}
