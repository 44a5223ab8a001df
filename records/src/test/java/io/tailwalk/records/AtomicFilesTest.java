package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFilesTest {
  @TempDir private Path folder;

  @Test
  void write_failingContent_leavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    assertThatThrownBy(() ->
            AtomicFiles.write(
                file,
                out -> {
                  out.write("half");
                  throw new IOException("disk full");
                }))
        .isInstanceOf(TableException.class)
        .hasMessage("cannot write " + file + ": disk full; choose a place that can be written.");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void write_existingFile_isReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old and longer");
    AtomicFiles.write(file, "new é");
    assertThat(file).hasContent("new é");
  }

  @Test
  void write_placeThatIsNone_saysWhy() throws IOException {
    Path absent = folder.resolve("no/such/a.txt");
    assertThatThrownBy(() -> AtomicFiles.write(absent, ""))
        .hasMessage(
            "cannot write "
                + absent
                + ": no such file or folder; choose a place that can be written.");
    assertThatThrownBy(() -> AtomicFiles.write(folder, ""))
        .hasMessage("cannot write " + folder + ": it is a folder; give the name of a file in it.");
    Path file = Files.writeString(folder.resolve("a.txt"), "");
    assertThatThrownBy(() -> AtomicFiles.folder(file.resolve("b")))
        .isInstanceOf(TableException.class);
    assertThatThrownBy(() -> AtomicFiles.folder(file))
        .hasMessageContaining("there is a file in place of the folder");
  }

  // Run as root, no folder refuses writing, so the sentence is tried on the exceptions themselves.
  @Test
  void unwritable_readOnlyFolder_saysSoInOneSentence() {
    Path file = Path.of("out", "samples.jsonl");
    assertThat(AtomicFiles.unwritable(file, new AccessDeniedException("out")))
        .hasMessage(
            "cannot write " + file + ": permission is denied; choose a place that can be written.");
    assertThat(
            AtomicFiles.unwritable(
                file, new FileSystemException("out", null, "Read-only file system")))
        .hasMessage(
            "cannot write "
                + file
                + ": read-only file system; choose a place that can be written.");
  }
}
