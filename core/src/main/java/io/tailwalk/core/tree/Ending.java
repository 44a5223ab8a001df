package io.tailwalk.core.tree;

import io.tailwalk.core.verify.FinishReason;
import java.util.Optional;

/** Whether and how a node ends the response. */
public enum Ending {
  /** More tokens can follow. */
  OPEN(Optional.empty()),
  /** The last token is an end token. */
  END_TOKEN(Optional.of(FinishReason.STOP)),
  /** A stop string appeared. */
  STOP_STRING(Optional.of(FinishReason.STOP)),
  /** The length limit is reached. */
  LENGTH(Optional.of(FinishReason.LENGTH));

  private final Optional<FinishReason> finishReason;

  Ending(Optional<FinishReason> finishReason) {
    this.finishReason = finishReason;
  }

  /** Present on leaves. */
  public Optional<FinishReason> finishReason() {
    return finishReason;
  }
}
