package io.tailwalk.tables.scores;

import io.tailwalk.core.Plural;
import io.tailwalk.records.scores.Accuracy;
import io.tailwalk.records.scores.HarnessRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Accuracies of models on documents with choices, and where a file's own differ. */
final class Accuracies {
  private static final class Mean {
    private double sum;
    private long count;
    private boolean whole = true;

    void add(OptionalDouble value) {
      if (value.isPresent()) {
        sum += value.getAsDouble();
        count++;
      } else {
        whole = false;
      }
    }

    OptionalDouble value() {
      return whole && count > 0 ? OptionalDouble.of(sum / count) : OptionalDouble.empty();
    }
  }

  private record Means(Mean plain, Mean norm) {}

  private record Difference(String place, long count) {}

  private final Map<String, Means> models = new LinkedHashMap<>();
  private final Map<String, Difference> differences = new LinkedHashMap<>();

  void add(String model, HarnessRow sample, boolean unknown) {
    if (sample.rolling()) {
      return;
    }
    Means means = models.computeIfAbsent(model, _ -> new Means(new Mean(), new Mean()));
    OptionalDouble plain = unknown ? OptionalDouble.empty() : sample.accuracy();
    OptionalDouble norm = unknown ? OptionalDouble.empty() : sample.accuracyNorm();
    means.plain().add(plain);
    means.norm().add(norm);
    compare(sample, "acc", plain);
    compare(sample, "acc_norm", norm);
  }

  private void compare(HarnessRow sample, String metric, OptionalDouble ours) {
    OptionalDouble own = sample.recorded(metric);
    if (own.isPresent() && ours.isPresent() && own.getAsDouble() != ours.getAsDouble()) {
      differences.merge(
          "%s: its own \"%s\"".formatted(sample.row().file(), metric),
          new Difference("row " + sample.row().number(), 1),
          (a, b) -> new Difference(a.place(), a.count() + b.count()));
    }
  }

  Map<String, Accuracy> byModel() {
    Map<String, Accuracy> known = new LinkedHashMap<>();
    models.forEach((model, means) ->
        known.put(model, new Accuracy(means.plain().value(), means.norm().value())));
    return known;
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    differences.forEach((what, difference) ->
        warnings.add(
            "%s differs from what its log-likelihoods and targets give for %s, first in %s"
                .formatted(what, Plural.of(difference.count(), "document"), difference.place())));
    return warnings;
  }
}
