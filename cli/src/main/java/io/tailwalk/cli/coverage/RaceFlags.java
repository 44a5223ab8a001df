package io.tailwalk.cli.coverage;

import io.tailwalk.console.flags.ChatFlags;
import io.tailwalk.console.flags.DataFlags;
import io.tailwalk.console.flags.ModelFlags;
import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.checkpoints.ResponseFiles;
import io.tailwalk.runs.checkpoints.ScoredModel;
import io.tailwalk.runs.work.InputException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of a race: a tournament that scores responses with the models themselves. */
final class RaceFlags {
  /** The flags that have no effect without {@code --race}. */
  static final String[] OTHERS = {
    "--model",
    "--data",
    "--responses",
    "--keep-blanks",
    "--chat",
    "--system",
    "--chat-template",
    "--chat-date",
    "--epsilon",
    "--end",
    "--threads",
    "--lib",
    "--context",
    "--batch",
    "--micro-batch",
    "--cache-type",
    "--flash-attn",
    "--gpu-layers",
    "--main-gpu",
    "--split-mode",
    "--tensor-split",
    "--trust"
  };

  @Option(
      names = "--race",
      description =
          "Score responses with the models themselves, and only as many as the decision needs;"
              + " requires --model and --data instead of --scores.")
  private boolean race;

  @Option(
      names = "--model",
      paramLabel = "[NAME=]MODEL[@T]",
      description = "Candidate for --race; give two or more.")
  private List<String> models = new ArrayList<>();

  @Mixin private final DataFlags data = new DataFlags();
  @Mixin private final ChatFlags chat = new ChatFlags();

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      defaultValue = "0",
      description =
          "Tolerance for --race: also stop if the leader's worst case is shown to be within this"
              + " distance of the best. Default: ${DEFAULT-VALUE} (never).")
  private double epsilon;

  @Option(
      names = "--end",
      description = "Score the end of each response as part of it (with --race).")
  private boolean end;

  @Mixin private final ModelFlags flags = new ModelFlags();

  boolean isWanted() {
    return race;
  }

  /** Refuses numbers out of range before any file is read. */
  void check() {
    Require.that(
        epsilon >= 0 && epsilon < 1, "--epsilon must be at least 0 and below 1, got " + epsilon);
    flags.check();
  }

  List<ScoredModel> candidates() {
    List<ScoredModel> candidates = ScoredModel.parse(models);
    if (candidates.size() < 2) {
      throw new InputException("--race needs at least two candidates; repeat --model");
    }
    return candidates;
  }

  ResponseFiles data(boolean allChoices) {
    if (!data.isGiven()) {
      throw new InputException("--race needs --data FILE.jsonl with held-out responses");
    }
    return data.files(allChoices).with(chat.turns());
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
