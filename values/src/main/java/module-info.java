/** Values of prefixes learned from rollouts, in plain Java. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.values {
  requires static transitive org.jspecify;
  requires transitive io.tailwalk.core;
  requires transitive io.tailwalk.records;
  requires transitive io.tailwalk.sampling;

  exports io.tailwalk.values;
}
