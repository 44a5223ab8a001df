package io.tailwalk.verifiers.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A set of numbers: an interval, multiples, listed or excluded values.
 *
 * @param low the least number, null for no bound
 * @param lowIsOut whether {@code low} itself is excluded
 * @param high the greatest number, null for no bound
 * @param highIsOut whether {@code high} itself is excluded
 * @param divisors numbers that every member is a multiple of; 1 for integers
 * @param values the only possible members, null if there is no such list
 * @param excluded numbers that are not members
 */
record NumberShape(
    @Nullable BigDecimal low,
    boolean lowIsOut,
    @Nullable BigDecimal high,
    boolean highIsOut,
    List<BigDecimal> divisors,
    @Nullable List<BigDecimal> values,
    List<BigDecimal> excluded) {

  static final NumberShape ANY =
      new NumberShape(null, false, null, false, List.of(), null, List.of());
  static final NumberShape INTEGERS =
      new NumberShape(null, false, null, false, List.of(BigDecimal.ONE), null, List.of());

  static NumberShape ofValues(List<BigDecimal> values) {
    return new NumberShape(null, false, null, false, List.of(), values, List.of());
  }

  static NumberShape except(List<BigDecimal> values) {
    return new NumberShape(null, false, null, false, List.of(), null, values);
  }

  /** What the keywords for numbers require. */
  static NumberShape of(Subschema schema) {
    BigDecimal low = Checks.number(schema, "minimum");
    BigDecimal high = Checks.number(schema, "maximum");
    boolean lowIsOut = isTrue(schema, "exclusiveMinimum");
    boolean highIsOut = isTrue(schema, "exclusiveMaximum");
    BigDecimal above = Checks.number(schema, "exclusiveMinimum");
    BigDecimal below = Checks.number(schema, "exclusiveMaximum");
    if (above != null && (low == null || above.compareTo(low) >= 0)) {
      low = above;
      lowIsOut = true;
    }
    if (below != null && (high == null || below.compareTo(high) <= 0)) {
      high = below;
      highIsOut = true;
    }
    BigDecimal divisor = Checks.number(schema, "multipleOf");
    boolean divides = divisor != null && divisor.signum() != 0;
    if (low == null && high == null && !divides) {
      return ANY;
    }
    List<BigDecimal> divisors = divides && divisor != null ? List.of(divisor) : List.of();
    return new NumberShape(low, lowIsOut, high, highIsOut, divisors, null, List.of());
  }

  private static boolean isTrue(Subschema schema, String keyword) {
    JsonNode value = schema.get(keyword);
    return value != null && value.isBoolean() && value.booleanValue();
  }

  /** Numbers above a bound, or below one. */
  static NumberShape beyond(@Nullable BigDecimal low, @Nullable BigDecimal high, boolean out) {
    return new NumberShape(low, out, high, out, List.of(), null, List.of());
  }

  boolean isAny() {
    return divisors.isEmpty() && isUnbounded();
  }

  private boolean isUnbounded() {
    return low == null && high == null && values == null && excluded.isEmpty();
  }

  /** Whether it has the integers and nothing else. */
  boolean isAllIntegers() {
    return isUnbounded()
        && divisors.size() == 1
        && divisors.getFirst().compareTo(BigDecimal.ONE) == 0;
  }

  boolean admits(BigDecimal value) {
    if (low != null && value.compareTo(low) < (lowIsOut ? 1 : 0)) {
      return false;
    }
    if (high != null && value.compareTo(high) > (highIsOut ? -1 : 0)) {
      return false;
    }
    return (values == null || values.stream().anyMatch(v -> v.compareTo(value) == 0))
        && excluded.stream().noneMatch(v -> v.compareTo(value) == 0)
        && divisors.stream().allMatch(d -> JsonValues.isMultiple(value, d));
  }

  NumberShape and(NumberShape other) {
    if (isAny()) {
      return other;
    }
    if (other.isAny()) {
      return this;
    }
    boolean lower = low == null || (other.low != null && isTighter(other.low, low, other.lowIsOut));
    boolean upper =
        high == null || (other.high != null && isTighter(high, other.high, other.highIsOut));
    List<BigDecimal> both = values == null ? other.values : values;
    if (values != null && other.values != null) {
      both =
          values.stream()
              .filter(v ->
                  new NumberShape(null, false, null, false, List.of(), other.values, List.of())
                      .admits(v))
              .toList();
    }
    return new NumberShape(
        lower ? other.low : low,
        lower ? other.lowIsOut : lowIsOut,
        upper ? other.high : high,
        upper ? other.highIsOut : highIsOut,
        joined(divisors, other.divisors),
        both,
        joined(excluded, other.excluded));
  }

  private static boolean isTighter(BigDecimal greater, BigDecimal less, boolean out) {
    int order = greater.compareTo(less);
    return order > 0 || (order == 0 && out);
  }

  private static List<BigDecimal> joined(List<BigDecimal> a, List<BigDecimal> b) {
    var all = new ArrayList<>(a);
    b.stream().filter(x -> !all.contains(x)).forEach(all::add);
    return List.copyOf(all);
  }

  /** Whether no number is certain to be in the set. */
  boolean isEmpty() {
    if (values != null) {
      return values.stream().noneMatch(this::admits);
    }
    if (low == null || high == null) {
      return false;
    }
    int order = low.compareTo(high);
    if (order > 0 || (order == 0 && !admits(low))) {
      return true;
    }
    for (BigDecimal divisor : divisors) {
      BigDecimal step = divisor.abs();
      if (high.precision() - high.scale() > 300 || low.precision() - low.scale() > 300) {
        continue;
      }
      BigDecimal first = low.divide(step, 0, RoundingMode.CEILING).multiply(step);
      if (lowIsOut && first.compareTo(low) == 0) {
        first = first.add(step);
      }
      if (first.compareTo(high) > (highIsOut ? -1 : 0)) {
        return true;
      }
    }
    return false;
  }

  /** Whether some number of a sign may be in the set, zero aside. */
  boolean mayHaveSign(boolean negative) {
    if (values != null) {
      return values.stream().anyMatch(v -> v.signum() == (negative ? -1 : 1) && admits(v));
    }
    return negative ? low == null || low.signum() < 0 : high == null || high.signum() > 0;
  }

  /** The greatest absolute value of a sign, null if there is no bound. */
  @Nullable BigDecimal largest(boolean negative) {
    BigDecimal bound = negative ? low : high;
    return bound == null ? null : bound.abs();
  }

  /** The least absolute value of a sign. */
  BigDecimal smallest(boolean negative) {
    BigDecimal bound = negative ? high : low;
    boolean binds = bound != null && bound.signum() == (negative ? -1 : 1);
    return binds && bound != null ? bound.abs() : BigDecimal.ZERO;
  }

  boolean isOfIntegers() {
    return divisors.stream().anyMatch(JsonValues::isInteger);
  }
}
