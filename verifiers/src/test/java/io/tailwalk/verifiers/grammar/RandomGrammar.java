package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A small grammar over {@code a} and {@code b}, and the short texts of its language. */
final class RandomGrammar {
  private static final String[] NAMES = {"root", "x", "y"};

  /** Right-hand sides of each rule; an item is a letter or a rule's number as a digit. */
  private final List<List<String>> rules = new ArrayList<>();

  static RandomGrammar of(RandomGenerator random) {
    var grammar = new RandomGrammar();
    for (int rule = 0; rule < NAMES.length; rule++) {
      var sides = new ArrayList<String>();
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        var side = new StringBuilder();
        int length = random.nextInt(4);
        for (int j = 0; j < length; j++) {
          side.append("aabb012".charAt(random.nextInt(7)));
        }
        sides.add(side.toString());
      }
      grammar.rules.add(sides);
    }
    return grammar;
  }

  /** In GBNF. */
  String text() {
    var text = new StringBuilder();
    for (int rule = 0; rule < NAMES.length; rule++) {
      text.append(NAMES[rule]).append(" ::= ");
      for (int i = 0; i < rules.get(rule).size(); i++) {
        text.append(i == 0 ? "" : " | ").append("\"\"");
        String side = rules.get(rule).get(i);
        for (int at = 0; at < side.length(); at++) {
          char item = side.charAt(at);
          text.append(' ').append(item >= 'a' ? "\"" + item + "\"" : NAMES[item - '0']);
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** All texts up to a number of letters. */
  Set<String> language(int maxLength) {
    List<Set<String>> known = new ArrayList<>();
    rules.forEach(_ -> known.add(new HashSet<>()));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int rule = 0; rule < rules.size(); rule++) {
        for (String side : rules.get(rule)) {
          grown |= known.get(rule).addAll(derived(side, known, maxLength));
        }
      }
    }
    return known.getFirst();
  }

  private static Set<String> derived(String side, List<Set<String>> known, int maxLength) {
    Set<String> texts = new HashSet<>(Set.of(""));
    for (int at = 0; at < side.length(); at++) {
      char item = side.charAt(at);
      Set<String> tails = item >= 'a' ? Set.of(String.valueOf(item)) : known.get(item - '0');
      Set<String> longer = new HashSet<>();
      for (String head : texts) {
        for (String tail : tails) {
          if (head.length() + tail.length() <= maxLength) {
            longer.add(head + tail);
          }
        }
      }
      texts = longer;
    }
    return texts;
  }

  /** Every text over the letters, up to a number of letters. */
  static List<String> texts(int maxLength) {
    var all = new ArrayList<>(List.of(""));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).length() < maxLength) {
        all.add(all.get(i) + "a");
        all.add(all.get(i) + "b");
      }
    }
    return all;
  }
}
