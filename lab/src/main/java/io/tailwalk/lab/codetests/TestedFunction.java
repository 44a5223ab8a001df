package io.tailwalk.lab.codetests;

import io.tailwalk.core.model.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A Python function whose test cases are sampled. The prompt has the layout of the code of arXiv
 * 2502.12123, which shares an author with arXiv 2510.03149: a function with eight asserts, then a
 * function with a name of three letters; four of its eight asserts are given, since a small model
 * needs them. The first function is the one of that code; the others differ in what they take and
 * return.
 */
public enum TestedFunction {
  /** A list and an item; the list with the item. */
  APPEND(
      "app",
      "([",
      """
      def app(l, item):
          l.append(item)
          return l
      """,
      "([1, 2, 3], 4) == [1, 2, 3, 4]",
      "([], 'a') == ['a']",
      "([2.5], 1) == [2.5, 1]",
      "(['x', 'y'], 'z') == ['x', 'y', 'z']"),
  /** Two numbers; their difference. */
  SUBTRACT(
      "sub",
      "(",
      """
      def sub(a, b):
          return a - b
      """,
      "(5, 3) == 2",
      "(10, 4) == 6",
      "(2.5, 1.5) == 1.0",
      "(7, 7) == 0"),
  /** A text; the text in upper case. */
  UPPER(
      "upr",
      "(",
      """
      def upr(s):
          return s.upper()
      """,
      "('abc') == 'ABC'",
      "('Hello') == 'HELLO'",
      "('') == ''",
      "('one two') == 'ONE TWO'"),
  /** A list; the number of its items. */
  LENGTH(
      "num",
      "([",
      """
      def num(l):
          return len(l)
      """,
      "([1, 2, 3]) == 3",
      "([]) == 0",
      "(['a', 'b']) == 2",
      "([2.5]) == 1"),
  /** A number; whether it is even. */
  EVEN(
      "evn",
      "(",
      """
      def evn(n):
          return n % 2 == 0
      """,
      "(2) == True",
      "(7) == False",
      "(0) == True",
      "(-13) == False");

  private static final String DEMONSTRATION =
      """
      def f(a, b):
          return a + b

      # List 8 test cases of the above function f, one in each line:
      assert f(5, 5) == 10
      assert f(1, 5) == 6
      assert f('a', 'b') == 'ab'
      assert f(0, -3) == -3
      assert f([1], [2]) == [1, 2]
      assert f(2.5, 1.5) == 4.0
      assert f('', 'xyz') == 'xyz'
      assert f(100, 23) == 123

      """;

  private final String symbol;
  private final String opening;
  private final String text;

  TestedFunction(String symbol, String opening, String source, String... asserts) {
    this.symbol = symbol;
    this.opening = opening;
    var prompt = new StringBuilder(DEMONSTRATION).append(source).append('\n');
    prompt
        .append("# List 8 test cases of the above function ")
        .append(symbol)
        .append(", one in each line:\n");
    for (String line : asserts) {
      prompt.append("assert ").append(symbol).append(line).append('\n');
    }
    this.text = prompt.append("assert ").append(symbol).toString();
  }

  /** The text before the completion; valid Python up to its last line. */
  public Prompt prompt() {
    return Prompt.text(text);
  }

  /** Its name in Python, three letters. */
  public String symbol() {
    return symbol;
  }

  /** The name in files and tables. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The bytes with which every line begins. */
  byte[] opening() {
    return opening.getBytes(StandardCharsets.UTF_8);
  }
}
