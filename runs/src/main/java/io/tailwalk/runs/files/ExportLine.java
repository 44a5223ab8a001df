package io.tailwalk.runs.files;

import io.tailwalk.report.NumberStyle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The numbers of one checkpoint, run or sampler, by key. */
final class ExportLine {
  /** A number at the end of a name, but not the decimals of a version such as 0.5. */
  private static final Pattern STEP = Pattern.compile("(?<![0-9])(?<![0-9][.,])([0-9]{1,15})$");

  private static final int DIGITS_OF_KEY = 4;

  private final String study;
  private final String name;
  private final Map<String, ResultFigure> figures = new LinkedHashMap<>();
  private final Set<String> details = new LinkedHashSet<>();

  ExportLine(String study, String name) {
    this.study = study;
    this.name = name;
  }

  String name() {
    return name;
  }

  Map<String, ResultFigure> figures() {
    return figures;
  }

  /** Whether a figure is left out of tables. */
  boolean isDetail(String key) {
    return details.contains(key);
  }

  ExportLine put(String key, ResultFigure figure) {
    figures.putIfAbsent(key, figure);
    return this;
  }

  ExportLine put(String key, double value, NumberStyle style) {
    return put(key, ResultFigure.of(value, style));
  }

  /** Adds a figure that tables leave out. */
  ExportLine detail(String key, ResultFigure figure) {
    details.add(key);
    return put(key, figure);
  }

  /** Adds a whole number that tables leave out. */
  ExportLine detail(String key, double value) {
    return detail(key, ResultFigure.of(value, NumberStyle.integer()));
  }

  /** A key for a factor N: four digits of it, all where those are taken. */
  String at(String key, double n) {
    String whole = key + "/n" + plain(new BigDecimal(n));
    if (n == Math.rint(n)) {
      return whole;
    }
    String few = key + "/n" + plain(new BigDecimal(n).round(new MathContext(DIGITS_OF_KEY)));
    return figures.containsKey(few) ? key + "/n" + plain(BigDecimal.valueOf(n)) : few;
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** The number at the end of the name, if it has one. */
  OptionalLong step() {
    Matcher step = STEP.matcher(name);
    return step.find() ? OptionalLong.of(Long.parseLong(step.group(1))) : OptionalLong.empty();
  }

  /** The flat JSON form: finite numbers only. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("study", study);
    json.put("name", name);
    step().ifPresent(step -> json.put("step", step));
    figures.forEach((key, figure) -> {
      put(json, key, figure.value(), figure.style());
      put(json, key + "/low", figure.low(), figure.style());
      put(json, key + "/high", figure.high(), figure.style());
    });
    return json;
  }

  private static void put(ObjectNode json, String key, double value, NumberStyle style) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (style.form() == NumberStyle.Form.INTEGER) {
      json.put(key, (long) value);
    } else {
      json.put(key, value);
    }
  }
}
