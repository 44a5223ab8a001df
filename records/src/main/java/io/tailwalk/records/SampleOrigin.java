package io.tailwalk.records;

import io.tailwalk.core.verify.TargetDistribution;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The origin of a completion.
 *
 * @param sampler the sampler's name, such as {@code vgb-momentum}
 * @param targetDistribution how its output relates to its target distribution
 * @param params the sampler's settings by name; values are strings, booleans, longs and doubles
 * @param seed the seed of the draw
 * @param finishReason why it ended, typically {@code stop} or {@code length}
 */
public record SampleOrigin(
    String sampler,
    TargetDistribution targetDistribution,
    SortedMap<String, Object> params,
    long seed,
    String finishReason) {

  /** Sorts and copies the settings and refuses empty names and unsupported types of values. */
  public SampleOrigin {
    if (sampler.isBlank() || finishReason.isBlank()) {
      throw new IllegalArgumentException("sampler or finish_reason is empty");
    }
    params = settings(params);
  }

  /**
   * Settings in their canonical form: sorted by name, whole numbers as longs, fractions as doubles.
   *
   * @param values strings, booleans and numbers by name
   * @return an unmodifiable copy
   * @throws IllegalArgumentException on any other type of value, and on NaN and infinities
   */
  public static SortedMap<String, Object> settings(Map<String, ?> values) {
    SortedMap<String, Object> sorted = new TreeMap<>();
    values.forEach((name, value) -> sorted.put(name, setting(name, value)));
    return Collections.unmodifiableSortedMap(sorted);
  }

  private static Object setting(String name, Object value) {
    if (JsonText.hasHalfPair(name)) {
      throw new IllegalArgumentException(
          "the name of a setting, " + TableException.quoted(name) + ", is not valid Unicode");
    }
    return switch (value) {
      case String s -> s;
      case Boolean b -> b;
      case Byte n -> n.longValue();
      case Short n -> n.longValue();
      case Integer n -> n.longValue();
      case Long n -> n;
      case Float n when Float.isFinite(n) -> n.doubleValue();
      case Double n when Double.isFinite(n) -> n;
      default ->
          throw new IllegalArgumentException(
              "the setting "
                  + TableException.quoted(name)
                  + " is neither text, number nor boolean");
    };
  }
}
