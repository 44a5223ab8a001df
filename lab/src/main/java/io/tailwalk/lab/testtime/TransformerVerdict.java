package io.tailwalk.lab.testtime;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;
import java.util.Comparator;
import java.util.List;

/** Whether updates at test time improve a transformer's coverage and KL. */
final class TransformerVerdict {
  /** Largest ratio of Cov_N with updates to the least without, at any rate of the grid. */
  static final double LARGEST_SHARE = 0.5;

  private TransformerVerdict() {}

  /** The course at the rate of the least regret, which is known from training alone. */
  static Course chosen(List<Course> courses) {
    return courses.stream().min(Comparator.comparingDouble(Course::regret)).orElseThrow();
  }

  /** The verdict; updates at the chosen rate against the best figures without at any rate. */
  static Verdict of(List<Course> courses) {
    Course chosen = chosen(courses);
    double coverage = courses.stream().mapToDouble(c -> c.without().coverage()).min().orElseThrow();
    double kl = courses.stream().mapToDouble(c -> c.without().kl()).min().orElseThrow();
    return new Conditions()
        .require(
            coverage > 0 && chosen.with().coverage() <= LARGEST_SHARE * coverage,
            "at the rate %s of the least regret, Cov_%.0f with updates at test time is %.4f; the"
                + " best without at any rate is %.4f (required: at most half, of more than 0)",
            chosen.rate(),
            Course.LEVEL,
            chosen.with().coverage(),
            coverage)
        .require(
            chosen.with().kl() < kl,
            "KL with updates is %.3f nats; the best without at any rate is %.3f (required: below)",
            chosen.with().kl(),
            kl)
        .failuresFirst();
  }
}
