package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trees of a head and a tail against all outcomes of their draws: the expectation of a tree's
 * success probability is computed exactly, so nothing here fails by chance.
 */
class HeadAndTailTest {
  private static final int VOCABULARY = 3;
  private static final int MODELS = 25;

  /** Draws from a model's distributions by a chooser, and lists its most probable tokens. */
  private static final class Drawing implements ModelContext {
    private final ModelContext base;
    private final Chooser chooser;
    private int listed;
    private int drawn;

    Drawing(ModelContext base, Chooser chooser) {
      this.base = base;
      this.chooser = chooser;
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(
          Set.of(Capability.DRAW, Capability.TOP_K),
          Capabilities.LogProbKind.RAW,
          Capabilities.SeedUse.STRICT,
          VOCABULARY);
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      throw new ModelException("no distributions");
    }

    @Override
    public List<TopTokens> top(int[][] prefixes, int most) {
      listed += prefixes.length;
      return base.top(prefixes, most);
    }

    @Override
    public List<Continuation> draw(List<Continuation.Request> requests) {
      List<Continuation> all = new ArrayList<>();
      for (Continuation.Request request : requests) {
        LogProbs next = base.next(new int[][] {request.prefix()})[0];
        double[] cumulative = new double[next.size()];
        next.logProbs(cumulative);
        for (int i = 0; i < cumulative.length; i++) {
          cumulative[i] = Math.exp(cumulative[i]) + (i == 0 ? 0 : cumulative[i - 1]);
        }
        int token = chooser.categorical(cumulative, 0, cumulative.length);
        all.add(new Continuation(new int[] {token}, new double[] {next.logProb(token)}));
        drawn++;
      }
      return all;
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
    public ModelUsage usage() {
      return new ModelUsage(0, listed + drawn, 0, listed + drawn);
    }

    @Override
    public void close() {}
  }

  /** A reward between 0 and 3 by the tokens, zero for some. */
  private record ByTokens(int salt) implements Verifier {
    @Override
    public String name() {
      return "by tokens";
    }

    @Override
    public double logReward(Candidate complete) {
      long hash = Streams.key(salt, Arrays.hashCode(complete.tokenIds()));
      return Math.floorMod(hash, 4) == 0 ? Double.NEGATIVE_INFINITY : Math.log(1 + hash % 3 * 0.5);
    }

    @Override
    public double logRewardBound() {
      return Math.log(3);
    }
  }

  /** Other distributions than those of the same vocabulary with another salt. */
  private record Salted(HashModel base, int salt) implements ModelContext {
    private int[] salted(int[] prefix) {
      int[] all = Arrays.copyOf(prefix, prefix.length + 1);
      all[prefix.length] = 100 + salt;
      return all;
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      return base.next(Arrays.stream(prefixes).map(this::salted).toArray(int[][]::new));
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
    public ModelUsage usage() {
      return base.usage();
    }

    @Override
    public void close() {}
  }

  private static Explorer explorer(ModelContext context, int salt, ExpansionRule rule, int length) {
    var spec =
        new TreeSpec(
            Prompt.text(""),
            new HashModel(VOCABULARY).vocabulary(),
            new ByTokens(salt),
            ValueFunction.ONE,
            rule,
            length,
            List.of(),
            salt);
    return new Explorer(spec, context, Budget.UNLIMITED, new CostMeter(() -> 0));
  }

  /** A response, and a prefix, has one value in all copies of the tree. */
  @Test
  void expand_copies_judgeEveryResponseOnce() {
    var base = new HashModel(VOCABULARY);
    var explorer = explorer(base, 3, new ExpansionRule.Sample(6, 1), 2);
    Set<List<Integer>> responses = new HashSet<>();
    GenerationTree tree = explorer.tree();
    for (int copy = 0; copy < 5; copy++) {
      int root = explorer.root(copy);
      explorer.expand(new int[] {root}, 1);
      Children children = Objects.requireNonNull(tree.children(root));
      for (int slot = 0; slot < children.count(); slot++) {
        int child = explorer.childAt(root, slot);
        assertThat(tree.logValue(child)).isEqualTo(tree.logValue(tree.canonical(child)));
        if (!tree.isLeaf(child)) {
          explorer.expand(new int[] {child}, 1);
        }
      }
    }
    for (int node = 0; node < tree.size(); node++) {
      if (tree.isLeaf(node)) {
        responses.add(Arrays.stream(tree.tokenIds(node)).boxed().toList());
        assertThat(tree.logValue(node)).isEqualTo(tree.logValue(tree.canonical(node)));
      }
    }
    assertThat(explorer.meter().cost().verifierCalls()).isEqualTo(responses.size());
  }

  /** How a node's children are weighted. */
  private interface Weights {
    double of(Children children, int slot, int head);
  }

  private static final Weights AS_MADE = (children, slot, _) -> Math.exp(children.logPrior(slot));

  /** The success probability of a tree, all of it expanded. */
  private static double mass(Explorer explorer, int node, Weights weights) {
    GenerationTree tree = explorer.tree();
    if (tree.isLeaf(node)) {
      return Math.exp(tree.logValue(node));
    }
    explorer.expand(new int[] {node}, 1);
    Children children = Objects.requireNonNull(tree.children(node));
    int head =
        explorer.spec().rule() instanceof ExpansionRule.HeadAndTail(int k, int _)
            ? Math.min(k, children.count())
            : 0;
    double sum = 0;
    for (int slot = 0; slot < children.count(); slot++) {
      double weight = weights.of(children, slot, head);
      sum += weight == 0 ? 0 : weight * mass(explorer, explorer.childAt(node, slot), weights);
    }
    return sum;
  }

  private static double exact(int salt, int length) {
    var model = new Salted(new HashModel(VOCABULARY), salt);
    return mass(
        explorer(model, salt, new ExpansionRule.Enumerate(), length), GenerationTree.ROOT, AS_MADE);
  }

  private static Map<Double, Double> masses(
      int salt, ExpansionRule rule, int length, Weights weights) {
    var model = new Salted(new HashModel(VOCABULARY), salt);
    return EnumeratedDraws.of(chooser ->
        mass(
            explorer(new Drawing(model, chooser), salt, rule, length),
            GenerationTree.ROOT,
            weights));
  }

  private static double mean(Map<Double, Double> masses) {
    return masses.entrySet().stream().mapToDouble(one -> one.getKey() * one.getValue()).sum();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 3", "1, 2, 2", "2, 1, 3", "2, 2, 2", "1, 4, 1"})
  void expand_allOutcomesOfTheDraws_meanIsTheSuccessProbability(int head, int draws, int length) {
    var rule = new ExpansionRule.HeadAndTail(head, draws);
    int different = 0;
    for (int salt = 0; salt < MODELS; salt++) {
      Map<Double, Double> masses = masses(salt, rule, length, AS_MADE);
      assertThat(mean(masses)).isCloseTo(exact(salt, length), within(1e-12));
      different += masses.size() > 1 ? 1 : 0;
    }
    assertThat(different).isGreaterThan(MODELS / 2);
  }

  /**
   * Planted: the tail always has the probability that the head leaves, if anything was drawn there;
   * the tail counts every draw, those in the head included; the head is divided by its probability
   * and the tail is dropped.
   */
  @Test
  void expand_wrongWeights_areSeen() {
    var rule = new ExpansionRule.HeadAndTail(1, 2);
    Weights renormalisedTail =
        (children, slot, head) -> {
          double tail = sum(children, head, children.count());
          double left = 1 - sum(children, 0, head);
          double made = Math.exp(children.logPrior(slot));
          return slot < head ? made : made / tail * left;
        };
    Weights oneTail =
        (children, slot, head) ->
            slot < head
                ? Math.exp(children.logPrior(slot))
                : 1.0 / Math.max(1, children.count() - head);
    Weights headOnly =
        (children, slot, head) ->
            slot < head ? Math.exp(children.logPrior(slot)) / sum(children, 0, head) : 0;
    for (Weights wrong : List.of(renormalisedTail, oneTail, headOnly)) {
      long seen =
          IntStream.range(0, MODELS)
              .filter(salt -> {
                double mean = mean(masses(salt, rule, 2, wrong));
                return Math.abs(mean / exact(salt, 2) - 1) > 1e-3;
              })
              .count();
      assertThat(seen).isGreaterThan(MODELS / 2);
    }
  }

  private static double sum(Children children, int from, int to) {
    return IntStream.range(from, to).mapToDouble(slot -> Math.exp(children.logPrior(slot))).sum();
  }

  /** Both ways to a tree have the same head, and weights of the tail that are shares of draws. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void expand_headAndTail_weightsAreProbabilitiesAndShares(boolean draws) {
    var base = new Salted(new HashModel(VOCABULARY), 5);
    ModelContext context = draws ? new Drawing(base, new RandomChooser(Streams.of(3))) : base;
    var rule = new ExpansionRule.HeadAndTail(1, 8);
    Explorer explorer = explorer(context, 5, rule, 3);
    assertThat(explorer.modelDraws()).isEqualTo(draws);
    assertThat(explorer.tokensPerExpansion()).isEqualTo(draws ? 9 : 1);
    explorer.expand(new int[] {GenerationTree.ROOT}, 1);
    Children children = Objects.requireNonNull(explorer.tree().children(GenerationTree.ROOT));
    LogProbs distribution = base.next(new int[][] {{}})[0];
    TopTokens top = TopTokens.of(distribution, 1);
    assertThat(explorer.childToken(GenerationTree.ROOT, 0)).isEqualTo(top.tokenIds()[0]);
    assertThat(children.logPrior(0)).isEqualTo(top.logProbs()[0]);
    for (int slot = 1; slot < children.count(); slot++) {
      double share = 8 * Math.exp(children.logPrior(slot));
      assertThat(share).isCloseTo(Math.rint(share), within(1e-12));
      int child = explorer.childAt(GenerationTree.ROOT, slot);
      assertThat(explorer.tree().logPi(child))
          .isEqualTo(distribution.logProb(explorer.tree().token(child)));
    }
  }

  /** Copies of the tree ask for the head of a prefix once, and draw their own tails. */
  @Test
  void expand_copies_shareHeads() {
    var drawing =
        new Drawing(new Salted(new HashModel(VOCABULARY), 5), new RandomChooser(Streams.of(3)));
    Explorer explorer = explorer(drawing, 5, new ExpansionRule.HeadAndTail(1, 4), 2);
    for (int copy = 0; copy < 5; copy++) {
      explorer.expand(new int[] {explorer.root(copy)}, 1);
    }
    assertThat(drawing.listed).isEqualTo(1);
    assertThat(drawing.drawn).isEqualTo(20);
    assertThat(explorer.meter().cost().cachedTokens()).isEqualTo(4);
  }

  @Test
  void expand_headIsEverything_drawsNothing() {
    var drawing =
        new Drawing(new Salted(new HashModel(VOCABULARY), 5), new RandomChooser(Streams.of(3)));
    Explorer explorer = explorer(drawing, 5, new ExpansionRule.HeadAndTail(VOCABULARY, 4), 2);
    assertThat(mass(explorer, GenerationTree.ROOT, AS_MADE)).isCloseTo(exact(5, 2), within(1e-12));
    assertThat(drawing.drawn).isZero();
  }

  /** What passes in the head is certain; what is missing may pass or not. */
  @Test
  void knownMass_oneToken_isHeadAndMissing() {
    var rule = new ExpansionRule.HeadAndTail(2, 1);
    int found = 0;
    for (int salt = 0; salt < MODELS; salt++) {
      var model = new Salted(new HashModel(VOCABULARY), salt);
      var drawing = new Drawing(model, new RandomChooser(Streams.of(salt)));
      Explorer explorer = explorer(drawing, salt, rule, 1);
      explorer.expand(new int[] {GenerationTree.ROOT}, 1);
      Children children = Objects.requireNonNull(explorer.tree().children(GenerationTree.ROOT));
      Interval certain = KnownMass.of(explorer).certain(3);
      double z = exact(salt, 1);
      assertThat(certain.low()).isLessThanOrEqualTo(z);
      assertThat(certain.high()).isGreaterThanOrEqualTo(Math.min(z, 3));
      if (children.count() == 2) {
        TopTokens top = model.top(new int[][] {{}}, 2).getFirst();
        double passes = 0;
        for (int slot = 0; slot < 2; slot++) {
          passes += Math.exp(children.logPrior(slot) + children.logValue(slot));
        }
        double missing = 1 - Math.exp(top.logProbs()[0]) - Math.exp(top.logProbs()[1]);
        assertThat(certain.low()).isCloseTo(passes, within(1e-8));
        assertThat(certain.high()).isCloseTo(Math.min(3, passes + 3 * missing), within(1e-8));
        found++;
      }
    }
    assertThat(found).isGreaterThan(MODELS / 2);
  }

  @Test
  void rule_sizesBelowOne_areRefused() {
    assertThatThrownBy(() -> new ExpansionRule.HeadAndTail(0, 1))
        .hasMessageContaining("at least 1 token");
    assertThatThrownBy(() -> new ExpansionRule.HeadAndTail(1, 0))
        .hasMessageContaining("at least 1 draw");
  }
}
