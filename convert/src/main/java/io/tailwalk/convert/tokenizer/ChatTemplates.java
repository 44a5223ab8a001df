package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.records.AtomicFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Chat templates (Jinja), copied unchanged.
 *
 * @param byName templates by name, the one for all purposes as {@code default}
 */
record ChatTemplates(Map<String, String> byName) {
  private static final String DEFAULT = "default";
  private static final String KEY = "chat_template";
  private static final long MOST_BYTES = 1 << 20;

  ChatTemplates {
    byName = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /**
   * The templates of a folder: {@code chat_template.jinja}, which Transformers prefers, or an entry
   * of {@code tokenizer_config.json}, one text or a list of named ones.
   */
  static ChatTemplates of(Path folder, Optional<JsonObject> settings) {
    Map<String, String> templates = new LinkedHashMap<>();
    settings.ifPresent(json -> add(json, templates));
    Path file = folder.resolve("chat_template.jinja");
    if (Files.exists(file)) {
      templates.put(DEFAULT, read(file));
    }
    return new ChatTemplates(templates);
  }

  private static void add(JsonObject json, Map<String, String> templates) {
    JsonNode node = json.node(KEY);
    if (node.isString()) {
      templates.put(DEFAULT, node.stringValue());
      return;
    }
    for (JsonNode named : json.list(KEY)) {
      String name = named.path("name").asString("");
      String template = named.path("template").asString("");
      if (!name.matches("[a-z0-9_]{1,40}") || template.isEmpty()) {
        throw json.wrong(KEY, "has a template without a plain name or a text");
      }
      templates.put(name, template);
    }
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ModelException(file + " is larger than 1 MiB, no chat template; remove it");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ModelException(file + " is not UTF-8; download it again", e);
    } catch (IOException e) {
      throw new ModelException(String.valueOf(AtomicFiles.unreadable(file, e).getMessage()), e);
    }
  }

  /** Adds the entries. */
  void addTo(GgufWriter writer) {
    List<String> others = new ArrayList<>();
    byName.forEach((name, template) -> {
      if (name.equals(DEFAULT)) {
        writer.text("tokenizer.chat_template", template);
      } else {
        others.add(name);
        writer.text("tokenizer.chat_template." + name, template);
      }
    });
    if (!others.isEmpty()) {
      writer.texts("tokenizer.chat_templates", others);
    }
  }
}
