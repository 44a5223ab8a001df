package io.tailwalk.core;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server's key, which is named by an environment variable and sent in the Authorization header.
 * No message shows its value, nor what was given in place of a variable's name: that may be a key.
 */
public final class ServerKey {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** A header of authorization inside a text, to its end. */
  private static final Pattern HEADER = Pattern.compile("(?is)\\b(bearer|authorization)\\b.*");

  private ServerKey() {}

  /**
   * The key in an environment variable, without blanks around it.
   *
   * @param environment values of environment variables; null if not set
   * @throws IllegalArgumentException in one sentence, which begins with {@code key}, if the text is
   *     no variable's name, the variable is not set, or its value cannot be sent
   */
  public static String ofVariable(String variable, Function<String, @Nullable String> environment) {
    if (!VARIABLE.matcher(variable).matches()) {
      throw new IllegalArgumentException(
          "key= accepts the name of an environment variable (letters, digits and _), not a key;"
              + " export the key and give the variable's name");
    }
    String value = environment.apply(variable);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "key= names an environment variable that is not set; export it, or leave key= out");
    }
    String key = value.strip();
    if (!canBeSent(key)) {
      throw new IllegalArgumentException(
          "key="
              + variable
              + ": the variable's value contains a line break, a blank or another character outside"
              + " visible ASCII, which no key has; export the key alone");
    }
    return key;
  }

  /**
   * The value of the Authorization header.
   *
   * @throws IllegalArgumentException if the key cannot be sent
   */
  public static String header(String key) {
    if (!canBeSent(key)) {
      throw new IllegalArgumentException("a key consists of visible ASCII characters only");
    }
    return "Bearer " + key;
  }

  private static boolean canBeSent(String key) {
    return !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** A text without what follows the name of an authorization header in it. */
  public static String withoutHeader(String text) {
    return HEADER.matcher(text).replaceAll("$1 ...");
  }
}
