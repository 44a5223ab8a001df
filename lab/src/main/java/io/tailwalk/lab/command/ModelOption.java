package io.tailwalk.lab.command;

import io.tailwalk.console.flags.ModelFlags;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.lab.ExperimentSettings;
import picocli.CommandLine.Option;

/** The flags {@code --model} and {@code --trust} of the experiments on a real model. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = DefaultModels.MODEL,
      description =
          "Model to sample from, gguf:PATH, checkpoint:PATH or builtin:NAME. Default:"
              + " ${DEFAULT-VALUE}.")
  private String model = DefaultModels.MODEL;

  @Option(
      names = "--trust",
      description =
          "Open GGUF files at once. Default: a file not seen before is first opened in a separate"
              + " process.")
  private boolean trust;

  /** The value of the flag. */
  String name() {
    return model;
  }

  /** Refuses the default model if it has not been fetched. */
  void requireFetched() {
    DefaultModels.requireFetched("--model", model, DefaultModels.MODEL, "scripts/fetch-model");
  }

  /** Opens the model; the caller closes it. */
  LanguageModel open(ExperimentSettings settings) {
    return open("--model", model, settings);
  }

  /** Opens another model of the experiment with the same flags; the caller closes it. */
  LanguageModel open(String flag, String other, ExperimentSettings settings) {
    return ModelFlags.open(flag, other, settings.threads(), trust);
  }
}
