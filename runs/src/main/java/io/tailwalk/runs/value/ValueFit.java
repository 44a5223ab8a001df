package io.tailwalk.runs.value;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.LetterCounts;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.PrefixFeatures;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.StateFeatures;
import io.tailwalk.values.StateView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fitting of a value, including the choice of features. */
final class ValueFit {
  private static final int SMALL_ALPHABET = 64;

  /** Tokens with inputs of their own, at most. */
  private static final int MOST_LETTERS = 1024;

  /** Rollouts with a token from which its effect can be learned; fewer of few rollouts. */
  private static final int ENOUGH = 10;

  private static final int SHARE = 60;

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

  /** Creates a fit from the settings. */
  static ValueFit of(LanguageModel model, Verifier verifier, ValueSettings options) {
    boolean network = model.hiddenWidth().isPresent();
    boolean large = model.vocabulary().size() > SMALL_ALPHABET;
    String first = network && large ? StateFeatures.KIND : OneHot.KIND;
    return new ValueFit(
        model,
        verifier,
        options,
        options.features().map(List::of).orElse(List.of(first, LetterCounts.KIND)));
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
    List<PrefixFeatures> all = new ArrayList<>();
    if (kinds.contains(StateFeatures.KIND)) {
      StateView view = StateView.of(model, rollouts, options.maxTokens());
      all.add(StateFeatures.of(model, view, options.maxTokens()));
    }
    List<Integer> letters = letters(rollouts);
    int size = model.vocabulary().size();
    // The last token of a response is never part of a prefix that is valued.
    int horizon = options.maxTokens() - 1;
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

  /** The tokens that are in enough rollouts, at most so many, ascending; one at least. */
  private static List<Integer> letters(List<Rollout> rollouts) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Rollout rollout : rollouts) {
      Arrays.stream(rollout.complete().tokenIds())
          .distinct()
          .forEach(token -> counts.merge(token, 1, Integer::sum));
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    int least = Math.min(most, Math.clamp(rollouts.size() / SHARE, 1, ENOUGH));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= least)
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .limit(MOST_LETTERS)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
