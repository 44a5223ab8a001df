package io.tailwalk.runs.value;

import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LetterCounts;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.StateFeatures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Settings for learning a value.
 *
 * @param rollouts number of responses drawn per prompt
 * @param maxTokens length limit of a response, in tokens
 * @param temperature temperature of the model's distribution
 * @param stop texts that end a response and are removed from it
 * @param seed seed of all randomness
 * @param features one of {@link #FEATURES}; empty for the default of the model
 * @param hiddenUnits units of the perceptron's hidden layers
 * @param epochs maximum number of passes over the prefixes
 * @param learningRate peak learning rate of AdamW
 * @param weightDecay weight decay of AdamW; empty to try two and keep the better
 * @param heldOut share of the rollouts held out to assess the value
 * @param pilotTokens model tokens for each side of the pilot, with and without the value, at least
 *     128 times the length limit; 0 for no pilot
 * @param force whether to write a value that is not better than its baseline, or that makes the
 *     sampler of the pilot worse
 */
public record ValueSettings(
    int rollouts,
    int maxTokens,
    double temperature,
    List<String> stop,
    long seed,
    Optional<String> features,
    List<Integer> hiddenUnits,
    int epochs,
    double learningRate,
    OptionalDouble weightDecay,
    double heldOut,
    long pilotTokens,
    boolean force) {
  /** The kinds of features by name. */
  public static final List<String> FEATURES =
      List.of(OneHot.KIND, LetterCounts.KIND, StateFeatures.KIND);

  /** Default of the pilot's tokens, in runs. */
  private static final int PILOT_RUNS = 16;

  /**
   * Tokens of a run of the pilot, in completions of full length: the default for one completion.
   */
  private static final int RUN_COMPLETIONS = 16;

  private static final double STRONG_DECAY = 10;
  private static final int PATIENCE = 4;

  /** Keeps immutable copies. */
  public ValueSettings {
    stop = List.copyOf(stop);
    hiddenUnits = List.copyOf(hiddenUnits);
  }

  /** Returns settings with the default fit. */
  public static ValueSettings of(
      int rollouts, int maxTokens, double temperature, List<String> stop, long seed) {
    return new ValueSettings(
        rollouts,
        maxTokens,
        temperature,
        stop,
        seed,
        Optional.empty(),
        List.of(64, 64),
        40,
        0.003,
        OptionalDouble.empty(),
        0.2,
        defaultPilot(maxTokens),
        false);
  }

  /** The default number of model tokens for each side of the pilot. */
  public static long defaultPilot(int maxTokens) {
    return (long) PILOT_RUNS * RUN_COMPLETIONS * maxTokens;
  }

  /** Model tokens of each run of the pilot. */
  long runTokens() {
    return (long) RUN_COMPLETIONS * maxTokens;
  }

  /** The settings with which the perceptron is fitted; the best fit is kept. */
  List<FitSettings> fits() {
    FitSettings usual = FitSettings.DEFAULT;
    List<Double> decays =
        weightDecay.isPresent()
            ? List.of(weightDecay.getAsDouble())
            : List.of(usual.weightDecay(), STRONG_DECAY);
    return decays.stream()
        .map(decay ->
            new FitSettings(
                hiddenUnits, epochs, usual.batch(), learningRate, decay, PATIENCE, seed))
        .toList();
  }

  /** The stop texts as JSON. */
  public ArrayNode stopJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    stop.forEach(json::add);
    return json;
  }

  /** The settings that the value depends on, except the seed and the features, by name. */
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("rollouts", rollouts);
    params.put("max_tokens", maxTokens);
    params.put("temperature", temperature);
    params.put("stop", stopJson().toString());
    params.put("hidden_units", hiddenUnits.toString());
    params.put("epochs", epochs);
    params.put("learning_rate", learningRate);
    params.put(
        "weight_decay", weightDecay.isPresent() ? (Object) weightDecay.getAsDouble() : "best");
    params.put("held_out", heldOut);
    return params;
  }
}
