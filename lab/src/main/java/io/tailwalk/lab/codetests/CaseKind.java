package io.tailwalk.lab.codetests;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kind of a test case: the kinds of literals in the list that is passed to the function. */
enum CaseKind {
  /** An empty list. */
  EMPTY,
  /** Only integers. */
  INTEGERS,
  /** Floats, possibly together with integers. */
  FLOATS,
  /** Only strings. */
  STRINGS,
  /** Several kinds, nested lists, names, or any other list. */
  MIXED,
  /** No list literal at the beginning. */
  OTHER;

  private static final Pattern LIST =
      Pattern.compile("\\(\\s*\\[([^\\[\\]]*)\\].*", Pattern.DOTALL);
  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d+");
  private static final Pattern FLOAT = Pattern.compile("[-+]?(\\d+\\.\\d*|\\.\\d+)");
  private static final Pattern STRING = Pattern.compile("'[^']*'|\"[^\"]*\"");

  /** The kind of the text after {@code assert app}. */
  static CaseKind of(String completion) {
    Matcher list = LIST.matcher(completion);
    if (!list.matches()) {
      return completion.startsWith("([") ? MIXED : OTHER;
    }
    if (list.group(1).isBlank()) {
      return EMPTY;
    }
    Set<CaseKind> kinds = new HashSet<>();
    for (String item : list.group(1).split(",", -1)) {
      if (!item.isBlank()) {
        kinds.add(ofItem(item.strip()));
      }
    }
    if (kinds.equals(Set.of(INTEGERS, FLOATS))) {
      return FLOATS;
    }
    return kinds.size() == 1 ? kinds.iterator().next() : MIXED;
  }

  /** The name in files and tables. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static CaseKind ofItem(String item) {
    if (INTEGER.matcher(item).matches()) {
      return INTEGERS;
    }
    if (FLOAT.matcher(item).matches()) {
      return FLOATS;
    }
    return STRING.matcher(item).matches() ? STRINGS : MIXED;
  }
}
