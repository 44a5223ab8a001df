package io.tailwalk.runs.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelListTest {
  @TempDir private Path folder;

  @Test
  void of_folderThatIsALink_isSearchedUnderItsOwnName() throws IOException {
    Path real = Files.createDirectory(folder.resolve("disk"));
    Files.writeString(real.resolve("m.gguf"), "not a model");
    Path link = Files.createSymbolicLink(folder.resolve("models"), real);
    ModelList.Entry entry = ModelList.of(List.of(link)).models().getLast();
    assertThat(entry.model()).isEqualTo("gguf:" + link.resolve("m.gguf"));
    assertThat(entry.usable()).isFalse();
  }

  @Test
  void of_brokenLink_isIgnored() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("models"), folder.resolve("nowhere"));
    assertThat(ModelList.of(List.of(link)).hasFiles()).isFalse();
  }
}
