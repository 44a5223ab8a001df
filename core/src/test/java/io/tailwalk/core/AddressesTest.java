package io.tailwalk.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prm:http://h:1/classify?key=S3CRET,shape=classify | prm:http://h:1/classify?...
          https://u:S3CRET@h/x | https://...@h/x
          HTTPS://h/x?a=S3CRET&token=S3CRET#part | HTTPS://h/x?...
          http://h/x?S3CRET | http://h/x?...
          http://h/x#S3CRET | http://h/x#...
          prm[3s]:http://h/x?k=S3CRET=S3CRET and avoid:e | prm[3s]:http://h/x?... and avoid:e
          http://h/x?k=S3CRET;j=S3CRET | http://h/x?...
          http://h/x;k=S3CRET | http://h/x;...
          prm:127.0.0.1:18765/classify?api_key=S3CRET | prm:127.0.0.1:18765/classify?...
          PRM:h/classify?api_key=S3CRET; fix it | PRM:h/classify?...; fix it
          prm:u:S3CRET@h/classify | prm:...@h/classify
          prm:http://user:S3C/S3CRET@host/classify | prm:http://...@host/classify
          prm:http://user:1?S3CRET@host/classify | prm:http://...
          prm:http://user:S3CRET | prm:http://...
          prm:http://h/classify?api_key=S3CRET,S3CRET | prm:http://h/classify?...
          prm:ftp://u:S3CRET@h/classify | prm:ftp://...@h/classify
          (see ftp://h/x?k=S3CRET) | (see ftp://h/x?...)
          unknown verifier h:80/classify?api_key=S3CRET | unknown verifier h:80/classify?...
          """)
  void withoutSecrets_hidesUsersAndQueries(String text, String shown) {
    assertThat(Addresses.withoutSecrets(text)).isEqualTo(shown).doesNotContain("S3C");
    assertThat(Addresses.withoutSecrets(shown)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regex:a?b=c and length:1..2, 50% of http://host:8000/classify,model=a$1b",
        "prm: needs an address like http://localhost:8000/classify (a key goes into key=VARIABLE)",
        "prm:URL, judge:gguf:PATH; prm[30s]:http://[::1]:8000/classify,shape=classify",
      })
  void withoutSecrets_otherText_staysAsItIs(String text) {
    assertThat(Addresses.withoutSecrets(text)).isEqualTo(text);
  }

  @Test
  void shown_textWithWhitespaceAndQuotes_isOneAddress() {
    assertThat(Addresses.shown("http://u:a \"S3CRET@h/x")).isEqualTo("http://...@h/x");
    assertThat(Addresses.shown("http://h/x?k=a \"S3CRET\nS3CRET")).isEqualTo("http://h/x?...");
  }
}
