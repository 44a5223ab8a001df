package io.tailwalk.console.flags;

import io.tailwalk.runs.Session;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.models.ModelSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags that choose a model and its settings. */
public final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "Model: gguf:PATH (any GGUF file), checkpoint:PATH (of train), openai:URL (a server) or builtin:NAME; 'tailwalk"
              + " models' lists the available models.")
  private String model = "";

  @Mixin private final ModelFlags flags = new ModelFlags();

  /** The name of the model as given by the user. */
  public String name() {
    return model;
  }

  /**
   * Refuses numbers out of range and a name of unknown form; the model is opened at its first use.
   * The caller closes the session.
   *
   * @throws io.tailwalk.runs.work.InputException if the flags do not fit the model
   */
  public Session session() {
    return Tailwalk.later(model, flags.settings());
  }

  /** The settings of the model. */
  public ModelSettings settings() {
    return flags.settings();
  }
}
