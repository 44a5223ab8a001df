package io.tailwalk.cli.value;

import io.tailwalk.cli.InputException;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.value.FitSettings;
import io.tailwalk.train.value.HiddenFeatures;
import io.tailwalk.train.value.OneHot;
import io.tailwalk.train.value.PrefixFeatures;
import io.tailwalk.train.value.Rollout;
import io.tailwalk.train.value.ValueTraining;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** How a value is fitted, features chosen. */
final class ValueFit {
  private static final int SMALL_ALPHABET = 64;

  private final LanguageModel model;
  private final ValueFunction gate;
  private final ValueTrainOptions options;

  private final String kind;

  private ValueFit(LanguageModel model, Verifier verifier, ValueTrainOptions options, String kind) {
    this.model = model;
    this.gate = verifier.prefixValue();
    this.options = options;
    this.kind = kind;
  }

  /**
   * By the flags.
   *
   * @throws InputException if hidden states are wanted of a model that shows none
   */
  static ValueFit of(LanguageModel model, Verifier verifier, ValueTrainOptions options) {
    boolean shows = model.hiddenWidth().isPresent();
    String wanted = options.features;
    if (wanted == null) {
      boolean large = model.vocabulary().size() > SMALL_ALPHABET;
      wanted = shows && large ? HiddenFeatures.KIND : OneHot.KIND;
    }
    if (wanted.equals(HiddenFeatures.KIND) && !shows) {
      throw new InputException(
          "--features hidden: "
              + model.identity().name()
              + " shows no hidden states, which GGUF models do; take one-hot");
    }
    return new ValueFit(model, verifier, options, wanted);
  }

  /** The kind of features. */
  String kind() {
    return kind;
  }

  /** How the perceptron is fitted. */
  FitSettings settings() {
    return options.fit();
  }

  /** Fits and judges. One thread, since PyTorch's sums depend on their number. */
  ValueStudy study(List<Rollout> rollouts, IntPredicate goOn) {
    TorchEngine.useThreads(1);
    var training = new ValueTraining(features(rollouts), gate, options.heldOut, settings(), true);
    return ValueStudy.of(rollouts, gate, training, options.heldOut, goOn);
  }

  private PrefixFeatures features(List<Rollout> rollouts) {
    return kind.equals(HiddenFeatures.KIND)
        ? HiddenFeatures.of(model, options.maxTokens)
        : oneHot(rollouts);
  }

  private OneHot oneHot(List<Rollout> rollouts) {
    List<Integer> letters =
        rollouts.stream()
            .flatMapToInt(rollout -> Arrays.stream(rollout.complete().tokenIds()))
            .distinct()
            .sorted()
            .boxed()
            .toList();
    // The last token of a response is never part of a prefix that is valued.
    int horizon = options.maxTokens - 1;
    if (!OneHot.fits(letters.size() + 1, horizon)) {
      throw new InputException(
          "--features: "
              + letters.size()
              + " different tokens at "
              + horizon
              + " positions are too many for one-hot inputs; lower --max-tokens");
    }
    return new OneHot(letters, model.vocabulary().size(), horizon);
  }
}
