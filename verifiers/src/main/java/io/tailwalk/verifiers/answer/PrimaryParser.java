package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Expr.Call;
import io.tailwalk.verifiers.answer.Expr.Num;
import io.tailwalk.verifiers.answer.Expr.Power;
import io.tailwalk.verifiers.answer.Expr.Product;
import io.tailwalk.verifiers.answer.Expr.Sum;
import io.tailwalk.verifiers.answer.Expr.Sym;
import io.tailwalk.verifiers.answer.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads the smallest parts of expressions: numbers, names, groups, fractions, roots, functions. */
final class PrimaryParser {
  private static final int MAX_EXPONENT = 4_000;

  private final ExprParser parser;

  PrimaryParser(ExprParser parser) {
    this.parser = parser;
  }

  Expr primary() {
    Token token = parser.take();
    return switch (token.kind()) {
      case NUMBER -> number(token);
      case NAME -> name(token.text());
      case COMMAND -> command(token.text());
      case SIGN -> group(token);
      case WORD -> throw new UndecidedException();
    };
  }

  /** An exponent: one token, or a group in braces, with a sign. */
  Expr exponent() {
    if (parser.accept("-")) {
      return Expr.negated(exponent());
    }
    if (parser.accept("'")) {
      return new Sym("prime");
    }
    return parser.accept("{") ? parser.enclosed("}") : unpowered();
  }

  private Expr unpowered() {
    Expr base = primary();
    return parser.accept("^") ? new Power(base, exponent()) : base;
  }

  private Expr group(Token token) {
    return switch (token.text()) {
      case "(" -> parser.enclosed(")");
      case "[" -> parser.enclosed("]");
      case "{" -> parser.enclosed("}");
      case "|" -> {
        parser.insert(token);
        yield parser.absolute();
      }
      default -> throw new UndecidedException();
    };
  }

  private Expr number(Token token) {
    Num value = value(token.text());
    if (parser.is("_")) {
      return new Sym(token.text() + subscript());
    }
    if (!parser.isAtEnd() && parser.peek().isCommand("overline")) {
      return repeating(token.text());
    }
    boolean fraction = !parser.isAtEnd() && parser.peek().isCommand("frac");
    boolean spaced = !parser.isAtEnd() && parser.peek().isNumber() && parser.peek().spaced();
    if (value.value().isInteger() && value.decimals() == 0 && (fraction || spaced)) {
      return mixed(value, fraction);
    }
    return value;
  }

  /** An integer before a proper fraction of integers is added to it. */
  private Expr mixed(Num whole, boolean latex) {
    Expr part;
    if (latex) {
      part = parser.power();
    } else {
      Expr over = value(parser.take().text());
      parser.expect("/");
      part = Expr.quotient(over, value(parser.take().text()));
    }
    boolean proper =
        part instanceof Product quotient
            && quotient.factors().getFirst() instanceof Num over
            && quotient.factors().size() == 2
            && quotient.factors().getLast() instanceof Power power
            && power.base() instanceof Num under
            && over.value().isInteger()
            && over.value().signum() >= 0
            && over.value().compareTo(under.value()) < 0;
    if (!proper && !latex) {
      throw new UndecidedException();
    }
    return proper ? new Sum(List.of(whole, part)) : new Product(List.of(whole, part));
  }

  /** A number with the last digits repeated forever, such as {@code 0.1\overline{6}}. */
  private Expr repeating(String digits) {
    parser.take();
    parser.expect("{");
    String period = parser.take().text();
    parser.expect("}");
    int point = digits.indexOf('.');
    if (point < 0 || !period.matches("\\d{1,50}")) {
      throw new UndecidedException();
    }
    int before = digits.length() - point - 1;
    Fraction start = value(digits).value();
    Fraction nines = Fraction.of(10).pow(period.length()).minus(Fraction.ONE);
    Fraction tail = value(period).value().over(nines.times(Fraction.of(10).pow(before)));
    return Expr.number(start.plus(tail));
  }

  private static Num value(String text) {
    if (text.length() > 2_000
        || !text.matches("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,4})?")) {
      throw new UndecidedException();
    }
    String digits = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    var decimal = new BigDecimal(digits);
    if (Math.abs((long) decimal.scale()) > MAX_EXPONENT) {
      throw new UndecidedException();
    }
    return new Num(Fraction.of(decimal), Math.max(0, decimal.scale()));
  }

  private Expr name(String name) {
    StringBuilder full = new StringBuilder(name);
    while (parser.is("_") || parser.is("'")) {
      full.append(parser.accept("'") ? "'" : subscript());
    }
    return parser.named(full.toString());
  }

  /** A subscript as a part of a name, in one spelling. */
  private String subscript() {
    parser.expect("_");
    if (!parser.accept("{")) {
      return "_" + parser.take().text();
    }
    StringBuilder text = new StringBuilder("_");
    int open = 1;
    while (true) {
      Token token = parser.take();
      open += token.isSign("{") ? 1 : token.isSign("}") ? -1 : 0;
      if (open == 0) {
        return text.toString();
      }
      text.append(token.text());
    }
  }

  private Expr command(String name) {
    return switch (name) {
      case "frac" -> Expr.quotient(digit(), digit());
      case "binom" -> new Call("binomial", List.of(digit(), digit()));
      case "sqrt" -> root();
      case "begin" -> new MatrixParser(parser).matrix();
      case "lfloor" -> half("floor", "rfloor");
      case "lceil" -> half("ceil", "rceil");
      case "sum", "prod", "int", "lim" -> limits(name);
      case "overline", "widehat", "overrightarrow" -> new Call(name, List.of(argument()));
      case "hat" -> new Call("widehat", List.of(argument()));
      case "vec" -> new Call("overrightarrow", List.of(argument()));
      case "underline" -> {
        Expr inside = argument();
        yield inside instanceof Num ? inside : new Call(name, List.of(inside));
      }
      default -> function(name);
    };
  }

  private Expr half(String function, String close) {
    Expr inside = parser.sum();
    if (!parser.take().isCommand(close)) {
      throw new UndecidedException();
    }
    return new Call(function, List.of(inside));
  }

  /** An argument of a fraction: a group in braces or, as LaTeX reads it, a single digit. */
  private Expr digit() {
    Token next = parser.peek();
    if (next.isNumber() && next.text().length() > 1 && Character.isDigit(next.text().charAt(1))) {
      parser.take();
      parser.insert(new Token(Kind.NUMBER, next.text().substring(1), false));
      return value(next.text().substring(0, 1));
    }
    return argument();
  }

  private Expr argument() {
    if (parser.accept("{")) {
      return parser.enclosed("}");
    }
    Token token = parser.take();
    return switch (token.kind()) {
      case NUMBER -> value(token.text());
      case NAME -> new Sym(token.text());
      case COMMAND -> command(token.text());
      default -> group(token);
    };
  }

  private Expr root() {
    Expr degree = ExprParser.number(2);
    if (parser.accept("[")) {
      degree = parser.enclosed("]");
    }
    return Expr.root(argument(), degree);
  }

  private Expr function(String name) {
    String function = Lexicon.FUNCTIONS.getOrDefault(name, "");
    if (function.isEmpty()) {
      throw new UndecidedException();
    }
    Expr base = null;
    Expr exponent = null;
    while (parser.is("_") || parser.is("^")) {
      if (parser.take().text().equals("_")) {
        base = argument();
      } else {
        exponent = exponent();
      }
    }
    if (exponent instanceof Num number && number.equals(Expr.Num.MINUS_ONE)) {
      function = "arc" + function;
      exponent = null;
    }
    Expr argument = inRadians(functionArgument());
    Expr value =
        switch (function) {
          case "exp" -> new Power(new Sym(Constants.E), argument);
          case "lg" -> logarithm(argument, ExprParser.number(10));
          case "log" ->
              base == null ? new Call("ln", List.of(argument)) : logarithm(argument, base);
          default -> new Call(function, List.of(argument));
        };
    return exponent == null ? value : new Power(value, exponent);
  }

  private static Expr inRadians(Expr angle) {
    return angle instanceof Call call && call.name().equals("degrees")
        ? new Product(
            List.of(
                call.arguments().getFirst(),
                new Sym(Constants.PI),
                new Power(ExprParser.number(180), Num.MINUS_ONE)))
        : angle.mapped(PrimaryParser::inRadians);
  }

  private static Expr logarithm(Expr argument, Expr base) {
    return Expr.quotient(new Call("ln", List.of(argument)), new Call("ln", List.of(base)));
  }

  /** A group, or all factors up to the next sign or function. */
  private Expr functionArgument() {
    if (parser.is("(") || parser.is("{") || parser.is("[") || parser.is("|")) {
      return primary();
    }
    List<Expr> factors = new ArrayList<>();
    if (parser.accept("-")) {
      factors.add(Expr.Num.MINUS_ONE);
    }
    do {
      factors.add(parser.power());
    } while (parser.startsFactor()
        && !(parser.peek().kind() == Kind.COMMAND
            && Lexicon.FUNCTIONS.containsKey(parser.peek().text()))
        && !parser.is("("));
    return factors.size() == 1 ? factors.getFirst() : new Product(factors);
  }

  /** A sum, product, integral or limit: compared by its parts, never evaluated. */
  private Expr limits(String name) {
    List<Expr> parts = new ArrayList<>();
    StringBuilder below = new StringBuilder(name);
    while (parser.is("_") || parser.is("^")) {
      if (parser.is("_")) {
        below.append(subscript());
      } else {
        parser.take();
        parts.add(exponent());
      }
    }
    parts.add(parser.sum());
    return new Call(below.toString(), parts);
  }
}
