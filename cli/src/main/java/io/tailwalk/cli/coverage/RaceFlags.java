package io.tailwalk.cli.coverage;

import io.tailwalk.console.flags.ModelFlags;
import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.checkpoints.ScoredModel;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a race: the tournament's choice straight from models. */
final class RaceFlags {
  /** The flags that mean nothing without {@code --race}. */
  static final String[] OTHERS = {
    "--model", "--data", "--epsilon", "--end", "--threads", "--lib", "--context"
  };

  @Option(
      names = "--race",
      description =
          "Score responses straight from models, and only as many as the decision needs; takes"
              + " --model and --data in place of --scores.")
  private boolean race;

  @Option(
      names = "--model",
      paramLabel = "[NAME=]MODEL[@T]",
      description = "With --race: a candidate; give two or more.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "FILE.jsonl",
      description = "With --race: held-out responses, as 'tailwalk score' takes them.")
  private @Nullable Path data;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      defaultValue = "0",
      description =
          "With --race: stop too when the leader's worst case is shown within this of the best."
              + " Default: ${DEFAULT-VALUE}, never.")
  private double epsilon;

  @Option(names = "--end", description = "With --race: count ending as part of the response.")
  private boolean end;

  @Mixin private final ModelFlags flags = new ModelFlags();

  boolean isWanted() {
    return race;
  }

  /** Refuses numbers out of range, before any file is read. */
  void check() {
    Require.that(
        epsilon >= 0 && epsilon < 1, "--epsilon must be at least 0 and below 1, got " + epsilon);
    flags.check();
  }

  List<ScoredModel> candidates() {
    List<ScoredModel> candidates = ScoredModel.parse(models);
    if (candidates.size() < 2) {
      throw new InputException("--race needs two candidates or more; repeat --model");
    }
    return candidates;
  }

  Path data() {
    if (data == null) {
      throw new InputException("--race needs --data FILE.jsonl with held-out responses");
    }
    return data;
  }

  double epsilon() {
    return epsilon;
  }

  boolean end() {
    return end;
  }

  ModelFlags flags() {
    return flags;
  }
}
