package io.tailwalk.train.policy;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.run.NextTokenDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws responses at temperature 1, many at the same time. A prefix that several responses share is
 * evaluated once.
 *
 * @param maxTokens largest number of tokens of a response
 * @param end token that ends a response; -1 for none
 * @param microBatch prefixes per forward pass
 */
record ResponseDraws(int maxTokens, int end, int microBatch) {

  /** A response in the making. */
  private static final class Growing {
    private final int promptLength;
    private final Chooser chooser;
    private int[] all;
    private double logProb;
    private boolean ended;

    Growing(int[] prompt, Chooser chooser) {
      this.promptLength = prompt.length;
      this.chooser = chooser;
      this.all = prompt;
    }

    void grow(double[] logProbs, int end) {
      int token = NextTokenDistribution.draw(logProbs, chooser);
      all = Arrays.copyOf(all, all.length + 1);
      all[all.length - 1] = token;
      logProb += logProbs[token];
      ended = token == end;
    }

    Draw draw() {
      return new Draw(Arrays.copyOfRange(all, promptLength, all.length), ended, logProb);
    }
  }

  /**
   * One response for each prompt and its chooser.
   *
   * @param prompts token ids; repeat a prompt for several responses
   * @param choosers one for each prompt
   */
  List<Draw> of(Transformer model, List<int[]> prompts, List<Chooser> choosers) {
    List<Growing> responses = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      responses.add(new Growing(prompts.get(i), choosers.get(i)));
    }
    for (int length = 0; length < maxTokens; length++) {
      Map<List<Integer>, List<Growing>> byPrefix = new LinkedHashMap<>();
      for (Growing response : responses) {
        if (!response.ended) {
          byPrefix.computeIfAbsent(boxed(response.all), _ -> new ArrayList<>()).add(response);
        }
      }
      grow(model, new ArrayList<>(byPrefix.values()));
    }
    return responses.stream().map(Growing::draw).toList();
  }

  private void grow(Transformer model, List<List<Growing>> sharing) {
    NextTokenDistribution distribution = NextTokenDistribution.of(model);
    for (int from = 0; from < sharing.size(); from += microBatch) {
      List<List<Growing>> part = sharing.subList(from, Math.min(sharing.size(), from + microBatch));
      double[][] logProbs =
          distribution.logProbs(
              TokenBatch.ofPrefixes(part.stream().map(each -> each.getFirst().all).toList()));
      for (int i = 0; i < part.size(); i++) {
        for (Growing response : part.get(i)) {
          response.grow(logProbs[i], end);
        }
      }
    }
  }

  static List<Integer> boxed(int[] tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }
}
