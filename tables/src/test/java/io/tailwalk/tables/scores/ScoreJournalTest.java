package io.tailwalk.tables.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.Identity;
import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreJournalTest {
  private static final int GROUPS = 400;

  /** Rest of a writer that is to be killed after each group: it works for two seconds at least. */
  private static final int PAUSE_MILLIS = 5;

  /** Less than the size of the complete journal, so that the kill happens during writing. */
  private static final int JOURNAL_BYTES = 60_000;

  @TempDir Path folder;

  @Test
  void finished_isReadBackByTheTable() throws Exception {
    Path file = folder.resolve("s.parquet");
    write(file, 0);
    try (ScoreTable table = ScoreTable.open(List.of(file.toString()), new Reference.IfPresent())) {
      assertThat(table.models()).containsExactly("a", "b");
      assertThat(table.forEach(row -> assertThat(row.tokens()).containsExactly(3, 3)))
          .isEqualTo(GROUPS);
    }
    assertThat(files()).containsExactly("s.parquet");
  }

  @Test
  void killed_threeTimes_resumesToTheSameBytes() throws Exception {
    killAndResume(3);
  }

  @Test
  @Tag("slow")
  void killed_twentyTimes_resumesToTheSameBytes() throws Exception {
    killAndResume(20);
  }

  private void killAndResume(int kills) throws Exception {
    Path straight = folder.resolve("straight.parquet");
    write(straight, 0);
    byte[] expected = Files.readAllBytes(straight);
    Files.delete(straight);
    SplittableRandom random = new SplittableRandom(11);
    int killed = 0;
    for (int round = 0; round < kills; round++) {
      Path file = folder.resolve("k" + round + ".parquet");
      Process writer = start(file, PAUSE_MILLIS);
      if (reaches(writer, file, 1 + random.nextInt(JOURNAL_BYTES))) {
        writer.destroyForcibly().waitFor();
        killed++;
      }
      assertThat(start(file, 0).waitFor()).isZero();
      assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    }
    assertThat(killed).isEqualTo(kills);
    assertThat(files()).hasSize(kills);
  }

  /** Waits until the journal has the given size; false if the writer ends earlier. */
  private static boolean reaches(Process writer, Path file, long bytes) throws Exception {
    Path journal = file.resolveSibling("." + file.getFileName() + ".journal");
    while (!writer.waitFor(1, TimeUnit.MILLISECONDS)) {
      if (Files.exists(journal) && Files.size(journal) >= bytes) {
        return true;
      }
    }
    return false;
  }

  @Test
  void score_ofPositiveLogProb_isRefused() {
    assertThatThrownBy(() -> new Score("e", "p", "m", List.of(-1.0, 0.5)))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("example e under model m");
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Process start(Path file, int pauseMillis) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ScoreJournalTest.class.getName(),
            file.toString(),
            Integer.toString(pauseMillis))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The writer that is killed: scores in groups, each kept on its own. */
  public static void main(String[] arguments) throws InterruptedException {
    write(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
  }

  private static void write(Path file, int pauseMillis) throws InterruptedException {
    try (ScoreJournal journal = ScoreJournal.open(file, Identity.of("model", "test"), true, true)) {
      for (long group = 0; group < GROUPS; group++) {
        if (!journal.isDone(group)) {
          journal.append(group, List.of(score(group, "a"), score(group, "b")));
          Thread.sleep(pauseMillis);
        }
      }
      journal.finish();
    }
  }

  private static Score score(long group, String model) {
    SplittableRandom random = new SplittableRandom(group * 2 + (model.equals("a") ? 0 : 1));
    double zero = group % 50 == 0 ? Double.NEGATIVE_INFINITY : -1.0;
    return new Score(
        "e" + group, "p" + group / 3, model, List.of(-random.nextDouble(), -1e-300, zero));
  }
}
