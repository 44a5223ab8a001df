package io.tailwalk.verifiers.prm;

import java.util.List;
import java.util.Optional;

/**
 * Completions of one prompt, to be scored.
 *
 * @param prompt the prompt's text
 * @param completions at least one
 * @param model the model's name, if the server wants one
 * @param label the class that is good, if it is not the last
 * @param template the question of a chat, with {@code {prompt}} and {@code {completion}}
 */
record RewardQuery(
    String prompt,
    List<String> completions,
    Optional<String> model,
    Optional<String> label,
    String template) {

  int size() {
    return completions.size();
  }

  /** Prompt and completion in one, for models that read them so. */
  List<String> texts() {
    return completions.stream().map(completion -> prompt + completion).toList();
  }

  /** The question about the only completion. */
  String question() {
    return io.tailwalk.verifiers.judge.JudgeTemplate.fill(template, prompt, completions.getFirst());
  }
}
