package io.tailwalk.demo;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.coverage.passk.SuccessCurve;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.tournament.TournamentAggregate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A study of a series of checkpoints: profiles and choices, computed like the commands for score
 * tables.
 *
 * @param profiles profiles of the checkpoints, by ascending step
 * @param tournament tournament among the checkpoints
 * @param masses probability of each prompt's correct response, by checkpoint
 */
record CheckpointStudy(
    List<ModelProfile> profiles, TournamentResult tournament, List<List<PromptSuccess>> masses) {
  /** Factors of the profile. */
  static final NGrid FACTORS = NGrid.of(2, 8);

  /** Factor of the tournament: half the number of draws, by the rule of thumb for Best-of-N. */
  static final double TOURNAMENT = 8;

  /** Draws per prompt with which the choices are compared. */
  static final int ATTEMPTS = 16;

  /** Keeps copies. */
  CheckpointStudy {
    profiles = List.copyOf(profiles);
    masses = masses.stream().map(List::copyOf).toList();
  }

  /** One response under every checkpoint. */
  private record Scored(long key, List<Double> logProbs) {}

  /**
   * Reads the tables.
   *
   * @param scores score table of the checkpoints
   * @param reference score table of the distribution of the responses
   */
  static CheckpointStudy of(Path scores, Path reference) {
    try (ScoreTable table =
        ScoreTable.open(
            List.of(scores.toString(), reference.toString()),
            new Reference.Named(CheckpointScoring.REFERENCE))) {
      var profile = ProfileAggregate.withReference(table.models(), FACTORS);
      var tournament =
          TournamentAggregate.overIndependentRows(table.models(), NGrid.of(TOURNAMENT));
      List<Scored> rows = new ArrayList<>();
      table.forEach(row -> {
        profile.add(row.exampleKey(), row.reference(), row.logProbs(), row.tokens());
        tournament.add(row.exampleKey(), row.logProbs());
        rows.add(
            new Scored(row.exampleKey(), java.util.Arrays.stream(row.logProbs()).boxed().toList()));
      });
      rows.sort(Comparator.comparingLong(Scored::key));
      var sizes = PromptSizes.independent(rows.size());
      List<List<PromptSuccess>> masses = new ArrayList<>();
      for (int m = 0; m < table.models().size(); m++) {
        int model = m;
        masses.add(rows.stream().map(row -> mass(row, model)).toList());
      }
      return new CheckpointStudy(
          profile.profiles(sizes, Confidence.standard()),
          tournament.results(sizes, Confidence.standard()).getFirst(),
          masses);
    }
  }

  private static PromptSuccess mass(Scored row, int model) {
    double mass = Math.exp(row.logProbs().get(model));
    return PromptSuccess.known(Long.toString(row.key()), mass);
  }

  /** Number of held-out responses. */
  long rows() {
    return tournament.rows();
  }

  /** Mean probability that {@link #ATTEMPTS} draws of a checkpoint contain the correct response. */
  double pass(int checkpoint) {
    return masses.get(checkpoint).stream()
        .mapToDouble(mass -> SuccessCurve.pass(mass.value(), ATTEMPTS))
        .average()
        .orElseThrow();
  }

  /** Index of the tournament's choice. */
  int byCoverage() {
    return place(tournament.winner().model());
  }

  /** Index of the checkpoint with the lowest cross-entropy. */
  int byCrossEntropy() {
    return place(tournament.crossEntropyChoice().model());
  }

  /**
   * {@link #pass} of the tournament's choice minus that of the choice by cross-entropy, per prompt.
   */
  PairedPoint gain() {
    return PairedPoint.ofSuccesses(
        masses.get(byCoverage()),
        masses.get(byCrossEntropy()),
        ATTEMPTS,
        0,
        Confidence.standard().delta());
  }

  private int place(String model) {
    return profiles.stream().map(ModelProfile::model).toList().indexOf(model);
  }
}
