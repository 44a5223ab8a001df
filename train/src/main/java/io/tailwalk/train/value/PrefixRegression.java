package io.tailwalk.train.value;

import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LabelledPrefix;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.Mlp;
import io.tailwalk.values.Rows;
import io.tailwalk.values.TokenFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Learns a value from prefixes with labels of their own, by cross-entropy against {@code label /
 * scale}. Its minimiser is the mean label of equal prefixes over the scale, whatever the
 * distribution of the prefixes; with unbiased labels that is {@code V*} over the scale.
 *
 * @param features inputs of the perceptron
 * @param scale largest label, above 0
 * @param fit settings of the fit
 */
public record PrefixRegression(TokenFeatures features, double scale, FitSettings fit) {

  /**
   * Result of learning.
   *
   * @param values the value after each epoch
   * @param heldOutLoss mean cross-entropy on held-out prefixes after each epoch (nats)
   * @param bestEpoch epoch with the least held-out loss, from 0
   */
  public record Result(List<LearnedValue> values, List<Double> heldOutLoss, int bestEpoch) {
    /** Keeps copies. */
    public Result {
      values = List.copyOf(values);
      heldOutLoss = List.copyOf(heldOutLoss);
    }
  }

  /**
   * Learns.
   *
   * @param train at least one prefix, with labels up to the scale
   * @param heldOut prefixes that measure the loss, at least one
   * @param goOn called before each epoch, counted from 0; false ends the fit
   */
  public Result run(List<LabelledPrefix> train, List<LabelledPrefix> heldOut, IntPredicate goOn) {
    List<LearnedValue> values = new ArrayList<>();
    var watch =
        new Fit.EpochWatch() {
          @Override
          public boolean goOn(int epoch) {
            return goOn.test(epoch);
          }

          @Override
          public void ended(Mlp mlp) {
            values.add(new LearnedValue(features, mlp, Math.log(scale), LearnedValue.LOG_FLOOR));
          }
        };
    Fit.Result result = Fit.run(features.width(), rows(train), rows(heldOut), fit, false, watch);
    return new Result(values, result.heldOutLoss(), result.bestEpoch());
  }

  private Rows rows(List<LabelledPrefix> prefixes) {
    return new Rows() {
      @Override
      public int count() {
        return prefixes.size();
      }

      @Override
      public void fill(int row, float[] into, int offset) {
        features.fill(prefixes.get(row).prefix(), into, offset);
      }

      @Override
      public float label(int row) {
        return (float) Math.min(1, prefixes.get(row).value() / scale);
      }
    };
  }
}
