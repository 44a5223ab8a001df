package io.tailwalk.chat.jinja;

import java.io.Serial;

/** A template called {@code raise_exception}; the message is the template's own, unchecked. */
public final class RefusedChat extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  RefusedChat(String reason) {
    super(reason);
  }
}
