package io.tailwalk.verifiers.spec;

import io.tailwalk.core.model.LanguageModel;

/**
 * Opens models that specifications name, so that verifiers need not know where models come from.
 */
@FunctionalInterface
public interface ModelOpener {
  /** An opener that cannot open models. */
  ModelOpener NONE =
      name -> {
        throw new IllegalArgumentException("the model " + name + " cannot be opened here");
      };

  /**
   * Opens a model; the caller closes it.
   *
   * @param name such as {@code gguf:PATH}
   * @throws io.tailwalk.core.model.ModelException if it cannot be opened
   */
  LanguageModel open(String name);
}
