package io.tailwalk.values;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The model's state one token before the end of a prefix, the vector of the last token, and the
 * prefix's share of the length limit. All children of a prefix share one state, which comes with
 * the next-token distribution there: see {@link StateView}.
 */
public final class StateFeatures implements PrefixFeatures {
  /** The name in value files. */
  public static final String KIND = "hidden";

  /** Prefixes of a batch, sorted, so that those with a common part are adjacent. */
  private static final int BATCH = 64;

  private final StateView view;
  private final int maxTokens;
  private final Source source;

  private interface Source {
    float[][] states(Prompt prompt, int[][] prefixes);
  }

  private StateFeatures(StateView view, int maxTokens, Source source) {
    this.view = view;
    this.maxTokens = maxTokens;
    this.source = source;
  }

  /**
   * Features after one prompt; prefixes of other prompts must not be requested.
   *
   * @param states the context of that prompt, with the same view
   * @param maxTokens the length limit that the value was learned for
   */
  public static StateFeatures behindPrompt(RememberedStates states, StateView view, int maxTokens) {
    return new StateFeatures(view, maxTokens, (_, prefixes) -> states.states(prefixes));
  }

  /**
   * Features after any prompt; opens a context each time, and each prefix uses the model.
   *
   * @param model the caller closes it
   * @param maxTokens the length limit
   */
  public static StateFeatures of(LanguageModel model, StateView view, int maxTokens) {
    return new StateFeatures(
        view,
        maxTokens,
        (prompt, prefixes) -> {
          var options = new ContextOptions(maxTokens, 16);
          try (ModelContext context = model.open(model.encode(prompt), options)) {
            return inBatches(context, view, prefixes);
          }
        });
  }

  private static float[][] inBatches(ModelContext context, StateView view, int[][] prefixes) {
    float[][] all = new float[prefixes.length][];
    for (int from = 0; from < prefixes.length; from += BATCH) {
      int to = Math.min(prefixes.length, from + BATCH);
      LogProbs[] some = context.next(Arrays.copyOfRange(prefixes, from, to));
      for (int i = 0; i < some.length; i++) {
        all[from + i] = view.state(some[i]);
      }
    }
    return all;
  }

  /** The view. */
  public StateView view() {
    return view;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int width() {
    return view.width() + view.tokens().width() + 1;
  }

  @Override
  public List<float[]> of(List<Candidate> prefixes) {
    float[][] rows = new float[prefixes.size()][];
    Map<Prompt, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < rows.length; i++) {
      places.computeIfAbsent(prefixes.get(i).prompt(), _ -> new ArrayList<>()).add(i);
    }
    places.forEach((prompt, own) -> {
      own.sort(Comparator.comparing(i -> parent(prefixes.get(i).tokenIds()), Arrays::compare));
      int[] stateOf = new int[own.size()];
      List<int[]> parents = new ArrayList<>();
      for (int i = 0; i < stateOf.length; i++) {
        int[] parent = parent(prefixes.get(own.get(i)).tokenIds());
        if (parents.isEmpty() || !Arrays.equals(parents.getLast(), parent)) {
          parents.add(parent);
        }
        stateOf[i] = parents.size() - 1;
      }
      float[][] states = source.states(prompt, parents.toArray(int[][]::new));
      for (int i = 0; i < stateOf.length; i++) {
        int[] tokens = prefixes.get(own.get(i)).tokenIds();
        rows[own.get(i)] = row(states[stateOf[i]], tokens[tokens.length - 1], tokens.length);
      }
    });
    return Arrays.asList(rows);
  }

  private static int[] parent(int[] tokens) {
    if (tokens.length == 0) {
      throw new IllegalArgumentException("a prefix without a token has no last token");
    }
    return Arrays.copyOf(tokens, tokens.length - 1);
  }

  private float[] row(float[] state, int token, int length) {
    float[] row = Arrays.copyOf(state, width());
    view.tokens().fill(token, row, view.width());
    row[width() - 1] = share(length);
    return row;
  }

  private float share(int length) {
    return (float) length / maxTokens;
  }

  /** The sums of a perceptron's first layer for the children of a prefix, before their vectors. */
  double[] childSums(Candidate prefix, Mlp mlp) {
    float[] state = source.states(prefix.prompt(), new int[][] {prefix.tokenIds()})[0];
    double[] sums = mlp.start();
    for (int i = 0; i < state.length; i++) {
      mlp.add(sums, i, state[i]);
    }
    mlp.add(sums, width() - 1, share(prefix.tokenIds().length + 1));
    return sums;
  }

  /** Adds a child's vector to the sums of the first layer. */
  void addToken(double[] sums, int token, Mlp mlp) {
    for (int j = 0; j < view.tokens().width(); j++) {
      mlp.add(sums, view.width() + j, view.tokens().at(token, j));
    }
  }
}
