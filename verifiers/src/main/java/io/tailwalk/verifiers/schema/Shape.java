package io.tailwalk.verifiers.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of values as a product: for each type of JSON what values of the type must be like, null
 * where the type is excluded. It may be larger than the set that a schema describes, never smaller.
 */
record Shape(
    boolean nulls,
    boolean trues,
    boolean falses,
    @Nullable StringShape strings,
    @Nullable NumberShape numbers,
    @Nullable ArrayShape arrays,
    @Nullable ObjectShape objects) {

  /** A type without values is excluded. */
  Shape {
    strings = strings == null || strings.isEmpty() ? null : strings;
    numbers = numbers == null || numbers.isEmpty() ? null : numbers;
    arrays = arrays == null || arrays.isEmpty() ? null : arrays;
    objects = objects == null || objects.isEmpty() ? null : objects;
  }

  static final Shape ANY =
      new Shape(
          true, true, true, StringShape.ANY, NumberShape.ANY, ArrayShape.ANY, ObjectShape.ANY);
  static final Shape NONE = new Shape(false, false, false, null, null, null, null);

  static Shape ofStrings(StringShape strings) {
    return new Shape(false, false, false, strings, null, null, null);
  }

  static Shape ofNumbers(NumberShape numbers) {
    return new Shape(false, false, false, null, numbers, null, null);
  }

  static Shape ofArrays(ArrayShape arrays) {
    return new Shape(false, false, false, null, null, arrays, null);
  }

  static Shape ofObjects(ObjectShape objects) {
    return new Shape(false, false, false, null, null, null, objects);
  }

  /** The values of one type, by its name in schemas; null if there is no such type. */
  static @Nullable Shape ofType(String type) {
    return switch (type) {
      case "null" -> new Shape(true, false, false, null, null, null, null);
      case "boolean" -> new Shape(false, true, true, null, null, null, null);
      case "string" -> ofStrings(StringShape.ANY);
      case "number" -> ofNumbers(NumberShape.ANY);
      case "integer" -> ofNumbers(NumberShape.INTEGERS);
      case "array" -> ofArrays(ArrayShape.ANY);
      case "object" -> ofObjects(ObjectShape.ANY);
      default -> null;
    };
  }

  /** A union of shapes that differ in their types. */
  static Shape ofTypes(List<Shape> all) {
    boolean nulls = false;
    boolean booleans = false;
    StringShape strings = null;
    NumberShape numbers = null;
    ArrayShape arrays = null;
    ObjectShape objects = null;
    for (Shape one : all) {
      nulls |= one.nulls;
      booleans |= one.trues;
      strings = one.strings == null ? strings : one.strings;
      boolean wider = numbers == null || (one.numbers != null && one.numbers.isAny());
      numbers = one.numbers != null && wider ? one.numbers : numbers;
      arrays = one.arrays == null ? arrays : one.arrays;
      objects = one.objects == null ? objects : one.objects;
    }
    return new Shape(nulls, booleans, booleans, strings, numbers, arrays, objects);
  }

  Shape withStrings(@Nullable StringShape changed) {
    return new Shape(nulls, trues, falses, changed, numbers, arrays, objects);
  }

  Shape withNumbers(@Nullable NumberShape changed) {
    return new Shape(nulls, trues, falses, strings, changed, arrays, objects);
  }

  Shape withArrays(@Nullable ArrayShape changed) {
    return new Shape(nulls, trues, falses, strings, numbers, changed, objects);
  }

  Shape withObjects(@Nullable ObjectShape changed) {
    return new Shape(nulls, trues, falses, strings, numbers, arrays, changed);
  }

  Shape and(Shape other) {
    if (equals(ANY)) {
      return other;
    }
    if (other.equals(ANY)) {
      return this;
    }
    StringShape s = strings == null || other.strings == null ? null : strings.and(other.strings);
    NumberShape n = numbers == null || other.numbers == null ? null : numbers.and(other.numbers);
    ArrayShape a = arrays == null || other.arrays == null ? null : arrays.and(other.arrays);
    ObjectShape o = objects == null || other.objects == null ? null : objects.and(other.objects);
    return new Shape(
        nulls && other.nulls, trues && other.trues, falses && other.falses, s, n, a, o);
  }

  boolean isEmpty() {
    return !nulls
        && !trues
        && !falses
        && strings == null
        && numbers == null
        && arrays == null
        && objects == null;
  }
}
