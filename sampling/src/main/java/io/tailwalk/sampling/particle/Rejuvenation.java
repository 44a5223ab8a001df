package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;

/**
 * Moves of particles after a round that leave the weighted distribution of the round unchanged in
 * expectation. They must be made after every round and with every living particle, for a number of
 * rounds that is fixed beforehand: moves that depend on which particles there are, such as of
 * duplicates only, or only until all responses are complete, bias the system.
 */
interface Rejuvenation {
  /** No moves. */
  Rejuvenation NONE =
      new Rejuvenation() {
        @Override
        public int rounds() {
          return 0;
        }

        @Override
        public boolean move(int[] at, int rounds, Chooser chooser) {
          return true;
        }
      };

  /** The number of rounds after which particles move; no fewer than the longest response needs. */
  int rounds();

  /**
   * Moves the particles in place.
   *
   * @param at nodes of the living particles
   * @param rounds rounds so far, at least 1
   * @return false if the run cuts the moves short
   */
  boolean move(int[] at, int rounds, Chooser chooser);
}
