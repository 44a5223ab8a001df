package io.tailwalk.lab.codetests;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kind of a test case: the kind of the first argument, for lists that of their items. */
enum CaseKind {
  /** An empty list. */
  EMPTY,
  /** A list of integers only. */
  INTEGERS,
  /** A list of floats, possibly together with integers. */
  FLOATS,
  /** A list of strings only. */
  STRINGS,
  /** A list with several kinds of items, nested lists, names, or anything else. */
  MIXED,
  /** An integer of one digit, without a sign. */
  DIGIT,
  /** Any other integer. */
  INTEGER,
  /** A float. */
  FLOAT,
  /** A string without a space. */
  WORD,
  /** A string with a space. */
  PHRASE,
  /** Anything else. */
  OTHER;

  private static final Pattern LIST =
      Pattern.compile("\\(\\s*\\[([^\\[\\]]*)\\].*", Pattern.DOTALL);
  private static final String INTEGER_TEXT = "[-+]?\\d+";
  private static final String FLOAT_TEXT = "[-+]?(\\d+\\.\\d*|\\.\\d+)";
  private static final String STRING_TEXT = "'[^']*'|\"[^\"]*\"";
  private static final Pattern ONE_INTEGER = Pattern.compile(INTEGER_TEXT);
  private static final Pattern ONE_FLOAT = Pattern.compile(FLOAT_TEXT);
  private static final Pattern ONE_STRING = Pattern.compile(STRING_TEXT);
  private static final Pattern SCALAR =
      Pattern.compile(
          "\\(\\s*(" + FLOAT_TEXT + "|" + INTEGER_TEXT + "|" + STRING_TEXT + ")\\s*[,)].*",
          Pattern.DOTALL);

  /** The kind of the text after {@code assert NAME}. */
  static CaseKind of(String completion) {
    Matcher list = LIST.matcher(completion);
    if (list.matches()) {
      return ofItems(list.group(1));
    }
    if (completion.startsWith("([")) {
      return MIXED;
    }
    Matcher scalar = SCALAR.matcher(completion);
    return scalar.matches() ? ofScalar(scalar.group(1)) : OTHER;
  }

  /** The name in files and tables. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static CaseKind ofItems(String items) {
    if (items.isBlank()) {
      return EMPTY;
    }
    Set<CaseKind> kinds = new HashSet<>();
    for (String item : List.of(items.split(",", -1))) {
      if (!item.isBlank()) {
        kinds.add(ofItem(item.strip()));
      }
    }
    if (kinds.equals(Set.of(INTEGERS, FLOATS))) {
      return FLOATS;
    }
    return kinds.size() == 1 ? kinds.iterator().next() : MIXED;
  }

  private static CaseKind ofItem(String item) {
    if (ONE_INTEGER.matcher(item).matches()) {
      return INTEGERS;
    }
    if (ONE_FLOAT.matcher(item).matches()) {
      return FLOATS;
    }
    return ONE_STRING.matcher(item).matches() ? STRINGS : MIXED;
  }

  private static CaseKind ofScalar(String scalar) {
    if (ONE_INTEGER.matcher(scalar).matches()) {
      return scalar.length() == 1 ? DIGIT : INTEGER;
    }
    if (ONE_FLOAT.matcher(scalar).matches()) {
      return FLOAT;
    }
    return scalar.contains(" ") ? PHRASE : WORD;
  }
}
