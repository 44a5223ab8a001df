package io.tailwalk.python;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds code in prose. */
final class CodeBlocks {
  /** A Markdown fence with no language or Python's; an unclosed one runs to the end. */
  private static final Pattern FENCE =
      Pattern.compile(
          "^```(?:python3?|py)?[ \t]*\\R(.*?)(?:^```|\\z)",
          Pattern.DOTALL | Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

  private CodeBlocks() {}

  /** The first fenced block of Python, or the complete text if there is none. */
  static String code(String text) {
    Matcher fence = FENCE.matcher(text);
    return fence.find() ? fence.group(1) : text;
  }
}
