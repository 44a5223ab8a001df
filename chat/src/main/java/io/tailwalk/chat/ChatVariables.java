package io.tailwalk.chat;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a template sees besides the messages.
 *
 * @param bosToken text of the model's token that begins a text
 * @param eosToken text of the model's token that ends a text
 * @param date the date that templates print; empty for none: templates with a date of their own
 *     print that one, others refuse the chat
 */
public record ChatVariables(
    Optional<String> bosToken, Optional<String> eosToken, Optional<LocalDate> date) {
  /** No tokens, no date. */
  public static final ChatVariables NONE =
      new ChatVariables(Optional.empty(), Optional.empty(), Optional.empty());

  /** These variables with the texts of the model's tokens. */
  public ChatVariables withTokens(Optional<String> bos, Optional<String> eos) {
    return new ChatVariables(bos, eos, date);
  }

  /** These variables with a date. */
  public ChatVariables withDate(LocalDate day) {
    return new ChatVariables(bosToken, eosToken, Optional.of(day));
  }
}
