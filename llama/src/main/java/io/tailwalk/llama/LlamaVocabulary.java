package io.tailwalk.llama;

import io.tailwalk.chat.ChatText;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.ffi.SpecialToken;
import io.tailwalk.llama.gguf.GgufFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A model's tokens, copied when loaded; only encoding calls the library. */
final class LlamaVocabulary implements Vocabulary {
  private static final byte[] NOTHING = {};

  /** Texts that rarely merge with what follows. */
  private static final List<String> ANCHORS = List.of("\n", ".", ":", "0", "a", "e");

  private final NativeModel model;
  private final byte[][] pieces;
  private final BitSet ends;
  private final boolean hasTokenizer;
  private final int bos;
  private final boolean addsBos;
  private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
  private final Optional<WordEncoder> words;
  private final Optional<TextCoverage> coverage;
  private @Nullable List<SpecialToken> special;
  private boolean closed;

  LlamaVocabulary(GgufFile file, NativeModel model) {
    this.model = model;
    hasTokenizer = model.hasTokenizer();
    if (hasTokenizer) {
      pieces = model.pieces();
      SpecialTokens special = new SpecialTokens(file, model, pieces);
      ends = special.ends();
      bos = special.bos();
      addsBos = bos >= 0 && model.addsBos();
    } else {
      pieces = new byte[model.size()][];
      Arrays.fill(pieces, NOTHING);
      ends = new BitSet();
      bos = -1;
      addsBos = false;
    }
    coverage = TextCoverage.of(file.tokenizer().orElse(""), pieces);
    words = WordEncoder.of(pieces);
  }

  boolean hasTokenizer() {
    return hasTokenizer;
  }

  @Override
  public int size() {
    return pieces.length;
  }

  @Override
  public byte[] bytes(int token) {
    return pieces[token];
  }

  @Override
  public boolean isEnd(int token) {
    Objects.checkIndex(token, pieces.length);
    return ends.get(token);
  }

  @Override
  public int[] encode(String text) {
    int[] tokens = tokens(text, false);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!hasTokenizer || words.isPresent() || !isBehindBlank(decodeBytes(tokens), bytes)) {
      return tokens;
    }
    return withoutBlank(text, bytes).orElse(tokens);
  }

  @Override
  public OptionalInt textStart() {
    if (bos >= 0) {
      return OptionalInt.of(bos);
    }
    int end = ends.nextSetBit(0);
    return end < 0 ? OptionalInt.empty() : OptionalInt.of(end);
  }

  @Override
  public OptionalInt controlToken(String text) {
    return specialTokens().stream()
        .filter(token -> token.isControl() && token.text().equals(text))
        .mapToInt(SpecialToken::id)
        .findFirst();
  }

  private static boolean isBehindBlank(byte[] decoded, byte[] text) {
    return decoded.length == text.length + 1
        && decoded[0] == ' '
        && Arrays.equals(decoded, 1, decoded.length, text, 0, text.length);
  }

  /**
   * Ids of a text for a tokenizer that puts a blank before every text (SentencePiece's {@code
   * add_dummy_prefix}), as they are behind other text. The added blank replaces one that the text
   * begins with; otherwise the text is encoded behind a token whose ids are then removed.
   */
  private Optional<int[]> withoutBlank(String text, byte[] bytes) {
    if (text.startsWith(" ")) {
      int[] tokens = tokens(text.substring(1), false);
      if (Arrays.equals(decodeBytes(tokens), bytes)) {
        return Optional.of(tokens);
      }
    }
    for (String anchor : ANCHORS) {
      if (Arrays.stream(pieces).noneMatch(piece -> isText(piece, anchor))) {
        continue;
      }
      int[] before = tokens(anchor, false);
      int[] all = tokens(anchor + text, false);
      if (all.length > before.length
          && Arrays.equals(all, 0, before.length, before, 0, before.length)) {
        int[] tokens = Arrays.copyOfRange(all, before.length, all.length);
        if (Arrays.equals(decodeBytes(tokens), bytes)) {
          return Optional.of(tokens);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isText(byte[] piece, String text) {
    return Arrays.equals(piece, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Ids of a prompt: control tokens in the text are recognised, and BOS is first exactly once. */
  int[] encodePrompt(String text) {
    return withBos(tokens(text, true));
  }

  /**
   * Ids of a chat: markers are recognised in the template's own text only, and BOS is first exactly
   * once.
   *
   * @param source source of the template
   */
  int[] encodeChat(ChatText chat, String source) {
    if (words.isPresent() || !hasTokenizer) {
      return withBos(tokens(chat.text(), false));
    }
    List<SpecialToken> special = specialTokens();
    List<int[]> parts = new ArrayList<>();
    for (ChatPieces.Piece piece : ChatPieces.of(chat, special, source)) {
      if (piece.token().isPresent()) {
        parts.add(new int[] {piece.token().getAsInt()});
      } else {
        addText(piece.text().text(), piece.breaks(), parts);
      }
    }
    return withBos(parts.stream().flatMapToInt(Arrays::stream).toArray());
  }

  /** The tokens that are found in text as a whole, the longest first. */
  synchronized List<SpecialToken> specialTokens() {
    List<SpecialToken> known = special;
    if (known == null) {
      known = model.specialTokens();
      special = known;
    }
    return known;
  }

  private void addText(String text, BitSet breaks, List<int[]> parts) {
    int from = 0;
    while (from < text.length()) {
      int next = breaks.nextSetBit(from + 1);
      int to = next < 0 ? text.length() : next;
      addPart(text.substring(from, to), from == 0, parts);
      from = to;
    }
  }

  /** Some tokenizers put control tokens together from text: such a text is encoded in two. */
  private void addPart(String part, boolean first, List<int[]> parts) {
    int[] ids = first ? tokens(part, false) : encode(part);
    for (SpecialToken token : specialTokens()) {
      if (token.isControl() && Arrays.stream(ids).anyMatch(id -> id == token.id())) {
        int at = part.indexOf(token.text());
        int second = at < 0 ? 0 : at + Character.charCount(part.codePointAt(at));
        if (at < 0 || second >= part.length()) {
          throw new ModelException(
              "the model's tokenizer makes the control token "
                  + token.text()
                  + " of the text of a message; change the message");
        }
        addPart(part.substring(0, second), first, parts);
        addPart(part.substring(second), false, parts);
        return;
      }
    }
    parts.add(ids);
  }

  private int[] withBos(int[] tokens) {
    if (!addsBos || (tokens.length > 0 && tokens[0] == bos)) {
      return tokens;
    }
    int[] withBos = new int[tokens.length + 1];
    withBos[0] = bos;
    System.arraycopy(tokens, 0, withBos, 1, tokens.length);
    return withBos;
  }

  private int[] tokens(String text, boolean parseSpecial) {
    if (!hasTokenizer) {
      throw new ModelException(
          "the model file has no tokenizer, so text cannot be encoded; give token ids");
    }
    closing.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      if (words.isPresent()) {
        return words.get().encode(text);
      }
      coverage.ifPresent(characters -> characters.require(text));
      return text.isEmpty() ? new int[0] : model.tokenize(text, parseSpecial);
    } finally {
      closing.readLock().unlock();
    }
  }

  /** Disables encoding. */
  void close() {
    closing.writeLock().lock();
    try {
      closed = true;
    } finally {
      closing.writeLock().unlock();
    }
  }
}
