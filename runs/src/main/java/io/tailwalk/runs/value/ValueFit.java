package io.tailwalk.runs.value;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.HiddenFeatures;
import io.tailwalk.values.LetterCounts;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.PrefixFeatures;
import io.tailwalk.values.Rollout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fitting of a value, including the choice of features. */
final class ValueFit {
  private static final int SMALL_ALPHABET = 64;

  private final LanguageModel model;
  private final ValueFunction gate;
  private final ValueSettings options;

  private final List<String> kinds;

  private ValueFit(
      LanguageModel model, Verifier verifier, ValueSettings options, List<String> kinds) {
    this.model = model;
    this.gate = verifier.prefixValue();
    this.options = options;
    this.kinds = kinds;
  }

  /**
   * Creates a fit from the settings.
   *
   * @throws InputException if hidden states are requested from a model that exposes none
   */
  static ValueFit of(LanguageModel model, Verifier verifier, ValueSettings options) {
    boolean shows = model.hiddenWidth().isPresent();
    String wanted = options.features().orElse(null);
    if (wanted == null) {
      boolean large = model.vocabulary().size() > SMALL_ALPHABET;
      List<String> usual =
          shows && large ? List.of(HiddenFeatures.KIND) : List.of(OneHot.KIND, LetterCounts.KIND);
      return new ValueFit(model, verifier, options, usual);
    }
    if (wanted.equals(HiddenFeatures.KIND) && !shows) {
      throw new InputException(
          "features hidden: "
              + model.identity().name()
              + " exposes no hidden states, unlike GGUF models; use one-hot or counts");
    }
    return new ValueFit(model, verifier, options, List.of(wanted));
  }

  /** The kinds of features; each kind is fitted. */
  List<String> kinds() {
    return kinds;
  }

  /**
   * Fits values, chooses one and assesses it. Uses one thread, because PyTorch's sums depend on the
   * number of threads.
   *
   * @param watch called before each epoch of each fit, with a note
   */
  ValueStudy study(List<Rollout> rollouts, ValueStudy.EpochWatch watch) {
    TorchEngine.useThreads(1);
    return ValueStudy.of(
        rollouts, gate, features(rollouts), options.fits(), options.heldOut(), watch);
  }

  private List<PrefixFeatures> features(List<Rollout> rollouts) {
    if (kinds.contains(HiddenFeatures.KIND)) {
      return List.of(HiddenFeatures.of(model, options.maxTokens()));
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
    int horizon = options.maxTokens() - 1;
    List<PrefixFeatures> all = new ArrayList<>();
    if (kinds.contains(OneHot.KIND)) {
      if (OneHot.fits(letters.size() + 1, horizon)) {
        all.add(new OneHot(letters, size, horizon));
      } else if (kinds.size() == 1) {
        throw new InputException(
            "features: "
                + Plural.of(letters.size(), "different token")
                + " at "
                + Plural.of(horizon, "position")
                + " are too many for one-hot inputs; lower the length limit or use counts");
      }
    }
    if (kinds.contains(LetterCounts.KIND)) {
      all.add(new LetterCounts(letters, size));
    }
    return all;
  }
}
