package io.tailwalk.llama;

import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.gguf.GgufFile;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * The tokens that begin and end a text. Where a file names none, llama.cpp assumes fixed ids (1 and
 * 2, or 11), which in other vocabularies are ordinary tokens such as a comma; those count only if
 * they have no text, or one in angle brackets.
 */
final class SpecialTokens {
  private static final String PREFIX = "tokenizer.ggml.";
  private static final String SUFFIX = "_token_id";
  private static final String BOS = PREFIX + "bos" + SUFFIX;

  private final Set<Integer> named = new HashSet<>();
  private final byte[][] pieces;
  private final BitSet ends = new BitSet();
  private final int bos;

  SpecialTokens(GgufFile file, NativeModel model, byte[][] pieces) {
    this.pieces = pieces;
    file.metadata()
        .forEach((key, value) -> {
          if (key.startsWith(PREFIX)
              && key.endsWith(SUFFIX)
              && value instanceof Long id
              && id >= 0
              && id < pieces.length) {
            named.add(id.intValue());
          }
        });
    for (int token = 0; token < pieces.length; token++) {
      ends.set(token, model.isEnd(token) && (named.contains(token) || looksSpecial(token)));
    }
    int assumed = model.bos();
    boolean isNamed = file.metadata().get(BOS) instanceof Long id && id == assumed;
    boolean exists = assumed >= 0 && assumed < pieces.length;
    bos = exists && (isNamed || looksSpecial(assumed)) ? assumed : -1;
  }

  private boolean looksSpecial(int token) {
    String text = new String(pieces[token], StandardCharsets.UTF_8);
    return text.isEmpty() || (text.startsWith("<") && text.endsWith(">"));
  }

  /** The tokens that end a text. */
  BitSet ends() {
    return ends;
  }

  /** The token that begins a text; -1 for none. */
  int bos() {
    return bos;
  }
}
