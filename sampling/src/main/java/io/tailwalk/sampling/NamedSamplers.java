package io.tailwalk.sampling;

import io.tailwalk.sampling.adaptive.AutoSampler;
import io.tailwalk.sampling.chain.QAlignSampler;
import io.tailwalk.sampling.frontier.IntervalShare;
import io.tailwalk.sampling.walk.TourEnd;
import io.tailwalk.sampling.walk.WalkParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The samplers by name, with their parameters as text; {@link Samplers} makes them. */
final class NamedSamplers {
  private static final Map<String, Function<Parameters, Sampler>> MAKERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "auto",
                  p ->
                      Samplers.auto(
                          p.number("pilot", AutoSampler.PILOT),
                          p.integer("particles", AutoSampler.PARTICLES),
                          p.number("interval_share", AutoSampler.INTERVAL_SHARE))),
              Map.entry("ancestral", p -> Samplers.ancestral(parallel(p))),
              Map.entry("best-of-n", p -> Samplers.bestOfN(p.limit("candidates"), parallel(p))),
              Map.entry(
                  "outcome-rejection",
                  p ->
                      Samplers.outcomeRejection(
                          p.number("tau_max", Samplers.BOUND_OF_VERIFIER), parallel(p))),
              Map.entry("action-rejection", p -> Samplers.actionRejection(parallel(p))),
              Map.entry(
                  "action-importance",
                  p ->
                      Samplers.actionImportance(
                          p.limit("candidates"), parallel(p), intervalShare(p))),
              Map.entry(
                  "block-best-of-n",
                  p -> Samplers.blockBestOfN(blockLength(p), candidates(p), parallel(p))),
              Map.entry("block-rejection", NamedSamplers::blockRejection),
              Map.entry("beam", p -> Samplers.beam(p.integer("beam_width", Samplers.BEAM_WIDTH))),
              Map.entry("tokenwise-backtracking", NamedSamplers::tokenwiseBacktracking),
              Map.entry("smc", NamedSamplers::smc),
              Map.entry("smc-lookahead", NamedSamplers::smcLookahead),
              Map.entry("particle-gibbs", NamedSamplers::particleGibbs),
              Map.entry(
                  "qalign",
                  p ->
                      Samplers.qalign(
                          p.integer("chains", QAlignSampler.CHAINS),
                          p.limit("moves"),
                          intervalShare(p))),
              Map.entry("vgb", NamedSamplers::vgb),
              Map.entry(
                  "vgb-momentum",
                  p ->
                      Samplers.vgbMomentum(
                          p.number("chi", Samplers.CHI),
                          p.choice("form", TourEnd.FINISH, tourEnds()),
                          walks(p),
                          intervalShare(p)))));

  private NamedSamplers() {}

  static List<String> names() {
    return List.copyOf(MAKERS.keySet());
  }

  static Sampler create(String name, Map<String, String> parameters) {
    Function<Parameters, Sampler> maker = MAKERS.get(name);
    if (maker == null) {
      throw new IllegalArgumentException(
          "unknown sampler '"
              + name
              + (name.contains(",")
                  ? "'; semicolons separate samplers, and they are "
                  : "'; the samplers are ")
              + String.join(", ", names()));
    }
    var asked = new Parameters(name, parameters);
    Sampler sampler = maker.apply(asked);
    asked.refuseUnused();
    return sampler;
  }

  private static int parallel(Parameters p) {
    return p.integer("parallel", Samplers.PARALLEL);
  }

  private static int blockLength(Parameters p) {
    return p.integer("block_length", Samplers.BLOCK_LENGTH);
  }

  private static int candidates(Parameters p) {
    return p.integer("candidates", Samplers.BLOCK_CANDIDATES);
  }

  private static double intervalShare(Parameters p) {
    return p.number("interval_share", IntervalShare.DEFAULT);
  }

  private static Sampler blockRejection(Parameters p) {
    int length = blockLength(p);
    int candidates = candidates(p);
    boolean race = p.choice("choice", false, Map.of("proportional", false, "race", true));
    return race
        ? Samplers.blockRejectionByRace(length, candidates, parallel(p))
        : Samplers.blockRejection(length, candidates, parallel(p));
  }

  private static Sampler tokenwiseBacktracking(Parameters p) {
    return Samplers.tokenwiseBacktracking(
        p.integer("backtrack_quota", Samplers.BACKTRACK_QUOTA),
        p.integer("backtrack_stride", Samplers.BACKTRACK_STRIDE),
        p.number("value_threshold", 0),
        p.flag("redo_backtrack_with_argmax", true),
        parallel(p));
  }

  private static Sampler smc(Parameters p) {
    return Samplers.smc(particles(p), p.limit("runs"), intervalShare(p));
  }

  private static Sampler smcLookahead(Parameters p) {
    LookaheadParameters defaults = LookaheadParameters.DEFAULT;
    return Samplers.smcLookahead(
        particles(p),
        new LookaheadParameters(
            p.integer("block_length", defaults.blockLength()),
            p.integer("rollouts", defaults.rollouts()),
            p.integer("moves", defaults.moves())),
        p.limit("runs"),
        intervalShare(p));
  }

  private static SmcParameters particles(Parameters p) {
    SmcParameters defaults = SmcParameters.DEFAULT;
    Map<String, Resampling> schemes =
        Arrays.stream(Resampling.values())
            .collect(Collectors.toMap(Resampling::wireName, scheme -> scheme));
    return new SmcParameters(
        p.integer("particles", defaults.particles()),
        p.number("ess_threshold", defaults.essThreshold()),
        p.choice("resampling", defaults.resampling(), schemes));
  }

  private static Sampler particleGibbs(Parameters p) {
    SmcParameters defaults = SmcParameters.DEFAULT;
    return Samplers.particleGibbs(
        p.integer("particles", defaults.particles()),
        p.number("ess_threshold", defaults.essThreshold()),
        p.limit("iterations"),
        intervalShare(p));
  }

  private static Sampler vgb(Parameters p) {
    Map<String, Boolean> forms = new TreeMap<>(Map.of("fixed-time", true));
    tourEnds().keySet().forEach(end -> forms.put(end, false));
    return p.choice("form", false, forms)
        ? Samplers.vgbFixedTime(p.integer("steps", Samplers.FIXED_TIME_STEPS), walks(p))
        : Samplers.vgb(p.choice("form", TourEnd.FINISH, tourEnds()), walks(p), intervalShare(p));
  }

  private static Map<String, TourEnd> tourEnds() {
    return Arrays.stream(TourEnd.values()).collect(Collectors.toMap(TourEnd::wireName, end -> end));
  }

  private static WalkParameters walks(Parameters p) {
    WalkParameters defaults = WalkParameters.DEFAULT;
    return new WalkParameters(
        p.integer("walks", defaults.walks()),
        p.integer("copies", defaults.copies()),
        p.integer("calibrate", defaults.calibrationDescents()),
        p.integer("tours", Math.toIntExact(defaults.tours())),
        p.integer("tokens_per_call", defaults.tokensPerCall()));
  }
}
