package io.tailwalk.report;

/** One piece of a section. Any text in it may come from outside: renderers escape it. */
public sealed interface Block permits Prose, KeyFigures, Table, Plot, SampleList, Replay {}
