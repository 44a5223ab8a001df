package io.tailwalk.chat.jinja;

import java.util.Locale;

/** Jinja's tests. */
final class Tests {
  private final Meter meter;

  Tests(Meter meter) {
    this.meter = meter;
  }

  /** Whether a test by name holds for a value. */
  boolean holds(String name, Value value, Arguments given) {
    meter.step();
    return switch (name) {
      case "defined" -> !(value instanceof Value.Undefined);
      case "undefined" -> value instanceof Value.Undefined;
      case "none" -> value instanceof Value.None;
      case "true" -> value.equals(Constants.TRUE);
      case "false" -> value.equals(Constants.FALSE);
      case "boolean" -> value instanceof Value.Bool;
      case "integer" -> value instanceof Value.Int;
      case "float" -> value instanceof Value.Real;
      case "number" -> Operators.isNumber(value);
      case "string" -> value instanceof Value.Text;
      case "mapping" -> value instanceof Value.Dict;
      case "callable" -> value instanceof Value.Function;
      case "iterable", "sequence" ->
          value instanceof Value.Text
              || value instanceof Value.Items
              || value instanceof Value.Dict
              || value instanceof Value.Undefined;
      case "odd" -> Math.floorMod(Operators.integer(value), 2L) == 1;
      case "even" -> Math.floorMod(Operators.integer(value), 2L) == 0;
      case "divisibleby" -> {
        long divisor = Operators.integer(given.require(0, "num"));
        if (divisor == 0) {
          throw new TemplateFault("it divides by zero");
        }
        yield Math.floorMod(Operators.integer(value), divisor) == 0;
      }
      case "upper" -> isCase(value, true);
      case "lower" -> isCase(value, false);
      case "eq", "equalto", "==" -> Operators.equal(value, given.require(0, "b"), meter);
      case "ne", "!=" -> !Operators.equal(value, given.require(0, "b"), meter);
      case "sameas" -> Operators.isSame(value, given.require(0, "other"));
      case "in" -> Operators.contains(given.require(0, "seq"), value, meter);
      case "gt", "greaterthan", ">" -> compare(value, given) > 0;
      case "ge", ">=" -> compare(value, given) >= 0;
      case "lt", "lessthan", "<" -> compare(value, given) < 0;
      case "le", "<=" -> compare(value, given) <= 0;
      default -> throw new TemplateFault("it has the test '" + name + "', unknown here");
    };
  }

  private int compare(Value value, Arguments given) {
    return Operators.compare(value, given.require(0, "b"), meter);
  }

  private boolean isCase(Value value, boolean upper) {
    String text = Printed.text(value, meter).text();
    String changed = upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    boolean hasLetters = text.codePoints().anyMatch(Character::isLetter);
    return hasLetters && text.equals(changed);
  }
}
