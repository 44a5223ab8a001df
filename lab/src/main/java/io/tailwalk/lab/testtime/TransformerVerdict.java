package io.tailwalk.lab.testtime;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Whether the average over the iterates of token steps is better with updates at test time than
 * without, at the same rate.
 */
final class TransformerVerdict {
  private TransformerVerdict() {}

  /** The verdict: KL at every rate, coverage in the mean over the rates. */
  static Verdict of(List<Course> courses) {
    var conditions = new Conditions();
    for (Course course : courses) {
      conditions.require(
          course.with().kl() < course.without().kl(),
          "rate %s: KL of the average iterate is %.3f nats with updates at test time, %.3f without"
              + " (required: below)",
          course.rate(),
          course.with().kl(),
          course.without().kl());
    }
    double with = mean(courses, Course::with);
    double without = mean(courses, Course::without);
    return conditions
        .require(
            with < without,
            "Cov_%.0f of the average iterate, mean over the rates, is %.4f with updates at test"
                + " time, %.4f without (required: below)",
            Course.LEVEL,
            with,
            without)
        .found(
            "not in the verdict: without updates at the best of the rates, KL is %.3f nats and"
                + " Cov_%.0f %.4f; with updates at the rate of the least regret, %s, they are %.3f"
                + " and %.4f",
            least(courses, course -> course.without().kl()),
            Course.LEVEL,
            least(courses, course -> course.without().coverage()),
            chosen(courses).rate(),
            chosen(courses).with().kl(),
            chosen(courses).with().coverage())
        .failuresFirst();
  }

  /** The course at the rate of the least regret, which is known from training alone. */
  private static Course chosen(List<Course> courses) {
    return courses.stream().min(Comparator.comparingDouble(Course::regret)).orElseThrow();
  }

  private static double mean(List<Course> courses, Function<Course, Score> score) {
    return courses.stream()
        .mapToDouble(course -> score.apply(course).coverage())
        .average()
        .orElseThrow();
  }

  private static double least(List<Course> courses, ToDoubleFunction<Course> figure) {
    return courses.stream().mapToDouble(figure).min().orElseThrow();
  }
}
