package io.tailwalk.lab.command;

import io.tailwalk.runs.work.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The default models of the experiments, at the paths where the scripts store them. */
final class DefaultModels {
  static final String MODEL = "gguf:models/SmolLM2-135M-Instruct.Q4_1.gguf";
  static final String JUDGE = "gguf:models/gemma-3-270m-q4_k_m.gguf";

  private DefaultModels() {}

  /** Refuses a default model that has not been fetched. */
  static void requireFetched(String flag, String given, String byDefault, String script) {
    Path file = Path.of(byDefault.substring("gguf:".length()));
    if (given.equals(byDefault) && !Files.exists(file)) {
      throw new InputException(
          file + " not found; fetch it with " + script + ", or name another model with " + flag);
    }
  }
}
