package io.tailwalk.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Web addresses in text that is shown or stored: of each only scheme, host, port and path remain. A
 * user or a password before the host and everything after the path may be a key.
 */
public final class Addresses {
  private static final String TO_END = "[^\\s\"'<>]*";
  // The argument of the verifier prm, also without a scheme; any scheme; host and path with a
  // query.
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?i)(?<before>\\bprm(?:\\[[^]\\s]*])?:)(?<argument>"
              + TO_END
              + ")|\\b(?:https?:|[a-z][a-z0-9+.-]*://)"
              + TO_END
              + "|\\b[\\w.-]+(?::\\d+)?/[^\\s\"'<>?]*\\?[\\w.-]+="
              + TO_END);
  private static final Pattern PARTS =
      Pattern.compile(
          "(?is)(?<scheme>(?:https?:|[a-z][a-z0-9+.-]*:(?=//))?/{0,2})"
              + "(?<host>[^/,?#;]*)(?<path>[^?#;]*)(?<rest>.*)");
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]*]|[\\p{L}\\p{N}._-]*)(?::\\d{1,5})?\\W{0,2}");
  private static final Pattern PUNCTUATION = Pattern.compile("[),;:]*$");
  private static final String HIDDEN = "...";

  private Addresses() {}

  /** The text without what may be secret in its web addresses. */
  public static String withoutSecrets(String text) {
    return IN_TEXT
        .matcher(text)
        .replaceAll(found -> {
          String before = found.group(1) == null ? "" : found.group(1);
          String address = found.group(1) == null ? found.group() : found.group(2);
          return Matcher.quoteReplacement(before + shown(address));
        });
  }

  /** One address, whose ends are known, without what may be secret in it; it may be malformed. */
  public static String shown(String address) {
    Matcher parts = PARTS.matcher(address);
    if (!parts.matches()) {
      return HIDDEN;
    }
    String scheme = parts.group("scheme");
    String rest = parts.group("rest");
    String place = parts.group("host") + parts.group("path");
    // A password may contain any character: all before the last @ may belong to it, and an @ in the
    // rest leaves open where the host is.
    if (rest.indexOf('@') >= 0) {
      return scheme + HIDDEN;
    }
    int user = place.lastIndexOf('@');
    if (user >= 0) {
      return scheme + HIDDEN + place.substring(user) + hidden(rest);
    }
    boolean isHost = HOST.matcher(parts.group("host")).matches();
    return isHost ? scheme + place + hidden(rest) : scheme + HIDDEN;
  }

  private static String hidden(String rest) {
    Matcher end = PUNCTUATION.matcher(rest);
    String punctuation = end.find() ? end.group() : "";
    boolean nothing = punctuation.length() == rest.length();
    return nothing ? rest : rest.charAt(0) + HIDDEN + punctuation;
  }
}
