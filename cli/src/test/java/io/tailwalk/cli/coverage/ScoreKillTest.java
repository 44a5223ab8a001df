package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import io.tailwalk.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real {@code score} process killed (SIGKILL) at moments drawn at random over its work and gone
 * on with by {@code --resume}: the table must have the bytes of an uninterrupted run.
 */
class ScoreKillTest {
  private static final int RESPONSES = 300;
  private static final int KILLS_A_FILE = 4;
  private static final long SEED = 4004;

  @TempDir private Path folder;

  @Test
  void score_killedFourTimes_resumesToTheSameBytes() throws Exception {
    killAndResume(4, ".parquet");
  }

  @Test
  @Tag("slow")
  void score_killedTwentyTimes_resumesToTheSameBytes() throws Exception {
    killAndResume(20, ".parquet");
  }

  private void killAndResume(int kills, String ending) throws Exception {
    Path data = data();
    Path straight = folder.resolve("straight" + ending);
    assertThat(CliRun.of(command(data, straight)).code()).isZero();
    byte[] expected = Files.readAllBytes(straight);
    long whole = journalBytes(data);
    SplittableRandom random = new SplittableRandom(SEED);
    int killed = 0;
    int round = 0;
    while (killed < kills) {
      Path file = folder.resolve("killed" + round++ + ending);
      for (long moment : moments(random, whole, Math.min(KILLS_A_FILE, kills - killed))) {
        killed += killedAt(data, file, moment, random.nextInt(20)) ? 1 : 0;
        assertThat(file).as("after kill %d", killed).doesNotExist();
      }
      CliRun last = CliRun.of(command(data, file));
      assertThat(last.code()).as(last.err()).isZero();
      assertThat(Files.readAllBytes(file)).as("round %d", round).isEqualTo(expected);
    }
    try (var left = Files.list(folder)) {
      // Nothing of the killed runs is left over: the data, tables and records, and one record of
      // the run that measured.
      assertThat(left).hasSize(1 + 2 * (round + 1) + 1);
    }
  }

  /** Journal sizes at which to kill, in order: 0 is the start of the process. */
  private static long[] moments(SplittableRandom random, long whole, int count) {
    return Arrays.stream(random.longs(count, 0, whole).toArray()).sorted().toArray();
  }

  /** Starts or goes on, waits for the moment and some milliseconds more, and kills. */
  private static boolean killedAt(Path data, Path file, long journalBytes, int millis)
      throws IOException, InterruptedException {
    Path journal = file.resolveSibling("." + file.getFileName() + ".journal");
    Process process = start(data, file);
    while (process.isAlive() && size(journal) < journalBytes) {
      process.waitFor(1, TimeUnit.MILLISECONDS);
    }
    Thread.sleep(millis);
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    return alive && process.exitValue() != 0;
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Bytes of all rows as JSON lines, a little less than the whole journal has. */
  private long journalBytes(Path data) throws IOException {
    Path file = folder.resolve("measure.jsonl");
    assertThat(CliRun.of(command(data, file)).code()).isZero();
    long bytes = Files.size(file);
    Files.delete(file);
    return bytes;
  }

  private static Process start(Path data, Path file) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    words.add(Main.class.getName());
    words.addAll(List.of(command(data, file)));
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String[] command(Path data, Path file) {
    return new String[] {
      "score",
      "--model",
      "builtin:austen",
      "--data",
      data.toString(),
      "--out",
      file.toString(),
      "--per-token",
      "--threads",
      "2",
      "--resume",
      "--quiet"
    };
  }

  private Path data() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < RESPONSES; i++) {
      lines.append("{\"prompt\": \"Chapter %d. \", ".formatted(i));
      lines.append("\"completion\": \"It is a truth universally acknowledged\"}\n");
    }
    return Files.writeString(folder.resolve("data.jsonl"), lines);
  }
}
