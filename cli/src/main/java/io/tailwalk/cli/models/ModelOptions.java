package io.tailwalk.cli.models;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.Session;
import io.tailwalk.runs.models.Models;
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

  /** Whether the model is one of those that come with the program. */
  public boolean isBuiltin() {
    return Models.isEmbedded(model);
  }

  /** Threads wanted, at least 1. */
  public int threads() {
    return flags.threads();
  }

  /**
   * How many prompts are answered at a time: an embedded model has no batches to fill, so its
   * prompts share the threads; others have the threads to themselves.
   */
  public int promptsAtATime() {
    return Session.promptsAtATime(isBuiltin(), threads());
  }

  /**
   * What the tree of one prompt may take of the memory. It does not depend on the number of
   * threads: where a tree reaches its limit, the output depends on it.
   */
  public long treeBytes() {
    return Session.treeBytes(isBuiltin());
  }

  /** Refuses numbers out of range, before any work is done. */
  public void check() {
    flags.check();
  }

  /**
   * Opens the model; the caller closes it.
   *
   * @throws io.tailwalk.runs.work.InputException if flags and model do not fit
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public LanguageModel open() {
    return flags.open(model);
  }

  /** Opens another model with the same flags, a judge's say; the caller closes it. */
  public LanguageModel open(String other) {
    return flags.open("--verifier: judge", other);
  }
}
