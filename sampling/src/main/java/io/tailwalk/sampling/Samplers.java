package io.tailwalk.sampling;

import io.tailwalk.sampling.adaptive.AutoSampler;
import io.tailwalk.sampling.block.BlockChoice;
import io.tailwalk.sampling.block.BlockSampler;
import io.tailwalk.sampling.frontier.IntervalShare;
import io.tailwalk.sampling.independent.ActionImportanceSampler;
import io.tailwalk.sampling.independent.ActionRejectionSampler;
import io.tailwalk.sampling.independent.AncestralSampler;
import io.tailwalk.sampling.independent.BestOfNSampler;
import io.tailwalk.sampling.independent.OutcomeRejectionSampler;
import io.tailwalk.sampling.particle.ParticleGibbsSampler;
import io.tailwalk.sampling.particle.Resampling;
import io.tailwalk.sampling.particle.SmcParameters;
import io.tailwalk.sampling.particle.SmcSampler;
import io.tailwalk.sampling.search.BeamSampler;
import io.tailwalk.sampling.search.TokenwiseBacktrackingSampler;
import io.tailwalk.sampling.walk.FixedTimeSampler;
import io.tailwalk.sampling.walk.MomentumKernel;
import io.tailwalk.sampling.walk.TourEnd;
import io.tailwalk.sampling.walk.VgbKernel;
import io.tailwalk.sampling.walk.WalkKernel;
import io.tailwalk.sampling.walk.WalkParameters;
import io.tailwalk.sampling.walk.WalkSampler;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The samplers by name, created from parameters given as text. */
public final class Samplers {
  /** The default sampler; docs/samplers.md has the measurements behind the choice. */
  public static final String DEFAULT = "auto";

  private static final Map<String, Function<Parameters, Sampler>> MAKERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "auto",
                  p ->
                      new AutoSampler(
                          p.number("pilot", 0.05),
                          p.integer("particles", 256),
                          p.number("interval_share", AutoSampler.INTERVAL_SHARE))),
              Map.entry("ancestral", p -> new AncestralSampler(parallel(p))),
              Map.entry("best-of-n", p -> new BestOfNSampler(p.limit("candidates"), parallel(p))),
              Map.entry(
                  "outcome-rejection",
                  p -> new OutcomeRejectionSampler(p.number("tau_max", Double.NaN), parallel(p))),
              Map.entry("action-rejection", p -> new ActionRejectionSampler(parallel(p))),
              Map.entry(
                  "action-importance",
                  p ->
                      new ActionImportanceSampler(
                          p.limit("candidates"), parallel(p), intervalShare(p))),
              Map.entry("block-best-of-n", Samplers::blockBestOfN),
              Map.entry("block-rejection", Samplers::blockRejection),
              Map.entry("beam", p -> new BeamSampler(p.integer("beam_width", 4))),
              Map.entry("tokenwise-backtracking", Samplers::tokenwiseBacktracking),
              Map.entry("smc", Samplers::smc),
              Map.entry("particle-gibbs", Samplers::particleGibbs),
              Map.entry("vgb", Samplers::vgb),
              Map.entry(
                  "vgb-momentum",
                  p -> walk("vgb-momentum", new MomentumKernel(p.number("chi", 1.0)), p))));

  private Samplers() {}

  /** All names, sorted. */
  public static List<String> names() {
    return List.copyOf(MAKERS.keySet());
  }

  /**
   * A sampler by name.
   *
   * @param parameters by the names that {@link Sampler#params} reports; missing parameters have
   *     their defaults
   * @throws IllegalArgumentException if the name or a parameter is unknown, or a value is out of
   *     range
   */
  public static Sampler create(String name, Map<String, String> parameters) {
    Function<Parameters, Sampler> maker = MAKERS.get(name);
    if (maker == null) {
      throw new IllegalArgumentException(
          "unknown sampler '" + name + "'; the samplers are " + String.join(", ", names()));
    }
    var asked = new Parameters(name, parameters);
    Sampler sampler = maker.apply(asked);
    asked.refuseUnused();
    return sampler;
  }

  private static int parallel(Parameters p) {
    return p.integer("parallel", 16);
  }

  private static double intervalShare(Parameters p) {
    return p.number("interval_share", IntervalShare.DEFAULT);
  }

  private static Sampler blockBestOfN(Parameters p) {
    return BlockSampler.bestOfN(
        p.integer("block_length", 4), p.integer("candidates", 8), parallel(p));
  }

  private static Sampler blockRejection(Parameters p) {
    Map<String, BlockChoice> choices =
        Map.of("proportional", BlockChoice.PROPORTIONAL, "race", BlockChoice.RACE);
    return BlockSampler.rejection(
        p.integer("block_length", 4),
        p.integer("candidates", 8),
        p.choice("choice", BlockChoice.PROPORTIONAL, choices),
        parallel(p));
  }

  private static Sampler tokenwiseBacktracking(Parameters p) {
    return new TokenwiseBacktrackingSampler(
        p.integer("backtrack_quota", 4),
        p.integer("backtrack_stride", 4),
        p.number("value_threshold", 0),
        p.flag("redo_backtrack_with_argmax", true),
        parallel(p));
  }

  private static Sampler smc(Parameters p) {
    SmcParameters defaults = SmcParameters.DEFAULT;
    Map<String, Resampling> schemes =
        Arrays.stream(Resampling.values())
            .collect(Collectors.toMap(Resampling::wireName, scheme -> scheme));
    return new SmcSampler(
        new SmcParameters(
            p.integer("particles", defaults.particles()),
            p.number("ess_threshold", defaults.essThreshold()),
            p.choice("resampling", defaults.resampling(), schemes)),
        p.limit("runs"),
        intervalShare(p));
  }

  private static Sampler particleGibbs(Parameters p) {
    SmcParameters defaults = SmcParameters.DEFAULT;
    return new ParticleGibbsSampler(
        new SmcParameters(
            p.integer("particles", defaults.particles()),
            p.number("ess_threshold", defaults.essThreshold()),
            Resampling.MULTINOMIAL),
        p.limit("iterations"),
        intervalShare(p));
  }

  private static Sampler vgb(Parameters p) {
    Map<String, Boolean> forms = new TreeMap<>(Map.of("fixed-time", true));
    Arrays.stream(TourEnd.values()).forEach(end -> forms.put(end.wireName(), false));
    return p.choice("form", false, forms)
        ? new FixedTimeSampler(p.integer("steps", 10_000), walkParameters(p))
        : walk("vgb", new VgbKernel(), p);
  }

  private static Sampler walk(String name, WalkKernel kernel, Parameters p) {
    Map<String, TourEnd> ends =
        Arrays.stream(TourEnd.values()).collect(Collectors.toMap(TourEnd::wireName, end -> end));
    TourEnd end = p.choice("form", TourEnd.FINISH, ends);
    return new WalkSampler(name, kernel, end, walkParameters(p), intervalShare(p));
  }

  private static WalkParameters walkParameters(Parameters p) {
    WalkParameters defaults = WalkParameters.DEFAULT;
    return new WalkParameters(
        p.integer("walks", defaults.walks()),
        p.integer("copies", defaults.copies()),
        p.integer("calibrate", defaults.calibrationDescents()),
        p.integer("tours", Math.toIntExact(defaults.tours())),
        p.integer("tokens_per_call", defaults.tokensPerCall()));
  }
}
