package io.tailwalk.console.flags;

import io.tailwalk.runs.Session;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.models.ModelSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that choose a model and how it is run. */
public final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "gguf:PATH (any GGUF file) or builtin:NAME; 'tailwalk models' lists what is here.")
  private String model = "";

  @Mixin private final ModelFlags flags = new ModelFlags();

  /** The model as the user named it. */
  public String name() {
    return model;
  }

  /**
   * Refuses numbers out of range and a name of no known form; the model is opened at its first use.
   * The caller closes it.
   *
   * @throws io.tailwalk.runs.work.InputException if flags and model do not fit
   */
  public Session session() {
    return Tailwalk.later(model, flags.settings());
  }

  /** How models are run. */
  public ModelSettings settings() {
    return flags.settings();
  }
}
