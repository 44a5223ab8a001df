package io.tailwalk.lab.command;

import io.tailwalk.runs.work.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The models that experiments take unless told otherwise, where the scripts put them. */
final class DefaultModels {
  static final String MODEL = "gguf:models/SmolLM2-135M-Instruct.Q4_1.gguf";
  static final String JUDGE = "gguf:models/gemma-3-270m-q4_k_m.gguf";

  private DefaultModels() {}

  /** A default that is not there can be fetched. */
  static void requireFetched(String flag, String given, String byDefault, String script) {
    Path file = Path.of(byDefault.substring("gguf:".length()));
    if (given.equals(byDefault) && !Files.exists(file)) {
      throw new InputException(
          file + " is not here; fetch it with " + script + ", or name another model with " + flag);
    }
  }
}
