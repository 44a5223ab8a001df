"""What the Python scripts of this folder have in common: their help, and checks before a run."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JAR = ROOT / "cli/target/tailwalk-cli.jar"
SCRIPT = "bench/" + os.path.basename(sys.argv[0])


def refuse(sentence):
    print(f"{SCRIPT}: {sentence}", file=sys.stderr)
    sys.exit(2)


def help_if_asked(text):
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(text.strip())
        sys.exit(0)


def require_program():
    if not (JAR.is_file() and (JAR.parent / "lib").is_dir()):
        refuse("the program is not built; run mvn -pl cli -am install -DskipTests")


def java():
    """The `java` of JAVA_HOME, else of the path; JAVA_HOME is set, for the launcher to take it."""
    home = os.environ.get("JAVA_HOME")
    program = os.path.join(home, "bin", "java") if home else "java"
    try:
        words = [program, "-XshowSettings:properties", "-version"]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stderr
    except (OSError, subprocess.CalledProcessError):
        said = ""
    known = dict(re.findall(r"^ *(java\.\S+) = (.*)$", said, re.MULTILINE))
    version = known.get("java.specification.version", "0")
    home = home or known.get("java.home", "")
    if not (version.isdigit() and int(version) >= 25 and Path(home, "bin/javac").is_file()):
        refuse(
            f"{program} belongs to no JDK of version 25 or later;"
            " set JAVA_HOME to the folder of one"
        )
    os.environ["JAVA_HOME"] = home
    return os.path.join(home, "bin", "java")


def require_file(name, path):
    if not (os.path.isfile(path) and os.access(path, os.R_OK)):
        refuse(f"{name} '{path}' is no file that can be read; check its path")


def check(*pairs):
    """Kinds and values that only the program knows; see Check.java, which says what is wrong."""
    words = [java(), "-XX:TieredStopAtLevel=1", "-cp", f"{JAR}{os.pathsep}{JAR.parent}/lib/*"]
    words += [str(ROOT / "bench/Check.java"), SCRIPT, *pairs]
    if subprocess.run(words).returncode:
        sys.exit(2)
