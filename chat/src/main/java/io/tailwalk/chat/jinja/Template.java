package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A template that has been parsed; safe to share between threads. */
public final class Template {
  private static final int MOST_CHARACTERS = 1_000_000;

  private final List<Statement> statements;

  private Template(List<Statement> statements) {
    this.statements = statements;
  }

  /**
   * Parses a template.
   *
   * @throws TemplateFault if it cannot be read
   */
  public static Template parse(String source) {
    if (source.length() > MOST_CHARACTERS) {
      throw new TemplateFault("it has more than " + MOST_CHARACTERS + " characters");
    }
    return new Template(StatementParser.parse(source));
  }

  /**
   * Renders the template with variables.
   *
   * @param date the date of {@code strftime_now}; without it that function is undefined
   * @throws TemplateFault if it cannot be rendered, or not within the limits
   * @throws RefusedChat if the template calls {@code raise_exception}
   */
  public ChatText render(Map<String, Value> variables, Optional<LocalDate> date) {
    var meter = new Meter();
    Map<String, Value> all = new HashMap<>(Globals.of(date, meter));
    all.putAll(variables);
    return new Interpreter(meter).run(statements, all);
  }
}
