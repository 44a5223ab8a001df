package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Expr.Call;
import io.tailwalk.verifiers.answer.Expr.Num;
import io.tailwalk.verifiers.answer.Expr.Power;
import io.tailwalk.verifiers.answer.Expr.Product;
import io.tailwalk.verifiers.answer.Expr.Sum;
import io.tailwalk.verifiers.answer.Expr.Sym;
import io.tailwalk.verifiers.answer.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads an algebraic expression: sums, products with and without a sign, powers, and the parts of
 * {@link PrimaryParser}.
 */
final class ExprParser {
  private static final int MAX_DEPTH = 50;
  private static final Set<String> CALLED = Set.of("f", "g", "h", "F", "G", "H");

  private final PrimaryParser primaries;
  private final List<Token> tokens;
  private int at;
  private int depth;
  private int bars;

  ExprParser(List<Token> tokens) {
    this.tokens = new ArrayList<>(tokens);
    this.primaries = new PrimaryParser(this);
  }

  /**
   * The expression that all of the tokens are.
   *
   * @throws UndecidedException if they are none
   */
  static Expr parse(List<Token> tokens) {
    var parser = new ExprParser(tokens);
    Expr expr = parser.sum();
    if (!parser.isAtEnd()) {
      throw new UndecidedException();
    }
    return expr;
  }

  /** The longest expression at the beginning; {@link #position} is where it ends. */
  Expr sum() {
    if (++depth > MAX_DEPTH) {
      throw new UndecidedException();
    }
    List<Expr> terms = new ArrayList<>();
    do {
      String sign = terms.isEmpty() && !isSum() ? "+" : take().text();
      terms.add(signed(sign, product()));
    } while (isSum());
    depth--;
    return terms.size() == 1 ? terms.getFirst() : new Sum(terms);
  }

  private boolean isSum() {
    return is("+") || is("-") || is("pm") || is("mp");
  }

  private Expr signed(String sign, Expr term) {
    return switch (sign) {
      case "-" -> Expr.negated(term);
      case "pm" -> new Call("pm", List.of(term));
      case "mp" -> new Call("pm", List.of(term, term));
      default -> term;
    };
  }

  private Expr product() {
    List<Expr> factors = new ArrayList<>();
    factors.add(signedFactor());
    while (true) {
      if (is("*") && hasNext()) {
        take();
        factors.add(signedFactor());
      } else if (is("/")) {
        take();
        factors.add(new Power(signedFactor(), Expr.Num.MINUS_ONE));
      } else if (startsFactor()) {
        factors.add(power());
      } else {
        return factors.size() == 1 ? factors.getFirst() : new Product(factors);
      }
    }
  }

  private Expr signedFactor() {
    int sign = 1;
    while (is("-") || is("+")) {
      sign = take().text().equals("-") ? -sign : sign;
    }
    Expr factor = power();
    return sign < 0 ? Expr.negated(factor) : factor;
  }

  /** Whether a factor follows without a sign of multiplication. */
  boolean startsFactor() {
    if (isAtEnd()) {
      return false;
    }
    Token next = peek();
    return switch (next.kind()) {
      case NUMBER, WORD -> false;
      case NAME -> true;
      case COMMAND ->
          !Set.of("end", "rfloor", "rceil", "emptyset", "varnothing", "pmod").contains(next.text());
      case SIGN ->
          next.text().equals("(")
              || next.text().equals("{")
              || next.text().equals("[")
              || (next.text().equals("|") && bars == 0);
    };
  }

  /** A factor with its exponents, primes, percent signs and degrees. */
  Expr power() {
    if (++depth > MAX_DEPTH) {
      throw new UndecidedException();
    }
    Expr base = primaries.primary();
    while (true) {
      if (is("^")) {
        take();
        if (!is("°")) {
          base = new Power(base, primaries.exponent());
        }
      } else if (is("!") && !isAtEnd()) {
        take();
        base = new Call("factorial", List.of(base));
      } else if (accept("°")) {
        base = new Call("degrees", List.of(base));
      } else if (is("%") && !endsWithPercent()) {
        take();
        base = Expr.quotient(base, number(100));
      } else {
        depth--;
        return base;
      }
    }
  }

  private boolean endsWithPercent() {
    return at == tokens.size() - 1;
  }

  static Num number(long value) {
    return new Num(Fraction.of(value), 0);
  }

  /** A name, with arguments if it is a function. */
  Expr named(String name) {
    if (Extremes.NAMES.contains(name) && is("\\{")) {
      take();
      return new Call(name, arguments("\\}"));
    }
    if (is("(") && isCall(name)) {
      take();
      return new Call(name, arguments(")"));
    }
    return new Sym(name);
  }

  private List<Expr> arguments(String close) {
    List<Expr> arguments = new ArrayList<>();
    do {
      arguments.add(sum());
    } while (accept(","));
    expect(close);
    return arguments;
  }

  private boolean isCall(String name) {
    String letter = name.replaceAll("[_'].*", "");
    boolean single =
        at + 2 < tokens.size()
            && tokens.get(at + 1).kind() == Kind.NAME
            && tokens.get(at + 2).isSign(")");
    return CALLED.contains(letter)
        || Extremes.NAMES.contains(name)
        || (single && letter.length() == 1 && Character.isUpperCase(letter.charAt(0)));
  }

  /** The value between bars. */
  Expr absolute() {
    expect("|");
    bars++;
    Expr inside = sum();
    bars--;
    expect("|");
    return new Call("abs", List.of(inside));
  }

  /** An expression between signs in which bars begin anew. */
  Expr enclosed(String close) {
    int outer = bars;
    bars = 0;
    Expr inside = sum();
    bars = outer;
    expect(close);
    return inside;
  }

  boolean isAtEnd() {
    return at >= tokens.size();
  }

  private boolean hasNext() {
    return at + 1 < tokens.size();
  }

  /** The number of tokens read. */
  int position() {
    return at;
  }

  /** The number of all tokens, with those that were inserted. */
  int length() {
    return tokens.size();
  }

  Token peek() {
    if (isAtEnd()) {
      throw new UndecidedException();
    }
    return tokens.get(at);
  }

  Token take() {
    Token token = peek();
    at++;
    return token;
  }

  /** Puts a token before the next one. */
  void insert(Token token) {
    tokens.add(at, token);
  }

  boolean is(String sign) {
    return !isAtEnd() && peek().isSign(sign);
  }

  boolean accept(String sign) {
    boolean found = is(sign);
    at += found ? 1 : 0;
    return found;
  }

  void expect(String sign) {
    if (!accept(sign)) {
      throw new UndecidedException();
    }
  }
}
