package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.SamplerTask;
import io.tailwalk.testkit.TokenSequence;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The testkit's contract on samplers of this module. Beam search has an end of its own and block
 * samplers a distribution without a closed form; {@link SamplersTest} has what they must do.
 */
class SamplerContractsTest {

  /** A sampler by its name, with its default parameters. */
  abstract static class Named extends ContractOfSampler {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    protected Sampler sampler() {
      return Samplers.create(name, Map.of());
    }
  }

  @Nested
  class Default extends Named {
    Default() {
      super(Samplers.DEFAULT);
    }
  }

  @Nested
  class Vgb extends Named {
    Vgb() {
      super("vgb");
    }
  }

  @Nested
  class VgbMomentum extends Named {
    VgbMomentum() {
      super("vgb-momentum");
    }
  }

  @Nested
  class Smc extends Named {
    Smc() {
      super("smc");
    }
  }

  /** Few particles: a system with the default number costs more than the contract's budgets. */
  @Nested
  class SmcLookahead extends ContractOfSampler {
    @Override
    protected Sampler sampler() {
      return Samplers.create(
          "smc-lookahead", Map.of("particles", "4", "rollouts", "1", "moves", "1"));
    }
  }

  @Nested
  class ParticleGibbs extends Named {
    ParticleGibbs() {
      super("particle-gibbs");
    }
  }

  @Nested
  class QAlign extends Named {
    QAlign() {
      super("qalign");
    }
  }

  @Nested
  class ActionImportance extends Named {
    ActionImportance() {
      super("action-importance");
    }
  }

  @Nested
  class OutcomeRejection extends Named {
    OutcomeRejection() {
      super("outcome-rejection");
    }
  }

  /** Biased as a whole; where the verifier passes or fails, the first that passes is a draw. */
  @Nested
  class BestOfN extends Named {
    BestOfN() {
      super("best-of-n");
    }

    @Override
    protected Optional<Map<TokenSequence, Double>> distribution(
        SamplerTask task, ExactDistribution exact) {
      boolean verdicts =
          exact.leaves().values().stream()
              .allMatch(leaf -> leaf.logTau() == 0 || leaf.logTau() == Double.NEGATIVE_INFINITY);
      return verdicts ? Optional.of(exact.target()) : Optional.empty();
    }
  }

  /** The model itself. */
  @Nested
  class Ancestral extends Named {
    Ancestral() {
      super("ancestral");
    }

    @Override
    protected boolean keepsRejected() {
      return true;
    }

    @Override
    protected Optional<Map<TokenSequence, Double>> distribution(
        SamplerTask task, ExactDistribution exact) {
      return Optional.of(exact.base());
    }

    @Override
    protected Optional<Function<Chooser, TokenSequence>> oneDraw(SamplerTask task) {
      return Optional.of(chooser -> ofTheModel(task, chooser));
    }
  }

  /** The declared approximation: {@code prod u(c)/S(v)} along the path, given no dead end. */
  @Nested
  class ActionRejection extends Named {
    ActionRejection() {
      super("action-rejection");
    }

    @Override
    protected Optional<Map<TokenSequence, Double>> distribution(
        SamplerTask task, ExactDistribution exact) {
      return Optional.of(descents(task, exact));
    }
  }

  /** The contract refuses a biased sampler that calls itself exact. */
  @Test
  void contract_descentsCalledExact_areRefused() {
    var planted =
        new Named("action-rejection") {
          @Override
          protected Optional<Map<TokenSequence, Double>> distribution(
              SamplerTask task, ExactDistribution exact) {
            return Optional.of(exact.target());
          }
        };
    assertThatThrownBy(planted::draws_followTheDeclaredDistribution)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("do not follow");
  }

  private static TokenSequence ofTheModel(SamplerTask task, Chooser chooser) {
    try (ModelContext context = open(task)) {
      int[] tokens = new int[0];
      while (tokens.length < task.maxTokens()) {
        LogProbs next = context.next(new int[][] {tokens})[0];
        double[] sums = new double[next.size()];
        for (int token = 0; token < sums.length; token++) {
          sums[token] = (token == 0 ? 0 : sums[token - 1]) + Math.exp(next.logProb(token));
        }
        int token = chooser.categorical(sums, 0, sums.length);
        tokens =
            Candidate.partial(task.prompt(), task.model().vocabulary(), tokens)
                .extend(token)
                .tokenIds();
        if (task.model().vocabulary().isEnd(token)) {
          break;
        }
      }
      return TokenSequence.of(tokens);
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static ModelContext open(SamplerTask task) {
    return task.model()
        .open(task.model().encode(task.prompt()), new ContextOptions(task.maxTokens(), 1));
  }

  /** Computed from the model's probabilities and the values, without a tree of this project. */
  private static Map<TokenSequence, Double> descents(SamplerTask task, ExactDistribution exact) {
    Map<TokenSequence, Double> pi = new HashMap<>();
    exact
        .leaves()
        .forEach((tokens, leaf) -> {
          for (int length = 0; length <= tokens.tokenIds().size(); length++) {
            pi.merge(prefix(tokens, length), Math.exp(leaf.logPi()), Double::sum);
          }
        });
    Map<TokenSequence, Double> sums = new HashMap<>();
    pi.keySet().stream()
        .filter(node -> !node.tokenIds().isEmpty())
        .forEach(node ->
            sums.merge(
                prefix(node, node.tokenIds().size() - 1),
                share(task, exact, pi, node),
                Double::sum));
    Map<TokenSequence, Double> reached = new LinkedHashMap<>();
    exact
        .leaves()
        .keySet()
        .forEach(leaf -> {
          double probability = 1;
          for (int length = 1; length <= leaf.tokenIds().size() && probability > 0; length++) {
            double sum = sums.getOrDefault(prefix(leaf, length - 1), Double.NaN);
            double share = share(task, exact, pi, prefix(leaf, length));
            probability = share == 0 ? 0 : probability * share / sum;
          }
          reached.put(leaf, probability);
        });
    double alive = reached.values().stream().mapToDouble(p -> p).sum();
    reached.replaceAll((_, p) -> p / alive);
    return reached;
  }

  /** {@code u = pi(c|v) V(c)}, with the reward as the value of a leaf. */
  private static double share(
      SamplerTask task,
      ExactDistribution exact,
      Map<TokenSequence, Double> pi,
      TokenSequence node) {
    double conditional =
        pi.getOrDefault(node, Double.NaN)
            / pi.getOrDefault(prefix(node, node.tokenIds().size() - 1), Double.NaN);
    ExactDistribution.Leaf leaf = exact.leaves().get(node);
    var here = Candidate.partial(task.prompt(), task.model().vocabulary(), node.toArray());
    return conditional * Math.exp(leaf == null ? task.value().logValue(here) : leaf.logTau());
  }

  private static TokenSequence prefix(TokenSequence tokens, int length) {
    return new TokenSequence(tokens.tokenIds().subList(0, length));
  }
}
