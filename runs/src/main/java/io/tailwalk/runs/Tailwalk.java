package io.tailwalk.runs;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;

/**
 * The entry point of the library. Opens models in order to draw completions that pass a verifier,
 * measure success probabilities and compare samplers; {@link
 * io.tailwalk.runs.checkpoints.Scores#read} reads score tables.
 *
 * <pre>{@code
 * try (var model = Tailwalk.open("builtin:austen")) {
 *   var result = model.prompt("It is ").verifier("avoid:e and length:60..80")
 *       .completions(4).maxTokens(80).seed(1).draw();
 *   result.draws().forEach(draw -> System.out.println(draw.text()));
 * }
 * }</pre>
 */
public final class Tailwalk {
  private Tailwalk() {}

  /**
   * Opens a model by its name.
   *
   * @param model {@code gguf:PATH}, {@code checkpoint:PATH} or {@code builtin:NAME}
   * @throws io.tailwalk.runs.work.InputException if the name has an unknown form
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public static Session open(String model) {
    return open(model, ModelSettings.DEFAULT);
  }

  /** Opens a model with the given settings. */
  public static Session open(String model, ModelSettings settings) {
    return new Session(Models.open(model, settings), Models.isEmbedded(model), settings);
  }

  /**
   * Opens a model at its first use, so that an invalid request is detected before a large file is
   * read.
   *
   * @throws io.tailwalk.runs.work.InputException if the name has an unknown form, or the settings
   *     do not apply to the model
   */
  public static Session later(String model, ModelSettings settings) {
    Models.check(model, settings);
    return new Session(() -> Models.open(model, settings), Models.isEmbedded(model), settings);
  }

  /** Begins a session on the caller's own model; closing the session closes the model. */
  public static Session over(LanguageModel model) {
    return new Session(model, false, ModelSettings.DEFAULT);
  }
}
