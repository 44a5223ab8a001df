package io.tailwalk.lab.letter;

import io.tailwalk.core.verify.ByteAutomaton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Accepts texts that contain none of some words of ASCII letters, in either case. A word is a
 * maximal run of ASCII letters, so that a forbidden word inside a longer one is allowed.
 */
final class ForbiddenWords implements ByteAutomaton {
  private static final int LETTERS = 26;
  private static final int BETWEEN = 0;
  private static final int OTHER_WORD = 1;

  /** For each state and letter the next state: a trie below BETWEEN; 0 stands for OTHER_WORD. */
  private final List<int[]> next = new ArrayList<>();

  private final List<Boolean> complete = new ArrayList<>();

  ForbiddenWords(List<String> words) {
    addState();
    addState();
    words.forEach(this::add);
  }

  private int addState() {
    next.add(new int[LETTERS]);
    complete.add(false);
    return next.size() - 1;
  }

  private void add(String word) {
    int state = BETWEEN;
    for (char letter : word.toLowerCase(Locale.ROOT).toCharArray()) {
      if (letter < 'a' || letter > 'z') {
        throw new IllegalArgumentException("a forbidden word has ASCII letters only: " + word);
      }
      int[] row = next.get(state);
      if (row[letter - 'a'] == 0) {
        row[letter - 'a'] = addState();
      }
      state = row[letter - 'a'];
    }
    complete.set(state, true);
  }

  @Override
  public int start() {
    return BETWEEN;
  }

  @Override
  public int step(int state, byte next) {
    int lower = next | 0x20;
    boolean letter = next > 0 && lower >= 'a' && lower <= 'z';
    if (!letter) {
      return complete.get(state) ? DEAD : BETWEEN;
    }
    int after = state == OTHER_WORD ? 0 : this.next.get(state)[lower - 'a'];
    return after == 0 ? OTHER_WORD : after;
  }

  @Override
  public boolean accepts(int state) {
    return !complete.get(state);
  }
}
