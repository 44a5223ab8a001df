package io.tailwalk.sampling.adaptive;

/**
 * A twist linear in a constant, the relative depth, {@code log V} and indicators of frequent last
 * tokens.
 *
 * @param places of the frequent tokens among the indicators
 * @param horizon H
 * @param weights one per feature
 */
@SuppressWarnings("ArrayRecordComponent") // private to this package and never changed
record LinearTwist(TokenPlaces places, int horizon, double[] weights) implements PlacedTwist {
  private static final int COMMON = 3;

  static LinearTwist zero(TokenPlaces places, int horizon) {
    return new LinearTwist(places, horizon, new double[COMMON + places.count()]);
  }

  LinearTwist withWeights(double[] other) {
    return new LinearTwist(places, horizon, other);
  }

  int size() {
    return weights.length;
  }

  double[] features(int lastToken, int depth, double logValue) {
    double[] features = new double[weights.length];
    features[0] = 1;
    features[1] = (double) depth / horizon;
    features[2] = logValue;
    int place = places.of(lastToken);
    if (place >= 0) {
      features[COMMON + place] = 1;
    }
    return features;
  }

  @Override
  public double logFactorAt(int parent, int place, int depth, double logValue) {
    if (logValue == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    return weights[0]
        + weights[1] * depth / horizon
        + weights[2] * logValue
        + (place < 0 ? 0 : weights[COMMON + place]);
  }
}
