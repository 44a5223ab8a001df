package io.tailwalk.values;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.ValueFunction;
import java.util.List;

/**
 * A value from a perceptron: {@code V = scale * max(sigmoid(output + prior), floor)}. Never zero: a
 * regression cannot exclude success, and a wrong zero would lose probability permanently.
 *
 * @param features inputs of the perceptron
 * @param mlp the perceptron
 * @param logScale log of the largest tilt that a value represents (nats)
 * @param logFloor log of the smallest value divided by the scale (nats), below 0
 * @param prior prior by the number of tokens
 */
public record LearnedValue(
    PrefixFeatures features, Mlp mlp, double logScale, double logFloor, DepthPrior prior)
    implements ValueFunction {

  /** The default floor: a millionth of the scale. */
  public static final double LOG_FLOOR = Math.log(1e-6);

  /** Without a prior. */
  public LearnedValue(PrefixFeatures features, Mlp mlp, double logScale, double logFloor) {
    this(features, mlp, logScale, logFloor, DepthPrior.NONE);
  }

  /** Refuses parts that do not fit together. */
  public LearnedValue {
    if (features.width() != mlp.inputs()) {
      throw new IllegalArgumentException(
          features.width() + " features for " + mlp.inputs() + " inputs");
    }
    if (!(logFloor < 0) || !Double.isFinite(logScale)) {
      throw new IllegalArgumentException("scale " + logScale + ", floor " + logFloor);
    }
  }

  @Override
  public double logValue(Candidate prefix) {
    int length = prefix.tokenIds().length;
    if (features instanceof TokenFeatures tokens) {
      return logValue(mlp.finish(sums(tokens, prefix.tokenIds())), length);
    }
    return logValue(mlp.output(features.of(List.of(prefix)).getFirst()), length);
  }

  @Override
  public void logValues(List<Candidate> prefixes, double[] out) {
    if (features instanceof TokenFeatures) {
      ValueFunction.super.logValues(prefixes, out);
      return;
    }
    List<float[]> rows = features.of(prefixes);
    for (int i = 0; i < rows.size(); i++) {
      out[i] = logValue(mlp.output(rows.get(i)), prefixes.get(i).tokenIds().length);
    }
  }

  @Override
  public ChildScores childLogValues(Candidate prefix) {
    int position = prefix.tokenIds().length;
    if (features instanceof StateFeatures states) {
      double[] sums = states.childSums(prefix, mlp);
      return token -> {
        double[] child = sums.clone();
        states.addToken(child, token, mlp);
        return logValue(mlp.finish(child), position + 1);
      };
    }
    if (!(features instanceof TokenFeatures tokens) || !tokens.reads(position)) {
      return ValueFunction.super.childLogValues(prefix);
    }
    double[] sums = sums(tokens, prefix.tokenIds());
    return token -> {
      double[] child = sums.clone();
      mlp.add(child, tokens.input(position, token), 1);
      return logValue(mlp.finish(child), position + 1);
    };
  }

  private double[] sums(TokenFeatures inputs, int[] tokens) {
    double[] sums = mlp.start();
    for (int i = 0; i < tokens.length && inputs.reads(i); i++) {
      mlp.add(sums, inputs.input(i, tokens[i]), 1);
    }
    return sums;
  }

  private double logValue(double output, int length) {
    return logScale + Math.max(logFloor, logSigmoid(output + prior.logit(length)));
  }

  private static double logSigmoid(double z) {
    return z >= 0 ? -Math.log1p(Math.exp(-z)) : z - Math.log1p(Math.exp(z));
  }
}
