package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.HarnessRow.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Which choice of a document is right. The harness writes {@code target} as an index (as a number
 * or its text), a list of indices, or the text of a choice; where it is a label, the document tells
 * which choice has it. A target that fits two choices is settled by the document or refused.
 */
final class HarnessGold {
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");
  private static final Pattern INDICES = Pattern.compile("\\[\\s*[0-9]+(?:\\s*,\\s*[0-9]+)*\\s*]");

  private final HarnessRow given;
  private final int choices;

  private HarnessGold(HarnessRow given) {
    this.given = given;
    this.choices = given.requests().size();
  }

  static List<Integer> of(HarnessRow row) {
    return new HarnessGold(row).find();
  }

  private List<Integer> find() {
    JsonNode target = given.row().object().path("target");
    if (target.isArray() || INDICES.matcher(target.asString("")).matches()) {
      return several(target);
    }
    TreeSet<Integer> found = new TreeSet<>();
    if (target.isNumber() || INDEX.matcher(target.asString("")).matches()) {
      index(target).ifPresent(found::add);
    }
    if (target.isString()) {
      found.addAll(byText(target.stringValue()));
    }
    if (found.isEmpty() && target.isString()) {
      byLabel(target.stringValue()).ifPresent(found::add);
    }
    if (found.size() != 1) {
      OptionalInt own = byDocument();
      if (own.isPresent() && (found.isEmpty() || found.contains(own.getAsInt()))) {
        return List.of(own.getAsInt());
      }
      throw unknown(target);
    }
    return List.copyOf(found);
  }

  private List<Integer> several(JsonNode target) {
    JsonNode list = target;
    if (target.isString()) {
      try {
        list = JsonText.parseData(target.stringValue());
      } catch (JacksonException _) {
        throw unknown(target);
      }
    }
    TreeSet<Integer> found = new TreeSet<>();
    for (JsonNode one : list) {
      OptionalInt index = index(one);
      List<Integer> texts = one.isString() ? byText(one.stringValue()) : List.of();
      if (index.isPresent()) {
        found.add(index.getAsInt());
      } else if (texts.size() == 1) {
        found.add(texts.getFirst());
      } else {
        throw unknown(target);
      }
    }
    if (found.isEmpty()) {
      throw unknown(target);
    }
    return List.copyOf(found);
  }

  private OptionalInt index(JsonNode node) {
    boolean whole = node.isNumber() && node.canConvertToExactIntegral();
    String text = whole ? node.bigIntegerValue().toString() : node.asString("");
    if (!INDEX.matcher(text).matches()) {
      return OptionalInt.empty();
    }
    int index = Integer.parseInt(text);
    return index < choices ? OptionalInt.of(index) : OptionalInt.empty();
  }

  private List<Integer> byText(String text) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < choices; i++) {
      Request request = given.requests().get(i);
      if (request.continuation().equals(text)
          || request.continuation().strip().equals(text.strip())) {
        found.add(i);
      }
    }
    return found;
  }

  /** The choice with a label, by the labels that the document lists. */
  private OptionalInt byLabel(String label) {
    List<String> labels = labels();
    int index = labels.indexOf(label.strip());
    return index >= 0 && index == labels.lastIndexOf(label.strip())
        ? OptionalInt.of(index)
        : OptionalInt.empty();
  }

  private List<String> labels() {
    JsonNode doc = given.row().object().path("doc");
    List<String> labels = new ArrayList<>();
    JsonNode listed = doc.path("choices").path("label");
    if (listed.isArray()) {
      listed.forEach(label -> labels.add(label.asString("")));
    } else {
      // Some data sets have one field for each choice, named by its letter.
      for (char letter = 'A'; doc.has(String.valueOf(letter)); letter++) {
        labels.add(String.valueOf(letter));
      }
    }
    return labels.size() == choices ? labels : List.of();
  }

  /** The document's own answer, in the forms of common data sets. */
  private OptionalInt byDocument() {
    JsonNode doc = given.row().object().path("doc");
    for (String field : List.of("gold", "label")) {
      OptionalInt index = index(doc.path(field));
      if (index.isPresent()) {
        return index;
      }
    }
    for (String field : List.of("answerKey", "answer", "Answer")) {
      OptionalInt index = byLabel(doc.path(field).asString(""));
      if (index.isPresent()) {
        return index;
      }
    }
    JsonNode answer = doc.path("answer");
    if (doc.has("option1") && answer.asString("").matches("[1-9]")) {
      int option = Integer.parseInt(answer.asString()) - 1;
      return option < choices ? OptionalInt.of(option) : OptionalInt.empty();
    }
    return answer.isIntegralNumber() ? index(answer) : OptionalInt.empty();
  }

  private TableException unknown(JsonNode target) {
    JsonRow row = given.row();
    String problem =
        target.isMissingNode() || target.isNull()
            ? "\"target\" is missing, and the document does not tell the right choice"
            : "\"target\" is %s, which does not tell one of its %d choices"
                .formatted(TableException.quoted(target.asString(target.toString())), choices);
    return row.error(problem, "give the index of the right choice, or read all with --all-choices");
  }
}
