package io.tailwalk.core.probe;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import java.util.Arrays;
import java.util.Locale;

/** Tokens per second with one and with several parallel walks. */
final class SpeedChecks {
  private SpeedChecks() {}

  static ProbeResult speed(ProbeSubject subject, int batch) {
    try (ModelContext context = subject.open(0)) {
      int[][] walks = new int[batch][0];
      LogProbs first = subject.distribution(context, new int[0]);
      for (int w = 0; w < batch; w++) {
        walks[w] = new int[] {Math.max(0, subject.ranked(first, w))};
      }
      long tokens = -context.usage().modelTokens();
      long start = subject.settings().nanoClock().getAsLong();
      for (int step = 1; step < subject.settings().tokens(); step++) {
        LogProbs[] distributions = context.next(walks);
        for (int w = 0; w < batch; w++) {
          walks[w] =
              ProbeSubject.appended(walks[w], Math.max(0, subject.ranked(distributions[w], 0)));
        }
      }
      long nanos = Math.max(1, subject.settings().nanoClock().getAsLong() - start);
      tokens += context.usage().modelTokens();
      long distinct = Arrays.stream(walks).map(Arrays::toString).distinct().count();
      return new ProbeResult(
          "speed at batch " + batch,
          ProbeOutcome.OK,
          String.format(Locale.ROOT, "%.0f tokens/s", tokens * 1e9 / nanos),
          distinct + " parallel walks, distributions over all tokens included.");
    }
  }
}
