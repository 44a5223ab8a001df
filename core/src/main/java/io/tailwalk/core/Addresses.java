package io.tailwalk.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Web addresses in text that is shown or stored. */
public final class Addresses {
  /** With a scheme, or behind the prefix of a reward server, where the scheme may be forgotten. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)(?:\\b[a-z][a-z0-9+.-]*://|\\bhttps?:|\\bprm(?:\\[[^\\]]*\\])?:)[^\\s\"'<>]*");

  /** A password may contain a slash, though it should not. */
  private static final Pattern USER =
      Pattern.compile(
          "(//|(?<=prm:|\\]:)(?![A-Za-z][A-Za-z0-9+.-]*://|//))(?:[^/?#@]*|[^/?#@]*:[^?#@]*)@");

  /** A value reaches over commas up to the next option. */
  private static final Pattern QUERY_VALUE =
      Pattern.compile("([?&;][^=&;#,]*=)[^&;#]*?(?=[&;#]|,\\s*[a-z-]+=|$)");

  private static final Pattern BARE_QUERY = Pattern.compile("\\?[^=&;#,]+(?=[&;#,]|$)");
  private static final String HIDDEN = "...";

  private Addresses() {}

  /**
   * The text without what may be secret in its web addresses: user names and passwords before the
   * host, and the values of the query.
   */
  public static String withoutSecrets(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(address -> {
          String host = USER.matcher(address.group()).replaceFirst("$1" + HIDDEN + "@");
          String query = BARE_QUERY.matcher(host).replaceFirst("?" + HIDDEN);
          return Matcher.quoteReplacement(QUERY_VALUE.matcher(query).replaceAll("$1" + HIDDEN));
        });
  }
}
