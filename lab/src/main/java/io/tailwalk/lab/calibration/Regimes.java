package io.tailwalk.lab.calibration;

import io.tailwalk.core.tree.ExpansionRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The regimes by name. */
final class Regimes {
  /** The regimes in which the width is compared with that of the former interval. */
  static final Set<String> WIDTH_JUDGED = Set.of("mild-large", "uneven-large");

  private static final ExpansionRule ALL_TOKENS = new ExpansionRule.Enumerate();
  private static final List<Regime> ALL = all();
  private static final List<String> QUICK =
      List.of(
          "mild-small",
          "mild-large",
          "uneven-small",
          "uneven-large",
          "rare-can-pass-small",
          "wrong-1000-small",
          "hidden-small",
          "wrong-zero-small",
          "long-empty-large",
          "sampled-large");

  private Regimes() {}

  private static List<Regime> all() {
    List<Regime> regimes = new ArrayList<>();
    for (Size size : Size.values()) {
      regimes.add(of("mild", size, Shape.EVEN, Reward.MILD, Guide.CLOSE, true));
      regimes.add(of("uneven", size, Shape.UNEVEN, Reward.MILD, Guide.CLOSE, true));
      regimes.add(of("rare-can-pass", size, Shape.EVEN, Reward.RARE, Guide.CAN_PASS, true));
      regimes.add(of("rare-blind", size, Shape.EVEN, Reward.RARE, Guide.BLIND, false));
      regimes.add(of("wrong-10", size, Shape.EVEN, Reward.MILD, Guide.WRONG_10, false));
      regimes.add(of("wrong-1000", size, Shape.EVEN, Reward.MILD, Guide.WRONG_1000, false));
      regimes.add(of("hidden", size, Shape.EVEN, Reward.MILD, Guide.HIDDEN, false));
      regimes.add(of("deep", size, Shape.DEEP, Reward.MILD, Guide.CLOSE, false));
      regimes.add(of("graded", size, Shape.EVEN, Reward.GRADED, Guide.CLOSE, false));
      regimes.add(of("tiny", size, Shape.EVEN, Reward.TINY, Guide.CLOSE, true));
      regimes.add(of("wrong-zero", size, Shape.EVEN, Reward.MILD, Guide.WRONG_ZERO, false));
    }
    regimes.add(large("rare-hid2", Reward.RARE, Guide.HID_2, true));
    regimes.add(large("rare-hid5", Reward.RARE, Guide.HID_5, true));
    regimes.add(large("rare-hid8", Reward.RARE, Guide.HID_8, true));
    regimes.add(large("tiny-hid5", Reward.TINY, Guide.HID_5, true));
    regimes.add(large("graded-hid5", Reward.GRADED, Guide.HID_5, false));
    regimes.add(large("mild-hid5", Reward.MILD, Guide.HID_5, true));
    regimes.add(large("rare-drift", Reward.RARE, Guide.DRIFT, true));
    regimes.add(large("mild-drift", Reward.MILD, Guide.DRIFT, true));
    regimes.add(large("tiny-drift", Reward.TINY, Guide.DRIFT, true));
    regimes.add(large("graded-drift", Reward.GRADED, Guide.DRIFT, false));
    regimes.add(
        of("long-empty", Size.LARGE, Shape.CHAINS, Reward.SHORT_ONLY, Guide.CONSTANT, false));
    regimes.add(of("long-mixed", Size.LARGE, Shape.CHAINS, Reward.MILD, Guide.CONSTANT, false));
    regimes.add(large("sure-part", Reward.SURE_PART, Guide.SURE, false));
    regimes.add(sampled("sampled", new ExpansionRule.Sample(4, 1)));
    regimes.add(sampled("blocks", new ExpansionRule.Sample(4, 3)));
    regimes.add(sampled("heads", new ExpansionRule.HeadAndTail(2, 3)));
    return List.copyOf(regimes);
  }

  private static Regime of(
      String family, Size size, Shape shape, Reward reward, Guide guide, boolean provesDead) {
    return new Regime(family, size, ALL_TOKENS, shape, reward, guide, provesDead);
  }

  private static Regime large(String family, Reward reward, Guide guide, boolean provesDead) {
    return of(family, Size.LARGE, Shape.EVEN, reward, guide, provesDead);
  }

  private static Regime sampled(String family, ExpansionRule rule) {
    return new Regime(family, Size.LARGE, rule, Shape.EVEN, Reward.MILD, Guide.WRONG_10, false);
  }

  /** All regimes, in the order of the tables. */
  static List<Regime> full() {
    return ALL;
  }

  /** The small fixed part of the quick scale. */
  static List<Regime> quick() {
    return ALL.stream().filter(regime -> QUICK.contains(regime.name())).toList();
  }

  /**
   * The regimes with the given names or families, in the order of the tables.
   *
   * @throws IllegalArgumentException listing the valid names if a name is unknown
   */
  static List<Regime> named(List<String> names) {
    Set<Regime> chosen = new LinkedHashSet<>();
    for (String name : names) {
      List<Regime> found =
          ALL.stream().filter(r -> r.name().equals(name) || r.family().equals(name)).toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "unknown regime '"
                + name
                + "'; the regimes are "
                + String.join(", ", ALL.stream().map(Regime::name).toList()));
      }
      chosen.addAll(found);
    }
    return ALL.stream().filter(chosen::contains).toList();
  }
}
