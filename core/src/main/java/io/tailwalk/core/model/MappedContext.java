package io.tailwalk.core.model;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A context whose distributions are another's after a change; scores follow from them, and so would
 * draws.
 *
 * @param base the context; closed with this one
 * @param map changes a distribution
 */
record MappedContext(ModelContext base, UnaryOperator<LogProbs> map) implements ModelContext {
  @Override
  public LogProbs[] next(int[][] prefixes) {
    LogProbs[] distributions = base.next(prefixes);
    for (int i = 0; i < distributions.length; i++) {
      distributions[i] = map.apply(distributions[i]);
    }
    return distributions;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.computedOver(base.capabilities());
  }

  @Override
  public int[] promptTokenIds() {
    return base.promptTokenIds();
  }

  @Override
  public int maxCompletionTokens() {
    return base.maxCompletionTokens();
  }

  @Override
  public int heldBranches() {
    return base.heldBranches();
  }

  @Override
  public ModelUsage usage() {
    return base.usage();
  }

  @Override
  public Optional<HiddenStates> hiddenStates() {
    return base.hiddenStates();
  }

  @Override
  public void close() {
    base.close();
  }
}
