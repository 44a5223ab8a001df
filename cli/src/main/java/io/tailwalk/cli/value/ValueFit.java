package io.tailwalk.cli.value;

import io.tailwalk.cli.InputException;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.value.FitSettings;
import io.tailwalk.train.value.OneHot;
import io.tailwalk.train.value.PrefixFeatures;
import io.tailwalk.train.value.Rollout;
import io.tailwalk.train.value.ValueTraining;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** How a value is fitted, features chosen. */
final class ValueFit {
  private final LanguageModel model;
  private final ValueFunction gate;
  private final ValueTrainOptions options;

  private ValueFit(LanguageModel model, Verifier verifier, ValueTrainOptions options) {
    this.model = model;
    this.gate = verifier.prefixValue();
    this.options = options;
  }

  /** By the flags. */
  static ValueFit of(LanguageModel model, Verifier verifier, ValueTrainOptions options) {
    return new ValueFit(model, verifier, options);
  }

  /** The kind of features. */
  String kind() {
    return OneHot.KIND;
  }

  /** How the perceptron is fitted. */
  FitSettings settings() {
    return options.fit();
  }

  /** Fits and judges. One thread, since PyTorch's sums depend on their number. */
  ValueStudy study(List<Rollout> rollouts, IntPredicate goOn) {
    TorchEngine.useThreads(1);
    var training = new ValueTraining(features(rollouts), gate, options.heldOut, settings());
    return ValueStudy.of(rollouts, gate, training, options.heldOut, goOn);
  }

  private PrefixFeatures features(List<Rollout> rollouts) {
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
