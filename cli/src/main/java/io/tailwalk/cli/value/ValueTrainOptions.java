package io.tailwalk.cli.value;

import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.value.ValueSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for the rollouts and the fit of a learned value. */
final class ValueTrainOptions {
  private static final int MOST_ROLLOUTS = 1_000_000;
  private static final int MOST_UNITS = 4096;

  @Option(
      names = "--verifier",
      required = true,
      paramLabel = "SPEC",
      description = "Verifier that labels the completions, in the forms of 'generate'.")
  String verifier = "";

  @Option(
      names = "--rollouts",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Number of completions drawn per prompt. Default: ${DEFAULT-VALUE}.")
  int rollouts;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Length limit of a completion, in tokens. Default: ${DEFAULT-VALUE}.")
  int maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1.0",
      description =
          "Sampling temperature; the value is valid at this temperature. Default:"
              + " ${DEFAULT-VALUE}.")
  double temperature;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Text that ends a completion and is removed from it; may be repeated.")
  List<String> stop = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Random seed; the same seed produces the same bytes at any --threads. Default:"
              + " ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--features",
      paramLabel = "KIND",
      description =
          "Input features of the perceptron: the token at each position (one-hot), the number of"
              + " occurrences of each token (counts), or the model's state before the last token"
              + " and that token (hidden). Default: the better one on held-out rollouts of counts and"
              + " hidden for GGUF models with more than 64 tokens, of counts and one-hot for"
              + " other models.")
  @Nullable String features;

  @Option(
      names = "--hidden-units",
      paramLabel = "N",
      split = ",",
      defaultValue = "64,64",
      description =
          "Number of units in each hidden layer of the perceptron. Default: ${DEFAULT-VALUE}.")
  List<Integer> hiddenUnits = List.of();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "40",
      description =
          "Maximum number of passes over the prefixes; fitting ends after 4 passes without"
              + " improvement. Default: ${DEFAULT-VALUE}.")
  int epochs;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.003",
      description = "Peak learning rate of AdamW. Default: ${DEFAULT-VALUE}.")
  double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description =
          "Weight decay of AdamW. Default: 0.01 and 10 are both tried, and the better one on"
              + " held-out rollouts is kept; the larger one prevents overfitting to few rollouts.")
  @Nullable Double weightDecay;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description =
          "Share of the rollouts that evaluates the value; the same share of the remaining rollouts"
              + " chooses the epoch, the features and the weight decay. Default: ${DEFAULT-VALUE}.")
  double heldOut;

  @Option(
      names = "--pilot-tokens",
      paramLabel = "N",
      description =
          "Number of model tokens for each side of the pilot, which compares the effective sample"
              + " size with and without the value in runs of 16 times --max-tokens; 0 for no"
              + " pilot. Default: 256 times --max-tokens.")
  @Nullable Long pilotTokens;

  @Option(
      names = "--force",
      description =
          "Write the value even if it is not better than its baseline on held-out rollouts, or"
              + " makes the sampler of the pilot worse.")
  boolean force;

  /** Refuses numbers out of range. */
  void check() {
    Require.between("--rollouts", rollouts, 3, MOST_ROLLOUTS);
    Require.between("--max-tokens", maxTokens, 2, Require.MOST_TOKENS);
    Require.positive("--temperature", temperature);
    Require.that(
        !stop.contains(""), "--stop must not be empty; leave it out if there is no stop text");
    Require.that(
        !hiddenUnits.isEmpty()
            && hiddenUnits.stream().allMatch(units -> units >= 1 && units <= MOST_UNITS),
        "--hidden-units accepts numbers from 1 to "
            + MOST_UNITS
            + ", for example 64,64, got "
            + hiddenUnits);
    Require.that(
        features == null || ValueSettings.FEATURES.contains(features),
        "--features accepts one-hot, counts or hidden, got " + features);
    Require.atLeast("--epochs", epochs, 1);
    Require.that(
        learningRate > 0 && learningRate <= 1,
        "--learning-rate must be above 0 and at most 1, got " + learningRate);
    Require.that(
        weightDecay == null || (weightDecay >= 0 && weightDecay * learningRate < 1),
        "--weight-decay must be at least 0 and below 1 divided by the learning rate, got "
            + weightDecay);
    Require.that(
        heldOut > 0 && heldOut <= 0.5,
        "--held-out must be above 0 and at most 0.5, got " + heldOut);
    Require.that(
        pilotTokens == null || pilotTokens >= 0,
        "--pilot-tokens must be at least 0, got " + pilotTokens);
  }

  /** The settings that the flags describe. */
  ValueSettings settings() {
    return new ValueSettings(
        rollouts,
        maxTokens,
        temperature,
        stop,
        seed,
        Optional.ofNullable(features),
        hiddenUnits,
        epochs,
        learningRate,
        weightDecay == null ? OptionalDouble.empty() : OptionalDouble.of(weightDecay),
        heldOut,
        pilotTokens == null ? ValueSettings.defaultPilot(maxTokens) : pilotTokens,
        force);
  }
}
