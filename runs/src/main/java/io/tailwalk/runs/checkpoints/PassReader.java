package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.passk.BestOfN;
import io.tailwalk.coverage.passk.PromptSamples;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.coverage.passk.PromptVotes;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.coverage.passk.VoteCurves;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.NamedFiles;
import io.tailwalk.records.scores.GradedReader;
import io.tailwalk.records.scores.GradedSample;
import io.tailwalk.records.scores.GradedSamples;
import io.tailwalk.records.scores.SuccessReader;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Reads the runs of {@code passk}. */
final class PassReader {
  private PassReader() {}

  /** Runs given as {@code [NAME=]FILE}; a name that is given several times has several files. */
  static List<PassRun> parse(List<String> texts, PassOptions options) {
    Map<String, List<NamedFiles>> byName = new LinkedHashMap<>();
    for (String text : texts) {
      if (text.isEmpty() || text.endsWith("=")) {
        throw InputException.about("samples", text + " names no file; give NAME=FILE");
      }
      NamedFiles named = NamedFiles.of(text);
      List<NamedFiles> before = byName.computeIfAbsent(named.nameOrStem(), _ -> new ArrayList<>());
      before.add(named);
      if (before.size() > 1 && before.stream().anyMatch(files -> files.name().isEmpty())) {
        throw twice(named.nameOrStem(), named.pattern());
      }
    }
    List<PassRun> runs = new ArrayList<>();
    byName.forEach((name, all) ->
        runs.addAll(
            read(all.stream().flatMap(named -> named.files().stream()).toList(), name, options)));
    for (int i = 0; i < runs.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (runs.get(i).name().equals(runs.get(j).name())) {
          throw twice(runs.get(i).name(), String.valueOf(runs.get(i).files().getFirst()));
        }
      }
    }
    return runs;
  }

  private static InputException twice(String name, String file) {
    return InputException.about(
        "samples",
        "two runs are named '"
            + name
            + "'; give them different names, as in NAME="
            + file
            + ", or give every file of one run its name");
  }

  static List<PassRun> read(List<Input> inputs, String name, PassOptions options) {
    List<Path> files = inputs.stream().map(Input::name).toList();
    List<GradedSamples> read = GradedReader.read(inputs, options.graded());
    Optional<Path> only =
        inputs.size() == 1 && inputs.getFirst().name().equals(inputs.getFirst().file())
            ? Optional.of(files.getFirst())
            : Optional.empty();
    List<SuccessReader.Mass> known =
        options.threshold().isPresent()
            ? List.of()
            : only.flatMap(SuccessReader::beside).orElse(List.of());
    return read.stream()
        .map(samples ->
            run(
                files,
                samples.variant().isEmpty() ? name : name + " (" + samples.variant() + ")",
                samples,
                known,
                options.answer().isPresent()))
        .toList();
  }

  private static PassRun run(
      List<Path> files,
      String name,
      GradedSamples read,
      List<SuccessReader.Mass> known,
      boolean answers) {
    List<GradedSample> samples = read.samples();
    String place = PassRun.place(files);
    boolean graded =
        samples.stream().anyMatch(sample -> !passesOrFails(sample.reward()))
            || known.stream().anyMatch(mass -> !mass.boundedByOne());
    List<PromptSuccess> masses = graded ? List.of() : masses(place, known);
    double error = known.stream().mapToDouble(mass -> 1 - mass.level()).max().orElse(0);
    boolean plain = samples.stream().allMatch(GradedSample::plain);
    refuseSelected(place, plain, graded, masses);
    if (answers && !(plain && read.decided())) {
      throw new InputException(
          place
              + ": a vote needs plain draws of which it is known whether they pass; state the"
              + " smallest reward that passes, or leave out the field of the answer");
    }
    boolean rewarded = plain && samples.stream().anyMatch(PassReader::hasReward);
    boolean voting = plain && read.decided() && hasVotes(samples);
    boolean weighs = rewarded && samples.stream().allMatch(sample -> sample.reward() >= 0);
    try {
      return new PassRun(
          files,
          name,
          plain && read.decided()
              ? Optional.of(new RunCurves(name, prompts(samples, GradedSample::score)))
              : Optional.empty(),
          rewarded
              ? Optional.of(new RunCurves(name, prompts(samples, GradedSample::reward)))
              : Optional.empty(),
          voting ? Optional.of(new VoteCurves(votes(samples, _ -> 1))) : Optional.empty(),
          voting && weighs
              ? Optional.of(new VoteCurves(votes(samples, GradedSample::reward)))
              : Optional.empty(),
          read.own() ? Interval.NON_NEGATIVE : Interval.LINE,
          masses,
          error);
    } catch (CoverageException e) {
      throw new InputException(place + ": " + e.getMessage(), e);
    }
  }

  private static void refuseSelected(
      String place, boolean plain, boolean graded, List<PromptSuccess> masses) {
    if (!plain && graded) {
      throw new InputException(
          place
              + ": its rewards are graded, so its record contains mean rewards, which determine no"
              + " pass@k, and its sampler returns only completions that pass; draw with the sampler"
              + " ancestral");
    }
    if (!plain && masses.isEmpty()) {
      throw new InputException(
          place
              + ": its sampler returns only completions that pass, so pass@k cannot be counted, and"
              + " there is no run record with success probabilities next to it; draw with the"
              + " sampler ancestral, or keep FILE.run.json");
    }
  }

  private static boolean passesOrFails(double reward) {
    return reward == 0 || reward == 1;
  }

  /** Whether the reward says more than whether the sample passes. */
  private static boolean hasReward(GradedSample sample) {
    return sample.reward() != (sample.correct() ? 1 : 0);
  }

  private static List<PromptSuccess> masses(String place, List<SuccessReader.Mass> known) {
    try {
      return known.stream()
          .map(mass ->
              PromptSuccess.clamped(
                  mass.promptId(),
                  mass.value(),
                  mass.interval(),
                  mass.standardError(),
                  mass.bias()))
          .toList();
    } catch (CoverageException e) {
      throw new InputException(place + ", its run record: " + e.getMessage(), e);
    }
  }

  private static Map<String, List<GradedSample>> byPrompt(List<GradedSample> samples) {
    Map<String, List<GradedSample>> byPrompt = new LinkedHashMap<>();
    samples.forEach(
        sample -> byPrompt.computeIfAbsent(sample.promptId(), _ -> new ArrayList<>()).add(sample));
    return byPrompt;
  }

  private static List<PromptSamples> prompts(
      List<GradedSample> samples, ToDoubleFunction<GradedSample> selector) {
    List<PromptSamples> prompts = new ArrayList<>();
    byPrompt(samples)
        .forEach((id, all) -> {
          long correct = all.stream().filter(GradedSample::correct).count();
          boolean scored = all.stream().noneMatch(s -> Double.isNaN(selector.applyAsDouble(s)));
          List<BestOfN.Scored> scores =
              scored
                  ? all.stream()
                      .map(s -> new BestOfN.Scored(selector.applyAsDouble(s), s.reward()))
                      .toList()
                  : List.of();
          prompts.add(new PromptSamples(id, all.size(), correct, scores));
        });
    return prompts;
  }

  /** Whether every answer is known, and some prompt has several. */
  private static boolean hasVotes(List<GradedSample> samples) {
    return samples.stream().allMatch(sample -> sample.answer().isPresent())
        && byPrompt(samples).values().stream().anyMatch(all -> all.size() > 1);
  }

  private static List<PromptVotes> votes(
      List<GradedSample> samples, ToDoubleFunction<GradedSample> weight) {
    List<PromptVotes> votes = new ArrayList<>();
    byPrompt(samples)
        .forEach((id, all) ->
            votes.add(
                new PromptVotes(
                    id,
                    all.stream()
                        .map(sample ->
                            new PromptVotes.Ballot(
                                sample.answer().orElseThrow(),
                                sample.correct(),
                                weight.applyAsDouble(sample)))
                        .toList())));
    return votes;
  }
}
