package io.tailwalk.chat.jinja;

import io.tailwalk.chat.jinja.Expression.Binary;
import io.tailwalk.chat.jinja.Expression.Choice;
import io.tailwalk.chat.jinja.Expression.Comparison;
import io.tailwalk.chat.jinja.Expression.Constant;
import io.tailwalk.chat.jinja.Expression.DictOf;
import io.tailwalk.chat.jinja.Expression.ListOf;
import io.tailwalk.chat.jinja.Expression.Logic;
import io.tailwalk.chat.jinja.Expression.Name;
import io.tailwalk.chat.jinja.Expression.Not;
import io.tailwalk.chat.jinja.Expression.Sign;
import io.tailwalk.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses expressions, with the precedences of Jinja. */
final class ExpressionParser {
  private static final Set<String> COMPARED = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final PostfixParser postfix;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
    this.postfix = new PostfixParser(tokens, this);
  }

  /** An expression, also a tuple without parentheses. */
  Expression tuple() {
    return tuple(this::expression);
  }

  private Expression tuple(Supplier<Expression> parser) {
    Expression first = parser.get();
    if (!tokens.peek().isOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && !isTupleEnd()) {
      items.add(parser.get());
    }
    return new ListOf(items, true);
  }

  private boolean isTupleEnd() {
    Token next = tokens.peek();
    return next.is(Kind.PRINT_END)
        || next.is(Kind.BLOCK_END)
        || next.isOperator(")")
        || next.isName("in");
  }

  /** One expression, with {@code if} and {@code else}. */
  Expression expression() {
    tokens.enter();
    Expression value = or();
    while (tokens.skipName("if")) {
      Expression condition = or();
      @Nullable Expression otherwise = tokens.skipName("else") ? expression() : null;
      value = new Choice(condition, value, otherwise);
    }
    tokens.leave();
    return value;
  }

  /** The items of a loop: a tuple, but no {@code if}, which filters the loop. */
  Expression loopItems() {
    return tuple(this::or);
  }

  private Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Logic(false, left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Logic(true, left, not());
    }
    return left;
  }

  private Expression not() {
    if (!tokens.skipName("not")) {
      return comparison();
    }
    tokens.enter();
    var negated = new Not(not());
    tokens.leave();
    return negated;
  }

  private Expression comparison() {
    Expression first = sum();
    List<String> operators = new ArrayList<>();
    List<Expression> others = new ArrayList<>();
    while (true) {
      Token next = tokens.peek();
      if (next.is(Kind.OPERATOR) && COMPARED.contains(next.text())) {
        operators.add(tokens.next().text());
      } else if (tokens.skipName("in")) {
        operators.add("in");
      } else if (next.isName("not") && tokens.peek(1).isName("in")) {
        tokens.next();
        tokens.next();
        operators.add("not in");
      } else {
        return operators.isEmpty() ? first : new Comparison(first, operators, others);
      }
      others.add(sum());
    }
  }

  private Expression sum() {
    return leftToRight(this::concatenation, "+", "-");
  }

  private Expression concatenation() {
    return leftToRight(this::product, "~");
  }

  private Expression product() {
    return leftToRight(this::power, "*", "/", "//", "%");
  }

  private Expression power() {
    return leftToRight(() -> unary(true), "**");
  }

  private Expression leftToRight(Supplier<Expression> operand, String... operators) {
    Expression left = operand.get();
    while (tokens.peek().is(Kind.OPERATOR) && List.of(operators).contains(tokens.peek().text())) {
      String operator = tokens.next().text();
      left = new Binary(operator, left, operand.get());
    }
    return left;
  }

  private Expression unary(boolean withFilters) {
    Token next = tokens.peek();
    Expression value;
    if (next.isOperator("-") || next.isOperator("+")) {
      tokens.next();
      tokens.enter();
      value = new Sign(unary(false), next.isOperator("-"));
      tokens.leave();
    } else {
      value = primary();
    }
    value = postfix.accesses(value);
    return withFilters ? postfix.filters(value) : value;
  }

  /** A literal, a name or an expression in brackets. */
  Expression primary() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> name(tokens.next().text());
      case STRING -> string();
      case INTEGER -> new Constant(integer(tokens.next()));
      case REAL -> new Constant(new Value.Real(Double.parseDouble(tokens.next().text())));
      case OPERATOR -> bracket(token);
      default -> throw tokens.unexpected("an expression");
    };
  }

  private static Expression name(String name) {
    return switch (name) {
      case "true", "True" -> new Constant(Constants.TRUE);
      case "false", "False" -> new Constant(Constants.FALSE);
      case "none", "None" -> new Constant(Constants.NONE);
      default -> new Name(name);
    };
  }

  private Expression string() {
    var text = new StringBuilder();
    while (tokens.peek().is(Kind.STRING)) {
      text.append(tokens.next().text());
    }
    return new Constant(Value.text(text.toString()));
  }

  private static Value integer(Token token) {
    try {
      return Value.of(Long.parseLong(token.text()));
    } catch (NumberFormatException e) {
      throw new TemplateFault("the number " + token.text() + " is too large", token.line());
    }
  }

  private Expression bracket(Token token) {
    if (tokens.skipOperator("(")) {
      if (tokens.skipOperator(")")) {
        return new ListOf(List.of(), true);
      }
      Expression inside = tuple();
      tokens.expectOperator(")");
      return inside;
    } else if (tokens.skipOperator("[")) {
      return new ListOf(list("]"), false);
    } else if (tokens.skipOperator("{")) {
      return dictionary();
    }
    throw tokens.unexpected("an expression").at(token.line());
  }

  private List<Expression> list(String end) {
    List<Expression> items = new ArrayList<>();
    while (!tokens.skipOperator(end)) {
      items.add(expression());
      if (!tokens.peek().isOperator(end)) {
        tokens.expectOperator(",");
      }
    }
    return items;
  }

  private Expression dictionary() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.skipOperator("}")) {
      keys.add(expression());
      tokens.expectOperator(":");
      values.add(expression());
      if (!tokens.peek().isOperator("}")) {
        tokens.expectOperator(",");
      }
    }
    return new DictOf(keys, values);
  }
}
