package io.tailwalk.runs;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;

/**
 * The way in. Opens models, from which completions are drawn that pass a verifier, tails measured
 * and samplers compared; score tables are read by {@link io.tailwalk.runs.checkpoints.Scores#read}.
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
   * @param model {@code gguf:PATH} or {@code builtin:NAME}
   * @throws io.tailwalk.runs.work.InputException if the name is of no known form
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public static Session open(String model) {
    return open(model, ModelSettings.DEFAULT);
  }

  /** The same, with settings. */
  public static Session open(String model, ModelSettings settings) {
    return new Session(Models.open(model, settings), Models.isEmbedded(model), settings);
  }

  /**
   * The same, but the model is opened at its first use, so that what is wrong with a request is
   * found before a large file is read.
   *
   * @throws io.tailwalk.runs.work.InputException if the name is of no known form, or the settings
   *     are not for the model
   */
  public static Session later(String model, ModelSettings settings) {
    Models.check(model, settings);
    return new Session(() -> Models.open(model, settings), Models.isEmbedded(model), settings);
  }

  /** Works with a model of your own, which is closed with the session. */
  public static Session over(LanguageModel model) {
    return new Session(model, false, ModelSettings.DEFAULT);
  }
}
