/** Coverage of one distribution by another: profiles, tournaments, races, turns, pass@k. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.coverage {
  requires static transitive org.jspecify;
  requires transitive io.tailwalk.core;
  requires transitive io.tailwalk.statistics;
  requires org.apache.commons.numbers.gamma;
  requires org.apache.commons.statistics.distribution;

  exports io.tailwalk.coverage;
  exports io.tailwalk.coverage.paired;
  exports io.tailwalk.coverage.passk;
  exports io.tailwalk.coverage.profile;
  exports io.tailwalk.coverage.quantile;
  exports io.tailwalk.coverage.stats;
  exports io.tailwalk.coverage.tournament;
  exports io.tailwalk.coverage.turn;
}
