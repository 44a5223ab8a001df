package io.tailwalk.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds code in prose. */
final class CodeBlocks {
  /** The opening of a Markdown fence: three or more backticks or tildes, a language, attributes. */
  private static final Pattern OPENING =
      Pattern.compile(
          "(?<indent>[ \t]*)(?:[-*] ?|\\d+[.)] )?(?<fence>`{3,}|~{3,})[ \t]*\\{?[ \t]*\\.?"
              + "(?<language>[\\w+#.-]*)(?<rest>[^`]*)");

  /** The marks of a quotation before a fence: one or more, each with a space or without. */
  private static final Pattern QUOTE =
      Pattern.compile("(?: {0,3}> ?)+(?=[ \t]*(?:`{3}|~{3}|[-*] |\\d+[.)] ))");

  private static final Pattern QUOTE_MARK = Pattern.compile(" {0,3}> ?");

  private static final Set<String> PYTHON =
      Set.of("python", "python3", "py", "py3", "python2", "ipython", "ipython3", "pycon", "sage");

  private CodeBlocks() {}

  /** A block that defines or imports something, not only an example of its use. */
  private static final Pattern DEFINES =
      Pattern.compile("(?m)^[ \t]*(?:def|class|import|from|async|@|\\w+[ \t]*(?::[^=\\n]+)?=[^=])");

  private record Block(String language, String code) {}

  /**
   * What a text has.
   *
   * @param code the Python; empty if all its blocks are in other languages
   * @param otherLanguage the language of the first block if none is Python; else empty
   */
  record Found(String code, String otherLanguage) {}

  /**
   * The Python of a text: the fenced blocks of Python that define something, in order; or else
   * those without a language; or the complete text if it has no fence. A byte order mark is
   * dropped.
   */
  static Found find(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<Block> blocks = blocks(plain);
    if (blocks.isEmpty()) {
      return new Found(plain, "");
    }
    List<String> python = codes(blocks, PYTHON::contains);
    List<String> chosen = python.isEmpty() ? codes(blocks, String::isEmpty) : python;
    if (chosen.isEmpty()) {
      return new Found("", blocks.getFirst().language);
    }
    List<String> defining = chosen.stream().filter(code -> DEFINES.matcher(code).find()).toList();
    return new Found(String.join("\n", defining.isEmpty() ? chosen : defining), "");
  }

  private static List<String> codes(List<Block> blocks, Predicate<String> language) {
    return blocks.stream().filter(block -> language.test(block.language)).map(Block::code).toList();
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher quote = QUOTE.matcher(lines.get(i));
      int quotes =
          quote.lookingAt() ? (int) quote.group().chars().filter(c -> c == '>').count() : 0;
      Matcher opening = OPENING.matcher(unquoted(lines.get(i), quotes));
      if (!opening.matches()) {
        continue;
      }
      int indent = opening.start("fence");
      String fence = opening.group("fence");
      var code = new StringBuilder();
      for (i++; i < lines.size() && !closes(unquoted(lines.get(i), quotes), fence); i++) {
        code.append(dedented(unquoted(lines.get(i), quotes), indent)).append('\n');
      }
      blocks.add(
          new Block(
              opening.group("language").toLowerCase(Locale.ROOT), withoutPrompts(code.toString())));
    }
    return blocks;
  }

  /** A line without its marks of a quotation, at most so many. */
  private static String unquoted(String line, int quotes) {
    String rest = line;
    for (int i = 0; i < quotes; i++) {
      Matcher mark = QUOTE_MARK.matcher(rest);
      rest = mark.lookingAt() ? rest.substring(mark.end()) : rest;
    }
    return rest;
  }

  private static boolean closes(String line, String fence) {
    String mark = line.strip();
    return mark.length() >= fence.length() && mark.chars().allMatch(c -> c == fence.charAt(0));
  }

  /** A line without the indentation of its fence. */
  private static String dedented(String line, int indent) {
    int at = 0;
    while (at < Math.min(indent, line.length()) && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return line.substring(at);
  }

  /** What was typed in a session of the interpreter. */
  private static String withoutPrompts(String code) {
    if (!code.startsWith(">>> ")) {
      return code;
    }
    var typed = new StringBuilder();
    code.lines()
        .filter(line -> line.startsWith(">>>") || line.startsWith("..."))
        .forEach(line -> typed.append(line.substring(Math.min(4, line.length()))).append('\n'));
    return typed.toString();
  }
}
