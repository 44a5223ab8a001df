package io.tailwalk.builtin.dyck;

import io.tailwalk.builtin.problem.LetterModel;
import io.tailwalk.builtin.problem.PerturbedValue;
import io.tailwalk.builtin.problem.PrefixError;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.util.Arrays;

/** Independent brackets that must be balanced: the tree of the efficiency experiments. */
public final class DyckProblems {
  private DyckProblems() {}

  /** Uniform brackets with exact values. */
  public static Problem exact(DyckLanguage language) {
    return exact(language, 0.25, 0.25, 0.25, 0.25);
  }

  /**
   * Brackets of given probabilities with exact values.
   *
   * @param probabilities of {@link DyckLanguage#ALPHABET}; above 0, they sum to 1
   */
  public static Problem exact(DyckLanguage language, double... probabilities) {
    var model = new LetterModel("builtin:dyck", DyckLanguage.ALPHABET, probabilities);
    if (Arrays.stream(probabilities).anyMatch(p -> p == 0)) {
      throw new IllegalArgumentException("every bracket needs a probability above 0");
    }
    double[] logProbs = Arrays.stream(probabilities).map(Math::log).toArray();
    return new Problem(
        "dyck H=" + language.length(),
        model,
        Prompt.text(""),
        new DyckValue(language, logProbs),
        new Balanced(language),
        language.length());
  }

  /** A problem with independent log-normal errors of the given level on its values. */
  public static Problem withIidError(Problem exact, double level, long seed) {
    return perturbed(exact, " iid error " + level, PrefixError.iid(level, seed));
  }

  /**
   * A problem with systematic errors: values are too large by {@code exp(level)} after an opening
   * bracket and too small by the same factor after a closing one. Sampling without backtracking
   * drifts with every step.
   */
  public static Problem withSystematicError(Problem exact, double level) {
    return perturbed(
        exact,
        " systematic error " + level,
        (tokens, length) -> {
          if (length == 0) {
            return 0;
          }
          return DyckLanguage.opens(tokens[length - 1]) ? level : -level;
        });
  }

  private static Problem perturbed(Problem exact, String suffix, PrefixError error) {
    return exact.withValue(
        exact.name() + suffix, new PerturbedValue(exact.value(), error, exact.maxTokens()));
  }

  private record Balanced(DyckLanguage language) implements Verifier {
    @Override
    public String name() {
      return "balanced";
    }

    @Override
    public double logReward(Candidate complete) {
      return language.contains(complete.tokenIds()) ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double logRewardBound() {
      return 0;
    }

    @Override
    public boolean passesOrFails() {
      return true;
    }

    @Override
    public ValueFunction prefixValue() {
      return new CanBalance(language);
    }
  }

  /** 1 if a balanced string begins with the prefix, 0 otherwise. */
  private record CanBalance(DyckLanguage language) implements ValueFunction {
    @Override
    public double logValue(Candidate prefix) {
      int[] tokens = prefix.tokenIds();
      return language.stackAfter(tokens, tokens.length) == null ? Double.NEGATIVE_INFINITY : 0;
    }

    @Override
    public ValueFunction proof() {
      return this;
    }
  }
}
