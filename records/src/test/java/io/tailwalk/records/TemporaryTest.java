package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files of killed writers go with the next write of the same output. */
class TemporaryTest {
  @TempDir private Path folder;

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void write_abandonedFileOfThisOutput_isDeletedAndNoOther() throws IOException {
    Path output = folder.resolve("a.json");
    Files.writeString(folder.resolve(".a.json.4711-0.tmp"), "half");
    Path other = Files.writeString(folder.resolve(".b.json.4711-0.tmp"), "half");
    Path own = Files.writeString(folder.resolve(".a.json.mine.tmp"), "the user's");
    AtomicFiles.write(output, "whole");
    assertThat(files()).containsExactlyInAnyOrder(output, other, own);
  }

  @Test
  void write_fileOfARunningWriter_isLeft() throws IOException {
    Path output = folder.resolve("a.json");
    try (Temporary running = Temporary.beside(output)) {
      AtomicFiles.write(output, "mine");
      assertThat(files()).hasSize(2);
      running.replace(output);
    }
    assertThat(files()).containsExactly(output);
  }

  /** Holds a temporary file, as another process, until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (Temporary held = Temporary.beside(Path.of(args[0]))) {
        Files.writeString(Path.of(args[0]).resolveSibling("ready"), "");
        Thread.sleep(60_000);
        assertThat(held).isNotNull();
      }
    }
  }

  @Test
  void write_writerInAnotherProcess_isLeftWhileItRunsAndSweptWhenKilled() throws Exception {
    Path output = folder.resolve("a.json");
    Path ready = folder.resolve("ready");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                output.toString())
            .inheritIO()
            .start();
    while (Files.notExists(ready) && process.isAlive()) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    AtomicFiles.write(output, "first");
    assertThat(files()).as("output, ready, held file").hasSize(3);
    process.destroyForcibly().waitFor();
    AtomicFiles.write(output, "second");
    assertThat(files()).containsExactly(output, ready);
  }

  @Test
  void journal_leftoversOfAConversion_areDeletedOnResumeAndDiscard() throws IOException {
    Path output = folder.resolve("a.parquet");
    Identity run = Identity.of("model", "m");
    for (boolean resume : new boolean[] {true, false}) {
      try (GroupJournal open = GroupJournal.open(output, run, false)) {
        open.append(1, List.of("{}"));
      }
      for (String left : List.of(".lines.tmp", ".made.tmp", ".1-0.tmp")) {
        Files.writeString(AtomicFiles.sibling(output, left), "half");
      }
      Files.writeString(folder.resolve("..a.parquet.made.tmp.12-3.tmp"), "half");
      if (resume) {
        try (GroupJournal open = GroupJournal.open(output, run, true)) {
          open.finish((lines, made) -> AtomicFiles.write(made, "made"));
        }
        assertThat(files()).containsExactly(output);
      } else {
        GroupJournal.discard(output);
        assertThat(files()).containsExactly(output);
      }
    }
  }
}
