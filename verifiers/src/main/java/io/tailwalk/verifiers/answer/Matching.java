package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Elements of two lists that are the same. */
final class Matching {
  private static final int MAX_ITEMS = 200;

  private Matching() {}

  static <T> boolean ordered(List<T> one, List<T> other, BiPredicate<T, T> same) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same.test(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the lists have the same elements as often. */
  static <T> boolean unordered(List<T> one, List<T> other, BiPredicate<T, T> same) {
    if (one.size() != other.size() || one.size() > MAX_ITEMS) {
      return false;
    }
    List<T> rest = new ArrayList<>(other);
    for (T wanted : one) {
      int at = 0;
      while (at < rest.size() && !same.test(wanted, rest.get(at))) {
        at++;
      }
      if (at == rest.size()) {
        return false;
      }
      rest.remove(at);
    }
    return true;
  }

  /** The elements without repetitions. */
  static <T> List<T> distinct(List<T> items, BiPredicate<T, T> same) {
    List<T> distinct = new ArrayList<>();
    for (T item : items.subList(0, Math.min(items.size(), MAX_ITEMS + 1))) {
      if (distinct.stream().noneMatch(kept -> same.test(kept, item))) {
        distinct.add(item);
      }
    }
    return distinct;
  }
}
