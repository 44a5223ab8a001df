package io.tailwalk.verifiers.judge;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.verifiers.spec.SpecFiles;
import java.util.Optional;
import java.util.stream.Collectors;

/** The question that a judge is asked, with places for prompt and completion. */
public final class JudgeTemplate {
  private static final String PROMPT = "{prompt}";
  private static final String COMPLETION = "{completion}";

  /** The template if none is given. */
  static final String DEFAULT =
      """
      Question:
      {prompt}

      Answer, perhaps unfinished:
      {completion}

      Is the answer good so far? Reply with one word, yes or no.\
      """;

  private JudgeTemplate() {}

  /**
   * The template in a file, or the default template.
   *
   * @param kind the verifier's kind, for messages
   * @throws IllegalArgumentException if it has no placeholder for the completion
   */
  public static String read(String kind, Optional<String> file) {
    return file.map(name -> load(kind, name).text()).orElse(DEFAULT);
  }

  /**
   * The template in a file.
   *
   * @param kind the verifier's kind, for messages
   * @throws IllegalArgumentException if it has no placeholder for the completion
   */
  static SpecFiles.Loaded load(String kind, String file) {
    SpecFiles.Loaded loaded = SpecFiles.load(kind, file);
    if (!loaded.text().contains(COMPLETION)) {
      throw new IllegalArgumentException(
          kind + ": the template " + file + " has no {completion}; add it");
    }
    return loaded;
  }

  /** The question. Placeholders within the prompt or the completion are not replaced. */
  public static String fill(String template, String prompt, String completion) {
    var out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      if (template.startsWith(PROMPT, at)) {
        out.append(prompt);
        at += PROMPT.length();
      } else if (template.startsWith(COMPLETION, at)) {
        out.append(completion);
        at += COMPLETION.length();
      } else {
        out.append(template.charAt(at++));
      }
    }
    return out.toString();
  }

  /**
   * A prompt's text; for a chat, the contents of its messages, line by line.
   *
   * @throws VerifierException if the prompt is bare token ids
   */
  public static String text(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text(String text) -> text;
      case Prompt.Chat chat ->
          chat.messages().stream().map(ChatMessage::content).collect(Collectors.joining("\n\n"));
      case Prompt.Tokens _ ->
          throw new VerifierException("a judge cannot read a prompt that is bare token ids");
    };
  }
}
