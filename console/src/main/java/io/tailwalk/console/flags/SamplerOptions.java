package io.tailwalk.console.flags;

import io.tailwalk.runs.Request;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Pairs;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags that choose one sampler and its parameters. */
public final class SamplerOptions {
  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      defaultValue = Samplers.DEFAULT,
      completionCandidates = SamplerNames.class,
      description = "Sampler, one of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String sampler = "";

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description =
          "Parameter of the sampler, for example walks=8 or chi=0.5; may be repeated. An unknown"
              + " name lists the valid names.")
  private List<String> params = List.of();

  private static final class SamplerNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Samplers.names().iterator();
    }
  }

  /** The request with this sampler. */
  public Request of(Request request) {
    return request.sampler(sampler());
  }

  /** The sampler. */
  public Sampler sampler() {
    return sampler("--param", params());
  }

  /**
   * The sampler with one more parameter, which has a separate flag.
   *
   * @param flag the name of that flag, for error messages
   */
  public Sampler sampler(String flag, String name, String value) {
    Map<String, String> all = params();
    if (all.put(name, value) != null) {
      throw new InputException(flag + " and --param " + name + " are the same; give one of them");
    }
    return sampler(flag + " or --param", all);
  }

  private Map<String, String> params() {
    return Pairs.of("--param", "NAME=VALUE", params);
  }

  private Sampler sampler(String flags, Map<String, String> all) {
    if (!Samplers.names().contains(sampler)) {
      throw new InputException(
          "--sampler: unknown sampler '"
              + sampler
              + "'; the samplers are "
              + String.join(", ", Samplers.names()));
    }
    try {
      return Samplers.create(sampler, all);
    } catch (IllegalArgumentException e) {
      throw new InputException(flags + ": " + e.getMessage(), e);
    }
  }
}
