package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.Exponentials;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ChildScores;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Children under a mask against their definition, token by token. */
class MaskedChildrenTest {
  /** Not a multiple of a block or of a word of the mask. */
  private static final int TOKENS = 2_003;

  private static final double ZERO = Double.NEGATIVE_INFINITY;
  private static final int[] ENDS = {0, 700, 2_002};
  private static final double[] REWARDS = {0, ZERO, -3};

  /** A chooser that takes given places and keeps the law of its last choice. */
  private static final class Taking implements Chooser {
    private final int[] places;
    private int asked;
    private double[] law = new double[0];

    Taking(int... places) {
      this.places = places;
    }

    @Override
    public int categorical(double[] cumulative, int from, int to) {
      law = Arrays.copyOfRange(cumulative, from, to);
      double total = law[law.length - 1];
      for (int i = law.length - 1; i >= 0; i--) {
        law[i] = (law[i] - (i == 0 ? 0 : law[i - 1])) / total;
      }
      return from + places[asked++];
    }

    @Override
    public boolean bernoulli(double probability) {
      throw new AssertionError("not asked for");
    }
  }

  private static LogProbs distribution(boolean withZeros) {
    float[] logits = new float[TOKENS];
    var random = new Random(5);
    for (int token = 0; token < TOKENS; token++) {
      logits[token] = (float) (4 * random.nextGaussian());
      if (withZeros && random.nextInt(3) == 0) {
        logits[token] = Float.NEGATIVE_INFINITY;
      }
    }
    return LogProbs.ofLogits(logits);
  }

  /** A third of the tokens; the words at the end are missing, as masks may be short. */
  private static long[] mask() {
    var mask = new BitSet();
    new Random(6).ints(TOKENS / 3, 0, TOKENS - 150).forEach(mask::set);
    mask.set(0);
    mask.clear(256, 512);
    return mask.toLongArray();
  }

  private static double value(int token, double factor) {
    int end = Arrays.binarySearch(ENDS, token);
    if (end >= 0) {
      return REWARDS[end];
    }
    return BitSet.valueOf(mask()).get(token) ? factor : ZERO;
  }

  private static MaskedChildren masked(LogProbs distribution, boolean complete, double factor) {
    var ends = new MaskedChildren.Ends(ENDS, REWARDS);
    return Objects.requireNonNull(
        MaskedChildren.of(
            NodeDistribution.of(distribution),
            mask(),
            ends,
            complete,
            complete ? 0 : factor,
            new WideScratch(TOKENS)));
  }

  @ParameterizedTest
  @CsvSource({"false, false, 0", "false, true, -1.5", "true, false, 0", "true, true, 0"})
  void weights_areThoseOfTheTokens(boolean complete, boolean withZeros, double factor) {
    LogProbs distribution = distribution(withZeros);
    MaskedChildren children = masked(distribution, complete, factor);
    double[] weights = new double[TOKENS];
    children.logWeights(weights);
    double total = 0;
    double open = 0;
    for (int token = 0; token < TOKENS; token++) {
      double prior = distribution.logProb(token);
      double value = value(token, factor);
      double expected = value == ZERO ? ZERO : value + prior;
      assertThat(children.logWeight(token)).isEqualTo(expected);
      assertThat(weights[token]).isEqualTo(expected);
      assertThat(children.logValue(token)).isEqualTo(value);
      boolean leaf = complete || Arrays.binarySearch(ENDS, token) >= 0;
      assertThat(children.isLeaf(token)).isEqualTo(leaf);
      assertThat(children.undecided().get(token)).isEqualTo(!leaf && value > ZERO && prior > ZERO);
      total += Math.exp(expected);
      open += leaf ? 0 : Math.exp(expected);
    }
    assertThat(Math.exp(children.logTotal())).isCloseTo(total, within(1e-14));
    Children.Uniform uniform = children.uniform();
    assertThat(Math.exp(uniform.logOpen())).isCloseTo(open, within(1e-14));
    assertThat(Math.exp(uniform.logComplete())).isCloseTo(total - open, within(1e-14));
  }

  @Test
  void weightsWithMore_addItToOpenChildrenOnly() {
    MaskedChildren children = masked(distribution(false), false, -1);
    double[] more = new double[TOKENS];
    children.logWeights(more, 2.5);
    for (int token = 0; token < TOKENS; token++) {
      double expected = children.logWeight(token) + (children.isLeaf(token) ? 0 : 2.5);
      assertThat(more[token]).isEqualTo(expected, within(1e-12));
    }
  }

  /** Every outcome's probability: that of its block times that inside it. */
  @ParameterizedTest
  @CsvSource({"false, 0", "false, 2", "true, 0"})
  void draw_hasTheLawOfTheWeights(boolean complete, double factor) {
    MaskedChildren children = masked(distribution(true), complete, factor);
    int blocks = Math.ceilDiv(TOKENS, Exponentials.BLOCK);
    double[] law = new double[TOKENS];
    for (int block = 0; block < blocks; block++) {
      var first = new Taking(block, 0);
      double[] ofBlocks;
      try {
        children.draw(first);
        double[] inside = first.law;
        var again = new Taking(blocks);
        children.draw(again);
        ofBlocks = again.law;
        for (int i = 0; i < inside.length; i++) {
          law[block * Exponentials.BLOCK + i] += ofBlocks[block] * inside[i];
        }
        for (int end = 0; block == 0 && end < ENDS.length; end++) {
          law[ENDS[end]] += ofBlocks[blocks + end];
        }
      } catch (ArrayIndexOutOfBoundsException emptyBlock) {
        assertThat(block).as("the block without a token").isEqualTo(1);
      }
    }
    for (int token = 0; token < TOKENS; token++) {
      double expected = Math.exp(children.logWeight(token) - children.logTotal());
      assertThat(law[token]).isCloseTo(expected, within(1e-13));
    }
  }

  /** The certain bounds read the sums of the mask instead of every number. */
  @ParameterizedTest
  @CsvSource({"false, 0", "false, -0.7", "true, 0"})
  void frontierNode_isThatOfChildrenWithoutAMask(boolean complete, double factor) {
    LogProbs distribution = distribution(true);
    MaskedChildren masked = masked(distribution, complete, factor);
    ChildScores scores = token -> value(token, factor);
    ChildScores proofs = token -> BitSet.valueOf(mask()).get(token) ? 0 : ZERO;
    var wide =
        new WideChildren(
            NodeDistribution.of(distribution),
            scores,
            token -> complete || Arrays.binarySearch(ENDS, token) >= 0,
            complete ? null : ENDS,
            proofs,
            new WideScratch(TOKENS));
    FrontierNode expected =
        new FrontierNode(0, -1, wide, null, -1, new SlotNumbers(), Guide.Correction.NONE);
    FrontierNode node =
        new FrontierNode(0, -1, masked, null, -1, new SlotNumbers(), Guide.Correction.NONE);
    assertThat(node.logComplete()).isCloseTo(expected.logComplete(), within(1e-13));
    assertThat(node.isClosed()).isEqualTo(expected.isClosed());
    if (complete) {
      assertThat(node.logPlain()).isEqualTo(ZERO);
      return;
    }
    assertThat(node.logPlain()).isCloseTo(expected.logPlain(), within(1e-13));
    assertThat(node.logGuided()).isCloseTo(expected.logGuided(), within(1e-13));
    assertThat(node.largestChild().slot()).isEqualTo(expected.largestChild().slot());
  }

  /** Sums from those of the mask and a few tokens are the sums of all tokens one by one. */
  @ParameterizedTest
  @CsvSource({"0, -1, -3", "-0.7, -25, 0", "0, 0, -25", "-0.7, -1, -700"})
  void frontierNode_fewCorrections_isThatOfAllReadOneByOne(
      double factor, double others, double ofFew) {
    LogProbs distribution = distribution(true);
    int largest = masked(distribution, false, factor).largestOpen();
    int[] few = IntStream.of(3, 5, 70, 299, 300, largest, TOKENS + 7).distinct().sorted().toArray();
    Guide.Correction read =
        (slot, _) -> Arrays.binarySearch(few, slot) >= 0 ? ofFew + slot * 1e-3 : others;
    Guide.Correction known = known(read, new Guide.Few(others, few));
    FrontierNode expected = node(masked(distribution, false, factor), read);
    FrontierNode node = node(masked(distribution, false, factor), known);
    assertThat(node.logComplete()).isCloseTo(expected.logComplete(), within(1e-13));
    assertThat(node.logPlain()).isCloseTo(expected.logPlain(), within(1e-13));
    assertThat(node.logGuided()).isCloseTo(expected.logGuided(), within(1e-12));
    assertThat(node.largestChild().slot()).isEqualTo(expected.largestChild().slot());
    Chooser chooser = new RandomChooser(Streams.of(4));
    Chooser same = new RandomChooser(Streams.of(4));
    for (int i = 0; i < 300; i++) {
      FrontierPrefix drawn = node.drawGuided(chooser);
      assertThat(drawn)
          .extracting(FrontierPrefix::slot)
          .isEqualTo(expected.drawGuided(same).slot());
    }
    for (FrontierNode above : List.of(node, expected)) {
      above.add(
          new FrontierNode(
              1,
              -2,
              masked(distribution, true, 0),
              above,
              largest,
              new SlotNumbers(),
              Guide.Correction.NONE));
    }
    assertThat(node.logGuidedOpen()).isCloseTo(expected.logGuidedOpen(), within(1e-12));
    assertThat(node.logOpen()).isCloseTo(expected.logOpen(), within(1e-12));
  }

  /** What is left of a block beside a token with nearly all of its probability has all digits. */
  @Test
  void frontierNode_fewTokensOfNearlyAllProbability_keepTheRest() {
    float[] logits = new float[TOKENS];
    int likely = BitSet.valueOf(mask()).nextSetBit(1);
    logits[likely] = 60;
    LogProbs distribution = LogProbs.ofLogits(logits);
    Guide.Correction read = (slot, _) -> slot == likely ? -200 : 0;
    Guide.Correction known = known(read, new Guide.Few(0, new int[] {likely}));
    FrontierNode expected = node(masked(distribution, false, 0), read);
    FrontierNode node = node(masked(distribution, false, 0), known);
    assertThat(node.logGuided()).isCloseTo(expected.logGuided(), within(1e-12));
  }

  /** A correction that also says which few tokens differ from the others. */
  private static Guide.Correction known(Guide.Correction correction, Guide.Few few) {
    return new Guide.Correction() {
      @Override
      public double logFactor(int slot, double logValue) {
        return correction.logFactor(slot, logValue);
      }

      @Override
      public Guide.Few few(double logValue) {
        return few;
      }
    };
  }

  private static FrontierNode node(MaskedChildren children, Guide.Correction correction) {
    return new FrontierNode(0, -1, children, null, -1, new SlotNumbers(), correction);
  }

  /** The order in which draws take prefixes of largest probability. */
  @Test
  void largestChild_afterEachExpansion_isTheNext() {
    LogProbs distribution = distribution(true);
    MaskedChildren children = masked(distribution, false, 0);
    FrontierNode node =
        new FrontierNode(0, -1, children, null, -1, new SlotNumbers(), Guide.Correction.NONE);
    int[] byProbability =
        children.undecided().stream()
            .boxed()
            .sorted(Comparator.comparingDouble(token -> -distribution.logProb(token)))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < 40; i++) {
      assertThat(node.largestChild().slot()).isEqualTo(byProbability[i]);
      node.add(
          new FrontierNode(
              1,
              -2,
              masked(distribution, true, 0),
              node,
              byProbability[i],
              new SlotNumbers(),
              Guide.Correction.NONE));
    }
  }

  /** Otherwise a sum would have few digits, or none. */
  @Test
  void maskOfHardlyAnyProbability_isRefused() {
    float[] logits = new float[TOKENS];
    Arrays.fill(logits, 0, 100, -900);
    NodeDistribution source = NodeDistribution.of(LogProbs.ofLogits(logits));
    long[] rare = {-1L};
    var ends = new MaskedChildren.Ends(new int[0], new double[0]);
    assertThat(MaskedChildren.of(source, rare, ends, false, 0, new WideScratch(TOKENS))).isNull();
    assertThat(MaskedChildren.of(source, new long[32], ends, false, 0, new WideScratch(TOKENS)))
        .isNotNull()
        .extracting(MaskedChildren::logTotal)
        .isEqualTo(ZERO);
  }
}
