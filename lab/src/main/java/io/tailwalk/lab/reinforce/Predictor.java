package io.tailwalk.lab.reinforce;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is known of a checkpoint before reinforcement learning.
 *
 * @param name name in tables
 * @param json name in JSON
 * @param onData whether it is measured on prompts of the fine-tuning data; otherwise on held-out
 *     prompts of the rare rule
 * @param isLoss whether smaller values predict more success
 * @param ofLogProb its value for a prompt whose right path has a log-probability (nats); the
 *     predictor is the mean over prompts
 */
record Predictor(
    String name, String json, boolean onData, boolean isLoss, ToDoubleFunction<Double> ofLogProb) {

  /** Coverage at the plan's level, on the task. */
  static Predictor coverage(RlPlan plan) {
    double threshold = Math.log(plan.level());
    return new Predictor(
        "Cov_" + whole(plan.level()),
        "coverage",
        false,
        true,
        logProb -> -logProb >= threshold ? 1 : 0);
  }

  /** Pass@N of the draws that are spent, on the task. */
  static Predictor pass(RlPlan plan) {
    int draws = plan.draws();
    return new Predictor(
        "pass@" + draws,
        "pass",
        false,
        false,
        logProb -> -Math.expm1(draws * Math.log1p(-Math.exp(logProb))));
  }

  /** Cross-entropy of the fine-tuning data. */
  static Predictor crossEntropy() {
    return new Predictor("cross-entropy", "cross_entropy", true, true, logProb -> -logProb);
  }

  /** Those outside the verdict. */
  static List<Predictor> others(RlPlan plan) {
    double threshold = Math.log(plan.level());
    return List.of(
        new Predictor("pass@1 before", "pass_at_1", false, false, Math::exp),
        new Predictor(
            "cross-entropy of the rare rule",
            "cross_entropy_of_task",
            false,
            true,
            logProb -> -logProb),
        new Predictor(
            "Cov_" + whole(plan.level()) + " of the data",
            "coverage_of_data",
            true,
            true,
            logProb -> -logProb >= threshold ? 1 : 0));
  }

  private static String whole(double level) {
    return level == Math.rint(level) ? Long.toString((long) level) : Double.toString(level);
  }

  /** The value of each of a checkpoint's prompts. */
  double[] values(Reinforced checkpoint) {
    return (onData ? checkpoint.data() : checkpoint.task())
        .stream().mapToDouble(ofLogProb).toArray();
  }
}
