package io.tailwalk.tables.scores;

/** One held-out response under all models. Valid only inside the visit: the arrays are reused. */
public final class ScoreRow {
  /** The length of a response whose number of tokens the table does not tell. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final double[] logProbs;
  private final long[] tokens;
  private long promptKey;
  private long exampleKey;
  private double reference;

  ScoreRow(int models) {
    this.logProbs = new double[models];
    this.tokens = new long[models];
  }

  void start(long prompt, long example, double referenceLogProb) {
    this.promptKey = prompt;
    this.exampleKey = example;
    this.reference = referenceLogProb;
  }

  void put(int model, double logProb, long length) {
    logProbs[model] = logProb;
    tokens[model] = length;
  }

  /** Hash of the prompt's name. */
  public long promptKey() {
    return promptKey;
  }

  /** Hash of the example's name. */
  public long exampleKey() {
    return exampleKey;
  }

  /** Log-probability under the reference, nats; NaN if the table has none. */
  public double reference() {
    return reference;
  }

  /** Log-probability under each model, nats, at most 0; {@code -inf} is probability zero. */
  public double[] logProbs() {
    return logProbs;
  }

  /** Response length under each model, tokens; {@link #UNKNOWN} if the table does not tell. */
  public long[] tokens() {
    return tokens;
  }
}
