package io.tailwalk.runs.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMakerTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 7, 100})
  void share_anyCount_addsUp(long count) {
    for (int rows = 1; rows < 9; rows++) {
      long sum = 0;
      for (int row = 0; row < rows; row++) {
        long share = RowMaker.share(count, rows, row);
        assertThat(share).isBetween(count / rows, count / rows + 1);
        sum += share;
      }
      assertThat(sum).isEqualTo(count);
    }
  }
}
