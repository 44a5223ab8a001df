/** Confidence intervals that samplers and coverage share. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.statistics {
  requires static transitive org.jspecify;
  requires transitive io.tailwalk.core;
  requires org.apache.commons.statistics.distribution;

  exports io.tailwalk.statistics;
}
