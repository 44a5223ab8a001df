package io.tailwalk.coverage.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.ClopperPearson;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialIntervalsTest {
  /** Reference: beta quantiles of SciPy (beta.ppf, beta.isf). Columns k, n, delta, low, high. */
  @ParameterizedTest
  @CsvSource({
    "0, 10, 0.05, 0.0, 0.30849710781876083",
    "1, 10, 0.05, 0.0025285785444617848, 0.4450161170281953",
    "3, 20, 0.05, 0.0320709371854637, 0.37892682654531396",
    "5, 10, 0.05, 0.18708602844739855, 0.8129139715526015",
    "10, 10, 0.05, 0.6915028921812392, 1.0",
    "1, 100, 0.05, 0.00025314603297742064, 0.05445938539208066",
    "50, 100, 0.05, 0.39832112950330095, 0.6016788704966991",
    "7, 1000, 0.01, 0.0020413865714447596, 0.017046931835088576",
    "123456, 1000000, 0.05, 0.12281184162962973, 0.12410234027680268",
    "999999, 1000000, 0.001, 0.9999900013674897, 0.999999999499875",
    "2, 3, 0.5, 0.3263518223330697, 0.9085602964160698"
  })
  void clopperPearson_againstReferenceTable_agrees(
      long k, long n, double delta, double low, double high) {
    Interval interval = ClopperPearson.interval(k, n, delta);
    assertThat(interval.low()).isCloseTo(low, within(1e-9 * (low + 1e-3)));
    assertThat(interval.high()).isCloseTo(high, within(1e-9 * (1 - high + 1e-3)));
  }

  @Test
  void clopperPearson_withoutTrials_knowsNothing() {
    assertThat(ClopperPearson.interval(0, 0, 0.05)).isEqualTo(Interval.certain(0, 1));
  }

  @Test
  void signTest_isTheBinomialTail() {
    assertThat(SignTest.pValue(3, 0)).isCloseTo(0.125, within(1e-15));
    assertThat(SignTest.pValue(4, 1)).isCloseTo(6 / 32.0, within(1e-15));
    assertThat(SignTest.pValue(0, 5)).isEqualTo(1.0);
  }

  /**
   * At the edge of the hypothesis the evidence is a martingale: its mean over all sign sequences of
   * a fair coin is 1.
   */
  @Test
  void evidence_underAFairCoin_hasMeanOne() {
    int rows = 20;
    double mean = 0;
    double ways = 1;
    for (int a = 0; a <= rows; a++) {
      mean += ways * Math.pow(0.5, rows) * Math.exp(SignTest.logEvidence(a, rows - a));
      ways = ways * (rows - a) / (a + 1);
    }
    assertThat(mean).isCloseTo(1.0, within(1e-9));
  }

  /**
   * Ville: read after every one of 2000 rows the sequence misses in at most delta of runs. With the
   * fixed-sample interval instead, about half the runs miss at delta 0.1.
   */
  @Test
  void bernoulliSequence_readAfterEveryRow_missesAtMostDelta() {
    SplittableRandom random = new SplittableRandom(5);
    double p = 0.07;
    int misses = 0;
    for (int run = 0; run < 300; run++) {
      long successes = 0;
      boolean missed = false;
      for (int row = 1; row <= 2000 && !missed; row++) {
        successes += random.nextDouble() < p ? 1 : 0;
        missed =
            row % 5 == 0
                && !BernoulliSequence.interval(successes, row - successes, 0.1).contains(p);
      }
      misses += missed ? 1 : 0;
    }
    assertThat(misses).isLessThanOrEqualTo(30);
  }
}
