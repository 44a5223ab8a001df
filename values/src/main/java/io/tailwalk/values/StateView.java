package io.tailwalk.values;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.verify.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is read of a model's state at a prefix, and of a token that may follow. A network's logits
 * are a linear map of its last hidden state, so the log-probabilities of some anchor tokens are a
 * linear view of the state; they come with the next-token distribution, which a sampler computes in
 * any case. No state needs a model token of its own.
 *
 * @param anchors the tokens whose log-probabilities are read, distinct, at least one
 * @param tokens vectors of all tokens of the vocabulary
 */
public record StateView(List<Integer> anchors, TokenVectors tokens) {
  private static final int MOST_ANCHORS = 256;
  private static final int MOST_REFERENCES = 32;

  /** Log-probabilities are not read below this (nats), so that a probability of 0 is finite. */
  private static final double LEAST_LOG_PROB = -30;

  /** Refuses anchors outside the vocabulary. */
  public StateView {
    anchors = List.copyOf(anchors);
    if (anchors.isEmpty()
        || anchors.stream().anyMatch(token -> token < 0 || token >= tokens.size())) {
      throw new IllegalArgumentException(
          "anchors " + anchors + " of a vocabulary of " + tokens.size());
    }
  }

  /**
   * A view for the prefixes of rollouts. Reference prefixes are taken evenly from the rollouts;
   * half of the anchors are the tokens that are the most probable there, the others are spread over
   * the vocabulary.
   *
   * @param model evaluated at 32 prefixes at most; the caller closes it
   * @param rollouts at least one
   * @param maxTokens length limit of the rollouts
   */
  public static StateView of(LanguageModel model, List<Rollout> rollouts, int maxTokens) {
    LogProbs[] references =
        references(rollouts).stream()
            .map(prefix -> distribution(model, prefix, maxTokens))
            .toArray(LogProbs[]::new);
    return new StateView(anchors(references), TokenVectors.of(references));
  }

  private static SequencedSet<Candidate> references(List<Rollout> rollouts) {
    SequencedSet<Candidate> chosen = new LinkedHashSet<>();
    int count = Math.min(MOST_REFERENCES, rollouts.size());
    for (int i = 0; i < count; i++) {
      Candidate complete = rollouts.get((int) ((long) i * rollouts.size() / count)).complete();
      int length = (int) ((long) i * complete.tokenIds().length / count);
      chosen.add(
          Candidate.partial(
              complete.prompt(),
              complete.vocabulary(),
              Arrays.copyOf(complete.tokenIds(), length)));
    }
    return chosen;
  }

  private static LogProbs distribution(LanguageModel model, Candidate prefix, int maxTokens) {
    var options = new ContextOptions(maxTokens, 1);
    try (ModelContext context = model.open(model.encode(prefix.prompt()), options)) {
      return context.next(new int[][] {prefix.tokenIds()})[0];
    }
  }

  private static List<Integer> anchors(LogProbs[] references) {
    int size = references[0].size();
    int count = Math.min(MOST_ANCHORS, size);
    double[] probabilities = new double[size];
    for (LogProbs reference : references) {
      for (int token = 0; token < size; token++) {
        probabilities[token] += Math.exp(reference.logProb(token));
      }
    }
    Set<Integer> anchors = new LinkedHashSet<>();
    IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingDouble(token -> -probabilities[token]))
        .limit((count + 1) / 2)
        .forEach(anchors::add);
    for (int i = 0; anchors.size() < count; i++) {
      anchors.add((int) ((long) i * size / count + i / count) % size);
    }
    return new ArrayList<>(anchors);
  }

  /** Numbers read of a state. */
  int width() {
    return anchors.size();
  }

  /** What is read of the state whose next-token distribution is given. */
  float[] state(LogProbs next) {
    float[] state = new float[anchors.size()];
    for (int i = 0; i < state.length; i++) {
      state[i] = (float) bounded(next.logProb(anchors.get(i)));
    }
    return state;
  }

  static double bounded(double logProb) {
    return Math.max(LEAST_LOG_PROB, logProb);
  }
}
