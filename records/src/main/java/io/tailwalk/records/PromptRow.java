package io.tailwalk.records;

import io.tailwalk.core.model.Prompt;
import tools.jackson.databind.node.ObjectNode;

/**
 * One prompt of a file.
 *
 * @param id unique name
 * @param prompt a text to continue, or a chat to answer
 * @param raw the unchanged object in the file, for verifiers that need it
 */
public record PromptRow(String id, Prompt prompt, ObjectNode raw) {}
