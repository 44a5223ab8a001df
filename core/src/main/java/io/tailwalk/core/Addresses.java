package io.tailwalk.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Web addresses in text that is shown or stored. */
public final class Addresses {
  private static final Pattern ADDRESS = Pattern.compile("(?i)\\bhttps?:[^\\s\"'<>]*");
  private static final Pattern USER = Pattern.compile("//[^/?#@]*@");
  private static final Pattern QUERY_VALUE = Pattern.compile("([?&;][^=&;#,]*=)[^&;#,]*");
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
          String host = USER.matcher(address.group()).replaceFirst("//" + HIDDEN + "@");
          String query = BARE_QUERY.matcher(host).replaceFirst("?" + HIDDEN);
          return Matcher.quoteReplacement(QUERY_VALUE.matcher(query).replaceAll("$1" + HIDDEN));
        });
  }
}
