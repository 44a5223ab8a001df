package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The rules of JSON texts (RFC 8259) that every schema's grammar uses. */
final class JsonRules {
  private final GrammarBuilder builder;
  private final Symbol blank;
  private final Symbol escape;
  private final Symbol character;
  private final Symbol string;
  private final Symbol integer;
  private final Symbol number;
  private final Symbol.Rule value;

  JsonRules(GrammarBuilder builder) {
    this.builder = builder;
    this.blank = builder.star(new Symbol.Terminal(set(" ", "\t", "\n", "\r")));
    this.escape = escape();
    this.character = character();
    this.string = builder.anyOf(List.of(quoted(List.of(builder.star(character)))));
    this.integer = builder.anyOf(List.of(integerSide()));
    this.number = number();
    this.value = builder.fresh("a JSON value");
    defineValue();
  }

  private static CodePoints set(String... ranges) {
    var list = new ArrayList<CodePoints.Range>();
    for (String range : ranges) {
      list.add(new CodePoints.Range(range.codePointAt(0), range.codePointBefore(range.length())));
    }
    return CodePoints.of(list);
  }

  private Symbol escape() {
    Symbol hex = new Symbol.Terminal(set("09", "af", "AF"));
    Symbol backslash = new Symbol.Terminal(set("\\"));
    return builder.anyOf(
        List.of(
            List.of(backslash, new Symbol.Terminal(set("\"", "\\", "/", "b", "f", "n", "r", "t"))),
            List.of(backslash, new Symbol.Terminal(set("u")), hex, hex, hex, hex)));
  }

  private Symbol character() {
    CodePoints special =
        CodePoints.of(
            List.of(
                new CodePoints.Range(0, 0x1F),
                new CodePoints.Range('"', '"'),
                new CodePoints.Range('\\', '\\')));
    return builder.anyOf(
        List.of(List.of(new Symbol.Terminal(special.complement())), List.of(escape)));
  }

  private static List<Symbol> quoted(List<Symbol> inside) {
    var side = new ArrayList<>(GrammarBuilder.literal("\""));
    side.addAll(inside);
    side.addAll(GrammarBuilder.literal("\""));
    return side;
  }

  private List<Symbol> integerSide() {
    Symbol digit = new Symbol.Terminal(set("09"));
    Symbol digits =
        builder.anyOf(
            List.of(
                GrammarBuilder.literal("0"),
                List.of(new Symbol.Terminal(set("19")), builder.star(digit))));
    return List.of(optional(GrammarBuilder.literal("-")), digits);
  }

  private Symbol number() {
    Symbol digit = new Symbol.Terminal(set("09"));
    List<Symbol> some = List.of(digit, builder.star(digit));
    var fraction = new ArrayList<>(GrammarBuilder.literal("."));
    fraction.addAll(some);
    var exponent = new ArrayList<Symbol>(List.of(new Symbol.Terminal(set("e", "E"))));
    exponent.add(optional(List.of(new Symbol.Terminal(set("+", "-")))));
    exponent.addAll(some);
    var side = new ArrayList<>(integerSide());
    side.add(optional(fraction));
    side.add(optional(exponent));
    return builder.anyOf(List.of(side));
  }

  private void defineValue() {
    builder.add(value, List.of(string));
    builder.add(value, List.of(number));
    builder.add(value, GrammarBuilder.literal("true"));
    builder.add(value, GrammarBuilder.literal("false"));
    builder.add(value, GrammarBuilder.literal("null"));
    builder.add(value, array(List.of(), value, 0, -1));
    builder.add(value, anyObject(value));
  }

  Symbol optional(List<Symbol> side) {
    return builder.anyOf(List.of(side, List.of()));
  }

  Symbol blank() {
    return blank;
  }

  Symbol string() {
    return string;
  }

  /** A string with a bounded number of characters; negative {@code max} for no limit. */
  List<Symbol> string(int min, int max) {
    return quoted(builder.repeat(character, min, max));
  }

  Symbol integer() {
    return integer;
  }

  Symbol anyNumber() {
    return number;
  }

  Symbol.Rule anyValue() {
    return value;
  }

  /**
   * An array: first items with individual rules, then others.
   *
   * @param max negative for no limit
   */
  List<Symbol> array(List<Symbol> firsts, Symbol others, int min, int max) {
    var side = new ArrayList<>(GrammarBuilder.literal("["));
    side.add(blank);
    side.add(items(firsts, others, 0, min, max));
    side.addAll(GrammarBuilder.literal("]"));
    return side;
  }

  /** The rest of an array from an item to the closing bracket. */
  private Symbol items(List<Symbol> firsts, Symbol others, int index, int min, int max) {
    Symbol.Rule rule = builder.fresh("items of an array");
    if (index >= min) {
      builder.add(rule, List.of());
    }
    if (max >= 0 && index >= max) {
      return rule;
    }
    var item = new ArrayList<Symbol>();
    if (index > 0) {
      item.addAll(GrammarBuilder.literal(","));
      item.add(blank);
    }
    item.add(index < firsts.size() ? firsts.get(index) : others);
    item.add(blank);
    boolean endless = index >= firsts.size() && index >= min && index > 0 && max < 0;
    item.add(endless ? rule : items(firsts, others, index + 1, min, max));
    builder.add(rule, item);
    return rule;
  }

  /** An object with arbitrary keys and one rule for all values. */
  List<Symbol> anyObject(Symbol values) {
    Symbol member = builder.anyOf(List.of(member(string, values)));
    var more = new ArrayList<>(GrammarBuilder.literal(","));
    more.add(blank);
    more.add(member);
    Symbol rest = builder.star(builder.anyOf(List.of(more)));
    return object(optional(List.of(member, rest)));
  }

  /**
   * A key that differs from the given keys. Keys with escapes are allowed: the validator checks
   * them.
   */
  Symbol keyOtherThan(List<String> known) {
    if (known.isEmpty()) {
      return string;
    }
    return builder.anyOf(List.of(List.of(GrammarBuilder.literal("\"").getFirst(), rest(known, 0))));
  }

  /** The continuation after a number of characters of each known key. */
  private Symbol rest(List<String> known, int at) {
    Symbol quote = GrammarBuilder.literal("\"").getFirst();
    Symbol anything = builder.anyOf(List.of(List.of(builder.star(character), quote)));
    Symbol.Rule rule = builder.fresh("another key");
    var next = new TreeMap<Integer, List<String>>();
    boolean ends = false;
    for (String key : known) {
      if (key.length() == at) {
        ends = true;
      } else {
        next.computeIfAbsent(key.codePointAt(at), _ -> new ArrayList<>()).add(key);
      }
    }
    if (!ends) {
      builder.add(rule, List.of(quote));
    }
    var taken = new ArrayList<CodePoints.Range>();
    taken.add(new CodePoints.Range(0, 0x1F));
    taken.add(new CodePoints.Range('"', '"'));
    taken.add(new CodePoints.Range('\\', '\\'));
    next.forEach((c, keys) -> {
      taken.add(new CodePoints.Range(c, c));
      if (c > 0x1F && c != '"' && c != '\\') {
        var on = new Symbol.Terminal(CodePoints.of(c));
        builder.add(rule, List.of(on, rest(keys, at + Character.charCount(c))));
      }
    });
    builder.add(rule, List.of(new Symbol.Terminal(CodePoints.of(taken).complement()), anything));
    builder.add(rule, List.of(escape, anything));
    return rule;
  }

  /** An object with its members. */
  List<Symbol> object(Symbol members) {
    var side = new ArrayList<>(GrammarBuilder.literal("{"));
    side.add(blank);
    side.add(members);
    side.addAll(GrammarBuilder.literal("}"));
    return side;
  }

  /** A key, its colon and value. */
  List<Symbol> member(Symbol key, Symbol of) {
    var side = new ArrayList<Symbol>(List.of(key, blank));
    side.addAll(GrammarBuilder.literal(":"));
    side.add(blank);
    side.add(of);
    side.add(blank);
    return side;
  }
}
