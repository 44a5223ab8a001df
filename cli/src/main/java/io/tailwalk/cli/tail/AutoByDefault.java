package io.tailwalk.cli.tail;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The sampler that chooses by itself, where none is named. */
final class AutoByDefault implements IDefaultValueProvider {
  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    boolean isSampler =
        argument instanceof OptionSpec option && option.longestName().equals("--sampler");
    return isSampler ? "auto" : null;
  }
}
