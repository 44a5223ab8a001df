package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrontierUnitsTest {
  private static final double SHARE = 0.5;

  /**
   * Three plain draws that found 1 and one guided draw that found 0: a half, not three quarters.
   */
  private static FrontierUnits threePlainAndOneGuided() {
    var units = new FrontierUnits();
    for (int t = 0; t < 3; t++) {
      units.add(0, 0, 1, true, 1);
    }
    units.add(0, 0, 0, false, 0);
    return units;
  }

  @Test
  void value_drawsOfBothKinds_countByTheirShares() {
    assertThat(threePlainAndOneGuided().value(SHARE)).isCloseTo(0.5, within(1e-12));
  }

  /** Draws that could only be plain do not change the weight of the others. */
  @Test
  void value_drawsThatCouldOnlyBePlain_areInNoStratum() {
    FrontierUnits units = threePlainAndOneGuided();
    for (int t = 0; t < 12; t++) {
      units.addPlain(0, 0, 0.25, 0.25);
    }
    assertThat(units.value(SHARE)).isCloseTo((4 * 0.5 + 12 * 0.25) / 16, within(1e-12));
    double[] weights = units.stratified(SHARE);
    assertThat(Arrays.copyOfRange(weights, 4, 16)).containsOnly(1);
    assertThat(Arrays.stream(weights).sum()).isCloseTo(16, within(1e-12));
  }
}
