package io.tailwalk.lab.calibration;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A kind of random tree.
 *
 * @param family name of the regime without the size
 * @param size size of the trees
 * @param rule rule by which children are made
 * @param shape structure of the trees
 * @param reward rewards of the leaves
 * @param guide values of inner nodes
 * @param provesDead whether the verifier knows which prefixes cannot pass; their value is then 0
 */
record Regime(
    String family,
    Size size,
    ExpansionRule rule,
    Shape shape,
    Reward reward,
    Guide guide,
    boolean provesDead) {
  /** Key of the random streams for trees. */
  private static final long TREES = 1;

  /** The name in tables and on the command line. */
  String name() {
    return family + "-" + size.wireName();
  }

  /** Key that separates the random streams of this regime from those of others. */
  long key() {
    return name().hashCode();
  }

  boolean enumerates() {
    return rule instanceof ExpansionRule.Enumerate;
  }

  /** One of the trees; the same seed and number give the same tree. */
  ArrayTree tree(long seed, int number) {
    for (long attempt = 0; ; attempt++) {
      RandomGenerator random = Streams.of(seed, TREES, key(), number, attempt);
      ArrayTree shaped = shape.grow(name() + "-" + number, size.draw(random), random);
      ArrayTree rewarded = reward.on(shaped, random);
      double z = Math.exp(rewarded.logZ());
      if (z >= reward.least() && z <= reward.most()) {
        Optional<ArrayTree> guided =
            guide.on(provesDead ? rewarded.provingDead() : rewarded, random);
        if (guided.isPresent()) {
          return guided.get();
        }
      }
    }
  }
}
