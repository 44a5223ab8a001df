package io.tailwalk.runs.compare;

import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Pairs;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samplers with their parameters as text: {@code NAME} or {@code NAME:KEY=VALUE,KEY=VALUE}. */
public final class SamplerSpecs {
  /** The samplers compared by default, separated by semicolons. */
  public static final String DEFAULT =
      Samplers.DEFAULT + ";smc;vgb-momentum;vgb;action-rejection;best-of-n";

  private static final String SETTING = "samplers";

  private SamplerSpecs() {}

  /**
   * Returns the samplers by their specification, in order.
   *
   * @throws InputException about the setting {@code samplers}, if a sampler is unknown or named
   *     twice
   */
  public static Map<String, Sampler> parse(List<String> specs) {
    Map<String, Sampler> samplers = new LinkedHashMap<>();
    for (String spec : specs) {
      int colon = spec.indexOf(':');
      String name = (colon < 0 ? spec : spec.substring(0, colon)).strip();
      Map<String, String> params =
          colon < 0 ? Map.of() : params(name, spec.substring(colon + 1).split(",", -1));
      try {
        if (samplers.put(spec.strip(), Samplers.create(name, params)) != null) {
          throw InputException.about(SETTING, "'" + spec + "' is named twice; name it once");
        }
      } catch (IllegalArgumentException e) {
        throw InputException.about(SETTING, String.valueOf(e.getMessage()), e);
      }
    }
    if (samplers.isEmpty()) {
      throw InputException.about(SETTING, "no sampler is named; give NAME;NAME, or omit it");
    }
    return samplers;
  }

  private static Map<String, String> params(String name, String[] pairs) {
    try {
      return Pairs.of(name, name + ":key=value,key=value", List.of(pairs));
    } catch (InputException e) {
      throw InputException.about(SETTING, e.sentence(), e);
    }
  }
}
