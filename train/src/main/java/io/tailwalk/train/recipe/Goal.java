package io.tailwalk.train.recipe;

import io.tailwalk.core.Sha256;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.run.NextTokenDistribution;
import io.tailwalk.train.run.Objective;
import io.tailwalk.train.run.TruncatedGradient;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a run trains for: the section {@code objective} of a recipe. */
sealed interface Goal {
  /** Every token of every response counts 1. */
  record MaximumLikelihood() implements Goal {}

  /** A step of SGD after each token (arXiv 2510.15020, Equation 21). */
  record TokenSteps() implements Goal {}

  /**
   * Maximum likelihood on responses of a teacher, truncated where the student deviates from it
   * (arXiv 2510.15020, Equations 24 to 27).
   *
   * @param teacher a checkpoint
   * @param level N; a response counts while the sum of stepwise KLs stays within log N
   */
  record TruncatedDistillation(Path teacher, double level) implements Goal {
    /** The objective with an open teacher, whose file is part of the fingerprint. */
    Objective objective(Transformer model) {
      var gradient = new TruncatedGradient(NextTokenDistribution.of(model), Math.log(level));
      String name = "truncated-distillation, level " + level + ", teacher " + hash();
      return new Objective() {
        @Override
        public TokenBatch weighted(Transformer student, TokenBatch batch) {
          return gradient.weighted(student, batch);
        }

        @Override
        public String fingerprint() {
          return name;
        }
      };
    }

    private String hash() {
      try {
        return Sha256.hex(teacher);
      } catch (IOException e) {
        throw new LearningException("cannot read " + teacher + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * Reads the section, if there is one.
   *
   * @param tokenizer the files of the run's tokenizer
   * @throws LearningException if it is invalid or does not go with the other sections
   */
  static Goal read(
      Section root,
      Section training,
      Section optimizer,
      TransformerConfig config,
      Map<String, byte[]> tokenizer) {
    if (!root.has("objective")) {
      return new MaximumLikelihood();
    }
    Section section = root.section("objective");
    String name =
        section.choice(
            "name", List.of("maximum-likelihood", "token-steps", "truncated-distillation"), null);
    Goal goal =
        switch (name) {
          case "token-steps" -> tokenSteps(section, training, optimizer);
          case "truncated-distillation" -> truncated(section, training, config, tokenizer);
          default -> new MaximumLikelihood();
        };
    section.finish();
    return goal;
  }

  private static Goal tokenSteps(Section section, Section training, Section optimizer) {
    if (!optimizer.text("name").equals("sgd")) {
      throw section.error(
          "name",
          "is token-steps, but optimizer.name is " + optimizer.text("name"),
          "use sgd, whose learning_rate is the eta of every token");
    }
    for (String key : List.of("clip", "loss_mean", "micro_batch")) {
      if (training.has(key)) {
        throw section.error(
            "name",
            "is token-steps, which has no use for training." + key,
            "leave that out: every token has a step of its own");
      }
    }
    return new TokenSteps();
  }

  private static Goal truncated(
      Section section, Section training, TransformerConfig config, Map<String, byte[]> tokenizer) {
    Path teacher = section.path("teacher", true);
    double level = section.number("level");
    if (!(level > 1)) {
      throw section.error("level", "is " + level, "give the N of the coverage, above 1");
    }
    if (training.choice("loss_mean", List.of("sequence", "token"), "sequence").equals("token")) {
      throw section.error(
          "name",
          "is truncated-distillation, but training.loss_mean is token",
          "use the mean over sequences, which the weights of its tokens are made for");
    }
    TransformerConfig known = Checkpoint.read(teacher).config();
    if (known.vocabulary() != config.vocabulary()) {
      throw section.error(
          "teacher",
          "has " + known.vocabulary() + " tokens, the student " + config.vocabulary(),
          "use a teacher with the same tokenizer");
    }
    if (known.context() < config.context()) {
      throw section.error(
          "teacher",
          "has a context of " + known.context() + ", the student one of " + config.context(),
          "lower model.context to the teacher's");
    }
    if (SavedTokenizer.exists(teacher) && !SavedTokenizer.matches(teacher, tokenizer)) {
      throw section.error(
          "teacher",
          "was trained with another tokenizer",
          "use the one in the folder tokenizer of its run");
    }
    return new TruncatedDistillation(teacher, level);
  }
}
