package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCommandTest {
  @TempDir private Path folder;

  @Test
  void list_names_theEmbeddedLibraryFirst() {
    CliRun run = CliRun.of("engine", "list");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().skip(2).findFirst().orElseThrow())
        .startsWith("embedded")
        .contains("llama.cpp b4916", "part of the program");
  }

  @Test
  void install_unknownKindOrFile_isOneSentence() {
    CliRun kind = CliRun.of("engine", "install", "tpu");
    assertThat(kind.code()).isEqualTo(2);
    assertThat(kind.err())
        .contains("unknown kind of library 'tpu'; the valid names are cpu, cuda, vulkan, metal")
        .hasLineCount(1);
    CliRun file = CliRun.of("engine", "install", "--from", folder.resolve("none.tgz").toString());
    assertThat(file.code()).isEqualTo(2);
    assertThat(file.err()).contains("none.tgz", "not found", "--from").hasLineCount(1);
    CliRun empty = CliRun.of("engine", "install", "vulkan", "--from", folder.toString());
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("contains no libllama").hasLineCount(1);
  }

  @Test
  void engine_alone_printsItsCommands() {
    CliRun run = CliRun.of("engine");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("install", "list", "remove");
  }
}
