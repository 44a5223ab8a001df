/**
 * JSON Schema: the verdict on complete texts ({@code Judge}), and an automaton over bytes that
 * follows a schema through unfinished texts ({@code SchemaAutomaton}).
 */
@NullMarked
package io.tailwalk.verifiers.schema;

import org.jspecify.annotations.NullMarked;
