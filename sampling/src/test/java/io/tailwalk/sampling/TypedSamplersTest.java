package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.sampling.walk.TourEnd;
import io.tailwalk.sampling.walk.WalkParameters;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A factory's sampler is the one of the name with the same parameters. */
class TypedSamplersTest {
  private static final WalkParameters WALKS = new WalkParameters(3, 4, 5, 6, 1);

  private static final String WALKS_TEXT = "walks=3,copies=4,calibrate=5,tours=6,tokens_per_call=1";

  private static final Map<String, Sampler> DEFAULTS =
      Map.ofEntries(
          Map.entry("auto", Samplers.auto()),
          Map.entry("ancestral", Samplers.ancestral()),
          Map.entry("best-of-n", Samplers.bestOfN()),
          Map.entry("outcome-rejection", Samplers.outcomeRejection()),
          Map.entry("action-rejection", Samplers.actionRejection()),
          Map.entry("action-importance", Samplers.actionImportance()),
          Map.entry("block-best-of-n", Samplers.blockBestOfN()),
          Map.entry("block-rejection", Samplers.blockRejection()),
          Map.entry("beam", Samplers.beam()),
          Map.entry("tokenwise-backtracking", Samplers.tokenwiseBacktracking()),
          Map.entry("smc", Samplers.smc()),
          Map.entry("smc-lookahead", Samplers.smcLookahead()),
          Map.entry("particle-gibbs", Samplers.particleGibbs()),
          Map.entry("qalign", Samplers.qalign()),
          Map.entry("vgb", Samplers.vgb()),
          Map.entry("vgb-momentum", Samplers.vgbMomentum()));

  private static Stream<String> names() {
    return Samplers.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void defaults_areThoseOfTheName(String name) {
    assertThat(DEFAULTS).containsEntry(name, Samplers.create(name, Map.of()));
    assertThat(Samplers.create(name, Map.of()).name()).isEqualTo(name);
  }

  private static List<Arguments> given() {
    return List.of(
        Arguments.of(Samplers.auto(0.1, 8, 0.3), "pilot=0.1,particles=8,interval_share=0.3"),
        Arguments.of(Samplers.ancestral(3), "parallel=3"),
        Arguments.of(Samplers.bestOfN(5), "candidates=5"),
        Arguments.of(Samplers.bestOfN(5, 3), "candidates=5,parallel=3"),
        Arguments.of(Samplers.outcomeRejection(2.5, 3), "tau_max=2.5,parallel=3"),
        Arguments.of(Samplers.actionRejection(3), "parallel=3"),
        Arguments.of(
            Samplers.actionImportance(5, 3, 0.1), "candidates=5,parallel=3,interval_share=0.1"),
        Arguments.of(Samplers.blockBestOfN(2, 5, 3), "block_length=2,candidates=5,parallel=3"),
        Arguments.of(Samplers.blockRejection(2, 5, 3), "block_length=2,candidates=5,parallel=3"),
        Arguments.of(
            Samplers.blockRejectionByRace(2, 5, 3),
            "block_length=2,candidates=5,choice=race,parallel=3"),
        Arguments.of(Samplers.beam(7), "beam_width=7"),
        Arguments.of(
            Samplers.tokenwiseBacktracking(2, 5, 0.5, false, 3),
            "backtrack_quota=2,backtrack_stride=5,value_threshold=0.5,"
                + "redo_backtrack_with_argmax=false,parallel=3"),
        Arguments.of(Samplers.smc(7), "particles=7"),
        Arguments.of(
            Samplers.smc(new SmcParameters(7, 0.25, Resampling.RESIDUAL), 2, 0.1),
            "particles=7,ess_threshold=0.25,resampling=residual,runs=2,interval_share=0.1"),
        Arguments.of(Samplers.particleGibbs(7), "particles=7"),
        Arguments.of(
            Samplers.smcLookahead(
                new SmcParameters(7, 0.25, Resampling.RESIDUAL),
                new LookaheadParameters(3, 1, 0),
                2,
                0.1),
            "particles=7,ess_threshold=0.25,resampling=residual,block_length=3,rollouts=1,moves=0,"
                + "runs=2,interval_share=0.1"),
        Arguments.of(
            Samplers.particleGibbs(7, 0.25, 2, 0.1),
            "particles=7,ess_threshold=0.25,iterations=2,interval_share=0.1"),
        Arguments.of(Samplers.qalign(3, 9, 0.1), "chains=3,moves=9,interval_share=0.1"),
        Arguments.of(
            Samplers.vgb(TourEnd.CUT, WALKS, 0.1),
            WALKS_TEXT + ",form=every-leaf,interval_share=0.1"),
        Arguments.of(Samplers.vgbFixedTime(99, WALKS), WALKS_TEXT + ",form=fixed-time,steps=99"),
        Arguments.of(
            Samplers.vgbMomentum(0.5, TourEnd.CUT, WALKS, 0.1),
            WALKS_TEXT + ",chi=0.5,form=every-leaf,interval_share=0.1"));
  }

  @ParameterizedTest
  @MethodSource("given")
  void givenParameters_areThoseOfTheName(Sampler typed, String parameters) {
    Map<String, String> texts =
        Stream.of(parameters.split(",", -1))
            .map(one -> one.split("=", -1))
            .collect(Collectors.toMap(one -> one[0], one -> one[1]));
    assertThat(typed).isEqualTo(Samplers.create(typed.name(), texts));
    assertThat(typed).isNotEqualTo(Samplers.create(typed.name(), Map.of()));
  }

  @Test
  void valuesOutOfRange_areRefused() {
    assertThatThrownBy(() -> Samplers.smc(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Samplers.beam(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
