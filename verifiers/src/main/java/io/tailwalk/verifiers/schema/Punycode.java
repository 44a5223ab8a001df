package io.tailwalk.verifiers.schema;

import org.jspecify.annotations.Nullable;

/** Punycode (RFC 3492), sections 6.1 to 6.3. */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;

  private Punycode() {}

  private static int adapt(int delta, int points, boolean first) {
    int rest = first ? delta / 700 : delta / 2;
    rest += rest / points;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * rest / (rest + 38);
  }

  private static int threshold(int k, int bias) {
    return Math.clamp(k - bias, T_MIN, T_MAX);
  }

  /** The text behind a label without its prefix; null if there is none. */
  static @Nullable String decode(String label) {
    int dash = label.lastIndexOf('-');
    var out = new StringBuilder(dash > 0 ? label.substring(0, dash) : "");
    int n = 128;
    int bias = 72;
    int i = 0;
    for (int at = dash > 0 ? dash + 1 : 0; at < label.length(); ) {
      int before = i;
      int weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < label.length() ? Character.digit(label.charAt(at++), BASE) : -1;
        if (digit < 0) {
          return null;
        }
        // Character.digit counts 0 to 9 first; the encoding counts letters first.
        digit = digit < 10 ? digit + 26 : digit - 10;
        i += digit * weight;
        if (digit < threshold(k, bias)) {
          break;
        }
        weight *= BASE - threshold(k, bias);
        if (i < 0 || weight < 0) {
          return null;
        }
      }
      int points = out.codePointCount(0, out.length()) + 1;
      bias = adapt(i - before, points, before == 0);
      n += i / points;
      i %= points;
      if (n > Character.MAX_CODE_POINT || n < 128) {
        return null;
      }
      out.insert(out.offsetByCodePoints(0, i), Character.toString(n));
      i++;
    }
    return out.toString();
  }

  /** The number of characters of a label's encoding, without its prefix. */
  static int encodedLength(String label) {
    int[] points = label.codePoints().toArray();
    int basic = (int) label.codePoints().filter(c -> c < 128).count();
    int length = basic + (basic > 0 ? 1 : 0);
    int n = 128;
    int bias = 72;
    int delta = 0;
    for (int done = basic; done < points.length; n++, delta++) {
      int least = Integer.MAX_VALUE;
      for (int c : points) {
        least = c >= n ? Math.min(least, c) : least;
      }
      delta += (least - n) * (done + 1);
      n = least;
      for (int c : points) {
        delta += c < n ? 1 : 0;
        if (c == n) {
          int q = delta;
          length++;
          for (int k = BASE; q >= threshold(k, bias); k += BASE) {
            q = (q - threshold(k, bias)) / (BASE - threshold(k, bias));
            length++;
          }
          bias = adapt(delta, done + 1, done == basic);
          delta = 0;
          done++;
        }
      }
    }
    return length;
  }
}
