package io.tailwalk.lab.letter;

import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.verifiers.regex.RegexAutomaton;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A constraint with the request that states it. All three are known to fail at prefixes, which the
 * value of arXiv 2510.03149, {@code alpha^(H-h) r*}, needs.
 *
 * @param label label of its row
 * @param request text of the request
 * @param verifier its check of texts, which guides the samplers
 * @param holds the same check, written independently of the verifier
 */
record Constraint(String label, String request, Verifier verifier, Predicate<String> holds) {
  private static final List<String> TABOO =
      List.of("the", "and", "was", "had", "there", "time", "once");

  private static final String PLAIN = "( ?[A-Za-z]{1,6}[,.!?]?)( [A-Za-z]{1,6}[,.!?]?)*[ ]?";

  /** The label of the paper's constraint. */
  static final String PAPERS = "no letter e";

  /** The paper's constraint first, with the prompt of its authors' code. */
  static final List<Constraint> ALL =
      List.of(
          new Constraint(
              PAPERS,
              LetterTask.PROMPTS.getFirst(),
              Verifiers.avoid("e"),
              text -> text.toLowerCase(Locale.ROOT).indexOf('e') < 0),
          new Constraint(
              "no taboo words",
              "Generate a one-sentence story without using any of the words "
                  + String.join(", ", TABOO)
                  + ":",
              new AutomatonVerifier("taboo words", new ForbiddenWords(TABOO)),
              text ->
                  List.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)).stream()
                      .noneMatch(TABOO::contains)),
          new Constraint(
              "short words",
              "Generate a one-sentence story in plain words of at most six letters:",
              new AutomatonVerifier("words of at most six letters", RegexAutomaton.of(PLAIN)),
              text -> text.matches(PLAIN)));

  /** Whether it is the constraint of the paper's experiment. */
  boolean isPapers() {
    return label.equals(PAPERS);
  }
}
