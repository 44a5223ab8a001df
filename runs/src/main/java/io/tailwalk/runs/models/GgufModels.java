package io.tailwalk.runs.models;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ChatSettings;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.llama.LoraAdapter;
import io.tailwalk.llama.gguf.GgufCheck;
import io.tailwalk.llama.gguf.GgufFile;
import java.nio.file.Path;

/** GGUF models; a separate class, so that other models need no llama.cpp on the class path. */
final class GgufModels {
  private GgufModels() {}

  static LanguageModel open(Path file, ModelSettings settings) {
    LlamaOptions options =
        LlamaOptions.DEFAULTS.withThreads(settings.threads()).withTrust(settings.trust());
    if (settings.contextTokens().isPresent()) {
      options = options.withContextTokens(settings.contextTokens().getAsInt());
    }
    options = options.withChat(new ChatSettings(settings.chatTemplate(), settings.chatDate()));
    options =
        options.withAdapters(
            settings.adapters().stream()
                .map(lora -> new LoraAdapter(lora.file(), lora.scale()))
                .toList());
    return LlamaModel.open(file, settings.library().map(options::withLibrary).orElse(options));
  }

  /** Describes a file and whether it can be opened. */
  static ModelList.Entry entry(Path path) {
    long bytes = path.toFile().length();
    try {
      GgufFile file = GgufFile.read(path);
      GgufCheck.requireUsable(file);
      return new ModelList.Entry("gguf:" + path, true, bytes, file.description());
    } catch (ModelException e) {
      return new ModelList.Entry("gguf:" + path, false, bytes, "not usable: " + e.getMessage());
    }
  }
}
