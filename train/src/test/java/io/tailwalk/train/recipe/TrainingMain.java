package io.tailwalk.train.recipe;

import java.nio.file.Path;

/** A process that trains, resumes after an earlier one was killed, and reports each step. */
final class TrainingMain {
  private TrainingMain() {}

  public static void main(String[] args) {
    TrainingRun.open(Path.of(args[0]), true)
        .run(
            () -> false,
            (_, report) -> {
              System.out.println(report.step());
              System.out.flush();
            });
  }
}
