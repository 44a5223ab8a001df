package io.tailwalk.chat.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a template. */
sealed interface Statement {
  /** Line of the template, from 1. */
  int line();

  /** Text outside of tags. */
  record Data(String text, int line) implements Statement {}

  /** {@code {{ expression }}}. */
  record Print(Expression value, int line) implements Statement {}

  /** {@code if}; an {@code elif} is an {@code if} inside of {@code otherwise}. */
  record If(Expression condition, List<Statement> body, List<Statement> otherwise, int line)
      implements Statement {}

  /** {@code for target in items if filter}. */
  record For(
      Target target,
      Expression items,
      @Nullable Expression filter,
      List<Statement> body,
      List<Statement> otherwise,
      int line)
      implements Statement {}

  /** {@code set target = value}. */
  record Set(Target target, Expression value, int line) implements Statement {}

  /** A variable from the text of a block, which goes through filters. */
  record SetBlock(Target target, List<Expression.Filter> filters, List<Statement> body, int line)
      implements Statement {}

  /** {@code macro}. */
  record Macro(
      String name,
      List<String> parameters,
      List<Expression> defaults,
      List<Statement> body,
      int line)
      implements Statement {}

  /** {@code call(parameters) function(arguments)}: the body is the function's {@code caller}. */
  record CallBlock(Macro caller, Expression.Call call, int line) implements Statement {}

  /** A block whose text goes through filters. */
  record FilterBlock(List<Expression.Filter> filters, List<Statement> body, int line)
      implements Statement {}

  /** {@code with}, with its own variables. */
  record With(List<Target> targets, List<Expression> values, List<Statement> body, int line)
      implements Statement {}

  /** {@code generation}, which marks what a model is trained on, and prints its body. */
  record Generation(List<Statement> body, int line) implements Statement {}

  /** {@code break}. */
  record Break(int line) implements Statement {}

  /** {@code continue}. */
  record Continue(int line) implements Statement {}

  /** What is assigned. */
  sealed interface Target {
    /** A variable. */
    record Variable(String name) implements Target {}

    /** A field of a namespace. */
    record Member(String namespace, String field) implements Target {}

    /** Several, unpacked. */
    record Several(List<Target> targets) implements Target {}
  }
}
