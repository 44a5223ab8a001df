package io.tailwalk.verifiers.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words and commands that answers use. */
final class Lexicon {
  /** Commands that are a sign. */
  static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("cdot", "*"),
          Map.entry("times", "*"),
          Map.entry("ast", "*"),
          Map.entry("div", "/"),
          Map.entry("pm", "pm"),
          Map.entry("mp", "mp"),
          Map.entry("le", "<="),
          Map.entry("leq", "<="),
          Map.entry("leqslant", "<="),
          Map.entry("ge", ">="),
          Map.entry("geq", ">="),
          Map.entry("geqslant", ">="),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("ne", "!="),
          Map.entry("neq", "!="),
          Map.entry("approx", "~"),
          Map.entry("thickapprox", "~"),
          Map.entry("sim", "~"),
          Map.entry("in", "in"),
          Map.entry("cup", "cup"),
          Map.entry("cap", "cap"),
          Map.entry("setminus", "setminus"),
          Map.entry("backslash", "setminus"),
          Map.entry("mid", "|"),
          Map.entry("vert", "|"),
          Map.entry("lvert", "|"),
          Map.entry("rvert", "|"),
          Map.entry("colon", ":"),
          Map.entry("circ", "°"),
          Map.entry("degree", "°"),
          Map.entry("prime", "'"),
          Map.entry("lbrace", "\\{"),
          Map.entry("rbrace", "\\}"),
          Map.entry("lbrack", "["),
          Map.entry("rbrack", "]"),
          Map.entry("langle", "("),
          Map.entry("rangle", ")"),
          Map.entry("land", ","),
          Map.entry("lor", ","),
          Map.entry("percent", "%"),
          Map.entry("euro", "€"),
          Map.entry("pounds", "£"),
          Map.entry("yen", "¥"));

  /** Signs of currencies, with the unit that each is. */
  static final Map<String, String> CURRENCIES =
      Map.of("$", "dollar", "€", "euro", "£", "sterling", "¥", "yen or yuan", "₹", "rupee");

  /** Commands that only change how something looks. */
  static final Set<String> IGNORED =
      Set.of(
          "left",
          "right",
          "big",
          "Big",
          "bigg",
          "Bigg",
          "bigl",
          "bigr",
          "Bigl",
          "Bigr",
          "biggl",
          "biggr",
          "displaystyle",
          "textstyle",
          "scriptstyle",
          "limits",
          "nolimits",
          "quad",
          "qquad",
          "thinspace",
          "angle",
          "triangle",
          "boxed",
          "fbox",
          "mathbf",
          "boldsymbol",
          "bm",
          "middle",
          "hline",
          "bf",
          "bfseries",
          "large",
          "Large",
          "LARGE",
          "huge",
          "Huge",
          "small",
          "normalsize",
          "phantom");

  /** Commands whose braces have words. */
  static final Set<String> TEXT =
      Set.of(
          "text",
          "mbox",
          "textnormal",
          "textbf",
          "textit",
          "textrm",
          "textsf",
          "mathrm",
          "rm",
          "operatorname",
          "mathit",
          "mathsf",
          "hbox",
          "emph",
          "mathbb",
          "mathcal");

  /** Functions with one argument; the value is the name in {@link Constants#FUNCTIONS}. */
  static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("sin", "sin"),
          Map.entry("cos", "cos"),
          Map.entry("tan", "tan"),
          Map.entry("tg", "tan"),
          Map.entry("cot", "cot"),
          Map.entry("ctg", "cot"),
          Map.entry("sec", "sec"),
          Map.entry("csc", "csc"),
          Map.entry("arcsin", "arcsin"),
          Map.entry("arccos", "arccos"),
          Map.entry("arctan", "arctan"),
          Map.entry("sinh", "sinh"),
          Map.entry("cosh", "cosh"),
          Map.entry("tanh", "tanh"),
          Map.entry("ln", "ln"),
          Map.entry("log", "log"),
          Map.entry("lg", "lg"),
          Map.entry("exp", "exp"));

  /** Greek letters and other commands that are names. */
  static final Map<String, String> NAMES =
      Map.of(
          "infty",
          Constants.INFINITY,
          "pi",
          Constants.PI,
          "varepsilon",
          "epsilon",
          "vartheta",
          "theta",
          "varphi",
          "phi",
          "imath",
          Constants.I,
          "ell",
          "l");

  /** Words after a number that multiply it. */
  static final Map<String, Long> SCALES =
      Map.ofEntries(
          Map.entry("dozen", 12L),
          Map.entry("gross", 144L),
          Map.entry("hundred", 100L),
          Map.entry("grand", 1_000L),
          Map.entry("lakh", 100_000L),
          Map.entry("mil", 1_000_000L),
          Map.entry("crore", 10_000_000L),
          Map.entry("thousand", 1_000L),
          Map.entry("million", 1_000_000L),
          Map.entry("billion", 1_000_000_000L),
          Map.entry("trillion", 1_000_000_000_000L));

  /** Words after a number that change its meaning. */
  static final Set<String> CHANGES =
      words(
          "so or and less fewer greater than not no never nor if when to at least most but except",
          "minus plus times over under above below squared cubed mod modulo factorial power root",
          "doubled tripled quadrupled halved choose divided multiplied raised increased decreased added subtracted multiple half halves",
          "ones tens dozens hundreds thousands millions billions trillions score scores",
          "between through until is are was were be isn't aren't wasn't can't cannot incorrect",
          "something somewhat mille permille quadrillion quintillion myriad lakhs crores",
          "wrong false impossible unknown double twice triple negative inverse reciprocal per in out");

  /** Words at the end that change the meaning; before a noun they say what is counted. */
  static final Set<String> ENDS =
      words(
          "undefined undetermined indeterminate undecidable unsolvable nonexistent infinite n/a nan null none dne",
          "backwards negated reversed inverted upside-down");

  /** What makes a sign the other one. */
  static final Set<String> SIGN_CHANGES = words("opposite minus negative reversed other");

  /** Words of {@link #CHANGES} that after a noun only say where or when it is. */
  static final Set<String> PLACES =
      words("in at to over under above below through until when per out is are was were");

  /** Words before a number that do not change it. */
  static final Set<String> MODIFIERS =
      Set.of(
          "about",
          "approximately",
          "exactly",
          "roughly",
          "around",
          "simply",
          "just",
          "only",
          "a",
          "total",
          "of",
          "the");

  /** Words of two letters that in prose are no product of variables. */
  private static final Set<String> SHORT = words("as is it we so if to by an on be he no sq cu");

  /** Words behind a comma that begin a clause instead of another element. */
  static final Set<String> LINKS = words("as because since so if which where when while");

  private static final Map<String, String> UNITS = units();

  private Lexicon() {}

  private static Set<String> words(String... lines) {
    return Set.of(String.join(" ", lines).split(" ", -1));
  }

  private static Map<String, String> units() {
    var units = new HashMap<String, String>();
    String[] families = {
      "mm millimeter millimeters millimetre millimetres",
      "cm centimeter centimeters centimetre centimetres",
      "m meter meters metre metres",
      "km kilometer kilometers kilometre kilometres kms",
      "in inch inches",
      "ft foot feet",
      "yd yard yards yds",
      "mi mile miles",
      "s sec secs second seconds",
      "min mins minute minutes",
      "h hr hrs hour hours",
      "day days",
      "week weeks",
      "month months",
      "year years yr yrs",
      "mg milligram milligrams",
      "g gram grams",
      "kg kilogram kilograms kilos kgs",
      "lb lbs",
      "pound pounds",
      "sterling gbp",
      "yen jpy",
      "oz ounce ounces",
      "ton tons tonne tonnes",
      "ml milliliter milliliters millilitre millilitres",
      "l liter liters litre litres",
      "gal gallon gallons",
      "dollar dollars usd bucks",
      "cent cents",
      "euro euros eur",
      "yuan rmb cny",
      "rupee rupees rs inr",
      "unit units",
      "degree degrees deg",
      "rad radian radians",
      "celsius",
      "fahrenheit",
      "mph",
      "kmh kph",
      "hz",
      "joule joules",
      "newton newtons",
      "am a.m",
      "pm p.m",
    };
    for (String family : families) {
      List<String> words = List.of(family.split(" ", -1));
      for (String word : words) {
        units.put(word, words.getFirst());
      }
    }
    return Map.copyOf(units);
  }

  /** The unit that a word names, in one spelling; empty if it is not known as a unit. */
  static String unit(String word) {
    if (word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("L")) {
      return "";
    }
    return UNITS.getOrDefault(word.toLowerCase(Locale.ROOT), "");
  }

  /** Whether a run of letters is read as a word instead of a product of variables. */
  static boolean isWord(String run, boolean spaced, boolean prose) {
    if (!unit(run).isEmpty() && run.length() > 1) {
      return true;
    }
    boolean capitals = run.length() > 1 && run.equals(run.toUpperCase(Locale.ROOT));
    if (capitals || run.length() < 2) {
      return false;
    }
    if (prose && SHORT.contains(run.toLowerCase(Locale.ROOT))) {
      return true;
    }
    boolean shaped =
        run.length() > 3 || run.toLowerCase(Locale.ROOT).matches("[^aeiou][aeiou][^aeiou]");
    return (spaced && shaped)
        || (prose
            && (run.length() > 3 || (spaced && MODIFIERS.contains(run.toLowerCase(Locale.ROOT)))));
  }
}
