package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.lab.Scale;
import io.tailwalk.train.model.TransformerConfig;
import java.util.List;

/**
 * Sizes of the experiment. Language, distribution of the strings and prompt are those of the code
 * of arXiv 2502.12123 and 2606.28301; the transformer is smaller than theirs (6 layers of width
 * 512).
 *
 * @param grammar distribution of the strings on which the transformer is trained
 * @param prompt the out-of-distribution beginning: of the largest depth, mostly the rare bracket
 * @param shape shape of the transformer
 * @param base training of the transformer
 * @param rollouts restricted rollouts from which a value is learned
 * @param epochs epochs after which the value is measured, ascending; training ends with the last
 * @param grid grid of the block samplers
 * @param frontierTokens model tokens of a run of the frontier
 * @param errorTokens model tokens of a run of the study of the value's epochs
 * @param repeats runs of each sampler
 */
record DyckPlan(
    Grammar grammar,
    String prompt,
    TransformerConfig shape,
    Base base,
    int rollouts,
    List<Integer> epochs,
    Grid grid,
    long frontierTokens,
    long errorTokens,
    int repeats) {

  /**
   * Training of the transformer: AdamW on new strings.
   *
   * @param steps number of steps
   * @param batch strings per step
   * @param rate highest learning rate
   */
  record Base(int steps, int batch, double rate) {}

  /**
   * Grid of the block samplers: every length with every number of candidates.
   *
   * @param lengths numbers of brackets of a block
   * @param candidates numbers of blocks to choose from
   */
  record Grid(List<Integer> lengths, List<Integer> candidates) {
    /** Keeps copies. */
    Grid {
      lengths = List.copyOf(lengths);
      candidates = List.copyOf(candidates);
    }
  }

  private static final int BATCH = 64;

  /** Steps on as many strings as in the code of the sources, 300,000. */
  private static final int SOURCE_STEPS = 300_000 / BATCH;

  /** Keeps a copy. */
  DyckPlan {
    epochs = List.copyOf(epochs);
  }

  static DyckPlan of(Scale scale) {
    return switch (scale) {
      case QUICK ->
          plan(
              "((([(((([((()(",
              1500,
              3000,
              List.of(1, 2, 4),
              new Grid(List.of(1, 4, 16), List.of(2, 8, 32)),
              2000,
              3000,
              16);
      case FULL ->
          plan(
              "((([(((([(((",
              SOURCE_STEPS,
              3000,
              List.of(1, 2, 3, 4, 6, 8),
              new Grid(List.of(1, 2, 4, 8, 16), List.of(2, 4, 8, 16, 32)),
              4000,
              6000,
              8);
    };
  }

  private static DyckPlan plan(
      String prompt,
      int baseSteps,
      int rollouts,
      List<Integer> epochs,
      Grid grid,
      long frontierTokens,
      long errorTokens,
      int repeats) {
    return new DyckPlan(
        new Grammar(new DyckLanguage(32, 12), 0.8),
        prompt,
        TransformerConfig.llama(Grammar.MODEL_TOKENS, 32, 2, 4, 48),
        new Base(baseSteps, BATCH, 2e-3),
        rollouts,
        epochs,
        grid,
        frontierTokens,
        errorTokens,
        repeats);
  }
}
