package io.tailwalk.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.random.Streams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that train, killed without warning at random moments. */
class KilledTrainingTest {
  private static final int STEPS = 120;

  @TempDir private Path folder;

  @Test
  void run_killedThreeTimes_leavesTheSameFiles() throws Exception {
    killAndCompare(3, 1);
  }

  @Test
  @Tag("slow")
  void run_killedTwentyTimes_leavesTheSameFiles() throws Exception {
    for (int seed = 2; seed < 6; seed++) {
      killAndCompare(5, seed);
    }
  }

  private void killAndCompare(int kills, int seed) throws Exception {
    Path straight = RecipeFiles.write(folder.resolve("straight" + seed), "adamw", STEPS);
    TrainingRun.open(straight, false).run(() -> false, (_, _) -> {});
    Path killed = RecipeFiles.write(folder.resolve("killed" + seed), "adamw", STEPS);
    RandomGenerator random = Streams.of(seed);
    int killedInTime = 0;
    for (int i = 0; i < kills; i++) {
      int patience = 1 + random.nextInt(STEPS / kills);
      killedInTime += trainInAProcess(killed, patience, random.nextInt(4)) ? 1 : 0;
    }
    assertThat(killedInTime).isEqualTo(kills);
    assertThat(trainInAProcess(killed, Integer.MAX_VALUE, 0)).isFalse();
    Map<String, Integer> expected = contents(straight);
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(contents(killed)).isEqualTo(expected);
  }

  /**
   * Trains until a number of steps was reported and some milliseconds more; returns whether it was
   * killed.
   */
  private static boolean trainInAProcess(Path file, int patience, int millis) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingMain.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int told = 0;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      while (out.readLine() != null) {
        if (++told == patience) {
          Thread.sleep(millis);
          process.destroyForcibly();
          break;
        }
      }
    }
    int status = process.waitFor();
    assertThat(status).isIn(0, 137);
    return status == 137;
  }

  /**
   * A hash of the bytes of all files of the output folder; a kill may leave temporary ones, whose
   * names begin so.
   */
  private static Map<String, Integer> contents(Path file) throws IOException {
    Path out = file.resolveSibling("out");
    Map<String, Integer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      files
          .filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().endsWith(".tmp"))
          .forEach(f -> contents.put(out.relativize(f).toString(), bytes(f)));
    }
    return contents;
  }

  private static int bytes(Path file) {
    try {
      return Arrays.hashCode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
