package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.LetterModel;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.core.verify.Verifiers;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StateChainTest {
  private static final LetterModel LETTERS = new LetterModel("letters", "ab,", 0.5, 0.3, 0.2);

  /** Letters do not depend on each other, so the chain is exact, whatever was expanded. */
  @Test
  void learn_independentLetters_isTheExactProbability() {
    int length = 7;
    Explorer explorer = explored(LETTERS, Commas.atLeast(3), length);
    StateChain chain = learned(explorer);
    GenerationTree tree = explorer.tree();
    double mean = Commas.probability(3, length);
    int checked = 0;
    for (int node = 0; node < tree.size(); node++) {
      if (tree.isRoot(node) || tree.isLeaf(node)) {
        continue;
      }
      long commas = Arrays.stream(tree.tokenIds(node)).filter(token -> token == 2).count();
      double expected =
          Commas.probability((int) Math.max(0, 3 - commas), length - tree.depth(node));
      double factor = chain.logFactor(tree.parent(node), tree.token(node), tree.depth(node), 0);
      assertThat(Math.exp(factor)).isCloseTo(0.9 * expected + 0.1 * mean, within(1e-9));
      assertThat(chain.logFactor(tree.parent(node), tree.token(node), tree.depth(node), -1))
          .isCloseTo(factor + 1, within(1e-9));
      checked++;
    }
    assertThat(checked).isGreaterThan(50);
    assertThat(chain.logFactor(0, 0, 1, Double.NEGATIVE_INFINITY)).isZero();
  }

  /** A text whose every beginning is a state of its own cannot be looked ahead of. */
  @Test
  void learn_tooManyStates_isGivenUp() {
    Explorer explorer = explored(LETTERS, new AutomatonVerifier("all differ", new AllDiffer()), 14);
    StateChainLearner learner = StateChainLearner.of(explorer, true).orElseThrow();
    assertThat(learner.learn(expanded(explorer), List.of(), _ -> null, 0)).isNull();
    assertThat(new TwistLearner(explorer).learn().twist()).isNotInstanceOf(StateChain.class);
  }

  private record AllDiffer() implements ByteAutomaton {
    @Override
    public int start() {
      return 1;
    }

    @Override
    public int step(int state, byte next) {
      return 3 * state + next % 3;
    }

    @Override
    public boolean accepts(int state) {
      return state % 2 == 0;
    }
  }

  /** Nobody writes what the look-ahead tries, so a refusal there must not end the run. */
  @Test
  void learn_automatonThatRefusesAText_isGivenUp() {
    Explorer explorer = explored(LETTERS, Commas.atLeast(1), 6);
    var states = new TextStates(explorer, List.of(new Refusing()));
    assertThat(states.next(states.start(), 2)).isNotNegative();
    assertThat(states.hasLost()).isFalse();
    assertThat(states.next(states.start(), 1)).isEqualTo(TextStates.LOST);
    assertThat(states.next(TextStates.LOST, 0)).isEqualTo(TextStates.LOST);
    assertThat(states.accepts(TextStates.LOST)).isFalse();
    assertThat(states.hasLost()).isTrue();
  }

  private record Refusing() implements ByteAutomaton {
    @Override
    public int start() {
      return 0;
    }

    @Override
    public int step(int state, byte next) {
      if (next == 'b') {
        throw new VerifierException("too many states");
      }
      return 0;
    }

    @Override
    public boolean accepts(int state) {
      return true;
    }
  }

  @Test
  void of_verifierThatDependsOnMore_isEmpty() {
    Verifier own = new Named();
    assertThat(StateChainLearner.of(explored(LETTERS, own, 4), true)).isEmpty();
    Verifier both = Verifiers.allOf(List.of(Commas.atLeast(1), own));
    assertThat(StateChainLearner.of(explored(LETTERS, both, 4), true)).isEmpty();
    Verifier automata = Verifiers.allOf(List.of(Commas.atLeast(1), Verifiers.avoid("b")));
    assertThat(StateChainLearner.of(explored(LETTERS, automata, 4), true)).isPresent();
    assertThat(StateChainLearner.of(explored(LETTERS, automata, 4), false)).isEmpty();
  }

  private static final class Named implements Verifier {
    @Override
    public String name() {
      return "any";
    }

    @Override
    public double logReward(Candidate complete) {
      return 0;
    }
  }

  /**
   * A token that no node ended with is not believed to be a dead end: here the text ends after a
   * comma, and no comma has been expanded.
   */
  @Test
  void logFactor_unknownToken_isNotBelowAnUnchangedState() {
    Explorer explorer = explored(LETTERS, Commas.atLeast(2), 6);
    var places = new TokenPlaces(List.of(0, 1, 2));
    var rows = new TokenRows(places, 3);
    double[] shares = {0.5, 0.3, 0.2};
    rows.add(0, shares, 0);
    rows.add(1, new double[] {0.9, 0.1, 0}, 0);
    var states = new TextStates(explorer, List.of(new LastComma()));
    var chain = new StateChain(states, 6, rows.smoothed(), new OtherTokens(new int[0]));
    assertThat(chain.logFactor(0, 2, 3, 0))
        .isGreaterThanOrEqualTo(Math.min(chain.logFactor(0, 0, 3, 0), chain.logFactor(0, 1, 3, 0)));
    assertThat(rows.smoothed().isKnown(2)).isFalse();
    assertThat(rows.smoothed().isKnown(0)).isTrue();
  }

  /** Nothing may follow a comma, and a text ends with one. */
  private record LastComma() implements ByteAutomaton {
    @Override
    public int start() {
      return 0;
    }

    @Override
    public int step(int state, byte next) {
      return state == 1 ? DEAD : next == ',' ? 1 : 0;
    }

    @Override
    public boolean accepts(int state) {
      return state == 1;
    }
  }

  private static StateChain learned(Explorer explorer) {
    StateChainLearner learner = StateChainLearner.of(explorer, true).orElseThrow();
    return Objects.requireNonNull(learner.learn(expanded(explorer), List.of(), _ -> null, 0));
  }

  private static List<Integer> expanded(Explorer explorer) {
    return ExploredTrees.expanded(explorer);
  }

  private static Explorer explored(LanguageModel model, Verifier verifier, int length) {
    return ExploredTrees.explored(model, Prompt.text(""), verifier, length, 20);
  }
}
