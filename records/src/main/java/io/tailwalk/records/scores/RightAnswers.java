package io.tailwalk.records.scores;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which answers of a task are right if only the number of correct samples is known: all samples
 * with equal answers are right or wrong together.
 */
final class RightAnswers {
  private static final int MOST_ANSWERS = 16;

  private RightAnswers() {}

  /**
   * The right answers.
   *
   * @param correct number of correct samples
   * @param target the answer of the task, which decides if several sets of answers are possible
   * @return empty if it cannot be known
   */
  static Optional<Set<String>> of(List<String> answers, int correct, String target) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    answers.forEach(answer -> counts.merge(answer, 1, Integer::sum));
    if (correct == 0) {
      return Optional.of(Set.of());
    }
    if (correct == answers.size()) {
      return Optional.of(Set.copyOf(counts.keySet()));
    }
    if (counts.getOrDefault(target, 0) == correct) {
      return Optional.of(Set.of(target));
    }
    if (counts.size() > MOST_ANSWERS) {
      return Optional.empty();
    }
    return onlySubset(List.copyOf(counts.entrySet()), correct);
  }

  private static Optional<Set<String>> onlySubset(
      List<Map.Entry<String, Integer>> counts, int correct) {
    List<Set<String>> found = new ArrayList<>();
    for (int subset = 1; subset < 1 << counts.size(); subset++) {
      int sum = 0;
      List<String> chosen = new ArrayList<>();
      for (int i = 0; i < counts.size(); i++) {
        if ((subset >> i & 1) == 1) {
          sum += counts.get(i).getValue();
          chosen.add(counts.get(i).getKey());
        }
      }
      if (sum == correct) {
        found.add(Set.copyOf(chosen));
        if (found.size() > 1) {
          return Optional.empty();
        }
      }
    }
    return found.stream().findFirst();
  }
}
