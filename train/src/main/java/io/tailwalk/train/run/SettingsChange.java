package io.tailwalk.train.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What differs between the settings of a checkpoint and those of the run that continues it. */
final class SettingsChange {
  private static final Pattern SETTING = Pattern.compile("(\\w+)=([^,\\[\\]{}]+)");

  private SettingsChange() {}

  /**
   * The differences in words: the settings that are not equal, or both texts if they have no
   * settings by name.
   *
   * @param what name of the settings as a whole
   * @param then settings of the checkpoint, as {@code name=value} pairs or as one value
   * @param now settings of the run
   */
  static String words(String what, String then, String now) {
    Map<String, String> before = settings(then);
    Map<String, String> after = settings(now);
    List<String> changes = new ArrayList<>();
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String was = before.getOrDefault(name, "unset");
      String is = after.getOrDefault(name, "unset");
      if (!was.equals(is)) {
        changes.add(change(name, was, is));
      }
    }
    return changes.isEmpty()
        ? "its " + change(what, then, now)
        : "its " + what + " changed: " + String.join(", ", changes);
  }

  private static String change(String name, String was, String is) {
    return name + " was " + was + " and is now " + is;
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    SETTING
        .matcher(text)
        .results()
        .forEach(pair -> settings.put(asInRecipe(pair.group(1)), pair.group(2)));
    return settings;
  }

  /** The name as a recipe writes it: warm_up for warmUp. */
  private static String asInRecipe(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
