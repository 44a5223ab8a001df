package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sentences of convert; what it converts is tested in its module. */
final class ConvertCommandTest {
  @TempDir private Path folder;

  private Path checkpoint = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void writeConfig() throws IOException {
    checkpoint = Files.createDirectory(folder.resolve("model"));
    Files.writeString(
        checkpoint.resolve("config.json"), "{\"architectures\": [\"MambaForCausalLM\"]}");
    out = folder.resolve("model.gguf");
  }

  private void requireRefusal(String sentence, String... args) throws IOException {
    CliRun run = CliRun.of(args);
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains(sentence).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).allMatch(file -> file.equals(checkpoint) || file.equals(out));
    }
  }

  @Test
  void convert_anotherArchitecture_isNamed() throws IOException {
    requireRefusal(
        "names the architecture \"MambaForCausalLM\", which cannot be converted",
        "convert",
        checkpoint.toString(),
        "--out",
        out.toString());
  }

  @Test
  void convert_unknownType_listsTheTypes() throws IOException {
    requireRefusal(
        "--type: accepts f32, f16, bf16, q8_0, got 'q4_0'",
        "convert",
        checkpoint.toString(),
        "--out",
        out.toString(),
        "--type",
        "q4_0");
  }

  @Test
  void convert_existingFile_isKept() throws IOException {
    Files.writeString(out, "mine");
    requireRefusal(out + " exists", "convert", checkpoint.toString(), "--out", out.toString());
    assertThat(out).hasContent("mine");
  }

  @Test
  void convert_noFolder_isNamed() throws IOException {
    requireRefusal(
        "is not a folder", "convert", folder.resolve("no").toString(), "--out", out.toString());
  }

  @Test
  void model_folderOfCheckpoint_namesTheCommand() throws IOException {
    for (String prefix : new String[] {"", "gguf:"}) {
      requireRefusal(
          "is a Hugging Face checkpoint; convert it to a GGUF file first, with 'tailwalk convert'",
          "generate",
          "--model",
          prefix + checkpoint,
          "--prompt",
          "x");
    }
  }
}
