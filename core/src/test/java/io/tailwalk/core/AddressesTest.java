package io.tailwalk.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prm:http://h:1/classify?key=S3CRET,shape=classify | prm:http://h:1/classify?key=...,shape=classify
          https://u:S3CRET@h/x | https://...@h/x
          HTTPS://h/x?a=S3CRET&token=S3CRET#part | HTTPS://h/x?a=...&token=...#part
          http://h/x?S3CRET | http://h/x?...
          http://h/x?S3CRET&b=S3CRET | http://h/x?...&b=...
          prm[3s]:http://h/x?k=S3CRET=S3CRET and avoid:e | prm[3s]:http://h/x?k=... and avoid:e
          http://h/x?k=S3CRET;j=S3CRET | http://h/x?k=...;j=...
          """)
  void withoutSecrets_hidesUsersAndQueries(String text, String shown) {
    assertThat(Addresses.withoutSecrets(text)).isEqualTo(shown).doesNotContain("S3CRET");
  }

  @Test
  void withoutSecrets_otherText_staysAsItIs() {
    String text = "regex:a?b=c and length:1..2, 50% of http://host:8000/classify,model=a$1b";
    assertThat(Addresses.withoutSecrets(text)).isEqualTo(text);
  }
}
