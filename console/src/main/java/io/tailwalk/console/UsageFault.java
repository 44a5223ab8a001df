package io.tailwalk.console;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/** One-sentence error messages for command lines that cannot be parsed. */
final class UsageFault {
  private UsageFault() {}

  /** The sentence, with a pointer to the help of the command. */
  static String sentence(ParameterException failure) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    return fault(failure) + " (see " + command.qualifiedName() + " --help)";
  }

  private static String fault(ParameterException failure) {
    // Picocli reports missing options first, but a mistyped option is often the reason.
    List<String> unmatched = failure.getCommandLine().getUnmatchedArguments();
    if (!unmatched.isEmpty()) {
      return unmatched(failure.getCommandLine().getCommandSpec(), unmatched.getFirst());
    }
    return switch (failure) {
      case OverwrittenOptionException twice ->
          name(twice.getOverwritten()) + " is given twice; give it once";
      case MissingParameterException absent -> missing(absent);
      case MutuallyExclusiveArgsException e ->
          choice(e) + " are mutually exclusive; give one of them";
      case MaxValuesExceededException e ->
          choice(e) + " accept one value in total; give one of them once";
      default ->
          failure.getArgSpec() == null || failure.getValue() == null
              ? plain(failure)
              : wrongValue(failure.getArgSpec(), failure.getValue());
    };
  }

  private static String unmatched(CommandSpec command, String given) {
    if (given.startsWith("-") && given.length() > 1) {
      String name = given.replaceFirst("=.*", "");
      List<String> options =
          command.options().stream()
              .filter(option -> !option.hidden())
              .map(OptionSpec::longestName)
              .toList();
      return "unknown option " + name + meant(Nearest.to(name, options), "leave it out");
    }
    if (command.subcommands().isEmpty()) {
      return "unexpected argument '"
          + given
          + "'; put text that contains spaces in quotes, or name the flag of the argument";
    }
    String kind = command.usageMessage().synopsisSubcommandLabel().toLowerCase(Locale.ROOT);
    return "unknown "
        + kind
        + " '"
        + given
        + "'"
        + meant(Nearest.to(given, command.subcommands().keySet()), "choose another " + kind);
  }

  private static String meant(List<String> near, String otherwise) {
    return near.isEmpty() ? "; " + otherwise : "; did you mean " + String.join(" or ", near) + "?";
  }

  private static String missing(MissingParameterException failure) {
    List<ArgSpec> missing = failure.getMissing();
    ArgSpec first = missing.getFirst();
    // Picocli has one exception for both an option without a value and a missing option.
    if (String.valueOf(failure.getMessage()).contains("parameter for option")) {
      return name(first) + " needs a value; give it " + first.paramLabel();
    }
    if (first.group() != null) {
      return missing.stream().map(UsageFault::synopsis).collect(Collectors.joining(" or "))
          + " is missing; give one of them";
    }
    List<String> all = missing.stream().map(UsageFault::synopsis).toList();
    return all.size() == 1
        ? all.getFirst() + " is missing; give it"
        : String.join(", ", all) + " are missing; give them";
  }

  /** The options of the exclusive group; no command has two such groups. */
  private static String choice(ParameterException failure) {
    return failure.getCommandLine().getCommandSpec().argGroups().getFirst().options().stream()
        .map(UsageFault::name)
        .collect(Collectors.joining(" and "));
  }

  private static String wrongValue(ArgSpec spec, String value) {
    Class<?> type = spec.auxiliaryTypes()[0];
    if ((type == Path.class || type == String.class) && value.isEmpty()) {
      return name(spec) + " is empty; give it " + spec.paramLabel();
    }
    String wanted = wanted(spec, type, value);
    return name(spec) + " accepts " + wanted + ", got '" + value + "'";
  }

  private static String wanted(ArgSpec spec, Class<?> type, String value) {
    if (type == Boolean.class || type == boolean.class) {
      return "no value";
    }
    if (type == Integer.class || type == int.class) {
      return whole(value, Integer.MAX_VALUE);
    }
    if (type == Long.class || type == long.class) {
      return whole(value, Long.MAX_VALUE);
    }
    return type == Double.class || type == double.class ? "a number" : spec.paramLabel();
  }

  private static String whole(String value, long most) {
    return value.matches("[-+]?\\d+") ? "a whole number up to " + most : "a whole number";
  }

  private static String name(ArgSpec spec) {
    return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
  }

  private static String synopsis(ArgSpec spec) {
    return spec instanceof OptionSpec ? name(spec) + " " + spec.paramLabel() : name(spec);
  }

  /** Other errors of picocli: a missing or unknown command, and kinds added by later versions. */
  private static String plain(ParameterException failure) {
    String message = String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
    String sentence = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    return sentence.replaceFirst("\\.$", "");
  }
}
