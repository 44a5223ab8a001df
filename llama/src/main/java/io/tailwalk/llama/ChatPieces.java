package io.tailwalk.llama;

import io.tailwalk.chat.ChatText;
import io.tailwalk.llama.ffi.SpecialToken;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * Splits the text of a chat at special tokens, in the order in which llama.cpp does: the longest
 * token first, everywhere in what is left. The difference is the origin: a marker, that is, a
 * control token or another special token that the template uses, counts only where all of its
 * characters are the template's own.
 */
final class ChatPieces {
  /** Shorter tokens of the user-defined kind are words or punctuation, not markers. */
  private static final int SHORTEST_MARKER = 3;

  /**
   * A piece of the text: one token, or text between tokens.
   *
   * @param token the token, if it is one
   * @param text the text
   * @param breaks places in the text at which it must be encoded in two, so that it cannot become a
   *     marker
   */
  record Piece(OptionalInt token, ChatText text, BitSet breaks) {}

  private ChatPieces() {}

  /**
   * The pieces in order.
   *
   * @param special special tokens, the longest first
   * @param source source of the template
   */
  static List<Piece> of(ChatText text, List<SpecialToken> special, String source) {
    List<Piece> pieces = List.of(new Piece(OptionalInt.empty(), text, new BitSet()));
    for (SpecialToken token : special) {
      if (text.text().contains(token.text())) {
        boolean hidden = token.isControl() || token.isUnknown();
        boolean marker = hidden || isMarker(token, text, source);
        List<Piece> next = new ArrayList<>();
        for (Piece piece : pieces) {
          if (piece.token().isPresent()) {
            next.add(piece);
          } else {
            split(piece, token, marker, next);
          }
        }
        pieces = next;
      }
    }
    return pieces;
  }

  private static boolean isMarker(SpecialToken token, ChatText text, String source) {
    String characters = token.text();
    if (characters.isBlank() || characters.length() < SHORTEST_MARKER) {
      return false;
    }
    if (source.contains(characters)) {
      return true;
    }
    int at = text.text().indexOf(characters);
    while (at >= 0) {
      if (!text.hasContent(at, at + characters.length())) {
        return true;
      }
      at = text.text().indexOf(characters, at + 1);
    }
    return false;
  }

  private static void split(Piece piece, SpecialToken token, boolean marker, List<Piece> into) {
    ChatText text = piece.text();
    String characters = token.text();
    BitSet breaks = (BitSet) piece.breaks().clone();
    int from = 0;
    int at = text.text().indexOf(characters);
    while (at >= 0) {
      int end = at + characters.length();
      if (marker && text.hasContent(at, end)) {
        if (!token.isControl() && !token.isUnknown()) {
          breaks.set(at + Character.charCount(characters.codePointAt(0)));
        }
        at = text.text().indexOf(characters, at + 1);
        continue;
      }
      int left = at;
      while (token.stripsLeft() && left > from && isSpace(text.text().charAt(left - 1))) {
        left--;
      }
      add(text, breaks, from, left, into);
      into.add(new Piece(OptionalInt.of(token.id()), text.substring(at, end), new BitSet()));
      from = end;
      while (token.stripsRight() && from < text.length() && isSpace(text.text().charAt(from))) {
        from++;
      }
      at = text.text().indexOf(characters, from);
    }
    add(text, breaks, from, text.length(), into);
  }

  private static void add(ChatText text, BitSet breaks, int from, int to, List<Piece> into) {
    if (from < to) {
      into.add(new Piece(OptionalInt.empty(), text.substring(from, to), breaks.get(from, to)));
    }
  }

  /** C's isspace. */
  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
