package io.tailwalk.verifiers.regex;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Names of Unicode properties that Java does not know: long names of general categories (The
 * Unicode Standard 16.0, table 4-4), and scripts and binary properties without {@code Is}.
 */
final class PropertyNames {
  private static final Map<String, String> CATEGORIES =
      Map.ofEntries(
          Map.entry("Letter", "L"),
          Map.entry("Cased_Letter", "LC"),
          Map.entry("Uppercase_Letter", "Lu"),
          Map.entry("Lowercase_Letter", "Ll"),
          Map.entry("Titlecase_Letter", "Lt"),
          Map.entry("Modifier_Letter", "Lm"),
          Map.entry("Other_Letter", "Lo"),
          Map.entry("Mark", "M"),
          Map.entry("Nonspacing_Mark", "Mn"),
          Map.entry("Spacing_Mark", "Mc"),
          Map.entry("Enclosing_Mark", "Me"),
          Map.entry("Number", "N"),
          Map.entry("Decimal_Number", "Nd"),
          Map.entry("Letter_Number", "Nl"),
          Map.entry("Other_Number", "No"),
          Map.entry("Punctuation", "P"),
          Map.entry("Connector_Punctuation", "Pc"),
          Map.entry("Dash_Punctuation", "Pd"),
          Map.entry("Open_Punctuation", "Ps"),
          Map.entry("Close_Punctuation", "Pe"),
          Map.entry("Initial_Punctuation", "Pi"),
          Map.entry("Final_Punctuation", "Pf"),
          Map.entry("Other_Punctuation", "Po"),
          Map.entry("Symbol", "S"),
          Map.entry("Math_Symbol", "Sm"),
          Map.entry("Currency_Symbol", "Sc"),
          Map.entry("Modifier_Symbol", "Sk"),
          Map.entry("Other_Symbol", "So"),
          Map.entry("Separator", "Z"),
          Map.entry("Space_Separator", "Zs"),
          Map.entry("Line_Separator", "Zl"),
          Map.entry("Paragraph_Separator", "Zp"),
          Map.entry("Other", "C"),
          Map.entry("Control", "Cc"),
          Map.entry("Format", "Cf"),
          Map.entry("Private_Use", "Co"),
          Map.entry("Unassigned", "Cn"));

  private PropertyNames() {}

  /**
   * A property as Java writes it; unchanged if Java knows it, or no other name is known.
   *
   * @param letter {@code p} or {@code P}
   */
  static String javas(String letter, String name) {
    String unchanged = written(letter, name);
    if (isKnown(unchanged)) {
      return unchanged;
    }
    String category = CATEGORIES.get(name);
    String other = written(letter, category == null ? "Is" + name : category);
    return isKnown(other) ? other : unchanged;
  }

  private static String written(String letter, String name) {
    return "\\" + letter + "{" + name + "}";
  }

  private static boolean isKnown(String property) {
    try {
      Pattern _ = Pattern.compile(property);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
