package io.tailwalk.sampling.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.sampling.masked.MaskedWalk.Position;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The walks on random joint distributions, with values that are wrong by a factor of two, all by
 * enumeration of every random choice.
 */
class MaskedWalkTest {
  private static final double ROUNDING = 1e-12;
  private static final double FALSE_ALARM = 1e-6;
  private static final int LONG = 500;

  private static final List<MaskedTable> TABLES =
      IntStream.range(0, 12)
          .mapToObj(i -> new MaskedTable(2 + i % 2, i % 3 == 0 ? 3 : 2, i))
          .toList();

  /** With two positions there is nothing to count: k is 1 where both moves are possible. */
  private static final List<MaskedTable> LONGER =
      TABLES.stream().filter(table -> table.length() > 2).toList();

  private static MaskedValue wrong(MaskedTable table) {
    return table.wrong(2, 5);
  }

  @Test
  void reversible_inItsStatedDistribution_isInBalance() {
    for (MaskedTable table : TABLES) {
      assertThat(imbalance(table, wrong(table), BackwardWeight.COUNTED)).isLessThan(ROUNDING);
    }
  }

  /** Planted: each position weighs as much as the value, so that k of them weigh too much. */
  @Test
  void reversible_withoutTheCountOfPositions_isNot() {
    BackwardWeight uncounted = (_, _, logValue) -> logValue;
    for (MaskedTable table : LONGER) {
      assertThat(imbalance(table, wrong(table), uncounted)).isGreaterThan(0.01);
      // It only changes how often each number of revealed positions is visited.
      var walk = new MaskedWalk(table, wrong(table), OptionalDouble.empty(), uncounted);
      assertThat(distance(inTheLimit(walk), table.target())).isLessThan(1e-6);
    }
  }

  @Test
  void completeSequences_inTheLimit_followTheTarget() {
    for (MaskedTable table : TABLES) {
      MaskedValue value = wrong(table);
      assertThat(distance(inTheLimit(MaskedWalk.reversible(table, value)), table.target()))
          .isLessThan(1e-6);
      for (double chi : new double[] {0, 0.5, 1}) {
        assertThat(distance(inTheLimit(MaskedWalk.momentum(table, value, chi)), table.target()))
            .isLessThan(1e-6);
      }
    }
  }

  /** Planted: a step back by the value of where it leads, not of where it begins. */
  @Test
  void completeSequences_backByTheValueOfTheParent_doNot() {
    int caught = 0;
    for (MaskedTable table : TABLES) {
      MaskedValue value = wrong(table);
      BackwardWeight parent =
          (state, position, _) ->
              value.logValue(state.with(position, MaskedSequence.MASK))
                  - Math.log(state.revealed());
      var walk = new MaskedWalk(table, value, OptionalDouble.empty(), parent);
      caught += distance(inTheLimit(walk), table.target()) > 0.01 ? 1 : 0;
    }
    assertThat(caught).isGreaterThan(8);
  }

  /** Stated limit: conditional distributions that belong to no joint distribution. */
  @Test
  void completeSequences_ofAnInconsistentModel_doNot() {
    MaskedTable one = new MaskedTable(3, 2, 1);
    MaskedTable other = new MaskedTable(3, 2, 2);
    var inconsistent =
        new MaskedModel() {
          @Override
          public int length() {
            return 3;
          }

          @Override
          public double[] logProbs(MaskedSequence state, int position) {
            return (state.revealed() == 1 ? other : one).logProbs(state, position);
          }
        };
    var walk = MaskedWalk.reversible(inconsistent, one.exact());
    assertThat(distance(inTheLimit(walk), one.target())).isGreaterThan(0.01);
  }

  @Test
  void weights_withExactValues_areEqualForEveryNumberOfRevealedPositions() {
    for (MaskedTable table : TABLES) {
      double[] flow = new double[table.length()];
      for (MaskedSequence state : table.states()) {
        if (!state.isComplete()) {
          flow[state.revealed()] +=
              level(state)
                  * table.mass(state)
                  * Math.exp(MaskedMoves.at(table, table.exact(), state).logForward());
        }
      }
      for (double at : flow) {
        assertThat(at).isCloseTo(flow[0], within(ROUNDING * 100));
      }
    }
  }

  @Test
  void descent_enumerated_multipliesItsShares() {
    for (MaskedTable table : TABLES) {
      var descent = new MaskedDescent(table, wrong(table));
      Map<MaskedSequence, Double> drawn = new HashMap<>();
      EnumeratingChooser.distribution(descent::draw)
          .forEach((draw, p) -> drawn.merge(draw.sequence().orElseThrow(), p, Double::sum));
      assertThat(distance(drawn, descended(table, wrong(table)))).isLessThan(ROUNDING);
      var plain = new MaskedDescent(table, MaskedValue.ONE);
      Map<MaskedSequence, Double> base = new HashMap<>();
      EnumeratingChooser.distribution(plain::draw)
          .forEach((draw, p) -> base.merge(draw.sequence().orElseThrow(), p, Double::sum));
      base.forEach((state, p) -> assertThat(p).isCloseTo(table.mass(state), within(1e-9)));
    }
  }

  @Test
  void best_ofSeveral_isTheMostRewarded() {
    MaskedTable table = TABLES.getFirst();
    var plain = new MaskedDescent(table, MaskedValue.ONE);
    Map<Boolean, Double> passes = new HashMap<>();
    EnumeratingChooser.distribution(chooser -> plain.best(table.exact(), 2, chooser))
        .forEach((draw, p) ->
            passes.merge(
                table.exact().logValue(draw.sequence().orElseThrow()) > Double.NEGATIVE_INFINITY,
                p,
                Double::sum));
    double one =
        table.states().stream()
            .filter(MaskedSequence::isComplete)
            .filter(state -> table.exact().logValue(state) > Double.NEGATIVE_INFINITY)
            .mapToDouble(table::mass)
            .sum();
    assertThat(passes.get(true)).isCloseTo(1 - (1 - one) * (1 - one), within(ROUNDING));
  }

  @Test
  void draws_afterManySteps_followTheTargetAndCountTheirCost() {
    MaskedTable table = TABLES.get(1);
    for (MaskedWalk walk :
        List.of(
            MaskedWalk.reversible(table, wrong(table)),
            MaskedWalk.momentum(table, wrong(table), 1))) {
      Map<MaskedSequence, Long> counts = new HashMap<>();
      long evaluations = 0;
      for (int i = 0; i < 1500; i++) {
        MaskedDraw draw = walk.draw(60, 100, new RandomChooser(Streams.of(3, i)));
        evaluations += draw.evaluations();
        counts.merge(draw.sequence().orElseThrow(), 1L, Long::sum);
      }
      StatisticalAssertions.at(FALSE_ALARM).counts(table.target(), counts);
      assertThat(evaluations).isBetween(1500L * 15, 1500L * 60 * 4);
    }
  }

  @Test
  void nonsense_isRefused() {
    MaskedTable table = TABLES.getFirst();
    assertThatThrownBy(() -> MaskedWalk.momentum(table, table.exact(), 1.5))
        .hasMessage("chi must lie in [0, 1], got 1.5");
    MaskedWalk dead = MaskedWalk.reversible(table, _ -> Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> dead.step(dead.start(), new RandomChooser(Streams.of(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no move");
    var descent = new MaskedDescent(table, _ -> Double.NEGATIVE_INFINITY);
    assertThat(descent.draw(new RandomChooser(Streams.of(1))).sequence()).isEmpty();
  }

  /** {@code c_k (n-k)}, at complete sequences {@code c_{k-1} k}. */
  private static double level(MaskedSequence state) {
    int n = state.length();
    int k = state.revealed();
    return k == n ? n : (n - k) / choose(n - 1, k);
  }

  private static double choose(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }

  /** The largest difference of flows in both directions, in the distribution of the class text. */
  private static double imbalance(MaskedTable table, MaskedValue value, BackwardWeight back) {
    var walk = new MaskedWalk(table, value, OptionalDouble.empty(), back);
    Map<MaskedSequence, Map<MaskedSequence, Double>> flow = new HashMap<>();
    for (MaskedSequence state : table.states()) {
      MaskedMoves moves = MaskedMoves.at(table, value, state);
      double out = Math.exp(moves.logForward()) + Math.exp(moves.logBackward());
      if (out > 0) {
        double mass = level(state) * table.mass(state) * out;
        Map<MaskedSequence, Double> row = new HashMap<>();
        EnumeratingChooser.distribution(c -> walk.step(new Position(state, false), c).state())
            .forEach((to, p) -> row.put(to, mass * p));
        flow.put(state, row);
      }
    }
    double worst = 0;
    for (var row : flow.entrySet()) {
      for (var entry : row.getValue().entrySet()) {
        double other = flow.getOrDefault(entry.getKey(), Map.of()).getOrDefault(row.getKey(), 0.0);
        worst = Math.max(worst, Math.abs(entry.getValue() - other));
      }
    }
    return worst;
  }

  /** The distribution over complete sequences after many lazy steps, by exact transitions. */
  private static Map<MaskedSequence, Double> inTheLimit(MaskedWalk walk) {
    Map<Position, Map<Position, Double>> rows = new HashMap<>();
    Map<Position, Double> at = Map.of(walk.start(), 1.0);
    for (int step = 0; step < LONG; step++) {
      Map<Position, Double> next = new HashMap<>();
      for (var entry : at.entrySet()) {
        next.merge(entry.getKey(), entry.getValue() / 2, Double::sum);
        rows.computeIfAbsent(
                entry.getKey(),
                position -> EnumeratingChooser.distribution(c -> walk.step(position, c)))
            .forEach((to, p) -> next.merge(to, p * entry.getValue() / 2, Double::sum));
      }
      at = next;
    }
    Map<MaskedSequence, Double> complete = new HashMap<>();
    at.forEach((position, p) -> {
      if (position.state().isComplete()) {
        complete.merge(position.state(), p, Double::sum);
      }
    });
    double all = complete.values().stream().mapToDouble(p -> p).sum();
    complete.replaceAll((_, p) -> p / all);
    return complete;
  }

  /** The distribution of a descent, by the recursion over its moves. */
  private static Map<MaskedSequence, Double> descended(MaskedTable table, MaskedValue value) {
    Map<MaskedSequence, Double> at = Map.of(MaskedSequence.masked(table.length()), 1.0);
    for (int k = 0; k < table.length(); k++) {
      Map<MaskedSequence, Double> next = new HashMap<>();
      at.forEach((state, p) -> {
        double sum = 0;
        Map<MaskedSequence, Double> weights = new HashMap<>();
        for (int i = 0; i < table.length(); i++) {
          for (int token = 0;
              state.isMasked(i) && token < table.logProbs(state, i).length;
              token++) {
            MaskedSequence child = state.with(i, token);
            double weight = table.mass(child) * Math.exp(value.logValue(child));
            weights.put(child, weight);
            sum += weight;
          }
        }
        double all = sum;
        weights.values().removeIf(weight -> weight == 0);
        weights.forEach((child, weight) -> next.merge(child, p * weight / all, Double::sum));
      });
      at = next;
    }
    return at;
  }

  private static double distance(Map<MaskedSequence, Double> a, Map<MaskedSequence, Double> b) {
    Map<MaskedSequence, Double> differences = new HashMap<>(a);
    b.forEach((state, p) -> differences.merge(state, -p, Double::sum));
    return differences.values().stream().mapToDouble(Math::abs).sum() / 2;
  }
}
