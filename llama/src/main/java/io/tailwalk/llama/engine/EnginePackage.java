package io.tailwalk.llama.engine;

import java.util.List;
import java.util.Optional;

/**
 * An npm package with a prebuilt llama.cpp library, pinned.
 *
 * @param platform operating system and processor, see {@link Platform}
 * @param kind what the library computes on
 * @param name the package's name
 * @param version its version
 * @param sha512 SHA-512 of the package file, in base 64, as npm's own {@code dist.integrity}
 */
public record EnginePackage(
    String platform, EngineKind kind, String name, String version, String sha512) {
  /** llama.cpp 0.5.0 of September 2026; for macOS and Windows the last with packages, 0.4.0. */
  private static final String NEWEST = "3.22.1";

  private static final String BEFORE = "3.21.1";

  private static final List<EnginePackage> ALL =
      List.of(
          of(
              "linux-x64",
              EngineKind.CPU,
              NEWEST,
              "5uCCDNqWCNfaAm8aR/Uzxbo4HBpKgNF91kCHPepKhgMgV2OAmatoefbOlMihsqCiH2Od35E/eUHQCFbfRBJuOg=="),
          of(
              "linux-x64",
              EngineKind.VULKAN,
              NEWEST,
              "bBxqU+JOcBu1nb5Qj2zcMci+JByT1E8EajHvYodyNfVIPkEhXh+/HMwR1/BT7xP08YK0hks+kM8fglER0P8JEg=="),
          of(
              "linux-x64",
              EngineKind.CUDA,
              NEWEST,
              "8rQCjyNNLZJUFit+YpjwlC4hwkKgOMIkB2wuycKBf8NU2O3ySKbiWZQ8aw9ku2nUTXjSnUIrE6KB88itduTBuA=="),
          of(
              "linux-arm64",
              EngineKind.CPU,
              NEWEST,
              "W+7naKCXX9/eEjjFmRS8vvx91QyLXDbeFxexZc3bh/PtQABZgmRL3C0AtYYXn4YGTj/3Qor4lWZn2tpjZFPLdQ=="),
          of(
              "mac-arm64",
              EngineKind.METAL,
              BEFORE,
              "6MIDAZV7DXD9R1+jEXWJkFuolni3GATGE6mmuyFYc6ZmtOh9djAy15df0T0AXK3sCmVKL+fQcOAWZezxx4MvQQ=="),
          of(
              "mac-x64",
              EngineKind.CPU,
              BEFORE,
              "Q4nyNmbcNiKygBZQZjX+qLk2w3YzoiFpLWsxNURQN7xjyUi2p2rWxjRa7Otg0FrjGf/ri4aQ+X3Uj5Y0zD06eg=="),
          of(
              "win-x64",
              EngineKind.CPU,
              BEFORE,
              "JcIpCnra7bAd7JNWA8ehdn2DIRaTMuj+fBC8bw+5rKSNzszWFbuj2XA05c5QHovonDMBLN1ePXE/hcfZtzXoUQ=="),
          of(
              "win-x64",
              EngineKind.VULKAN,
              BEFORE,
              "HJ237Azh5m4Sz+w3A1IU/fYLaSDOocskcfn2ILTgqTuuORCB86EMnu3Yt/XsNhRHTtEiwz1Q/E0mO4PLIbZLAA=="),
          of(
              "win-x64",
              EngineKind.CUDA,
              BEFORE,
              "PLz70neFEMkQTlmJqG1ujUtCSgHasLPMxQ9rLkqQVmZYAXqkRj+45TIHCjdn3XqUeaoun0vrO9rRaxZ8NVq9jg=="),
          of(
              "win-arm64",
              EngineKind.CPU,
              BEFORE,
              "/UDR7Y0B8iKfc/tqxBmWkcgRdZQ9Wrkwod7fYl4J6iZXcTIj286RkHvZSED7VMY67TrcUXVvxJVMNFtmjeYnDg=="));

  private static EnginePackage of(String platform, EngineKind kind, String version, String sha512) {
    String ending = kind == EngineKind.CPU ? "" : "-" + kind.word();
    return new EnginePackage(
        platform, kind, "@node-llama-cpp/" + platform + ending, version, sha512);
  }

  /** The package of a kind for a platform; empty if none is known. */
  static Optional<EnginePackage> of(String platform, EngineKind kind) {
    return ALL.stream()
        .filter(each -> each.platform().equals(platform) && each.kind() == kind)
        .findFirst();
  }

  /** The package with a hash; empty if none is pinned by it. */
  static Optional<EnginePackage> ofHash(String sha512) {
    return ALL.stream().filter(each -> each.sha512().equals(sha512)).findFirst();
  }

  /** Name and version. */
  public String words() {
    return name + " " + version;
  }
}
