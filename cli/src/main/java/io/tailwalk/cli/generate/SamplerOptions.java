package io.tailwalk.cli.generate;

import io.tailwalk.cli.InputException;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that choose one sampler and its parameters. */
public final class SamplerOptions {
  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      defaultValue = Samplers.DEFAULT,
      completionCandidates = SamplerNames.class,
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String sampler = "";

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description =
          "A parameter of the sampler, for example walks=8 or chi=0.5; may be repeated. An unknown"
              + " name lists the valid ones.")
  private Map<String, String> params = new LinkedHashMap<>();

  private static final class SamplerNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Samplers.names().iterator();
    }
  }

  /** The sampler. */
  public Sampler sampler() {
    try {
      return Samplers.create(sampler, params);
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
