package io.tailwalk.values;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.HiddenStates;
import io.tailwalk.core.model.LanguageModel;
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
 * The model's hidden state after a prefix, and the prefix's share of the length limit as an
 * additional input.
 */
public final class HiddenFeatures implements PrefixFeatures {
  /** The name in value files. */
  public static final String KIND = "hidden";

  /** Prefixes of a batch, sorted, so that those with a common part are adjacent. */
  private static final int BATCH = 64;

  private final int width;
  private final int maxTokens;
  private final Source source;

  private interface Source {
    float[][] states(Prompt prompt, int[][] prefixes);
  }

  private HiddenFeatures(int width, int maxTokens, Source source) {
    this.width = width;
    this.maxTokens = maxTokens;
    this.source = source;
  }

  /**
   * Features after one prompt.
   *
   * @param states hidden states of a context of that prompt; prefixes of other prompts must not be
   *     requested
   * @param maxTokens the length limit that the value was or will be trained for
   */
  public static HiddenFeatures behindPrompt(HiddenStates states, int maxTokens) {
    return new HiddenFeatures(states.width(), maxTokens, (_, prefixes) -> states.of(prefixes));
  }

  /**
   * Features after any prompt; opens a context each time.
   *
   * @param model the caller closes it
   * @param maxTokens the length limit
   * @throws LearningException if the model does not expose its states
   */
  public static HiddenFeatures of(LanguageModel model, int maxTokens) {
    int width =
        model
            .hiddenWidth()
            .orElseThrow(() ->
                new LearningException(
                    model.identity().name() + " has no hidden states; use one-hot features"));
    return new HiddenFeatures(
        width,
        maxTokens,
        (prompt, prefixes) -> {
          var options = new ContextOptions(maxTokens, 16);
          try (ModelContext context = model.open(model.encode(prompt), options)) {
            return inBatches(context.hiddenStates().orElseThrow(), prefixes);
          }
        });
  }

  private static float[][] inBatches(HiddenStates states, int[][] prefixes) {
    float[][] all = new float[prefixes.length][];
    for (int from = 0; from < prefixes.length; from += BATCH) {
      int to = Math.min(prefixes.length, from + BATCH);
      float[][] some = states.of(Arrays.copyOfRange(prefixes, from, to));
      System.arraycopy(some, 0, all, from, some.length);
    }
    return all;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int width() {
    return width + 1;
  }

  @Override
  public List<float[]> of(List<Candidate> prefixes) {
    float[][] rows = new float[prefixes.size()][];
    Map<Prompt, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < rows.length; i++) {
      places.computeIfAbsent(prefixes.get(i).prompt(), _ -> new ArrayList<>()).add(i);
    }
    places.forEach((prompt, own) -> {
      own.sort(Comparator.comparing(i -> prefixes.get(i).tokenIds(), Arrays::compare));
      int[][] tokens = own.stream().map(i -> prefixes.get(i).tokenIds()).toArray(int[][]::new);
      float[][] states = source.states(prompt, tokens);
      for (int i = 0; i < states.length; i++) {
        float[] row = Arrays.copyOf(states[i], width + 1);
        row[width] = (float) tokens[i].length / maxTokens;
        rows[own.get(i)] = row;
      }
    });
    return Arrays.asList(rows);
  }
}
