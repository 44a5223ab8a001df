package io.tailwalk.verifiers.schema;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The formats of JSON Schema (draft 2020-12, Validation, section 7.3): each a pattern that a mask
 * follows, and what the pattern does not say.
 */
final class Format {
  private static final String DATE =
      "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
          + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))";
  private static final String HOUR = "([01][0-9]|2[0-3])";
  private static final String TIME =
      HOUR + ":[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?([zZ]|[+-]" + HOUR + ":[0-5][0-9])";
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String IPV4 = BYTE + "(\\." + BYTE + "){3}";
  private static final String IPV6 = ipv6();
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String HOSTNAME = LABEL + "(\\." + LABEL + ")*";
  private static final String POINTER = "(/([^/~]|~[01])*)*";
  private static final String WIDE =
      "\\u00A0-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFEF\\u{10000}-\\u{EFFFD}";

  private static final String PRIVATE =
      "\\uE000-\\uF8FF\\u{F0000}-\\u{FFFFD}\\u{100000}-\\u{10FFFD}";

  private static final Map<String, Format> KNOWN = new ConcurrentHashMap<>();

  private final EcmaPattern pattern;
  private final Predicate<String> more;

  private Format(String pattern, Predicate<String> more) {
    this.pattern = EcmaPattern.of("^(" + pattern + ")$");
    this.more = more;
  }

  /** A format by its name; empty if the name is not one of JSON Schema's. */
  static Optional<Format> of(String name) {
    Format known = KNOWN.get(name);
    if (known == null) {
      known = create(name);
      if (known != null) {
        KNOWN.put(name, known);
      }
    }
    return Optional.ofNullable(known);
  }

  /** Whether a text has the format. */
  boolean fits(String text) {
    return pattern.isFoundIn(text) && more.test(text);
  }

  /** Texts among which all of the format are; empty if a mask cannot follow them. */
  Optional<Dfa> automaton() {
    return pattern.automaton();
  }

  private static @Nullable Format create(String name) {
    return switch (name) {
      case "date" -> new Format(DATE, text -> FormatRules.isDate(text.substring(0, 10)));
      case "time" -> new Format(TIME, FormatRules::isTime);
      case "date-time" ->
          new Format(
              DATE + "[Tt]" + TIME,
              text ->
                  FormatRules.isDate(text.substring(0, 10))
                      && FormatRules.isTime(text.substring(11)));
      case "duration" -> plain(duration());
      case "email" -> plain(email("A-Za-z0-9", HOSTNAME));
      case "idn-email" ->
          plain(email("A-Za-z0-9\\u0080-\\u{10FFFF}", "[^\\s@\\[\\]<>(),;:\\\\\"]+"));
      case "hostname" -> new Format(HOSTNAME, FormatRules::isHostname);
      case "idn-hostname" -> new Format("[^\\s]+", FormatRules::isInternationalHostname);
      case "ipv4" -> plain(IPV4);
      case "ipv6" -> plain(IPV6);
      case "uuid" -> plain("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
      case "json-pointer" -> plain(POINTER);
      case "relative-json-pointer" -> plain("(0|[1-9][0-9]*)(#|" + POINTER + ")");
      case "regex" -> new Format("[^]*", FormatRules::isPattern);
      case "uri" -> plain(uri(""));
      case "iri" -> plain(uri(WIDE));
      case "uri-reference" -> plain(uri("") + "|" + relative(""));
      case "iri-reference" -> plain(uri(WIDE) + "|" + relative(WIDE));
      case "uri-template" -> plain(template());
      default -> null;
    };
  }

  private static Format plain(String pattern) {
    return new Format(pattern, _ -> true);
  }

  /** RFC 3339, Appendix A. */
  private static String duration() {
    String n = "[0-9]+";
    String minute = n + "M(" + n + "S)?";
    String time = "T(" + n + "H(" + minute + ")?|" + minute + "|" + n + "S)";
    String month = n + "M(" + n + "D)?";
    String date = "(" + n + "D|" + month + "|" + n + "Y(" + month + ")?)(" + time + ")?";
    return "P(" + date + "|" + time + "|" + n + "W)";
  }

  /** RFC 5321, section 4.1.2, without comments. */
  private static String email(String letters, String host) {
    String atom = "[" + letters + "!#$%&'*+/=?^_`{|}~-]+";
    String quoted = "\"([^\"\\\\\\r\\n]|\\\\[\\x20-\\x7E])*\"";
    String address = "\\[(" + IPV4 + "|IPv6:" + IPV6 + ")\\]";
    return "(" + atom + "(\\." + atom + ")*|" + quoted + ")@(" + host + "|" + address + ")";
  }

  /** RFC 3986, section 3.2.2. */
  private static String ipv6() {
    String h = "[0-9A-Fa-f]{1,4}";
    String last = "(" + h + ":" + h + "|" + IPV4 + ")";
    var out = new StringBuilder("((" + h + ":){6}" + last);
    for (int before = 0; before <= 7; before++) {
      String left = before == 0 ? "" : "(" + h + ":){0," + (before - 1) + "}" + h;
      String start = before == 0 ? "::" : "(" + left + ")?::";
      out.append('|').append(start);
      switch (before) {
        case 6 -> out.append(h);
        case 7 -> {}
        default -> {
          int more = 5 - before;
          out.append(more == 0 ? last : "(" + h + ":){" + more + "}" + last);
        }
      }
    }
    return out.append(')').toString();
  }

  private static String characters(String wide, String more) {
    return "([A-Za-z0-9._~!$&'()*+,;=" + more + wide + "-]|%[0-9A-Fa-f]{2})";
  }

  private static String authority(String wide) {
    String name = characters(wide, "");
    String future = "[vV][0-9A-Fa-f]+\\.[A-Za-z0-9._~!$&'()*+,;=:-]+";
    String host = "(\\[(" + IPV6 + "|" + future + ")\\]|" + name + "*)";
    return "(" + characters(wide, ":") + "*@)?" + host + "(:[0-9]*)?";
  }

  private static String tail(String wide) {
    String part = characters(wide, ":@/?");
    String query = wide.isEmpty() ? part : characters(wide + PRIVATE, ":@/?");
    return "(\\?" + query + "*)?(#" + part + "*)?";
  }

  private static String uri(String wide) {
    String c = characters(wide, ":@");
    String path =
        "(//"
            + authority(wide)
            + "(/"
            + c
            + "*)*|/("
            + c
            + "+(/"
            + c
            + "*)*)?|"
            + c
            + "+(/"
            + c
            + "*)*|)";
    return "[A-Za-z][A-Za-z0-9+.-]*:" + path + tail(wide);
  }

  private static String relative(String wide) {
    String c = characters(wide, ":@");
    String path =
        "(//"
            + authority(wide)
            + "(/"
            + c
            + "*)*|/("
            + c
            + "+(/"
            + c
            + "*)*)?|"
            + characters(wide, "@")
            + "+(/"
            + c
            + "*)*|)";
    return path + tail(wide);
  }

  /** RFC 6570, section 2. */
  private static String template() {
    String literal = "[^\\x00-\\x20\"<>\\\\^`{|}%\\x7F]|%[0-9A-Fa-f]{2}";
    String c = "([A-Za-z0-9_]|%[0-9A-Fa-f]{2})";
    String variable = c + "(\\.?" + c + ")*(:[1-9][0-9]{0,3}|\\*)?";
    return "(" + literal + "|\\{[+#./;?&=,!@|]?" + variable + "(," + variable + ")*\\})*";
  }
}
