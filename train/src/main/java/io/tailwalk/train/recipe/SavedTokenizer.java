package io.tailwalk.train.recipe;

import io.tailwalk.records.AtomicFiles;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The folder {@code tokenizer} of a run: the section {@code tokenizer} of its recipe in {@code
 * tokenizer.yaml}, with copies of the files that it names. Checkpoints of the run are read with it.
 */
final class SavedTokenizer {
  static final String SECTION = "tokenizer.yaml";

  private SavedTokenizer() {}

  private static Path folderOf(Path checkpoint) {
    Path checkpoints = checkpoint.toAbsolutePath().normalize().getParent();
    Path run = checkpoints == null ? null : checkpoints.getParent();
    return (run == null ? Path.of("") : run).resolve("tokenizer");
  }

  /** Whether the run of a checkpoint has kept its tokenizer. */
  static boolean exists(Path checkpoint) {
    return Files.isRegularFile(folderOf(checkpoint).resolve(SECTION));
  }

  /** Whether the tokenizer of a checkpoint's run consists of these files. */
  static boolean matches(Path checkpoint, Map<String, byte[]> files) {
    return files.entrySet().stream()
        .allMatch(file -> {
          Path path = folderOf(checkpoint).resolve(file.getKey());
          return Files.isRegularFile(path) && Arrays.equals(bytes(path), file.getValue());
        });
  }

  /**
   * The tokenizer of a checkpoint's run.
   *
   * @throws LearningException in one sentence if the run has none, or it is damaged
   */
  static Tokens read(Path checkpoint) {
    Path file = folderOf(checkpoint).resolve(SECTION);
    if (!Files.isRegularFile(file)) {
      throw new LearningException(
          "the checkpoint "
              + checkpoint
              + " has no tokenizer, which train keeps in "
              + file
              + "; leave checkpoints in the folder of their run, and resume an older run once");
    }
    return TokenizerSection.read(Section.ofFile(file)).tokens();
  }

  /** Writes the files of a run's tokenizer. */
  static void write(Path run, Map<String, byte[]> files) {
    Path folder = run.resolve("tokenizer");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new LearningException(
          "cannot create the folder " + folder + ": " + e.getMessage() + "; choose another", e);
    }
    // The section is what makes the folder valid, so it comes last.
    files.forEach((name, bytes) -> {
      if (!name.equals(SECTION)) {
        write(folder.resolve(name), bytes);
      }
    });
    byte[] section = files.get(SECTION);
    if (section != null) {
      write(folder.resolve(SECTION), section);
    }
  }

  private static void write(Path file, byte[] bytes) {
    AtomicFiles.writeBytes(file, out -> Channels.newOutputStream(out).write(bytes));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new LearningException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
