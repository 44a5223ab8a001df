package io.tailwalk.runs.models;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import java.nio.file.Path;

/** GGUF models; a class of its own, so that the others need no llama.cpp on the class path. */
final class GgufModels {
  private GgufModels() {}

  static LanguageModel open(Path file, ModelSettings settings) {
    LlamaOptions options = LlamaOptions.DEFAULTS.withThreads(settings.threads());
    if (settings.contextTokens().isPresent()) {
      options = options.withContextTokens(settings.contextTokens().getAsInt());
    }
    return LlamaModel.open(file, settings.library().map(options::withLibrary).orElse(options));
  }
}
