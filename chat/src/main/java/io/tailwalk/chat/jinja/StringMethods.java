package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The methods of Python's strings that templates call. */
final class StringMethods {
  static final Set<String> NAMES =
      Set.of(
          "capitalize",
          "count",
          "endswith",
          "find",
          "format",
          "index",
          "isalnum",
          "isalpha",
          "isdigit",
          "islower",
          "isspace",
          "isupper",
          "join",
          "lower",
          "lstrip",
          "partition",
          "removeprefix",
          "removesuffix",
          "replace",
          "rfind",
          "rpartition",
          "rsplit",
          "rstrip",
          "split",
          "splitlines",
          "startswith",
          "strip",
          "title",
          "upper");

  private StringMethods() {}

  static Value call(String name, ChatText text, Arguments given, Meter meter) {
    meter.length(text.length());
    return switch (name) {
      case "strip", "lstrip", "rstrip" ->
          Value.text(
              Strings.strip(
                  text,
                  given.only("chars").text(0, "chars"),
                  !name.equals("rstrip"),
                  !name.equals("lstrip")));
      case "upper" -> Value.text(Strings.map(text, all -> all.toUpperCase(Locale.ROOT)));
      case "lower" -> Value.text(Strings.map(text, all -> all.toLowerCase(Locale.ROOT)));
      case "capitalize" -> Value.text(Methods.capitalized(text));
      case "title" -> Value.text(title(text));
      case "split", "rsplit" ->
          split(text, given.only("sep", "maxsplit"), name.equals("rsplit"), meter);
      case "splitlines" -> texts(Strings.lines(text, given.only("keepends").flag(0, "keepends")));
      case "startswith" -> Value.of(begins(text.text(), given.only("prefix"), true));
      case "endswith" -> Value.of(begins(text.text(), given.only("suffix"), false));
      case "removeprefix" -> {
        String prefix = given.only("prefix").requireText(0, "prefix").text();
        yield Value.text(
            text.text().startsWith(prefix) ? text.substring(prefix.length(), text.length()) : text);
      }
      case "removesuffix" -> {
        String suffix = given.only("suffix").requireText(0, "suffix").text();
        yield Value.text(
            text.text().endsWith(suffix)
                ? text.substring(0, text.length() - suffix.length())
                : text);
      }
      case "replace" ->
          Value.text(
              Strings.replace(
                  text,
                  given.only("old", "new", "count").requireText(0, "old").text(),
                  given.requireText(1, "new"),
                  given.integer(2, "count", -1),
                  meter));
      case "find", "rfind", "index" -> find(name, text, given.only("sub"), meter);
      case "count" -> count(text, given.only("sub"), meter);
      case "partition", "rpartition" ->
          partition(text, given.only("sep"), name.charAt(0) == 'r', meter);
      case "join" -> {
        List<ChatText> parts = new ArrayList<>();
        for (Value item : Operators.items(given.only("iterable").require(0, "iterable"), meter)) {
          if (!(item instanceof Value.Text(ChatText part))) {
            throw new TemplateFault("it joins " + item.kind() + " to a text");
          }
          parts.add(part);
        }
        yield Value.text(Strings.join(text, parts, meter));
      }
      case "format" -> Value.text(Format.braces(text, given, meter));
      case "isalnum" -> all(text, Character::isLetterOrDigit);
      case "isalpha" -> all(text, Character::isLetter);
      case "isdigit" -> all(text, Character::isDigit);
      case "isspace" -> all(text, Strings::isSpace);
      case "isupper" -> isCase(text, String::toUpperCase);
      default -> isCase(text, String::toLowerCase);
    };
  }

  private static Value texts(List<ChatText> texts) {
    return Value.list(texts.stream().map(Value::text).toList());
  }

  private static Value split(ChatText text, Arguments given, boolean fromRight, Meter meter) {
    Optional<ChatText> separator = given.text(0, "sep");
    long most = given.integer(1, "maxsplit", -1);
    if (separator.isEmpty()) {
      if (fromRight && most >= 0) {
        throw new TemplateFault("it calls rsplit with a limit but no separator, unknown here");
      }
      return texts(Strings.words(text, most));
    }
    return texts(Strings.split(text, separator.get().text(), most, fromRight, meter));
  }

  private static boolean begins(String text, Arguments given, boolean atStart) {
    Value wanted = given.require(0, atStart ? "prefix" : "suffix");
    List<Value> choices =
        wanted instanceof Value.Items(List<Value> several, boolean isTuple) && isTuple
            ? several
            : List.of(wanted);
    for (Value choice : choices) {
      if (!(choice instanceof Value.Text part)) {
        throw new TemplateFault(given.function() + " needs a text, got " + choice.kind());
      }
      if (atStart ? text.startsWith(part.string()) : text.endsWith(part.string())) {
        return true;
      }
    }
    return false;
  }

  private static Value find(String name, ChatText text, Arguments given, Meter meter) {
    String part = given.requireText(0, "sub").text();
    meter.search(text.length(), part.length());
    int at = name.equals("rfind") ? text.text().lastIndexOf(part) : text.text().indexOf(part);
    if (at < 0 && name.equals("index")) {
      throw new TemplateFault("it looks for the index of a text that is not there");
    }
    return Value.of(at < 0 ? -1 : text.text().codePointCount(0, at));
  }

  private static Value count(ChatText text, Arguments given, Meter meter) {
    String part = given.requireText(0, "sub").text();
    return Value.of(
        part.isEmpty()
            ? Strings.length(text) + 1L
            : Strings.split(text, part, -1, false, meter).size() - 1L);
  }

  private static Value partition(ChatText text, Arguments given, boolean fromRight, Meter meter) {
    ChatText separator = given.requireText(0, "sep");
    List<ChatText> parts = Strings.split(text, separator.text(), 1, fromRight, meter);
    if (parts.size() == 2) {
      int at = parts.getFirst().length();
      ChatText found = text.substring(at, at + separator.length());
      return tuple(parts.getFirst(), found, parts.getLast());
    }
    return fromRight
        ? tuple(ChatText.EMPTY, ChatText.EMPTY, text)
        : tuple(text, ChatText.EMPTY, ChatText.EMPTY);
  }

  private static Value tuple(ChatText first, ChatText second, ChatText third) {
    return new Value.Items(List.of(Value.text(first), Value.text(second), Value.text(third)), true);
  }

  private static ChatText title(ChatText text) {
    return Strings.mapPoints(
        text,
        (point, before) ->
            Character.toString(
                Character.isLetter(before)
                    ? Character.toLowerCase(point)
                    : Character.toTitleCase(point)));
  }

  private static Value all(ChatText text, IntPredicate test) {
    return Value.of(text.length() > 0 && text.text().codePoints().allMatch(test));
  }

  private interface CaseChange {
    String apply(String text, Locale locale);
  }

  private static Value isCase(ChatText text, CaseChange change) {
    boolean hasLetters = text.text().codePoints().anyMatch(Character::isLetter);
    return Value.of(hasLetters && text.text().equals(change.apply(text.text(), Locale.ROOT)));
  }
}
