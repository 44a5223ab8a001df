package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * URI references by RFC 3986, sections 5.2 and Appendix B, for any text: what is not a URI is
 * resolved as if it were one.
 */
final class References {
  private static final Pattern PARTS =
      Pattern.compile(
          "^(?:([^:/?#]+):)?(//[^/?#]*)?([^?#]*)(\\?[^#]*)?(?:#(.*))?$", Pattern.DOTALL);

  private References() {}

  private record Parts(String scheme, String authority, String path, String query) {
    static Parts of(String uri) {
      Matcher parts = PARTS.matcher(uri);
      return parts.matches()
          ? new Parts(text(parts, 1), text(parts, 2), text(parts, 3), text(parts, 4))
          : new Parts("", "", uri, "");
    }

    private static String text(Matcher parts, int group) {
      String text = parts.group(group);
      return text == null ? "" : text;
    }

    @Override
    public String toString() {
      return (scheme.isEmpty() ? "" : scheme + ":") + authority + path + query;
    }
  }

  /** The part before the fragment. */
  static String withoutFragment(String uri) {
    int hash = uri.indexOf('#');
    return hash < 0 ? uri : uri.substring(0, hash);
  }

  /** The fragment, with percent-escapes decoded; empty if there is none. */
  static String fragment(String uri) {
    int hash = uri.indexOf('#');
    return hash < 0 ? "" : decoded(uri.substring(hash + 1));
  }

  /** A reference without its fragment, resolved against a base. */
  static String resolve(String base, String reference) {
    Parts to = Parts.of(withoutFragment(reference));
    Parts from = Parts.of(base);
    if (!to.scheme.isEmpty()) {
      return to.toString();
    }
    if (!to.authority.isEmpty()) {
      return new Parts(from.scheme, to.authority, tidy(to.path), to.query).toString();
    }
    if (to.path.isEmpty()) {
      String query = to.query.isEmpty() ? from.query : to.query;
      return new Parts(from.scheme, from.authority, from.path, query).toString();
    }
    String path = to.path;
    if (!path.startsWith("/")) {
      boolean bare = !from.authority.isEmpty() && from.path.isEmpty();
      path = bare ? "/" + path : from.path.substring(0, from.path.lastIndexOf('/') + 1) + path;
    }
    return new Parts(from.scheme, from.authority, tidy(path), to.query).toString();
  }

  private static String tidy(String path) {
    if (!path.contains("/.") && !path.startsWith(".")) {
      return path;
    }
    List<String> out = new ArrayList<>();
    String[] segments = path.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].equals("..")) {
        if (out.size() > 1 || (out.size() == 1 && !out.getFirst().isEmpty())) {
          out.removeLast();
        }
      } else if (!segments[i].equals(".")) {
        out.add(segments[i]);
        continue;
      }
      if (last) {
        out.add("");
      }
    }
    return String.join("/", out);
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return java.net.URLDecoder.decode(
          text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a percent sign that begins no escape is a character like others
    }
  }
}
