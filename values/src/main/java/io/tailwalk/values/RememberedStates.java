package io.tailwalk.values;

import io.tailwalk.core.model.HiddenStates;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A context that remembers what a view reads of each distribution that passes through it, so that
 * the values of all children of a prefix cost no model token once the prefix itself is evaluated.
 * Belongs to one thread, like the context beneath.
 */
public final class RememberedStates implements ModelContext {
  /** States kept, those used least recently are forgotten first: 32 MiB with 256 anchors. */
  private static final int MOST_STATES = 1 << 15;

  private final ModelContext base;
  private final StateView view;
  private final Map<IntBuffer, float[]> states = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Remembers nothing yet.
   *
   * @param base the context; closed with this one
   */
  public RememberedStates(ModelContext base, StateView view) {
    this.base = base;
    this.view = view;
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    LogProbs[] distributions = base.next(prefixes);
    for (int i = 0; i < prefixes.length; i++) {
      remember(prefixes[i], distributions[i]);
    }
    return distributions;
  }

  private void remember(int[] prefix, LogProbs distribution) {
    states.put(IntBuffer.wrap(prefix.clone()), view.state(distribution));
    if (states.size() > MOST_STATES) {
      states.remove(states.keySet().iterator().next());
    }
  }

  /** The state at each prefix; one that is not remembered is evaluated, which uses the model. */
  float[][] states(int[][] prefixes) {
    float[][] found = new float[prefixes.length][];
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < prefixes.length; i++) {
      float[] known = states.get(IntBuffer.wrap(prefixes[i]));
      if (known == null) {
        missing.add(i);
      } else {
        found[i] = known;
      }
    }
    if (!missing.isEmpty()) {
      LogProbs[] distributions = next(missing.stream().map(i -> prefixes[i]).toArray(int[][]::new));
      for (int j = 0; j < distributions.length; j++) {
        found[missing.get(j)] = view.state(distributions[j]);
      }
    }
    return found;
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
  public double[] score(int[] completion) {
    return base.score(completion);
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
