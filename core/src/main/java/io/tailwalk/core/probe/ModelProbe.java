package io.tailwalk.core.probe;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Measures a model. */
public final class ModelProbe {
  private ModelProbe() {}

  /**
   * Runs every check. A check fails if the model returns an error; the other checks still run.
   *
   * @throws ModelException never for an error of the model, which is a result
   */
  public static ProbeReport run(LanguageModel model, ProbeSettings settings) {
    ProbeSubject subject = new ProbeSubject(model, settings);
    List<ProbeResult> results = new ArrayList<>();
    results.add(guarded("full log-probabilities", () -> DistributionChecks.whole(subject)));
    results.add(guarded("raw or processed", () -> DistributionChecks.raw(subject)));
    Difference[] measured = {new Difference(Double.NaN, Double.NaN)};
    ProbeResult numbers =
        guarded(
            "numerical band",
            () -> {
              measured[0] = PathChecks.band(subject);
              return PathChecks.judged(measured[0]);
            });
    results.add(numbers);
    Difference band = Double.isNaN(measured[0].nats()) ? Difference.NONE : measured[0];
    results.add(guarded("scoring of given tokens", () -> PathChecks.scoring(subject, band)));
    results.add(guarded("fork", () -> PathChecks.fork(subject, band)));
    results.add(guarded("rollback", () -> PathChecks.rollback(subject, band)));
    results.add(textual("tokenizer round trip", () -> TextChecks.roundTrip(subject)));
    results.add(textual("beginning of text", () -> TextChecks.bos(subject)));
    results.add(textual("end of text", () -> TextChecks.end(subject)));
    for (int batch : settings.batches()) {
      results.add(guarded("speed at batch " + batch, () -> SpeedChecks.speed(subject, batch)));
    }
    return new ProbeReport(results, measured[0].nats(), measured[0].totalVariation());
  }

  /**
   * Compares the distributions of a model with those of the same model computed in another way,
   * such as on another device, over the same prefixes.
   *
   * @param check name of the check
   */
  public static ProbeResult against(
      String check, LanguageModel model, LanguageModel reference, ProbeSettings settings) {
    return guarded(
        check, () -> PathChecks.agreement(check, new ProbeSubject(model, settings), reference));
  }

  private static ProbeResult guarded(String check, Supplier<ProbeResult> run) {
    return guarded(check, run, ProbeOutcome.FAIL);
  }

  /** Token ids work exactly without a tokenizer. */
  private static ProbeResult textual(String check, Supplier<ProbeResult> run) {
    return guarded(check, run, ProbeOutcome.WARN);
  }

  private static ProbeResult guarded(
      String check, Supplier<ProbeResult> run, ProbeOutcome otherwise) {
    try {
      return run.get();
    } catch (ModelException | UnsupportedOperationException e) {
      return new ProbeResult(check, otherwise, "error", String.valueOf(e.getMessage()));
    }
  }
}
