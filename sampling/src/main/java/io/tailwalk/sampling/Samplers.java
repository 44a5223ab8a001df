package io.tailwalk.sampling;

import io.tailwalk.sampling.walk.MomentumKernel;
import io.tailwalk.sampling.walk.VgbKernel;
import io.tailwalk.sampling.walk.WalkKernel;
import io.tailwalk.sampling.walk.WalkParameters;
import io.tailwalk.sampling.walk.WalkSampler;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The samplers by name, made from parameters given as text. */
public final class Samplers {
  private static final Map<String, Function<Parameters, Sampler>> MAKERS =
      new java.util.TreeMap<>(
          Map.of(
              "best-of-n", Samplers::bestOfN,
              "vgb", p -> walk("vgb", new VgbKernel(), p),
              "vgb-momentum",
                  p -> walk("vgb-momentum", new MomentumKernel(p.number("chi", 1.0)), p)));

  private Samplers() {}

  /** All names, sorted. */
  public static List<String> names() {
    return List.copyOf(MAKERS.keySet());
  }

  /**
   * A sampler by name.
   *
   * @param parameters by the names that {@link Sampler#params} reports; those left out take their
   *     defaults
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

  private static Sampler bestOfN(Parameters p) {
    return new BestOfNSampler(
        p.integer("candidates", Integer.MAX_VALUE), p.integer("parallel", 16));
  }

  private static Sampler walk(String name, WalkKernel kernel, Parameters p) {
    WalkParameters defaults = WalkParameters.DEFAULT;
    return new WalkSampler(
        name,
        kernel,
        new WalkParameters(
            p.integer("walks", defaults.walks()),
            p.integer("copies", defaults.copies()),
            p.integer("calibrate", defaults.calibrationDescents()),
            p.integer("tours", Math.toIntExact(defaults.tours()))));
  }
}
