package io.tailwalk.records;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command line without secrets: values of flags that name a secret, passwords in URLs, bearer
 * tokens and strings shaped like API keys are replaced by {@code ***}.
 */
public final class CommandLine {
  private static final String HIDDEN = "***";
  private static final Pattern SECRET_FLAG =
      Pattern.compile(
          "--?(?:[\\w-]*-)?(?:api-?key|key|token|secret|password|passwd|auth|authorization|bearer"
              + "|credentials?)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRET_PAIR =
      Pattern.compile(
          "(?i)\\b([\\w-]*(?:api[_-]?key|access[_-]?token|secret|password|passwd|authorization)"
              + "\\s*[=:]\\s*)(?:bearer\\s+)?[^\\s,;&\"']+");
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s]+@");
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)\\S+");
  private static final Pattern KEY_SHAPE =
      Pattern.compile("\\b(?:sk|pk|hf|gh[pousr])[-_][A-Za-z0-9_-]{16,}");

  private CommandLine() {}

  /**
   * Hides the secrets of a command line.
   *
   * @param arguments the program's arguments
   * @return the same without secrets
   */
  public static List<String> withoutSecrets(List<String> arguments) {
    List<String> kept = new ArrayList<>(arguments.size());
    boolean hideNext = false;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      boolean secret = SECRET_FLAG.matcher(flag).matches();
      if (hideNext) {
        kept.add(HIDDEN);
      } else if (secret && equals >= 0) {
        kept.add(flag + "=" + HIDDEN);
      } else {
        kept.add(scrub(argument));
      }
      hideNext = !hideNext && secret && equals < 0;
    }
    return List.copyOf(kept);
  }

  private static String scrub(String argument) {
    String text = SECRET_PAIR.matcher(argument).replaceAll("$1" + HIDDEN.replace("*", "\\*"));
    text = USER_INFO.matcher(text).replaceAll("$1***@");
    text = BEARER.matcher(text).replaceAll("$1***");
    return KEY_SHAPE.matcher(text).replaceAll(HIDDEN);
  }
}
