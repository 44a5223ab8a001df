package io.tailwalk.openai.dialect;

/**
 * What a server says about itself and its model.
 *
 * @param server the kind of server and its version, for people
 * @param model the model's name on the server
 * @param contextTokens longest prompt and completion together, in tokens
 * @param atATime requests that the server works on at a time
 * @param fingerprint what changes when the server's configuration or build changes
 */
public record ServerFacts(
    String server, String model, int contextTokens, int atATime, String fingerprint) {}
