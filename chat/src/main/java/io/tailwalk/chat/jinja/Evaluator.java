package io.tailwalk.chat.jinja;

import io.tailwalk.chat.jinja.Expression.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. */
final class Evaluator {
  private final Meter meter;
  private final Tests tests;
  private final Filters filters;

  Evaluator(Meter meter) {
    this.meter = meter;
    this.tests = new Tests(meter);
    this.filters = new Filters(meter, tests);
  }

  Value evaluate(Expression expression, Scope scope) {
    meter.enter();
    Value value =
        switch (expression) {
          case Expression.Constant(Value constant) -> constant;
          case Expression.Name(String name) -> scope.get(name);
          case Expression.ListOf(List<Expression> items, boolean isTuple) ->
              new Value.Items(all(items, scope), isTuple);
          case Expression.DictOf dict -> dictionary(dict, scope);
          case Expression.Field(Expression object, String field) ->
              Access.field(evaluate(object, scope), field, meter);
          case Expression.Index(Expression object, Expression index) ->
              Access.index(evaluate(object, scope), evaluate(index, scope), meter);
          case Expression.Slice slice ->
              Access.slice(
                  evaluate(slice.object(), scope),
                  bound(slice.from(), scope),
                  bound(slice.to(), scope),
                  bound(slice.step(), scope),
                  meter);
          case Expression.Call call ->
              call(call, arguments("a function", call.given(), scope), scope);
          case Expression.Filter filter -> filter(filter, evaluate(filter.value(), scope), scope);
          case Expression.Test(Expression tested, String name, Given given) ->
              Value.of(tests.holds(name, evaluate(tested, scope), arguments(name, given, scope)));
          case Expression.Not(Expression inner) ->
              Value.of(!Operators.isTrue(evaluate(inner, scope)));
          case Expression.Sign(Expression inner, boolean minus) ->
              sign(evaluate(inner, scope), minus);
          case Expression.Binary(String operator, Expression left, Expression right) ->
              Operators.binary(operator, evaluate(left, scope), evaluate(right, scope), meter);
          case Expression.Logic(boolean isAnd, Expression left, Expression right) -> {
            Value first = evaluate(left, scope);
            yield Operators.isTrue(first) == isAnd ? evaluate(right, scope) : first;
          }
          case Expression.Comparison comparison -> Value.of(holds(comparison, scope));
          case Expression.Choice choice -> choose(choice, scope);
        };
    meter.leave();
    return value;
  }

  private List<Value> all(List<Expression> items, Scope scope) {
    List<Value> values = new ArrayList<>(items.size());
    for (Expression item : items) {
      values.add(evaluate(item, scope));
    }
    return values;
  }

  private Value dictionary(Expression.DictOf dict, Scope scope) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i < dict.keys().size(); i++) {
      entries.put(key(evaluate(dict.keys().get(i), scope)), evaluate(dict.values().get(i), scope));
    }
    return new Value.Dict(entries);
  }

  private static Value key(Value key) {
    if (Operators.isKey(key)) {
      return key;
    }
    throw new TemplateFault("it uses " + key.kind() + " as a key");
  }

  private @Nullable Long bound(@Nullable Expression expression, Scope scope) {
    if (expression == null) {
      return null;
    }
    Value value = evaluate(expression, scope);
    return value instanceof Value.None ? null : Long.valueOf(Operators.integer(value));
  }

  private Arguments arguments(String name, Given given, Scope scope) {
    Map<String, Value> named = new LinkedHashMap<>();
    given.named().forEach((key, value) -> named.put(key, evaluate(value, scope)));
    return new Arguments(name, all(given.positional(), scope), named);
  }

  /** Calls a function with arguments that are evaluated. */
  Value call(Expression.Call call, Arguments given, Scope scope) {
    Value function = evaluate(call.function(), scope);
    if (function instanceof Value.Function callable) {
      return callable.call(given);
    } else if (function instanceof Value.Undefined(String name)) {
      throw new TemplateFault("it calls '" + name + "', which is undefined");
    }
    throw new TemplateFault("it calls " + function.kind());
  }

  /** The arguments of a call, for a statement that adds its own. */
  Arguments arguments(Expression.Call call, Scope scope) {
    return arguments("a macro", call.given(), scope);
  }

  /** Applies a filter to a value. */
  Value filter(Expression.Filter filter, Value value, Scope scope) {
    return filters.apply(filter.name(), value, arguments(filter.name(), filter.given(), scope));
  }

  private static Value sign(Value value, boolean minus) {
    if (value instanceof Value.Real(double number)) {
      return new Value.Real(minus ? -number : number);
    }
    long number = Operators.integer(value);
    return Value.of(minus ? Math.negateExact(number) : number);
  }

  private boolean holds(Expression.Comparison comparison, Scope scope) {
    Value left = evaluate(comparison.first(), scope);
    for (int i = 0; i < comparison.operators().size(); i++) {
      Value right = evaluate(comparison.others().get(i), scope);
      if (!holds(comparison.operators().get(i), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private boolean holds(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> Operators.equal(left, right, meter);
      case "!=" -> !Operators.equal(left, right, meter);
      case "in" -> Operators.contains(right, left, meter);
      case "not in" -> !Operators.contains(right, left, meter);
      case "<" -> Operators.compare(left, right, meter) < 0;
      case "<=" -> Operators.compare(left, right, meter) <= 0;
      case ">" -> Operators.compare(left, right, meter) > 0;
      default -> Operators.compare(left, right, meter) >= 0;
    };
  }

  private Value choose(Expression.Choice choice, Scope scope) {
    if (Operators.isTrue(evaluate(choice.condition(), scope))) {
      return evaluate(choice.value(), scope);
    }
    Expression otherwise = choice.otherwise();
    return otherwise == null ? new Value.Undefined("else") : evaluate(otherwise, scope);
  }
}
