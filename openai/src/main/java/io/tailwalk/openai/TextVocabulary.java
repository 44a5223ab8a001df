package io.tailwalk.openai;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a server that shows none: the bytes of texts, the end of a response, and the
 * beginning of a message of each role.
 */
final class TextVocabulary implements Vocabulary {
  /** The end of a response. */
  static final int END = 256;

  private static final List<String> ROLES = List.of("system", "user", "assistant");
  private static final int FIRST_ROLE = END + 1;
  private static final int SIZE = FIRST_ROLE + ROLES.size();
  private static final byte[] NONE = {};

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public byte[] bytes(int token) {
    if (token < 0 || token >= SIZE) {
      throw new IndexOutOfBoundsException("token " + token + " of " + SIZE);
    }
    return token < END ? new byte[] {(byte) token} : NONE;
  }

  @Override
  public boolean isEnd(int token) {
    bytes(token);
    return token == END;
  }

  @Override
  public int[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      tokens[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return tokens;
  }

  /** The tokens of a chat: each message behind the token of its role. */
  int[] encode(List<ChatMessage> messages) {
    int[] all = new int[0];
    for (ChatMessage message : messages) {
      int role = ROLES.indexOf(message.role());
      if (role < 0) {
        throw new ModelException(
            "the role of a message must be one of "
                + String.join(", ", ROLES)
                + ", got '"
                + message.role()
                + "'");
      }
      int[] text = encode(message.content());
      int[] longer = Arrays.copyOf(all, all.length + 1 + text.length);
      longer[all.length] = FIRST_ROLE + role;
      System.arraycopy(text, 0, longer, all.length + 1, text.length);
      all = longer;
    }
    return all;
  }

  /** The messages of a chat; empty if the tokens are those of a text. */
  List<ChatMessage> messages(int[] tokens) {
    List<ChatMessage> messages = new ArrayList<>();
    for (int at = 0; at < tokens.length && tokens[0] >= FIRST_ROLE; ) {
      int role = tokens[at++] - FIRST_ROLE;
      var text = new ByteArrayOutputStream();
      while (at < tokens.length && tokens[at] < FIRST_ROLE) {
        text.writeBytes(bytes(tokens[at++]));
      }
      messages.add(new ChatMessage(ROLES.get(role), text.toString(StandardCharsets.UTF_8)));
    }
    return messages;
  }
}
