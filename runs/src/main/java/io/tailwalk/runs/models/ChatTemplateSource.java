package io.tailwalk.runs.models;

import io.tailwalk.runs.work.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a chat template comes from: a file, or one of llama.cpp's own formats by name. */
public final class ChatTemplateSource {
  private static final String BUILTIN = "llama.cpp:";
  private static final String SETTING = "chat-template";
  private static final int MOST_BYTES = 1 << 20;

  private ChatTemplateSource() {}

  /**
   * The template for {@link ModelSettings#withChatTemplate}.
   *
   * @param given path of a file with the template (Jinja in UTF-8), or {@code llama.cpp:NAME}
   * @throws InputException about the setting {@code chat-template} if the file cannot be read
   */
  public static String of(String given) {
    if (given.startsWith(BUILTIN)) {
      return given;
    }
    try {
      return read(Path.of(given));
    } catch (InvalidPathException e) {
      throw InputException.about(SETTING, "not a path: " + given + "; name a file", e);
    }
  }

  private static String read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw InputException.about(SETTING, "cannot read " + file + "; name a readable file", e);
    }
    if (bytes.length > MOST_BYTES) {
      throw InputException.about(
          SETTING, file + " is longer than 1 MiB, so it is no chat template; name another file");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isBlank()) {
        throw InputException.about(SETTING, file + " is empty; name a file with a template");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw InputException.about(SETTING, file + " is not UTF-8; save the template as UTF-8", e);
    }
  }
}
