package io.tailwalk.lab.letter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * All pairs, and the figures computed from them. Pairs are independent, and intervals are
 * Student's.
 *
 * @param duels all pairs
 * @param controls whether the judge can judge
 */
record DuelResults(List<Duel> duels, Controls controls) {
  /** Keeps a copy. */
  DuelResults {
    duels = List.copyOf(duels);
  }

  /** The mean of a figure of some pairs; NaN marks a pair without it. */
  Paired mean(Predicate<Duel> which, ToDoubleFunction<Duel> figure) {
    return Paired.of(duels.stream().filter(which).mapToDouble(figure).toArray());
  }

  /** Win rate of the entrant; a missing completion loses. */
  Paired winRate(Predicate<Duel> which) {
    return mean(which, Duel::win);
  }

  /** How much less of the pair the entrant's text repeats itself: distinct-2, its difference. */
  Paired distinctGain() {
    return mean(
        DuelResults::complete,
        d -> Repetition.distinct(d.entrant(), 2) - Repetition.distinct(d.action(), 2));
  }

  /** Difference of the compressed shares; below 0 if the entrant's texts are more repetitive. */
  Paired compressionGain() {
    return mean(
        DuelResults::complete,
        d -> Repetition.compressedShare(d.entrant()) - Repetition.compressedShare(d.action()));
  }

  /**
   * Self-BLEU of action-level sampling minus that of the entrant, each among the same number of
   * texts of one constraint and alpha; below 0 if the entrant's texts are more alike.
   */
  Paired diversityGain() {
    Map<Duel, Double> gains = new LinkedHashMap<>();
    for (List<Duel> group : groups()) {
      List<String> own = group.stream().map(Duel::entrant).toList();
      List<String> other = group.stream().map(Duel::action).toList();
      IntStream.range(0, group.size())
          .filter(_ -> group.size() > 1)
          .forEach(i ->
              gains.put(group.get(i), Repetition.selfBleu(other, i) - Repetition.selfBleu(own, i)));
    }
    return mean(gains::containsKey, d -> gains.getOrDefault(d, Double.NaN));
  }

  private List<List<Duel>> groups() {
    Map<List<Object>, List<Duel>> groups = new LinkedHashMap<>();
    duels.stream()
        .filter(DuelResults::complete)
        .forEach(d ->
            groups
                .computeIfAbsent(List.of(d.constraint(), d.alpha()), _ -> new ArrayList<>())
                .add(d));
    return List.copyOf(groups.values());
  }

  static boolean complete(Duel duel) {
    return !duel.entrant().isEmpty() && !duel.action().isEmpty();
  }
}
