package io.tailwalk.train.recipe;

import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The output folder of a run: {@code checkpoints/}, {@code scores/}, {@code gguf/}, {@code
 * huggingface/}, {@code tokenizer/} and {@code metrics.jsonl}. The names of a step's files have its
 * number with leading zeros.
 */
public final class RunFolder {
  private static final Pattern CHECKPOINT =
      Pattern.compile("(?:step|stopped)-(\\d+)\\.safetensors");

  private final Path folder;

  RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** Makes the folders that a run needs. */
  void create() {
    try {
      for (String name : new String[] {"checkpoints", "scores", "gguf"}) {
        Files.createDirectories(folder.resolve(name));
      }
    } catch (IOException e) {
      throw new LearningException(
          "cannot create the folder " + folder + ": " + e.getMessage() + "; choose another", e);
    }
  }

  /** The metrics of the run. */
  public Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  /** Log-probabilities of the held-out responses under the model of a step. */
  public Path scores(long step) {
    return folder.resolve("scores").resolve("step-%08d.jsonl".formatted(step));
  }

  /** The model of a step for llama.cpp. */
  public Path gguf(long step) {
    return folder.resolve("gguf").resolve("step-%08d.gguf".formatted(step));
  }

  /** The model of a step for Transformers and vLLM, a folder. */
  public Path huggingFace(long step) {
    return folder.resolve("huggingface").resolve("step-%08d".formatted(step));
  }

  /** The checkpoint of a step. */
  public Path checkpoint(long step) {
    return folder.resolve("checkpoints").resolve("step-%08d.safetensors".formatted(step));
  }

  /** The checkpoint at which a run was stopped, between regular checkpoints. */
  Path stopped(long step) {
    return folder.resolve("checkpoints").resolve("stopped-%08d.safetensors".formatted(step));
  }

  /** The checkpoint with the most steps. */
  Optional<Path> latest() {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files.filter(file -> step(file) >= 0).max((a, b) -> Long.compare(step(a), step(b)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Deletes stop checkpoints that are followed by a regular checkpoint. */
  void dropStopped() {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      for (Path file : files.toList()) {
        if (String.valueOf(file.getFileName()).startsWith("stopped-") && step(file) >= 0) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new LearningException("cannot clean up " + folder + ": " + e.getMessage(), e);
    }
  }

  private static long step(Path file) {
    Matcher matcher = CHECKPOINT.matcher(String.valueOf(file.getFileName()));
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
