package io.tailwalk.chat.jinja;

import io.tailwalk.chat.jinja.Expression.Call;
import io.tailwalk.chat.jinja.Expression.Constant;
import io.tailwalk.chat.jinja.Expression.Field;
import io.tailwalk.chat.jinja.Expression.Filter;
import io.tailwalk.chat.jinja.Expression.Given;
import io.tailwalk.chat.jinja.Expression.Index;
import io.tailwalk.chat.jinja.Expression.Not;
import io.tailwalk.chat.jinja.Expression.Slice;
import io.tailwalk.chat.jinja.Expression.Test;
import io.tailwalk.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses what stands behind a value: fields, indices, calls, filters and tests. */
final class PostfixParser {
  /** Names that end a test instead of being its argument. */
  private static final Set<String> NOT_ARGUMENTS =
      Set.of("else", "or", "and", "is", "if", "in", "not");

  private final Tokens tokens;
  private final ExpressionParser expressions;

  PostfixParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** A value with its fields, indices and calls. */
  Expression accesses(Expression start) {
    Expression value = start;
    while (true) {
      if (tokens.skipOperator(".")) {
        value = field(value);
      } else if (tokens.skipOperator("[")) {
        value = index(value);
      } else if (tokens.skipOperator("(")) {
        value = new Call(value, given());
      } else {
        return value;
      }
    }
  }

  private Expression field(Expression object) {
    if (tokens.peek().is(Kind.INTEGER)) {
      return new Index(object, new Constant(Value.of(Long.parseLong(tokens.next().text()))));
    }
    return new Field(object, tokens.name());
  }

  private Expression index(Expression object) {
    @Nullable Expression from = null;
    if (!tokens.peek().isOperator(":")) {
      from = expressions.tuple();
      if (tokens.skipOperator("]")) {
        return new Index(object, from);
      }
    }
    tokens.expectOperator(":");
    @Nullable Expression to = bound();
    @Nullable Expression step = tokens.skipOperator(":") ? bound() : null;
    tokens.expectOperator("]");
    return new Slice(object, from, to, step);
  }

  private @Nullable Expression bound() {
    boolean missing = tokens.peek().isOperator("]") || tokens.peek().isOperator(":");
    return missing ? null : expressions.expression();
  }

  /** Arguments up to the closing parenthesis. */
  private Given given() {
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.skipOperator(")")) {
      if (tokens.peek().is(Kind.NAME) && tokens.peek(1).isOperator("=")) {
        String name = tokens.name();
        tokens.next();
        named.put(name, expressions.expression());
      } else {
        positional.add(expressions.expression());
      }
      if (!tokens.peek().isOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    return new Given(positional, named);
  }

  /** A value with its filters and tests. */
  Expression filters(Expression start) {
    Expression value = start;
    while (true) {
      if (tokens.skipOperator("|")) {
        value = filter(value);
      } else if (tokens.skipName("is")) {
        value = test(value);
      } else if (tokens.skipOperator("(")) {
        value = new Call(value, given());
      } else {
        return value;
      }
    }
  }

  /** A filter, behind its bar. */
  Filter filter(Expression value) {
    String name = dotted();
    return new Filter(value, name, tokens.skipOperator("(") ? given() : Given.NOTHING);
  }

  private String dotted() {
    var name = new StringBuilder(tokens.name());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.name());
    }
    return name.toString();
  }

  private Expression test(Expression value) {
    boolean negated = tokens.skipName("not");
    String name = dotted();
    Given given = Given.NOTHING;
    if (tokens.skipOperator("(")) {
      given = given();
    } else if (isArgument(tokens.peek())) {
      given = new Given(List.of(accesses(expressions.primary())), Map.of());
    }
    Expression test = new Test(value, name, given);
    return negated ? new Not(test) : test;
  }

  private static boolean isArgument(Token next) {
    return switch (next.kind()) {
      case NAME -> !NOT_ARGUMENTS.contains(next.text());
      case STRING, INTEGER, REAL -> true;
      case OPERATOR -> next.isOperator("[") || next.isOperator("{");
      default -> false;
    };
  }
}
