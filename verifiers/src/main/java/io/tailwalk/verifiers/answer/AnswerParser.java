package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Answer.Interval;
import io.tailwalk.verifiers.answer.Answer.Listing;
import io.tailwalk.verifiers.answer.Answer.Named;
import io.tailwalk.verifiers.answer.Answer.Quantity;
import io.tailwalk.verifiers.answer.Answer.Relation;
import io.tailwalk.verifiers.answer.Answer.Shape;
import io.tailwalk.verifiers.answer.Answer.Union;
import io.tailwalk.verifiers.answer.Answer.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a written answer: a listing, a set, an equation, an inequality, a ratio or a quantity. */
final class AnswerParser {
  private static final int MAX_LENGTH = 3_000;
  private static final int MAX_NESTING = 12;
  private static final Set<String> RELATIONS = Set.of("=", "!=", "<", ">", "<=", ">=", "~", "in");
  private static final Set<String> CODES = Set.of("usd", "rs", "inr", "eur", "gbp", "jpy", "cny");
  private static final Set<String> SET_SIGNS = Set.of("cup", "cap", "setminus");

  private final int nesting;

  private AnswerParser(int nesting) {
    this.nesting = nesting;
    if (nesting > MAX_NESTING) {
      throw new UndecidedException();
    }
  }

  /**
   * The answer; its words if it is not understood.
   *
   * @param prose whether it is not LaTeX except between dollar signs
   */
  static Answer parse(String answer, boolean prose) {
    try {
      if (answer.length() > MAX_LENGTH) {
        return new Words(answer);
      }
      return new AnswerParser(0).listing(Lexer.tokens(Spelling.clean(answer), prose), Shape.LIST);
    } catch (UndecidedException e) {
      return new Words(answer);
    }
  }

  private Answer listing(List<Token> tokens, Shape shape) {
    List<List<Token>> groups = Tokens.split(tokens, ";");
    if (groups.size() > 1
        && groups.stream().anyMatch(group -> Tokens.split(group, ",").size() > 1)) {
      return new Listing(shape, groups.stream().map(group -> listing(group, Shape.TUPLE)).toList());
    }
    List<Answer> items = new ArrayList<>();
    for (List<Token> group : groups) {
      for (List<Token> item : Tokens.split(group, ",")) {
        if (!items.isEmpty() && !item.isEmpty() && Lexicon.LINKS.contains(lower(item.getFirst()))) {
          throw new UndecidedException();
        }
        if (!item.isEmpty()) {
          add(items, item(item));
        }
      }
    }
    if (items.isEmpty()) {
      throw new UndecidedException();
    }
    return items.size() == 1 && shape == Shape.LIST ? items.getFirst() : new Listing(shape, items);
  }

  /** Adds an item; one with both signs is two. */
  private static void add(List<Answer> items, Answer item) {
    if (item instanceof Listing listing && listing.shape() == Shape.LIST) {
      items.addAll(listing.items());
    } else {
      items.add(item);
    }
  }

  private Answer item(List<Token> tokens) {
    List<Token> item = Tokens.withoutBraces(tokens);
    if (item.size() < tokens.size()) {
      return new AnswerParser(nesting + 1).listing(item, Shape.LIST);
    }
    List<Integer> signs = Tokens.positions(item, RELATIONS);
    return signs.isEmpty() ? value(item) : relation(item, signs);
  }

  private Answer relation(List<Token> tokens, List<Integer> signs) {
    List<List<Token>> sides = new ArrayList<>();
    List<String> relations = new ArrayList<>();
    int from = 0;
    for (int sign : signs) {
      sides.add(tokens.subList(from, sign));
      relations.add(tokens.get(sign).text());
      from = sign + 1;
    }
    sides.add(tokens.subList(from, tokens.size()));
    while (relations.size() > 1 && relations.getLast().equals("~")) {
      relations.removeLast();
      sides.removeLast();
    }
    boolean equation = relations.stream().allMatch(sign -> Set.of("=", "~", "in").contains(sign));
    if (equation) {
      return equation(sides, relations);
    }
    List<Expr> parts = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      parts.add(
          i == sides.size() - 1 ? quantity(sides.get(i)).value() : ExprParser.parse(sides.get(i)));
    }
    return new Relation(parts, relations);
  }

  private Answer equation(List<List<Token>> sides, List<String> relations) {
    List<Token> left = sides.getFirst();
    if (sides.subList(1, sides.size() - 1).stream().anyMatch(Sides::continuesWithClause)
        || Sides.isReasoned(left)) {
      throw new UndecidedException();
    }
    if (left.isEmpty()) {
      return value(sides.getLast());
    }
    if (!Names.isName(left)
        && relations.size() == 1
        && relations.getFirst().equals("=")
        && Names.isName(sides.getLast())) {
      left = sides.getLast();
      sides = List.of(left, sides.getFirst());
    }
    List<Token> last = sides.getLast();
    if (Names.isName(left) && !(left.size() == 1 && Sides.mentions(last, left.getFirst()))) {
      List<Token> right = last;
      Names.Bound bound = Names.bound(left, right);
      return new Named(bound.name(), bound.left(), value(bound.right()), value(right));
    }
    if (Sides.isNumeric(left) && Sides.isNumeric(last)) {
      if (!sameNumbers(sides, relations)) {
        throw new UndecidedException();
      }
      return value(last);
    }
    return new Relation(
        List.of(ExprParser.parse(left), ExprParser.parse(sides.getLast())), List.of("="));
  }

  /**
   * Whether no neighbours of an equation are different numbers; converted and rounded ones may be.
   */
  private boolean sameNumbers(List<List<Token>> sides, List<String> signs) {
    for (int i = 0; i + 1 < sides.size(); i++) {
      if (signs.get(i).equals("=")
          && readable(Sides.afterWords(sides.get(i))) instanceof Quantity left
          && readable(sides.get(i + 1)) instanceof Quantity right
          && (left.unit().isEmpty() || left.unit().equals(right.unit()))
          && !Sides.isRounded(left.value())
          && !Sides.isRounded(right.value())
          && !left.value().hasVariables()
          && !right.value().hasVariables()
          && !AnswerEquality.same(left, right)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Answer readable(List<Token> side) {
    try {
      return Sides.isNumeric(side) ? value(side) : null;
    } catch (UndecidedException e) {
      return null;
    }
  }

  private Answer value(List<Token> tokens) {
    if (tokens.isEmpty()) {
      throw new UndecidedException();
    }
    List<List<Token>> ratio = Tokens.split(tokens, ":");
    if (ratio.size() > 1) {
      return Ratios.parse(ratio);
    }
    List<Integer> unions = Tokens.positions(tokens, SET_SIGNS);
    if (!unions.isEmpty()) {
      return union(tokens, unions);
    }
    Answer set = set(tokens);
    return set != null ? set : signs(quantity(tokens));
  }

  private static Answer signs(Quantity quantity) {
    List<Expr> values = quantity.value().signs();
    return values.size() == 1
        ? quantity
        : new Listing(
            Shape.LIST,
            values.stream()
                .<Answer>map(value -> new Quantity(value, quantity.unit(), quantity.percent()))
                .toList());
  }

  private Answer union(List<Token> tokens, List<Integer> signs) {
    List<Answer> sets = new ArrayList<>();
    int from = 0;
    if (signs.size() == 1 && tokens.get(signs.getFirst()).isSign("setminus")) {
      return RealLine.without(
          oneSet(tokens.subList(0, signs.getFirst())),
          oneSet(tokens.subList(signs.getFirst() + 1, tokens.size())));
    }
    for (int sign : signs) {
      if (!tokens.get(sign).isSign("cup")) {
        throw new UndecidedException();
      }
      sets.add(oneSet(tokens.subList(from, sign)));
      from = sign + 1;
    }
    sets.add(oneSet(tokens.subList(from, tokens.size())));
    return new Union(sets);
  }

  private Answer oneSet(List<Token> tokens) {
    Answer set = tokens.isEmpty() ? null : set(tokens);
    if (set == null) {
      throw new UndecidedException();
    }
    return set;
  }

  /** A set, tuple or interval; null if the tokens are none of these. */
  private @Nullable Answer set(List<Token> tokens) {
    Token first = tokens.getFirst();
    if (tokens.size() == 1 && (first.isCommand("emptyset") || first.isCommand("varnothing"))) {
      return new Listing(Shape.SET, List.of());
    }
    if (tokens.size() == 1 && RealLine.isNamed(first)) {
      return RealLine.ALL;
    }
    if (!Tokens.isEnclosed(tokens)) {
      return null;
    }
    List<Token> inside = tokens.subList(1, tokens.size() - 1);
    Token last = tokens.getLast();
    var inner = new AnswerParser(nesting + 1);
    if (first.isSign("\\{")) {
      List<Integer> bars = Tokens.positions(inside, Set.of("|"));
      if (bars.size() == 1) {
        return inner.item(inside.subList(bars.getFirst() + 1, inside.size()));
      }
      List<Integer> colons = Tokens.positions(inside, Set.of(":"));
      if (colons.size() == 1
          && colons.getFirst() > 0
          && inside.getFirst().kind() == Token.Kind.NAME
          && !Tokens.positions(inside.subList(colons.getFirst(), inside.size()), RELATIONS)
              .isEmpty()) {
        return inner.item(inside.subList(colons.getFirst() + 1, inside.size()));
      }
      return inside.isEmpty()
          ? new Listing(Shape.SET, List.of())
          : inner.listing(inside, Shape.SET);
    }
    List<List<Token>> parts = new ArrayList<>(Tokens.split(inside, ","));
    if (parts.size() == 1) {
      parts = new ArrayList<>(Tokens.split(inside, ";"));
    }
    if (parts.size() < 2) {
      return first.isSign("(") && last.isSign(")") && Tokens.isEnclosed(inside)
          ? inner.set(inside)
          : null;
    }
    if (parts.size() == 2 && !(first.isSign("(") && last.isSign(")"))) {
      return new Interval(
          ExprParser.parse(parts.getFirst()),
          first.isSign("["),
          ExprParser.parse(parts.getLast()),
          last.isSign("]"));
    }
    return new Listing(Shape.TUPLE, parts.stream().map(inner::item).toList());
  }

  private static Quantity quantity(List<Token> tokens) {
    List<Token> rest = tokens;
    String before = "";
    while (rest.size() > 1 && isBefore(rest.getFirst())) {
      String currency = currency(rest.getFirst());
      before = currency.isEmpty() ? before : currency;
      rest = rest.subList(1, rest.size());
    }
    int sign = 1;
    if (rest.size() > 2 && rest.getFirst().isSign("-") && !currency(rest.get(1)).isEmpty()) {
      sign = -1;
      before = currency(rest.get(1));
      rest = rest.subList(2, rest.size());
    }
    var parser = new ExprParser(rest);
    Expr value = parser.sum();
    int end = parser.position() - (parser.length() - rest.size());
    if (value instanceof Expr.Call call && call.name().equals("degrees")) {
      value = call.arguments().getFirst();
      before = "degree";
    }
    boolean percent = end < rest.size() && rest.get(end).isSign("%");
    end += percent ? 1 : 0;
    long scale = end < rest.size() ? Lexicon.SCALES.getOrDefault(lower(rest.get(end)), 1L) : 1L;
    if (scale > 1) {
      value = new Expr.Product(List.of(ExprParser.number(scale), value));
      end++;
    }
    String unit = Units.read(rest.subList(end, rest.size()));
    if (unit.equals("m") && Lexicon.CURRENCIES.containsValue(before)) {
      throw new UndecidedException();
    }
    return new Quantity(
        sign < 0 ? Expr.negated(value) : value, unit.isEmpty() ? before : unit, percent);
  }

  private static String lower(Token token) {
    return token.kind() == Token.Kind.WORD ? token.text().toLowerCase(Locale.ROOT).strip() : "";
  }

  /** The currency of a sign or a code before a number; empty if the token is none. */
  private static String currency(Token token) {
    return switch (token.kind()) {
      case SIGN -> Lexicon.CURRENCIES.getOrDefault(token.text(), "");
      case WORD -> CODES.contains(lower(token)) ? Lexicon.unit(lower(token)) : "";
      default -> "";
    };
  }

  private static boolean isBefore(Token token) {
    return !currency(token).isEmpty()
        || (token.kind() == Token.Kind.WORD
            && Lexicon.MODIFIERS.contains(token.text().toLowerCase(Locale.ROOT)));
  }
}
