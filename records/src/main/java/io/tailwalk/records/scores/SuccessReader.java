package io.tailwalk.records.scores;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.interval.Rounding;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the success probabilities of prompts from the record next to a samples file: {@code
 * a.run.json} of {@code a.jsonl}. The field is {@code success_probability}, or {@code success_mass}
 * in older records, which have no kinds of ends.
 */
public final class SuccessReader {
  private static final double DEFAULT_LEVEL = 0.95;

  private SuccessReader() {}

  /**
   * One prompt's success probability.
   *
   * @param promptId the prompt
   * @param value the estimate
   * @param interval its interval; open at an end that is {@code "inf"}, null or missing, asymptotic
   *     at one without a stated kind
   * @param level of the interval: 0.95 if it is not stated, 1 if the number is known
   * @param standardError of the estimate; NaN if not stated
   * @param bias of the estimate; unknown if not stated
   * @param boundedByOne false if the record states that rewards may be above 1: the number is then
   *     a mean reward and not a probability
   */
  public record Mass(
      String promptId,
      double value,
      Interval interval,
      double level,
      double standardError,
      Bias bias,
      boolean boundedByOne) {}

  /**
   * The success probabilities; empty if there is no record or it lacks that of a prompt.
   *
   * @throws TableException if the record exists and cannot be read
   */
  public static Optional<List<Mass>> beside(Path samples) {
    String name =
        String.valueOf(samples.getFileName()).replaceFirst("\\.jsonl(\\.gz|\\.zst)?$", "");
    Path record = samples.resolveSibling(name + ".run.json");
    if (!Files.isRegularFile(record)) {
      return Optional.empty();
    }
    try {
      return read(JsonText.parse(Files.readString(record)));
    } catch (IOException | JacksonException e) {
      throw new TableException(record + ": not a readable run record; create it again.", e);
    } catch (IllegalArgumentException e) {
      throw new TableException(
          record + ": a success probability is invalid, " + e.getMessage() + "; create it again.",
          e);
    }
  }

  private static Optional<List<Mass>> read(JsonNode record) {
    List<Mass> successes = new ArrayList<>();
    for (JsonNode prompt : record.path("prompts")) {
      JsonNode success =
          prompt.has("success_probability")
              ? prompt.path("success_probability")
              : prompt.path("success_mass");
      if (!prompt.path("id").isString() || !success.path("value").isNumber()) {
        return Optional.empty();
      }
      double level = number(success.path("level"), DEFAULT_LEVEL);
      Interval certain =
          Interval.certain(
              number(success.path("certain_low"), 0),
              number(success.path("certain_high"), Double.POSITIVE_INFINITY));
      successes.add(
          new Mass(
              prompt.get("id").stringValue(),
              success.get("value").doubleValue(),
              interval(success, level).meet(certain),
              level,
              number(success.path("standard_error"), Double.NaN),
              bias(success.path("bias"), level),
              boundedByOne(success.path("certain_high"))));
    }
    return successes.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(successes));
  }

  private static Interval interval(JsonNode success, double level) {
    EndKind unstated = level == 1 ? EndKind.CERTAIN : EndKind.ASYMPTOTIC;
    double low = number(success.path("low"), Double.NEGATIVE_INFINITY);
    double high = number(success.path("high"), Double.POSITIVE_INFINITY);
    return new Interval(
        low,
        Double.isInfinite(low) ? EndKind.OPEN : kind(success.path("low_kind"), unstated),
        high,
        Double.isInfinite(high) ? EndKind.OPEN : kind(success.path("high_kind"), unstated));
  }

  /**
   * A number; the default for null, a missing field and {@code "inf"}, which mean that there is no
   * end.
   */
  private static double number(JsonNode node, double other) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    boolean none =
        node.isMissingNode()
            || node.isNull()
            || (node.isString() && node.stringValue().matches("[-+]?inf"));
    if (!none) {
      throw new IllegalArgumentException("not a number: " + node);
    }
    return other;
  }

  /** Old records have no certain end, and were written for verifiers that pass or fail. */
  private static boolean boundedByOne(JsonNode certainHigh) {
    return certainHigh.isMissingNode()
        || number(certainHigh, Double.POSITIVE_INFINITY) <= 1 + Rounding.RELATIVE;
  }

  private static Bias bias(JsonNode node, double level) {
    if (node.isString()) {
      return Bias.named(node.stringValue());
    }
    return level == 1 ? Bias.NONE : Bias.UNKNOWN;
  }

  private static EndKind kind(JsonNode node, EndKind unstated) {
    if (!node.isString()) {
      return unstated;
    }
    return Arrays.stream(EndKind.values())
        .filter(kind -> kind.wireName().equals(node.stringValue()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("unknown kind of end '" + node.stringValue() + "'"));
  }
}
