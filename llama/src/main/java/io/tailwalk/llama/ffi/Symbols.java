package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/** Functions of one loaded library, by name. */
final class Symbols {
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  static final ValueLayout.OfBoolean BOOL = ValueLayout.JAVA_BOOLEAN;
  static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private final Path library;
  private final SymbolLookup lookup;

  Symbols(Path library, SymbolLookup lookup) {
    this.library = library;
    this.lookup = lookup;
  }

  boolean has(String name) {
    return lookup.find(name).isPresent();
  }

  /** The value of an exported number; empty if there is none. */
  @SuppressWarnings("restricted")
  Optional<Integer> number(String variable) {
    return lookup.find(variable).map(address -> address.reinterpret(4).get(INT, 0));
  }

  /** The text that an exported pointer leads to; empty if there is none. */
  @SuppressWarnings("restricted")
  Optional<String> string(String variable) {
    return lookup.find(variable).flatMap(address -> text(address.reinterpret(8).get(POINTER, 0)));
  }

  /** The text at an address, up to its NUL; empty for a null pointer. */
  @SuppressWarnings("restricted")
  static Optional<String> text(MemorySegment address) {
    return address.address() == 0
        ? Optional.empty()
        : Optional.of(address.reinterpret(Long.MAX_VALUE).getString(0));
  }

  /** A function that returns a value. */
  MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(result, arguments));
  }

  /** A function that returns nothing. */
  MethodHandle procedure(String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.ofVoid(arguments));
  }

  @SuppressWarnings("restricted")
  private MethodHandle bind(String name, FunctionDescriptor descriptor) {
    Optional<MemorySegment> address = lookup.find(name);
    if (address.isEmpty()) {
      throw new ModelException(
          library
              + " has no function "
              + name
              + ", so it is not a libllama this program knows; name a llama.cpp library of 2025 or"
              + " later, or none to use the embedded one");
    }
    return Linker.nativeLinker().downcallHandle(address.get(), descriptor);
  }

  /**
   * Wraps an exception of a downcall: a linkage error in this program, never a result of the
   * library.
   */
  static IllegalStateException broken(Throwable cause) {
    return new IllegalStateException("a native call was bound with the wrong types", cause);
  }
}
