package io.tailwalk.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomChooserTest {

  /**
   * Targets at, just below and (after rounding) equal to running sums must all select a positive
   * weight.
   */
  @ParameterizedTest
  @CsvSource({"0.0,1", "0.3,1", "0.49999,1", "0.5,3", "0.99999999999,3", "1.0,3"})
  void firstAbove_plateaus_neverReturnsZeroWeight(double target, int expected) {
    double[] cumulative = {0.0, 0.5, 0.5, 1.0, 1.0, 1.0};
    assertThat(RandomChooser.firstAbove(cumulative, 0, cumulative.length, target))
        .isEqualTo(expected);
  }

  @Test
  void categorical_sumShortOfOne_staysInside() {
    RandomGenerator almostOne = () -> -1L;
    double[] cumulative = {7, 0.25, 0.5, 0.5, 0.25 + 0.25};
    int drawn = new RandomChooser(almostOne).categorical(cumulative, 1, 5);
    assertThat(drawn).isEqualTo(2);
  }

  @Test
  void bernoulli_edges_areCertain() {
    var chooser = new RandomChooser(Streams.of(5));
    for (int i = 0; i < 1000; i++) {
      assertThat(chooser.bernoulli(0)).isFalse();
      assertThat(chooser.bernoulli(Double.NaN)).isFalse();
      assertThat(chooser.bernoulli(1)).isTrue();
      assertThat(chooser.bernoulli(Double.POSITIVE_INFINITY)).isTrue();
    }
  }

  @Test
  void key_orderAndValue_matter() {
    assertThat(Streams.key(1, 2, 3)).isNotEqualTo(Streams.key(1, 3, 2));
    assertThat(Streams.key(1, 2)).isNotEqualTo(Streams.key(2, 1));
    assertThat(Streams.key(0)).isNotEqualTo(Streams.key(0, 0));
    assertThat(Streams.of(9, 4).nextLong()).isEqualTo(Streams.of(9, 4).nextLong());
  }

  /**
   * {@code key(0)} is the first output of SplitMix64 with seed 0 (Steele, Lea and Flood 2014); the
   * others were computed from the definition in integers of any size. Results of runs hang on them.
   */
  @Test
  void key_fixedInputs_areThoseOfTheDefinition() {
    assertThat(Streams.key(0)).isEqualTo(0xe220a8397b1dcdafL);
    assertThat(Streams.key(1, 2, 3)).isEqualTo(0x6688e2a8a80d0a02L);
    assertThat(Streams.key(-5, Long.MIN_VALUE)).isEqualTo(0xa82bef721d889936L);
  }

  /** True exactly for u below p. */
  @ParameterizedTest
  @CsvSource({
    "0.3,0.25,true",
    "0.3,0.3,false",
    "0.3,0.75,false",
    "0,0,false",
    "1,0.9999,true",
    "1e-300,0,true"
  })
  void bernoulli_isWhetherTheUniformIsBelow(double p, double uniform, boolean expected) {
    RandomGenerator fixed =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException("one double is drawn");
          }

          @Override
          public double nextDouble() {
            return uniform;
          }
        };
    assertThat(new RandomChooser(fixed).bernoulli(p)).isEqualTo(expected);
  }
}
