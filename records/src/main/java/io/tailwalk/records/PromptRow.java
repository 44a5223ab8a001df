package io.tailwalk.records;

import io.tailwalk.core.model.Prompt;
import tools.jackson.databind.node.ObjectNode;

/**
 * One prompt of a file.
 *
 * @param id unique name
 * @param prompt a text to continue, or a chat to answer
 * @param raw the object in the file, with the fields that its {@link PromptLayout} adds, for
 *     verifiers
 */
public record PromptRow(String id, Prompt prompt, ObjectNode raw) {}
