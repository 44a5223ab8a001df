package io.tailwalk.chat.jinja;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Python's {@code strftime} of the beginning of a day, in English. */
final class Strftime {
  private Strftime() {}

  static String format(LocalDate day, String pattern) {
    var text = new StringBuilder();
    int place = 0;
    while (place < pattern.length()) {
      char c = pattern.charAt(place++);
      if (c != '%' || place == pattern.length()) {
        text.append(c);
        continue;
      }
      boolean plain = pattern.charAt(place) == '-' && place + 1 < pattern.length();
      place += plain ? 1 : 0;
      String part = directive(day, pattern.charAt(place++));
      text.append(plain ? part.replaceFirst("^0+(?=.)", "") : part);
    }
    return text.toString();
  }

  private static String directive(LocalDate day, char directive) {
    String form =
        switch (directive) {
          case 'Y' -> "uuuu";
          case 'y' -> "uu";
          case 'm' -> "MM";
          case 'd' -> "dd";
          case 'B' -> "MMMM";
          case 'b', 'h' -> "MMM";
          case 'A' -> "EEEE";
          case 'a' -> "EEE";
          case 'j' -> "DDD";
          case 'F' -> "uuuu-MM-dd";
          case 'D' -> "MM/dd/uu";
          default -> "";
        };
    if (!form.isEmpty()) {
      return day.format(DateTimeFormatter.ofPattern(form, Locale.ENGLISH));
    }
    return switch (directive) {
      case 'H', 'M', 'S' -> "00";
      case 'I' -> "12";
      case 'p' -> "AM";
      case 'T' -> "00:00:00";
      case 'e' -> "%2d".formatted(day.getDayOfMonth());
      case '%' -> "%";
      default -> throw new TemplateFault("it formats a date with %" + directive + ", unknown here");
    };
  }
}
