package io.tailwalk.runs.models;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.Addresses;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Models by name: {@code gguf:PATH}, a path that ends in {@code .gguf}, {@code checkpoint:PATH} of
 * a file that training wrote, {@code openai:URL} of a server, or {@code builtin:NAME}. The name of
 * a GGUF model may end in {@code ,lora=FILE[=SCALE]}, once for each low-rank adapter.
 */
public final class Models {
  private static final String GGUF = "gguf:";
  private static final String CHECKPOINT = "checkpoint:";
  private static final String GGUF_ENDING = ".gguf";

  private Models() {}

  /** Whether a name has the form of an embedded model. */
  public static boolean isEmbedded(String name) {
    return name.startsWith(BuiltinModels.PREFIX);
  }

  /** Whether a name has the form of a checkpoint. */
  public static boolean isCheckpoint(String name) {
    return name.startsWith(CHECKPOINT);
  }

  /** Whether a text is the address of a server, which is no model's name without openai:. */
  public static boolean isAddress(String text) {
    return text.matches("(?is)https?://.*");
  }

  /** Whether a name has the form of a served model. */
  public static boolean isServed(String name) {
    return name.startsWith(ServedModels.PREFIX);
  }

  /** The file path in a name, without adapters; empty if the name has another form. */
  public static Optional<String> file(String name) {
    if (isCheckpoint(name)) {
      String path = name.substring(CHECKPOINT.length());
      return path.isEmpty() ? Optional.empty() : Optional.of(path);
    }
    String base = Lora.withoutAdapters(name);
    String path = base.startsWith(GGUF) ? base.substring(GGUF.length()) : base;
    boolean named = base.startsWith(GGUF) || base.endsWith(GGUF_ENDING);
    return named && !path.isEmpty() && !isEmbedded(name) ? Optional.of(path) : Optional.empty();
  }

  /**
   * Checks the form of a name and that the settings apply to the model, without opening the model.
   *
   * @throws InputException about the setting {@code model}, {@code lora}, {@code lib}, {@code
   *     context}, {@code trust}, {@code test-time-training}, {@code chat-template} or {@code
   *     chat-date}, or one of {@link EngineSettings}
   */
  public static void check(String name, ModelSettings settings) {
    if (isServed(name)) {
      ServedModels.options(name);
    } else if (!isEmbedded(name)) {
      path(name);
      var _ = isCheckpoint(name) ? List.of() : Lora.inName(name);
    }
    if (settings.testTimeRate().isPresent() && !isCheckpoint(name)) {
      throw InputException.about(
          "test-time-training",
          "needs the parameters of a checkpoint:PATH that train wrote; omit it with " + name);
    }
    if (!isEmbedded(name) && !isCheckpoint(name) && !isServed(name)) {
      GgufModels.check(settings);
      return;
    }
    if (!settings.adapters().isEmpty()) {
      throw InputException.about(
          "lora",
          isServed(name)
              ? "for GGUF models only; an adapter on a server is a model of its own, or the server"
                  + " applies it: see docs/lora.md"
              : "for GGUF models only; omit it with " + name);
    } else if (settings.library().isPresent()) {
      throw InputException.about("lib", "for GGUF models only; omit it with " + name);
    } else if (settings.contextTokens().isPresent()) {
      throw InputException.about("context", "for GGUF models only; omit it with " + name);
    } else if (!settings.engine().equals(EngineSettings.DEFAULT)) {
      throw InputException.about(
          settings.engine().firstFlag(), "for GGUF models only; omit it with " + name);
    } else if (settings.trust()) {
      throw InputException.about("trust", "for GGUF models only; omit it with " + name);
    } else if (settings.chatTemplate().isPresent()) {
      throw InputException.about("chat-template", "for GGUF models only; omit it with " + name);
    } else if (settings.chatDate().isPresent()) {
      throw InputException.about("chat-date", "for GGUF models only; omit it with " + name);
    }
  }

  /**
   * Opens a model; the caller closes it.
   *
   * @throws InputException if the name has an unknown form, or the settings do not apply to the
   *     model
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public static LanguageModel open(String name, ModelSettings settings) {
    check(name, settings);
    if (isCheckpoint(name)) {
      return CheckpointModels.open(name, path(name), settings);
    }
    if (isServed(name)) {
      return ServedModels.open(name);
    }
    return isEmbedded(name)
        ? BuiltinModels.open(name)
        : GgufModels.open(
            path(name), settings.withAdapters(Lora.both(Lora.inName(name), settings.adapters())));
  }

  /** Refuses the folder of a Hugging Face checkpoint; without the module that converts it. */
  private static void refuseFolder(String name) {
    try {
      if (!Files.isRegularFile(Path.of(name, "config.json"))) {
        return;
      }
    } catch (InvalidPathException e) {
      // The name has another form and is judged as such.
      return;
    }
    throw InputException.about(
        "model",
        name
            + " is a Hugging Face checkpoint; convert it to a GGUF file first, with 'tailwalk convert'");
  }

  private static Path path(String name) {
    if (isAddress(name)) {
      throw InputException.about(
          "model",
          "the address of a server has openai: in front of it: openai:" + Addresses.shown(name));
    }
    if (!isCheckpoint(name)) {
      refuseFolder(name.startsWith(GGUF) ? name.substring(GGUF.length()) : name);
    }
    String path =
        file(name)
            .orElseThrow(() ->
                InputException.about(
                    "model",
                    "the form is gguf:PATH, checkpoint:PATH, openai:URL or builtin:NAME, got '"
                        + name
                        + "'; the embedded models are "
                        + BuiltinModels.names().stream()
                            .map(BuiltinModels.PREFIX::concat)
                            .collect(Collectors.joining(", "))));
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw InputException.about("model", "not a path on this system: " + name, e);
    }
  }
}
