package io.tailwalk.sampling.particle;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.sampling.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Independent particle systems that advance in step: a round of all is one model batch. All are at
 * the same depth, so a node that two of them share is expanded for the first, as it would be if
 * they ran one after another.
 */
final class SystemsInStep {
  private final Run run;
  private final Proposal proposal;
  private final List<ParticleSystem> systems = new ArrayList<>();
  private final List<Work> work = new ArrayList<>();
  private Cost before = Cost.ZERO;
  private int size;
  private int rounds;
  private boolean complete = true;

  /** What a system has done. */
  private static final class Work {
    private long expansions;
    private long steps;
  }

  SystemsInStep(Run run, Proposal proposal) {
    this.run = run;
    this.proposal = proposal;
  }

  /** Adds a system that has not begun. */
  void add(ParticleSystem system) {
    systems.add(system);
    work.add(new Work());
    size = systems.size();
  }

  /**
   * Runs all systems to their ends. If the run cuts a round, the last systems are given up first,
   * as if they had not begun.
   */
  void finish() {
    before = run.explorer().meter().cost();
    while (IntStream.range(0, size).anyMatch(i -> !systems.get(i).isDone())) {
      int[][] waiting =
          systems.stream().limit(size).map(ParticleSystem::waiting).toArray(int[][]::new);
      int[] nodes = Arrays.stream(waiting).flatMapToInt(Arrays::stream).toArray();
      if (!run.mayGoOn(nodes.length, proposal.tokensOfMoves(nodes))) {
        giveUp(size - 1);
        continue;
      }
      note(waiting);
      run.explorer().meter().addSteps(nodes.length);
      proposal.prepare(nodes);
      for (int i = 0; i < size; i++) {
        if (!systems.get(i).isDone() && !systems.get(i).advance()) {
          giveUp(i);
        }
      }
    }
  }

  private void giveUp(int from) {
    size = from;
    complete = false;
  }

  private void note(int[][] waiting) {
    rounds++;
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < waiting.length; i++) {
      work.get(i).steps += waiting[i].length;
      for (int node : waiting[i]) {
        if (!run.explorer().tree().isExpanded(node) && seen.add(node)) {
          work.get(i).expansions++;
        }
      }
    }
  }

  /** Whether no system was given up. */
  boolean isComplete() {
    return complete;
  }

  /** Systems that have reached their ends. */
  int size() {
    return size;
  }

  /** A system that has reached its end. */
  ParticleSystem system(int index) {
    return systems.get(index);
  }

  /** Rounds made. */
  int rounds() {
    return rounds;
  }

  /** Nodes expanded. */
  long expansions() {
    return work.stream().mapToLong(each -> each.expansions).sum();
  }

  /**
   * The cost of the run at the end of a system if the systems had run one after another: exact in
   * nodes and steps, and in model tokens if roots were expanded before, which costs none.
   *
   * @param count systems, from 1
   */
  Cost costOfFirst(int count) {
    Cost after = run.explorer().meter().cost();
    long all = expansions();
    long first = work.stream().limit(count).mapToLong(each -> each.expansions).sum();
    double share = all == 0 ? (double) count / work.size() : (double) first / all;
    long steps = work.stream().limit(count).mapToLong(each -> each.steps).sum();
    return new Cost(
        after.promptTokens(),
        part(before.modelTokens(), after.modelTokens(), share),
        part(before.modelCalls(), after.modelCalls(), share),
        part(before.decodeCalls(), after.decodeCalls(), share),
        part(before.nodesExpanded(), after.nodesExpanded(), share),
        after.cachedTokens(),
        after.valueCalls(),
        after.verifierCalls(),
        before.steps() + steps,
        part(before.wallNanos(), after.wallNanos(), share));
  }

  private static long part(long before, long after, double share) {
    return before + Math.round((after - before) * share);
  }
}
