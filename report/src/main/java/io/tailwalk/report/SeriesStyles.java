package io.tailwalk.report;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The appearance of the series of a page: a name has the same colour and mark in every chart of the
 * page. Styles are assigned in the order in which names first appear; a colour is reused only if
 * the names that share it never share a chart, or if a chart has more series than there are
 * colours.
 */
final class SeriesStyles {
  /** Colours of the page's palette, {@code --series} in {@code page.css}. */
  static final int COLOURS = 7;

  /**
   * Number of marks in {@code page.js}; it is coprime to the number of colours, so pairs repeat
   * late.
   */
  static final int MARKS = 6;

  private static final int STYLES = COLOURS * MARKS;

  /**
   * The appearance of a series.
   *
   * @param label name of the series, safe to show, bounded and unique
   * @param number index of the style; colour and mark are its remainders
   */
  record Style(String label, int number) {
    private int colour() {
      return number % COLOURS;
    }
  }

  private final Map<String, Style> styles = new LinkedHashMap<>();
  private final Set<Integer> numbers = new HashSet<>();
  private final Set<String> labels = new HashSet<>();

  private SeriesStyles() {}

  /** The styles of the charts of a page, in their order on it. */
  static SeriesStyles of(List<Chart> charts) {
    List<List<String>> legends = charts.stream().map(SeriesStyles::names).toList();
    SeriesStyles all = new SeriesStyles();
    for (List<String> legend : legends) {
      for (String name : legend) {
        if (!all.styles.containsKey(name)) {
          all.add(name, legends.stream().filter(other -> other.contains(name)).toList());
        }
      }
    }
    return all;
  }

  /** The styles of a page. */
  static SeriesStyles of(ReportPage page) {
    return of(
        page.sections().stream()
            .flatMap(section -> section.blocks().stream())
            .flatMap(block ->
                block instanceof Plot plot ? Stream.of(plot.chart()) : Stream.<Chart>empty())
            .toList());
  }

  /** Returns the appearance of a series by name. */
  Style of(String name) {
    Style style = styles.get(name);
    if (style == null) {
      throw new IllegalArgumentException("no chart of the page has the series " + name);
    }
    return style;
  }

  private void add(String name, List<List<String>> legends) {
    Set<Integer> taken = new HashSet<>();
    for (List<String> legend : legends) {
      for (String other : legend) {
        Style style = styles.get(other);
        if (style != null) {
          taken.add(style.colour());
        }
      }
    }
    int number =
        free().filter(style -> !taken.contains(style % COLOURS)).findFirst().orElseGet(this::next);
    numbers.add(number);
    styles.put(name, new Style(label(name), number));
  }

  private IntStream free() {
    return IntStream.range(0, STYLES).filter(style -> !numbers.contains(style));
  }

  private int next() {
    return free().findFirst().orElse(styles.size() % STYLES);
  }

  // Names that differ only beyond the bound, or only in replaced characters, remain distinct.
  private String label(String name) {
    String shown = Visible.onOneLine(name, Visible.NAME);
    String label = shown.isBlank() ? "(empty)" : shown;
    String base = label;
    for (int i = 2; !labels.add(label); i++) {
      label = base + " (" + i + ")";
    }
    return label;
  }

  private static List<String> names(Chart chart) {
    return switch (chart) {
      case Chart.Lines lines -> lines.series().stream().map(Chart.Line::name).toList();
      case Chart.Scatter scatter -> scatter.series().stream().map(Chart.Cloud::name).toList();
      case Chart.Bars bars -> bars.series().stream().map(Chart.BarSeries::name).toList();
      case Chart.Dots dots -> dots.series().stream().map(Chart.BarSeries::name).toList();
      case Chart.HeatMap _ -> List.of();
    };
  }
}
