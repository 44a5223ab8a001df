package io.tailwalk.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapAdviceTest {
  /** The option is for a larger heap than the present one, whatever that is. */
  @ParameterizedTest
  @CsvSource({"64, 128m", "1000, 2000m", "1024, 2g", "1979, 4g", "17500, 35g"})
  void larger_namesTwiceTheHeap(long mib, String option) {
    assertThat(HeapAdvice.larger(mib << 20)).endsWith("=-Xmx" + option);
  }

  @ParameterizedTest
  @CsvSource({"1979, '1,979 MiB'", "64, '64 MiB'"})
  void larger_namesTheHeap(long mib, String words) {
    assertThat(HeapAdvice.larger(mib << 20)).contains("than its " + words + " if");
  }
}
