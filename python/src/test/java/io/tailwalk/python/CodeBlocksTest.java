package io.tailwalk.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeBlocksTest {
  private static String find(String text) {
    return CodeBlocks.find(text.replace("\\n", "\n")).code().replace("\n", "\\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "x = 1 | x = 1",
        "Sure:\\n```python\\nx = 1\\n```\\nDone. | x = 1\\n",
        "```\\nx = 1\\n``` | x = 1\\n",
        "```Python3\\nx = 1 | x = 1\\n",
        "~~~python\\nx = 1\\n~~~ | x = 1\\n",
        "````python\\ns = '```'\\n```\\n```` | s = '```'\\n```\\n",
        "```python title=\"a.py\"\\nx = 1\\n``` | x = 1\\n",
        "```{.python .numbered}\\nx = 1\\n``` | x = 1\\n",
        "1.\\n  ```python\\n  if x:\\n    y = 1\\n  ``` | if x:\\n  y = 1\\n",
        "```python\\nimport math\\n```\\nthen\\n```python\\nx = 1\\n``` | import math\\n\\nx = 1\\n",
        "```python\\ndef f(): 1\\n```\\nUse:\\n```python\\nprint(f(input()))\\n``` | def f(): 1\\n",
        "```bash\\npip install x\\n```\\n```python\\nx = 1\\n``` | x = 1\\n",
        "```python\\n>>> x = 1\\n>>> x\\n1\\n``` | x = 1\\nx\\n",
        "\uFEFFx = 1 | x = 1",
        "> ```python\\n> if x:\\n>   y = 1\\n> ``` | if x:\\n  y = 1\\n",
        ">```python\\n>x = 1\\n>\\n>y = 2\\n>``` | x = 1\\n\\ny = 2\\n",
        "> > ```py\\n> > x = 1\\n> > ```\\nDone. | x = 1\\n",
        "> Sure:\\n> - ```py\\n>   x = 1\\n>   ``` | x = 1\\n",
        "> ```python\\nx = 1\\n``` | x = 1\\n",
        "```python\\n>>> x = 1\\n>>> x > 1\\n``` | x = 1\\nx > 1\\n",
      })
  void find_formsOfFences_returnsThePython(String text, String code) {
    assertThat(find(text)).isEqualTo(code);
  }

  @Test
  void find_onlyOtherLanguages_namesTheFirst() {
    assertThat(CodeBlocks.find("```javascript\nlet x\n```").otherLanguage())
        .isEqualTo("javascript");
  }
}
