package io.tailwalk.python;

import static io.tailwalk.python.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that answers the interpreter of the tests with something else than what it has. */
class ForgedAnswersTest {
  /** Replaces the function that says what a name of the code is by ANSWER. */
  private static final String FORGERY =
      """
      import sys
      class math:
          isclose = staticmethod(lambda *a, **k: True)
          sqrt = staticmethod(lambda x: 0.0)
      def agree(*a, **k): return True
      def gcd(a, b): return 6
      frame = sys._getframe()
      while "MODULE" not in frame.f_globals: frame = frame.f_back
      space = frame.f_globals
      old = space["name"]
      space["name"] = lambda key: ANSWER if key in ("math", "isclose", "Counter", "gcd", "sqrt") else old(key)
      def f(x): return 0.0
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assert math.isclose(f(3), 1.7320508, rel_tol=0.001)",
        "def check(candidate):\n  assert abs(candidate(3) - math.sqrt(3)) < 1e-6\ncheck(f)",
        "assert isclose(f(3), 9)",
        "assert Counter([f(3)]) == Counter([9])",
        "assert gcd(12, 18) == 6 and f(3) == sqrt(9)",
      })
  void judge_forgedAnswerToAName_passesNoTest(String tests) {
    for (String answer :
        new String[] {
          "(math, 0)",
          "(agree, 0)",
          "[math]",
          "(math, 0, 0)",
          "('from', math)",
          "('from', 'solution')",
          "{0: agree}",
          "agree",
        }) {
      CodeVerdict verdict = judge(tests, FORGERY.replace("ANSWER", answer));
      assertThat(verdict.passed()).as(answer).isZero();
      assertThat(verdict.reason()).as(answer).isNotEmpty();
    }
  }

  /** Operators of a container are those of its content, whatever its class makes of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "assert f(3) & {1, 2} == {1, 2}",
        "want = {1, 2}\nassert f(3) ^ want == set()",
        "assert {1, 2} - (f(3) | {1}) == set()",
        "assert sorted(f(3) & {1, 2}) == [1, 2]",
        "assert g(3) + [3] == [1, 2, 3]",
        "assert g(3) * 2 == [1, 2, 1, 2]",
        "assert (g(3) + [3]).copy() == [1, 2, 3]",
        "assert h(3) + 1 == 4",
        "assert (h(3) + 1).value == 4",
        "assert list(h(3) + 1) == [4]",
        "assert 4 in h(3) + 1",
        "assert (h(3) + 1)() == 4",
      })
  void judge_operatorThatReturnsTheTestsValue_passesNoTest(String tests) {
    String code =
        """
        class S(set):
            def __and__(s, o): return S(o)
            __or__ = __and__
            def __xor__(s, o): return S()
            __sub__ = __xor__
        class L(list):
            def __add__(s, o): return L([1, 2] + o)
            def __mul__(s, o): return L([1, 2, 1, 2])
        class Any:
            def __init__(s, value=0): s.value = value
            def __add__(s, o): return Any(o + 3)
            def __iter__(s): return iter([s.value])
            def __call__(s): return s.value
        def f(x): return S()
        def g(x): return L()
        def h(x): return Any()
        """;
    assertThat(judge(tests, code).passed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assert f(3) & {1, 2} == {1, 2}",
        "assert f(3) | {4} == {1, 2, 3, 4}",
        "assert g(3) + [3] == [1, 2, 3]",
        "assert v(1) + v(2) == v(3)",
        "assert v(1) * 2 == v(2)",
      })
  void judge_honestOperators_pass(String tests) {
    String code =
        """
        class S(set): pass
        class L(list): pass
        class V:
            def __init__(s, x): s.x = x
            def __add__(s, o): return V(s.x + o.x)
            def __mul__(s, k): return V(s.x * k)
            def __eq__(s, o): return s.x == o.x
        def f(x): return S([1, 2, 3])
        def g(x): return L([1, 2])
        def v(x): return V(x)
        """;
    assertThat(judge(tests, code).allPassed()).isTrue();
  }
}
