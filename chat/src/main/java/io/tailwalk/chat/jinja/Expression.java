package io.tailwalk.chat.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression of a template. */
sealed interface Expression {
  /** A literal. */
  record Constant(Value value) implements Expression {}

  /** A variable. */
  record Name(String name) implements Expression {}

  /** A list or tuple. */
  record ListOf(List<Expression> items, boolean isTuple) implements Expression {}

  /** A dictionary; keys and values in order. */
  record DictOf(List<Expression> keys, List<Expression> values) implements Expression {}

  /** {@code object.field}. */
  record Field(Expression object, String field) implements Expression {}

  /** {@code object[index]}. */
  record Index(Expression object, Expression index) implements Expression {}

  /** {@code object[from:to:step]}. */
  record Slice(
      Expression object,
      @Nullable Expression from,
      @Nullable Expression to,
      @Nullable Expression step)
      implements Expression {}

  /** A call. */
  record Call(Expression function, Given given) implements Expression {}

  /** {@code value | filter(arguments)}. */
  record Filter(Expression value, String name, Given given) implements Expression {}

  /** {@code value is test(arguments)}. */
  record Test(Expression value, String name, Given given) implements Expression {}

  /** {@code not value}. */
  record Not(Expression value) implements Expression {}

  /** {@code -value} or {@code +value}. */
  record Sign(Expression value, boolean minus) implements Expression {}

  /** An arithmetic operation or {@code ~}. */
  record Binary(String operator, Expression left, Expression right) implements Expression {}

  /** {@code left and right} or {@code left or right}: one of the two values. */
  record Logic(boolean isAnd, Expression left, Expression right) implements Expression {}

  /** A chain of comparisons. */
  record Comparison(Expression first, List<String> operators, List<Expression> others)
      implements Expression {}

  /** {@code value if condition else otherwise}. */
  record Choice(Expression condition, Expression value, @Nullable Expression otherwise)
      implements Expression {}

  /**
   * The arguments of a call.
   *
   * @param positional by place
   * @param named by name
   */
  record Given(List<Expression> positional, Map<String, Expression> named) {
    static final Given NOTHING = new Given(List.of(), Map.of());
  }
}
