package io.tailwalk.demo;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.PromptLayout;
import io.tailwalk.records.input.Input;
import io.tailwalk.runs.sample.PromptFiles;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.walk.WalkSampler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The task of the demonstration: continue prompts by about twelve words without the letter e. Most
 * texts of this length contain the letter, so the model passes at most once in ten thousand
 * attempts.
 */
final class DemoSetup {
  static final String MODEL = "builtin:austen";
  static final String VERIFIER = "avoid:e and length:60..80";
  static final List<String> SAMPLERS = List.of("best-of-n", "vgb", "vgb-momentum");

  /** Sampler whose walk for the first prompt is shown in the report step by step. */
  static final String SHOWN_WALK = "vgb-momentum";

  /** Completions of each prompt. */
  static final int N = 8;

  /** Length limit in tokens; the model's tokens are bytes. */
  static final int MAX_TOKENS = 80;

  /** Budget of model tokens per prompt, equal to 150 complete completions. */
  static final long BUDGET_TOKENS = 12_000;

  static final long SEED = 1;

  private DemoSetup() {}

  /**
   * Returns the budget that keeps a sampler within {@link #BUDGET_TOKENS}: walks start no tour
   * beyond their budget but finish the current tours, using at most {@link Budget#HARD_LIMIT} times
   * their budget.
   */
  static Budget budget(Sampler sampler) {
    boolean finishes = sampler instanceof WalkSampler;
    return Budget.ofModelTokens(
        finishes ? (long) (BUDGET_TOKENS / Budget.HARD_LIMIT) : BUDGET_TOKENS);
  }

  /**
   * Copies the bundled prompts into a folder, where other commands can use them, and reads them.
   */
  static List<PromptJob> prompts(Path folder) {
    Path file = folder.resolve("prompts.jsonl");
    AtomicFiles.write(file, shipped());
    return new PromptFiles(List.of(Input.of(file)), PromptLayout.ANY).jobs();
  }

  private static String shipped() {
    try (InputStream in = DemoSetup.class.getResourceAsStream("prompts.jsonl")) {
      if (in == null) {
        throw new IllegalStateException("prompts.jsonl is missing from the jar; build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
