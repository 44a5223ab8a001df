package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import io.tailwalk.chat.jinja.Statement.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the statements of a template once. */
final class Interpreter {
  /** How a statement ends. */
  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  private final Meter meter;
  private final Evaluator evaluator;
  private ChatText.Builder out = new ChatText.Builder();

  Interpreter(Meter meter) {
    this.meter = meter;
    this.evaluator = new Evaluator(meter);
  }

  ChatText run(List<Statement> statements, Map<String, Value> variables) {
    var scope = new Scope(null);
    variables.forEach(scope::set);
    body(statements, scope);
    return out.build();
  }

  private Flow body(List<Statement> statements, Scope scope) {
    meter.enter();
    for (Statement statement : statements) {
      Flow flow;
      try {
        flow = run(statement, scope);
      } catch (TemplateFault e) {
        throw e.at(statement.line());
      } catch (ArithmeticException e) {
        throw new TemplateFault("it computes an integer of more than 64 bits", statement.line());
      }
      if (flow != Flow.NEXT) {
        meter.leave();
        return flow;
      }
    }
    meter.leave();
    return Flow.NEXT;
  }

  private Flow run(Statement statement, Scope scope) {
    meter.step();
    return switch (statement) {
      case Statement.Data(String text, _) -> print(ChatText.ofTemplate(text));
      case Statement.Print(Expression value, _) ->
          print(Printed.text(evaluator.evaluate(value, scope), meter));
      case Statement.If choice ->
          body(
              Operators.isTrue(evaluator.evaluate(choice.condition(), scope))
                  ? choice.body()
                  : choice.otherwise(),
              scope);
      case Statement.For loop -> loop(loop, scope);
      case Statement.Set(Target target, Expression value, _) -> {
        assign(target, evaluator.evaluate(value, scope), scope);
        yield Flow.NEXT;
      }
      case Statement.SetBlock(Target target, List<Expression.Filter> filters, var body, _) -> {
        Value text = Value.text(captured(body, new Scope(scope)));
        assign(target, filtered(text, filters, scope), scope);
        yield Flow.NEXT;
      }
      case Statement.Macro macro -> {
        scope.set(macro.name(), macro(macro, scope));
        yield Flow.NEXT;
      }
      case Statement.CallBlock(Statement.Macro caller, Expression.Call call, _) -> {
        Arguments given = evaluator.arguments(call, scope);
        given.named().put("caller", macro(caller, scope));
        yield print(Printed.text(evaluator.call(call, given, scope), meter));
      }
      case Statement.FilterBlock(List<Expression.Filter> filters, var body, _) -> {
        Value text = Value.text(captured(body, new Scope(scope)));
        yield print(Printed.text(filtered(text, filters, scope), meter));
      }
      case Statement.With with -> with(with, scope);
      case Statement.Generation(List<Statement> body, _) -> body(body, scope);
      case Statement.Break _ -> Flow.BREAK;
      case Statement.Continue _ -> Flow.CONTINUE;
    };
  }

  private Flow print(ChatText text) {
    meter.length(text.length());
    out.add(text);
    if (out.length() > Meter.MOST_LENGTH) {
      throw new TemplateFault("it prints more than " + Meter.MOST_LENGTH + " characters");
    }
    return Flow.NEXT;
  }

  private ChatText captured(List<Statement> body, Scope scope) {
    ChatText.Builder outer = out;
    out = new ChatText.Builder();
    body(body, scope);
    ChatText text = out.build();
    out = outer;
    return text;
  }

  private Value filtered(Value value, List<Expression.Filter> filters, Scope scope) {
    Value result = value;
    for (Expression.Filter filter : filters) {
      result = evaluator.filter(filter, result, scope);
    }
    return result;
  }

  private void assign(Target target, Value value, Scope scope) {
    switch (target) {
      case Target.Variable(String name) -> scope.set(name, value);
      case Target.Member(String name, String field) -> {
        if (!(scope.get(name) instanceof Value.Namespace(Map<String, Value> fields))) {
          throw new TemplateFault("it sets a field of '" + name + "', which is no namespace");
        }
        fields.put(field, value);
      }
      case Target.Several(List<Target> targets) -> {
        List<Value> values = Operators.items(value, meter);
        if (values.size() != targets.size()) {
          throw new TemplateFault(
              "it unpacks " + values.size() + " values into " + targets.size() + " names");
        }
        for (int i = 0; i < targets.size(); i++) {
          assign(targets.get(i), values.get(i), scope);
        }
      }
    }
  }

  private Flow with(Statement.With with, Scope scope) {
    var inner = new Scope(scope);
    for (int i = 0; i < with.targets().size(); i++) {
      assign(with.targets().get(i), evaluator.evaluate(with.values().get(i), scope), inner);
    }
    return body(with.body(), inner);
  }

  private Flow loop(Statement.For loop, Scope scope) {
    List<Value> items = new ArrayList<>();
    for (Value item : Operators.items(evaluator.evaluate(loop.items(), scope), meter)) {
      if (loop.filter() == null || passes(loop, loop.filter(), item, scope)) {
        items.add(item);
      }
    }
    if (items.isEmpty()) {
      return body(loop.otherwise(), scope);
    }
    var position = new Loop(items, meter);
    for (int i = 0; i < items.size(); i++) {
      meter.step();
      var inner = new Scope(scope);
      inner.set("loop", position.at(i));
      assign(loop.target(), items.get(i), inner);
      if (body(loop.body(), inner) == Flow.BREAK) {
        break;
      }
    }
    return Flow.NEXT;
  }

  private boolean passes(Statement.For loop, Expression filter, Value item, Scope scope) {
    var inner = new Scope(scope);
    assign(loop.target(), item, inner);
    return Operators.isTrue(evaluator.evaluate(filter, inner));
  }

  private Value macro(Statement.Macro macro, Scope defined) {
    return (Value.Function)
        given -> {
          var scope = new Scope(defined);
          given.get(-1, "caller").ifPresent(caller -> scope.set("caller", caller));
          Arguments own = withoutCaller(macro.name(), given);
          own.only(macro.parameters().toArray(String[]::new));
          int first = macro.parameters().size() - macro.defaults().size();
          for (int i = 0; i < macro.parameters().size(); i++) {
            String name = macro.parameters().get(i);
            Value value = own.get(i, name).orElse(new Value.Undefined(name));
            if (value instanceof Value.Undefined && i >= first) {
              value = evaluator.evaluate(macro.defaults().get(i - first), scope);
            }
            scope.set(name, value);
          }
          return Value.text(captured(macro.body(), scope));
        };
  }

  private static Arguments withoutCaller(String name, Arguments given) {
    var own = new Arguments(name, given.positional(), given.named());
    own.named().remove("caller");
    return own;
  }
}
