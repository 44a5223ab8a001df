package io.tailwalk.cli.value;

import io.tailwalk.cli.InputException;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.value.FitSettings;
import io.tailwalk.train.value.HiddenFeatures;
import io.tailwalk.train.value.LetterCounts;
import io.tailwalk.train.value.OneHot;
import io.tailwalk.train.value.PrefixFeatures;
import io.tailwalk.train.value.Rollout;
import io.tailwalk.train.value.ValueTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/** How a value is fitted, features chosen. */
final class ValueFit {
  private static final int SMALL_ALPHABET = 64;

  private final LanguageModel model;
  private final ValueFunction gate;
  private final ValueTrainOptions options;

  private final List<String> kinds;

  private ValueFit(
      LanguageModel model, Verifier verifier, ValueTrainOptions options, List<String> kinds) {
    this.model = model;
    this.gate = verifier.prefixValue();
    this.options = options;
    this.kinds = kinds;
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
      List<String> usual =
          shows && large ? List.of(HiddenFeatures.KIND) : List.of(OneHot.KIND, LetterCounts.KIND);
      return new ValueFit(model, verifier, options, usual);
    }
    if (wanted.equals(HiddenFeatures.KIND) && !shows) {
      throw new InputException(
          "--features hidden: "
              + model.identity().name()
              + " shows no hidden states, which GGUF models do; take one-hot or counts");
    }
    return new ValueFit(model, verifier, options, List.of(wanted));
  }

  /** The kinds of features, each of which is fitted. */
  List<String> kinds() {
    return kinds;
  }

  /**
   * Fits each kind of features in each way, keeps what is best on the rollouts that choose the
   * epoch too, and judges that. One thread, since PyTorch's sums depend on their number.
   *
   * @param goOn asked before each epoch of each, with a note
   */
  ValueStudy study(List<Rollout> rollouts, EpochWatch goOn) {
    TorchEngine.useThreads(1);
    List<ValueStudy> all = new ArrayList<>();
    for (PrefixFeatures features : features(rollouts)) {
      for (FitSettings fit : options.fits()) {
        var training = new ValueTraining(features, gate, options.heldOut, fit, true);
        String note = features.kind() + ", weight decay " + fit.weightDecay();
        IntPredicate watch = epoch -> goOn.goOn(epoch, note);
        all.add(ValueStudy.of(rollouts, gate, training, options.heldOut, watch));
      }
    }
    return all.stream()
        .min(Comparator.comparingDouble(study -> study.fitted().leastLoss()))
        .orElseThrow();
  }

  /** Hears of epochs. */
  @FunctionalInterface
  interface EpochWatch {
    /** Whether to go on with an epoch, counted from 0. */
    boolean goOn(int epoch, String note);
  }

  private List<PrefixFeatures> features(List<Rollout> rollouts) {
    if (kinds.contains(HiddenFeatures.KIND)) {
      return List.of(HiddenFeatures.of(model, options.maxTokens));
    }
    List<Integer> letters =
        rollouts.stream()
            .flatMapToInt(rollout -> Arrays.stream(rollout.complete().tokenIds()))
            .distinct()
            .sorted()
            .boxed()
            .toList();
    int size = model.vocabulary().size();
    // The last token of a response is never part of a prefix that is valued.
    int horizon = options.maxTokens - 1;
    List<PrefixFeatures> all = new ArrayList<>();
    if (kinds.contains(OneHot.KIND)) {
      if (OneHot.fits(letters.size() + 1, horizon)) {
        all.add(new OneHot(letters, size, horizon));
      } else if (kinds.size() == 1) {
        throw new InputException(
            "--features: "
                + letters.size()
                + " different tokens at "
                + horizon
                + " positions are too many for one-hot inputs; lower --max-tokens or take counts");
      }
    }
    if (kinds.contains(LetterCounts.KIND)) {
      all.add(new LetterCounts(letters, size));
    }
    return all;
  }
}
