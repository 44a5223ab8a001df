/** What everything stands on: models, verifiers, values, the tree of prefixes, cost, randomness. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.core {
  requires static transitive org.jspecify;

  exports io.tailwalk.core;
  exports io.tailwalk.core.cost;
  exports io.tailwalk.core.interval;
  exports io.tailwalk.core.model;
  exports io.tailwalk.core.probe;
  exports io.tailwalk.core.random;
  exports io.tailwalk.core.tree;
  exports io.tailwalk.core.verify;
}
