package io.tailwalk.verifiers.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line split into words like in a shell, without expansion: spaces separate words, single
 * or double quotes group them, and there are no escapes.
 */
final class CommandLine {
  private CommandLine() {}

  /**
   * The words.
   *
   * @throws IllegalArgumentException if there are no words or a quote is not closed
   */
  static List<String> words(String line) {
    var words = new ArrayList<String>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote != 0 ? 0 : c;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word = new StringBuilder();
        }
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException(
          "cmd:" + line + " has an opening " + quote + " and no closing one; add it");
    }
    if (inWord) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("cmd: needs a program, for example cmd:python3 check.py");
    }
    return words;
  }
}
