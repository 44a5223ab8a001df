package io.tailwalk.cli.coverage;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.generate.StudyOptions;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.CoverageJson;
import io.tailwalk.report.coverage.CoveragePages;
import io.tailwalk.runs.checkpoints.Scores;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.tables.scores.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Coverage profiles from score tables. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compute each model's coverage profile from score tables: the share of responses that it"
          + " under-weights by a factor N or more against the law they were drawn from, with a band"
          + " that holds at all N at once; cross-entropy and KL beside it.",
      "Without that law's log-probabilities no profile is identified and none is given: compare the"
          + " models with select."
    })
public final class ProfileCommand implements Callable<Integer> {
  private static final int DOUBLINGS = 16;
  private static final int PER_DOUBLING = 2;

  private final Console console;
  private final List<String> words;

  @Mixin private final TableOptions table = new TableOptions();

  @Option(
      names = "--reference",
      paramLabel = "COLUMN|MODEL",
      description =
          "Where the log-probability under the law of the responses stands: a column, or a model of"
              + " the table. Default: the column reference_log_prob, if there is one.")
  private @Nullable String reference;

  @Option(
      names = {"--n", "--ns"},
      split = ",",
      paramLabel = "N[,N...]",
      description = "The factors N. Default: 1 to 65536 in steps of a factor sqrt(2).")
  private List<Double> factors = new ArrayList<>();

  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Shows on the given console.
   *
   * @param words the command line, for the record
   */
  public ProfileCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    table.check();
    NGrid grid =
        factors.isEmpty()
            ? NGrid.logarithmic(DOUBLINGS, PER_DOUBLING)
            : Factors.grid("--ns", factors);
    study.prepare();
    List<ModelProfile> profiles = profiles(grid);
    RunRecord record =
        Provenance.record(words, List.of(), table.seed(), Map.of("delta", table.delta()));
    ObjectNode json = CoverageJson.profile(profiles);
    json.set("run", record.json());
    List<Table> tables = new ArrayList<>(List.of(CoveragePages.entropies(profiles)));
    boolean referenced = !profiles.getFirst().points().isEmpty();
    if (referenced) {
      tables.add(CoveragePages.coverage(profiles));
    }
    study.show(console, "profile", json, CoveragePages.profile(profiles, record), tables);
    if (!study.isJson()) {
      console.print(CoveragePages.entropyIntervals());
    }
    if (!referenced && !study.quiet()) {
      console.tell(
          "no coverage profile: the table has no log-probabilities under the law of the responses;"
              + " give --reference COLUMN|MODEL, or compare the models with 'tailwalk select'");
    }
    return ExitCode.OK;
  }

  private List<ModelProfile> profiles(NGrid grid) {
    Reference where =
        reference == null ? new Reference.IfPresent() : new Reference.Named(reference);
    return new Scores.ProfileQuestion(
            table.scores(), where, grid, table.confidence(), table.byPrompt())
        .run();
  }
}
