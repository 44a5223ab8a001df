package io.tailwalk.chat.jinja;

import io.tailwalk.chat.jinja.Expression.Filter;
import io.tailwalk.chat.jinja.Statement.Target;
import io.tailwalk.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses a template into statements. */
final class StatementParser {
  private static final Expression INPUT = new Expression.Constant(Constants.NONE);

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final PostfixParser postfix;

  private StatementParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.postfix = new PostfixParser(tokens, expressions);
  }

  /**
   * The statements of a template.
   *
   * @throws TemplateFault if it is not Jinja, or has statements that chat templates cannot have
   */
  static List<Statement> parse(String template) {
    var parser = new StatementParser(new Tokens(Lexer.tokens(template)));
    List<Statement> all = parser.until(Set.of());
    return List.copyOf(all);
  }

  /** Statements up to one with such a name, of which the name is read; to the end if none. */
  private List<Statement> until(Set<String> ends) {
    List<Statement> body = new ArrayList<>();
    tokens.enter();
    while (true) {
      Token token = tokens.peek();
      switch (token.kind()) {
        case DATA -> body.add(new Statement.Data(tokens.next().text(), token.line()));
        case PRINT_BEGIN -> body.add(print());
        case BLOCK_BEGIN -> {
          tokens.next();
          if (tokens.peek().is(Kind.NAME) && ends.contains(tokens.peek().text())) {
            tokens.leave();
            return body;
          }
          body.add(statement());
        }
        default -> {
          if (!ends.isEmpty()) {
            throw tokens.unexpected(
                "'" + String.join("' or '", new java.util.TreeSet<>(ends)) + "'");
          }
          tokens.leave();
          return body;
        }
      }
    }
  }

  private Statement print() {
    int line = tokens.next().line();
    Expression value = expressions.tuple();
    tokens.expect(Kind.PRINT_END, "'}}'");
    return new Statement.Print(value, line);
  }

  private Statement statement() {
    int line = tokens.peek().line();
    String name = tokens.name();
    return switch (name) {
      case "if" -> branch(line);
      case "for" -> loop(line);
      case "set" -> set(line);
      case "macro" -> {
        String called = tokens.name();
        yield macro(called, "endmacro", line);
      }
      case "call" -> callBlock(line);
      case "filter" -> {
        List<Filter> filters = new ArrayList<>(List.of(postfix.filter(INPUT)));
        filters.addAll(filters());
        end();
        yield new Statement.FilterBlock(filters, body("endfilter"), line);
      }
      case "with" -> with(line);
      case "generation" -> {
        end();
        yield new Statement.Generation(body("endgeneration"), line);
      }
      case "break" -> {
        end();
        yield new Statement.Break(line);
      }
      case "continue" -> {
        end();
        yield new Statement.Continue(line);
      }
      default -> throw new TemplateFault("it has the statement '" + name + "', unknown here", line);
    };
  }

  private void end() {
    tokens.expect(Kind.BLOCK_END, "'%}'");
  }

  private List<Statement> body(String ending) {
    List<Statement> body = until(Set.of(ending));
    tokens.expectName(ending);
    end();
    return body;
  }

  private Statement branch(int line) {
    Expression condition = expressions.tuple();
    end();
    List<Statement> body = until(Set.of("elif", "else", "endif"));
    int next = tokens.peek().line();
    List<Statement> otherwise = List.of();
    if (tokens.skipName("elif")) {
      tokens.enter();
      otherwise = List.of(branch(next));
      tokens.leave();
    } else if (tokens.skipName("else")) {
      end();
      otherwise = body("endif");
    } else {
      tokens.expectName("endif");
      end();
    }
    return new Statement.If(condition, body, otherwise, line);
  }

  private Statement loop(int line) {
    Target target = target();
    tokens.expectName("in");
    Expression items = expressions.loopItems();
    @Nullable Expression filter = tokens.skipName("if") ? expressions.tuple() : null;
    end();
    List<Statement> body = until(Set.of("else", "endfor"));
    List<Statement> otherwise = List.of();
    if (tokens.skipName("else")) {
      end();
      otherwise = body("endfor");
    } else {
      tokens.expectName("endfor");
      end();
    }
    return new Statement.For(target, items, filter, body, otherwise, line);
  }

  private Target target() {
    Target first = oneTarget();
    if (!tokens.peek().isOperator(",")) {
      return first;
    }
    List<Target> targets = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",")
        && (tokens.peek().is(Kind.NAME) || tokens.peek().isOperator("("))) {
      if (tokens.peek().isName("in")) {
        break;
      }
      targets.add(oneTarget());
    }
    return new Target.Several(targets);
  }

  private Target oneTarget() {
    if (tokens.skipOperator("(")) {
      tokens.enter();
      Target inside = target();
      tokens.leave();
      tokens.expectOperator(")");
      return inside;
    }
    String name = tokens.name();
    return tokens.skipOperator(".")
        ? new Target.Member(name, tokens.name())
        : new Target.Variable(name);
  }

  private Statement set(int line) {
    Target target = target();
    if (tokens.skipOperator("=")) {
      Expression value = expressions.tuple();
      end();
      return new Statement.Set(target, value, line);
    }
    List<Filter> filters = filters();
    end();
    return new Statement.SetBlock(target, filters, body("endset"), line);
  }

  private List<Filter> filters() {
    List<Filter> filters = new ArrayList<>();
    while (tokens.skipOperator("|")) {
      filters.add(postfix.filter(INPUT));
    }
    return filters;
  }

  private Statement.Macro macro(String name, String ending, int line) {
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    if (tokens.skipOperator("(")) {
      while (!tokens.skipOperator(")")) {
        parameters.add(tokens.name());
        if (tokens.skipOperator("=")) {
          defaults.add(expressions.expression());
        } else if (!defaults.isEmpty()) {
          throw tokens.unexpected("a default, as of the parameter before,");
        }
        if (!tokens.peek().isOperator(")")) {
          tokens.expectOperator(",");
        }
      }
    }
    if (ending.equals("endmacro")) {
      end();
      return new Statement.Macro(name, parameters, defaults, body(ending), line);
    }
    return new Statement.Macro(name, parameters, defaults, List.of(), line);
  }

  private Statement callBlock(int line) {
    Statement.Macro head = macro("caller", "endcall", line);
    Expression called = expressions.expression();
    if (!(called instanceof Expression.Call call)) {
      throw tokens.unexpected("a call");
    }
    end();
    List<Statement> body = body("endcall");
    var caller = new Statement.Macro("caller", head.parameters(), head.defaults(), body, line);
    return new Statement.CallBlock(caller, call, line);
  }

  private Statement with(int line) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.peek().is(Kind.BLOCK_END)) {
      targets.add(oneTarget());
      tokens.expectOperator("=");
      values.add(expressions.expression());
      if (!tokens.peek().is(Kind.BLOCK_END)) {
        tokens.expectOperator(",");
      }
    }
    end();
    return new Statement.With(targets, values, body("endwith"), line);
  }
}
