package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What may be replaced and what may not: links are kept, devices and pipes are written to. */
@DisabledOnOs(OS.WINDOWS)
class DestinationTest {
  private static final Identity RUN = Identity.of("model", "m");

  @TempDir private Path folder;

  @Test
  void write_symbolicLink_writesItsFileAndKeepsTheLink() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("real.txt"), "old");
    Path middle = Files.createSymbolicLink(folder.resolve("middle"), Path.of("elsewhere/real.txt"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("middle"));
    AtomicFiles.write(link, "new");
    assertThat(file).hasContent("new");
    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(middle).isSymbolicLink();
    assertThat(elsewhere)
        .isDirectoryContaining(file::equals)
        .isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void write_linkToNothing_makesTheFileItLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("none.txt"));
    AtomicFiles.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("none.txt")).isRegularFile().hasContent("new");
  }

  @Test
  void write_linksInACircle_areRefused() throws IOException {
    Path a = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> AtomicFiles.write(a, "x"))
        .hasMessage(a + ": its symbolic links lead in a circle; name the file itself.");
  }

  @Test
  void journal_symbolicLink_isBesideTheFileAndResumesByEitherName() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = elsewhere.resolve("real.jsonl");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    try (GroupJournal open = GroupJournal.open(link, RUN, false)) {
      open.append(1, List.of("{}"));
    }
    assertThat(elsewhere.resolve(".real.jsonl.journal")).exists();
    assertThat(GroupJournal.isUnfinished(file)).isTrue();
    assertThat(GroupJournal.isUnfinished(link)).isTrue();
    try (GroupJournal open = GroupJournal.open(file, RUN, true)) {
      assertThat(open.done()).containsExactly(1L);
      open.finish();
    }
    assertThat(link).isSymbolicLink().hasContent("{}\n");
  }

  /** Root could replace it: the device must be the same afterwards. */
  @Test
  void write_device_isKept() throws IOException {
    Path device = Path.of("/dev/null");
    Object before = Files.getAttribute(device, "unix:ino");
    AtomicFiles.write(device, "x");
    try (GroupJournal open = GroupJournal.openLines(device, RUN, false)) {
      open.append(1, List.of("{}"));
      open.finish();
    }
    try (GroupJournal open = GroupJournal.open(device, RUN, false)) {
      open.append(1, List.of("{}"));
      open.finish((lines, made) -> AtomicFiles.write(made, "converted"));
    }
    assertThat(Files.getAttribute(device, "unix:ino")).isEqualTo(before);
    assertThat(Files.isRegularFile(device)).isFalse();
    assertThat(Path.of("/dev")).isDirectoryNotContaining("glob:**null?*");
  }

  @Test
  void write_pipe_receivesTheContentAsItComes() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read = reader(pipe);
    AtomicFiles.write(pipe, "text");
    assertThat(read.get()).isEqualTo("text");
    CompletableFuture<String> lines = reader(pipe);
    try (GroupJournal open = GroupJournal.openLines(pipe, RUN, false)) {
      open.append(7, List.of("{\"a\":1}"));
      open.append(3, List.of("{\"b\":2}"));
      assertThat(open.done()).containsExactly(3L, 7L);
      open.finish();
    }
    assertThat(lines.get()).isEqualTo("{\"a\":1}\n{\"b\":2}\n");
    CompletableFuture<String> converted = reader(pipe);
    try (GroupJournal open = GroupJournal.open(pipe, RUN, false)) {
      open.append(1, List.of("{}"));
      open.finish((from, made) -> AtomicFiles.write(made, "converted"));
    }
    assertThat(converted.get()).isEqualTo("converted");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(pipe);
    }
  }

  private static CompletableFuture<String> reader(Path pipe) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return Files.readString(pipe);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void write_fullDevice_saysSo() {
    Path full = Path.of("/dev/full");
    assertThatThrownBy(() -> AtomicFiles.write(full, "x"))
        .isInstanceOf(TableException.class)
        .hasMessage(
            "cannot write /dev/full: No space left on device; choose a place that can be written.");
    assertThat(Files.isRegularFile(full)).isFalse();
  }
}
