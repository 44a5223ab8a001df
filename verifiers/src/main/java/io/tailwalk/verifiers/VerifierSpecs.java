package io.tailwalk.verifiers;

import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.verifiers.answer.AnswerVerifier;
import io.tailwalk.verifiers.grammar.GrammarVerifiers;
import io.tailwalk.verifiers.judge.JudgeVerifier;
import io.tailwalk.verifiers.prm.RewardVerifier;
import io.tailwalk.verifiers.process.CommandVerifier;
import io.tailwalk.verifiers.regex.RegexAutomaton;
import io.tailwalk.verifiers.schema.JsonSchemaVerifier;
import io.tailwalk.verifiers.schema.SchemaFolder;
import io.tailwalk.verifiers.spec.SpecContext;
import io.tailwalk.verifiers.spec.SpecFiles;
import io.tailwalk.verifiers.spec.SpecOptions;
import io.tailwalk.verifiers.spec.VerifierKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifiers from the specifications that users write, parts joined by {@code " and "}:
 *
 * <ul>
 *   <li>{@code any}: everything passes
 *   <li>{@code avoid:CHARS}: none of the characters, in either case
 *   <li>{@code length:MIN..MAX}: the number of characters (Unicode code points)
 *   <li>{@code regex:PATTERN}: the whole completion matches ({@link RegexAutomaton})
 *   <li>{@code cmd:PROGRAM ARGS} or {@code cmd[30s]:PROGRAM ARGS}: an external program, with a time
 *       limit ({@link CommandVerifier})
 *   <li>{@code prm:URL}: a process reward model behind HTTP ({@link RewardVerifier})
 *   <li>{@code judge:MODEL}: a second model's probability of yes ({@link JudgeVerifier})
 *   <li>{@code code:python,tests=FILE}: code that passes tests in a sandbox (module {@code python})
 *   <li>{@code grammar:FILE}: texts of a grammar in GBNF ({@link GrammarVerifiers})
 *   <li>{@code json-schema:FILE}, with {@code ,format=ignore} and {@code ,refs=URL=FOLDER}: JSON
 *       texts that a schema admits ({@link JsonSchemaVerifier})
 *   <li>{@code exact:TEXT}, {@code answer:TEXT}: a known answer, alone or in prose; {@code @field}
 *       reads it from the prompt's row ({@link AnswerVerifier})
 * </ul>
 *
 * <p>The text after the colon is used unchanged, including spaces. If it contains {@code " and "}
 * or starts with a double quote, it is written in double quotes, each double quote inside doubled:
 * {@code regex:"black and white"}.
 */
public final class VerifierSpecs {
  /** The forms, for help texts and error messages. */
  public static final String FORMS =
      "any, avoid:CHARS, length:MIN..MAX, regex:PATTERN, cmd:PROGRAM ARGS,"
          + " code:python,tests=FILE,"
          + " exact:TEXT, answer:TEXT, grammar:FILE, json-schema:FILE, prm:URL,"
          + " judge:gguf:PATH";

  private static final String AND = " and ";
  private static final Pattern RANGE = Pattern.compile("\\s*(\\d{1,9})\\.\\.(\\d{1,9})\\s*");

  private static final Set<String> KINDS =
      Set.of(
          "avoid",
          "length",
          "regex",
          "cmd",
          "exact",
          "answer",
          "grammar",
          "json-schema",
          "prm",
          "judge");
  private static final String CODE = "code";
  private static final Set<String> TIMED = Set.of("cmd", "prm");

  private VerifierSpecs() {}

  /**
   * Reads a specification without a prompts file.
   *
   * @throws IllegalArgumentException in one sentence that names the invalid part and the fix
   * @throws VerifierException if an external program cannot be started
   */
  public static Verifier parse(String spec) {
    return parse(spec, SpecContext.NONE);
  }

  /**
   * Reads a specification.
   *
   * @param context the context that the specification may refer to
   * @throws IllegalArgumentException in one sentence that names the invalid part and the fix
   * @throws VerifierException if an external program cannot be started
   */
  public static Verifier parse(String spec, SpecContext context) {
    var parts = new ArrayList<Verifier>();
    try {
      for (String part : split(spec)) {
        parts.add(one(part, context));
      }
    } catch (RuntimeException e) {
      parts.forEach(Verifier::close);
      throw e;
    } catch (StackOverflowError e) {
      parts.forEach(Verifier::close);
      throw new IllegalArgumentException(
          "verifier " + spec + " or a file that it names is nested too deeply; nest it less", e);
    }
    return Verifiers.allOf(parts);
  }

  /** The parts, including quotes. */
  private static List<String> split(String spec) {
    var parts = new ArrayList<String>();
    int from = 0;
    while (true) {
      int colon = spec.indexOf(':', from);
      int and = spec.indexOf(AND, from);
      boolean quoted = colon >= 0 && (and < 0 || colon < and) && spec.startsWith("\"", colon + 1);
      if (quoted) {
        int close = closingQuote(spec, colon + 1);
        String rest = spec.substring(close + 1);
        if (!rest.isBlank() && !rest.startsWith(AND)) {
          throw new IllegalArgumentException(
              "verifier "
                  + spec
                  + " continues after a closing quote; join verifiers with \" and \","
                  + " and double each quote inside quotes");
        }
        and = rest.isBlank() ? -1 : close + 1;
      }
      parts.add(spec.substring(from, and < 0 ? spec.length() : and));
      if (and < 0) {
        return parts;
      }
      from = and + AND.length();
    }
  }

  private static int closingQuote(String spec, int open) {
    int at = open + 1;
    while (true) {
      int quote = spec.indexOf('"', at);
      if (quote < 0) {
        throw new IllegalArgumentException(
            "verifier " + spec + " has an opening quote and no closing one; add it");
      }
      if (!spec.startsWith("\"\"", quote)) {
        return quote;
      }
      at = quote + 2;
    }
  }

  private static Verifier one(String part, SpecContext context) {
    int colon = part.indexOf(':');
    String name = (colon < 0 ? part : part.substring(0, colon)).strip();
    if (name.equals("any") && colon < 0) {
      return Verifiers.any();
    }
    String kind = name.replaceFirst("\\[.*", "");
    Optional<VerifierKind> brought = KINDS.contains(kind) ? Optional.empty() : brought(kind);
    if (colon >= 0 && brought.isPresent()) {
      requireForm(kind, name, brought.get().isTimed());
      return brought.get().open(name, unquoted(part.substring(colon + 1)), context);
    }
    if (colon >= 0 && kind.equals(CODE)) {
      throw new IllegalArgumentException(
          "code: runs in a sandbox that tailwalk-python brings; add it to the class path");
    }
    if (colon < 0 || !KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "unknown verifier \""
              + part.strip()
              + "\"; use one of: "
              + FORMS
              + " (joined with \" and \"; quote an argument that contains \" and \")");
    }
    requireForm(kind, name, TIMED.contains(kind));
    return of(kind, name, unquoted(part.substring(colon + 1)), part.strip(), context);
  }

  private static void requireForm(String kind, String name, boolean timed) {
    if (!kind.equals(name) && !timed) {
      throw new IllegalArgumentException(
          "verifier " + name + " has no options in brackets; write " + kind + ":...");
    }
  }

  /** A kind provided by another module. */
  private static Optional<VerifierKind> brought(String kind) {
    return ServiceLoader.load(VerifierKind.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> found.kind().equals(kind))
        .findFirst();
  }

  private static Verifier of(
      String kind, String name, String argument, String part, SpecContext context) {
    return switch (kind) {
      case "avoid" -> Verifiers.avoid(argument);
      case "length" -> length(argument);
      case "regex" -> new AutomatonVerifier(part, RegexAutomaton.of(argument));
      case "grammar" -> GrammarVerifiers.gbnf(argument.strip());
      case "json-schema" -> jsonSchema(argument);
      case "exact" -> AnswerVerifier.exact(argument, context.fields());
      case "answer" -> AnswerVerifier.inProse(argument, context.fields());
      case "prm" -> RewardVerifier.ofSpec(name, argument);
      case "judge" -> JudgeVerifier.ofSpec(argument, context.models());
      default -> CommandVerifier.ofSpec(name, argument);
    };
  }

  private static Verifier jsonSchema(String argument) {
    SpecOptions options = SpecOptions.parse("json-schema", argument, Set.of("format", "refs"));
    boolean asserts = options.choice("format", "assert", "ignore").equals("assert");
    SchemaFolder folder =
        options.get("refs").map(SchemaFolder::parse).orElseGet(SchemaFolder::none);
    return JsonSchemaVerifier.of(SpecFiles.load("json-schema", options.first()), asserts, folder);
  }

  private static String unquoted(String argument) {
    String stripped = argument.stripTrailing();
    boolean quoted = stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"");
    return quoted ? stripped.substring(1, stripped.length() - 1).replace("\"\"", "\"") : argument;
  }

  private static Verifier length(String argument) {
    Matcher range = RANGE.matcher(argument);
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "length:"
              + argument
              + " is not a range of characters; write length:MIN..MAX, for example length:10..200");
    }
    return Verifiers.length(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
  }
}
