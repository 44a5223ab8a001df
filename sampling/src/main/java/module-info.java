/** Samplers that walk the tree, and what is estimated from their walks. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.sampling {
  requires static transitive org.jspecify;
  requires transitive io.tailwalk.core;
  requires transitive io.tailwalk.statistics;
  requires org.apache.commons.statistics.distribution;

  exports io.tailwalk.sampling;
  exports io.tailwalk.sampling.estimate;
  exports io.tailwalk.sampling.frontier;
  exports io.tailwalk.sampling.independent;
  exports io.tailwalk.sampling.masked;
  exports io.tailwalk.sampling.walk;
}
