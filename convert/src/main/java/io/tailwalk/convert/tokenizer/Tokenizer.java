package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.records.TableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The tokenizer in a folder of Hugging Face, ready to be written for llama.cpp. */
public final class Tokenizer {
  /** Either form of a tokenizer. */
  private sealed interface Form {
    /** Bytes. */
    record OfBytes(ByteLevel tokens) implements Form {}

    /** Pieces. */
    record OfPieces(Pieces tokens) implements Form {}
  }

  private final Form form;
  private final SpecialIds special;
  private final ChatTemplates templates;
  private final List<String> notes = new ArrayList<>();

  private Tokenizer(Form form, SpecialIds special, ChatTemplates templates) {
    this.form = form;
    this.special = special;
    this.templates = templates;
    notes.addAll(vocabulary(form).notes());
    if (form instanceof Form.OfBytes(ByteLevel tokens)) {
      notes.addAll(tokens.notes());
    }
    notes.addAll(special.notes());
  }

  /**
   * Reads the tokenizer of a folder: {@code tokenizer.json}, or {@code tokenizer.model} where there
   * is none.
   *
   * @param config the model's {@code config.json}
   * @param size rows of the embedding
   * @throws ModelException in one sentence if files are missing or damaged, or llama.cpp would
   *     tokenise differently
   */
  public static Tokenizer of(Path folder, JsonObject config, int size) {
    Optional<JsonObject> settings =
        JsonObject.readIfExists(folder.resolve("tokenizer_config.json"));
    ChatTemplates templates = ChatTemplates.of(folder, settings);
    Path json = folder.resolve("tokenizer.json");
    Path model = folder.resolve("tokenizer.model");
    if (Files.exists(json)) {
      JsonObject file = JsonObject.read(json);
      Form form = ofJson(file, size);
      EdgeTokens edges = EdgeTokens.of(file, vocabulary(form));
      return new Tokenizer(
          form, SpecialIds.of(folder, config, settings, vocabulary(form), edges), templates);
    }
    if (Files.exists(model)) {
      Form form = new Form.OfPieces(PiecesModel.of(model, size, addedElsewhere(folder, settings)));
      EdgeTokens edges = new EdgeTokens(true, false, -1, -1);
      return new Tokenizer(
          form, SpecialIds.of(folder, config, settings, vocabulary(form), edges), templates);
    }
    throw new ModelException(
        folder + " has no tokenizer.json and no tokenizer.model; download the tokenizer too");
  }

  private static Form ofJson(JsonObject json, int size) {
    JsonObject model = json.object("model").orElseThrow(() -> json.wrong("model", "is missing"));
    String type = model.text("type").orElse("BPE");
    if (!type.equals("BPE")) {
      throw json.unsupported("model.type", "is " + TableException.quoted(type) + ", not BPE");
    }
    for (String key : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      if (!model.text(key).orElse("").isEmpty()) {
        throw json.unsupported("model." + key, "is set");
      }
    }
    if (model.number("dropout").orElse(0) != 0) {
      throw json.unsupported("model.dropout", "is set");
    }
    Vocabulary vocabulary = new Vocabulary(json.file(), size);
    vocabulary.addModel(model);
    vocabulary.addAdded(AddedToken.of(json));
    return model.flag("byte_fallback", false)
        ? new Form.OfPieces(PiecesJson.of(json, model, vocabulary))
        : new Form.OfBytes(ByteLevel.of(json, model, vocabulary));
  }

  /** Tokens that {@code tokenizer_config.json} or {@code added_tokens.json} adds to a model. */
  private static List<AddedToken> addedElsewhere(Path folder, Optional<JsonObject> settings) {
    List<AddedToken> tokens = new ArrayList<>();
    Optional<JsonObject> decoder =
        settings.flatMap(object -> object.object("added_tokens_decoder"));
    if (decoder.isPresent()) {
      JsonNode all = settings.get().node("added_tokens_decoder");
      all.propertyStream()
          .forEach(entry -> {
            String text = entry.getValue().path("content").asString("");
            AddedToken.requirePlain(decoder.get(), entry.getValue(), text);
            tokens.add(
                new AddedToken(
                    id(decoder.get(), entry.getKey()),
                    text,
                    entry.getValue().path("special").asBoolean(false)));
          });
      return tokens;
    }
    JsonObject.readIfExists(folder.resolve("added_tokens.json"))
        .ifPresent(file ->
            file.keys()
                .forEach(text ->
                    tokens.add(
                        new AddedToken(
                            file.whole(text).orElseThrow(() -> file.wrong(text, "has no id")),
                            text,
                            // The file does not state it; such tokens are markers as a rule.
                            text.startsWith("<") && text.endsWith(">")))));
    return tokens;
  }

  private static int id(JsonObject json, String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw json.wrong(text, "is not an id");
    }
  }

  private static Vocabulary vocabulary(Form form) {
    return switch (form) {
      case Form.OfBytes(ByteLevel tokens) -> tokens.vocabulary();
      case Form.OfPieces(Pieces tokens) -> tokens.vocabulary();
    };
  }

  /** Adds the entries of the tokenizer and of the chat templates. */
  public void addTo(GgufWriter writer) {
    switch (form) {
      case Form.OfBytes(ByteLevel tokens) -> tokens.addTo(writer);
      case Form.OfPieces(Pieces tokens) -> tokens.addTo(writer);
    }
    special.addTo(writer);
    templates.addTo(writer);
  }

  /** What a user should know, in clauses. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
