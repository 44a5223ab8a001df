package io.tailwalk.llama;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How chats are formatted.
 *
 * @param template the chat template (Jinja), or {@code llama.cpp:NAME} for one of llama.cpp's own
 *     formats; empty for the template in the model's file
 * @param date the date that templates print; empty for none
 */
public record ChatSettings(Optional<String> template, Optional<LocalDate> date) {
  /** The template in the file, no date. */
  public static final ChatSettings DEFAULT = new ChatSettings(Optional.empty(), Optional.empty());

  private static final String BUILTIN = "llama.cpp:";

  /** The name of the llama.cpp format, if one is chosen. */
  Optional<String> builtin() {
    return template
        .filter(text -> text.startsWith(BUILTIN))
        .map(text -> text.substring(BUILTIN.length()));
  }
}
