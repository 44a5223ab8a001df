package io.tailwalk.train.linear;

import io.tailwalk.core.random.Chooser;

/**
 * The distribution of responses decoded with test-time training (arXiv 2510.15020, Equations 22 and
 * 23): each token is drawn from the current parameters, which then take one step that raises the
 * likelihood of the token just drawn; after the response they are restored. A given response is
 * scored by the same recursion, so this is an ordinary distribution. Immutable.
 */
public final class TestTimeDistribution implements SequenceDistribution {
  private final TokenUpdates updates;
  private final double[] theta;

  /**
   * From trained parameters.
   *
   * @param updates the recursion, with the step size of training
   * @param theta parameters at the start of every response
   */
  public TestTimeDistribution(TokenUpdates updates, double[] theta) {
    if (theta.length != updates.features().dimension()) {
      throw new IllegalArgumentException(
          "theta has "
              + theta.length
              + " coordinates, the features have "
              + updates.features().dimension());
    }
    this.updates = updates;
    this.theta = theta.clone();
  }

  @Override
  public double[] next(int prompt, int[] response, int h) {
    double[] current = theta.clone();
    updates.follow(current, prompt, response, h);
    return updates.features().cell(prompt, response, h).logProbs(current);
  }

  @Override
  public double logProb(int prompt, int[] response) {
    return updates.follow(theta.clone(), prompt, response, response.length);
  }

  /** Decodes one response. */
  public int[] draw(int prompt, Chooser chooser) {
    double[] current = theta.clone();
    int[] response = new int[updates.features().length(prompt)];
    for (int h = 0; h < response.length; h++) {
      Cell cell = updates.features().cell(prompt, response, h);
      double[] logProbs = cell.logProbs(current);
      double[] sums = new double[logProbs.length];
      for (int token = 0; token < sums.length; token++) {
        sums[token] = Math.exp(logProbs[token]) + (token == 0 ? 0 : sums[token - 1]);
      }
      response[h] = chooser.categorical(sums, 0, sums.length);
      updates.update(current, cell, logProbs, response[h]);
    }
    return response;
  }
}
