package io.tailwalk.verifiers.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of equal parts of a whole: half, third, ..., thousandth, millionth. */
final class Parts {
  private static final Map<String, Integer> NUMBERS = numbers();

  /** A pattern of several parts, such as "thirds", and of one part that no noun follows. */
  static final String NAME =
      "(?:(?:\\w{1,9}-)?(?:halves|(?:"
          + NUMBERS.keySet().stream()
              .filter(name -> !name.equals("half"))
              .collect(Collectors.joining("|"))
          + "|(?:tr|quadr)illionth)(?:s|(?=\\}?[$.,;!)*]*+(?: of\\b|\\s*+$|\\n))))\\b)";

  private Parts() {}

  private static Map<String, Integer> numbers() {
    var numbers = new HashMap<String, Integer>();
    List<String> small =
        List.of(
            ("half third quarter fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
                    + " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
                .split(" ", -1));
    for (int i = 0; i < small.size(); i++) {
      numbers.put(small.get(i), i + 2);
    }
    List<String> tens =
        List.of(
            "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split(" ", -1));
    for (int i = 0; i < tens.size(); i++) {
      numbers.put(tens.get(i), 10 * (i + 3));
    }
    numbers.put("fourth", 4);
    numbers.put("hundredth", 100);
    numbers.put("thousandth", 1_000);
    numbers.put("millionth", 1_000_000);
    numbers.put("billionth", 1_000_000_000);
    return Map.copyOf(numbers);
  }

  /** The number of equal parts that a word names, such as 3 for "third"; negative without one. */
  static int single(String word) {
    return NUMBERS.getOrDefault(word, -1);
  }

  /** The number of equal parts that a word in the plural names; negative without one. */
  static int plural(String word) {
    return word.equals("halves")
        ? 2
        : word.endsWith("s") ? single(word.substring(0, word.length() - 1)) : -1;
  }

  /** Whether a word names one part or several. */
  static boolean isName(String word) {
    return single(word) > 0
        || plural(word) > 0
        || word.matches("(?:trillion|quadrillion|quintillion)ths?");
  }
}
