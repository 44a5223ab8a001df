package io.tailwalk.cli.models;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.cli.Require;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.runs.work.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how models are run. */
public final class ModelFlags {
  private static final String GGUF = "gguf:";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of a GGUF model's arithmetic, or prompts at the same time for a builtin model;"
              + " never changes the result. Default: cores less one.")
  private @Nullable Integer threads;

  @Option(
      names = "--lib",
      paramLabel = "PATH",
      description = "Your own libllama (file or folder) in place of the embedded one.")
  private @Nullable Path library;

  @Option(
      names = "--context",
      paramLabel = "TOKENS",
      description =
          "Room of a GGUF model's cache over all branches. Default: by prompt and --max-tokens.")
  private @Nullable Integer contextTokens;

  /** Threads wanted, at least 1. */
  public int threads() {
    return threads == null ? LlamaOptions.DEFAULTS.threads() : threads;
  }

  /**
   * Opens a model; the caller closes it.
   *
   * @param model as the user named it
   * @throws InputException if flags and model do not fit
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public LanguageModel open(String model) {
    return open("--model", model);
  }

  /** The same for a model that another flag names. */
  public LanguageModel open(String flag, String model) {
    check();
    if (model.startsWith(BuiltinModels.PREFIX)) {
      if (library != null || contextTokens != null) {
        throw new InputException(
            "--lib and --context are for GGUF models; leave them out with " + model);
      }
      return BuiltinModels.open(model);
    }
    return LlamaModel.open(path(flag, model), llamaOptions());
  }

  /** Refuses numbers out of range, before any work is done. */
  public void check() {
    Require.threads(threads());
    if (contextTokens != null) {
      Require.atLeast("--context", contextTokens, 1);
    }
  }

  /**
   * Opens a model where no flag but the number of threads is offered; the caller closes it.
   *
   * @param flag that names the model, for complaints
   * @throws InputException if the name is that of no model
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public static LanguageModel open(String flag, String model, int threads) {
    return model.startsWith(BuiltinModels.PREFIX)
        ? BuiltinModels.open(model)
        : LlamaModel.open(path(flag, model), LlamaOptions.DEFAULTS.withThreads(threads));
  }

  private static Path path(String flag, String model) {
    String path = model.startsWith(GGUF) ? model.substring(GGUF.length()) : model;
    boolean named = model.startsWith(GGUF) || model.endsWith(".gguf");
    if (!named || path.isEmpty()) {
      throw new InputException(
          flag
              + " takes gguf:PATH or builtin:NAME, got '"
              + model
              + "'; 'tailwalk models' lists what is here");
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new InputException(flag + " names no path that this system knows: " + model, e);
    }
  }

  private LlamaOptions llamaOptions() {
    LlamaOptions options = LlamaOptions.DEFAULTS.withThreads(threads());
    if (contextTokens != null) {
      options = options.withContextTokens(contextTokens);
    }
    return library == null ? options : options.withLibrary(library);
  }
}
