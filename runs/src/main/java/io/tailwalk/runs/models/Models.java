package io.tailwalk.runs.models;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.work.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Models by name: {@code gguf:PATH}, a path that ends in {@code .gguf}, or {@code builtin:NAME}.
 */
public final class Models {
  private static final String GGUF = "gguf:";
  private static final String GGUF_ENDING = ".gguf";

  private Models() {}

  /** Whether a name is of the form of one of the embedded models. */
  public static boolean isEmbedded(String name) {
    return name.startsWith(BuiltinModels.PREFIX);
  }

  /** The part of a name that is a file's path; empty if the name is of another form. */
  public static Optional<String> file(String name) {
    String path = name.startsWith(GGUF) ? name.substring(GGUF.length()) : name;
    boolean named = name.startsWith(GGUF) || name.endsWith(GGUF_ENDING);
    return named && !path.isEmpty() && !isEmbedded(name) ? Optional.of(path) : Optional.empty();
  }

  /**
   * Opens a model; the caller closes it.
   *
   * @throws InputException if the name is of no known form, or the settings are not for the model
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public static LanguageModel open(String name, ModelSettings settings) {
    if (isEmbedded(name)) {
      if (settings.library().isPresent() || settings.contextTokens().isPresent()) {
        throw new InputException(
            "a library and a context size are for GGUF models; leave them out with " + name);
      }
      return BuiltinModels.open(name);
    }
    String path =
        file(name)
            .orElseThrow(() ->
                new InputException(
                    "a model is named gguf:PATH or builtin:NAME, got '"
                        + name
                        + "'; the embedded ones are "
                        + String.join(", ", BuiltinModels.names())));
    try {
      return GgufModels.open(Path.of(path), settings);
    } catch (InvalidPathException e) {
      throw new InputException("no path that this system knows: " + name, e);
    }
  }
}
