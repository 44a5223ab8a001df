package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir private Path folder;

  @Test
  void check_anyPlace_leavesNoTrace() throws IOException {
    OutputFolder.check(folder.resolve("a/b/c"));
    assertThat(folder).isEmptyDirectory();
    Path there = Files.createDirectory(folder.resolve("there"));
    OutputFolder.check(there);
    assertThat(there).isEmptyDirectory();
  }

  @Test
  void check_noPlace_saysWhyAndLeavesNoTrace() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "");
    assertThatThrownBy(() -> OutputFolder.check(file))
        .hasMessageContaining("there is a file in place of the folder");
    assertThatThrownBy(() -> OutputFolder.check(file.resolve("b/c")))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("cannot write " + file.resolve("b/c"));
    assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
    assertThat(file).isRegularFile();
  }
}
