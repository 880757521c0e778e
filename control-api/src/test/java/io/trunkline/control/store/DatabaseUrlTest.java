package io.trunkline.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void readsEveryPart() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://ann:p%40ss+word@db.example:6432/calls?sslmode=verify-full");
        assertThat(url.host()).isEqualTo("db.example");
        assertThat(url.port()).isEqualTo(6432);
        assertThat(url.database()).isEqualTo("calls");
        assertThat(url.user()).isEqualTo("ann");
        assertThat(url.password()).contains(new Secret("p@ss+word"));
        assertThat(url.sslMode()).isEqualTo("verify-full");
    }

    @Test
    void fillsInWhatIsUsual() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://db");
        assertThat(url.port()).isEqualTo(5432);
        assertThat(url.user()).isEqualTo("trunkline");
        assertThat(url.database()).isEqualTo("trunkline");
        assertThat(url.password()).isEmpty();
        assertThat(url.sslMode()).isEqualTo("prefer");
    }

    @Test
    void takesAnIpv6Address() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://[2001:db8::1]:5433/x");
        assertThat(url.host()).isEqualTo("2001:db8::1");
        assertThat(url.jdbc()).startsWith("jdbc:postgresql://[2001:db8::1]:5433/x?");
    }

    @Test
    void theJdbcUrlCarriesNoPassword() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://ann:secret@db/x?sslmode=require");
        assertThat(url.jdbc())
                .startsWith("jdbc:postgresql://db:5432/x?sslmode=require")
                .doesNotContain("secret");
        assertThat(url.toString() + url.place()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:hidden@db/x",
                "postgresql:///x",
                "postgresql://u:hidden@db:port/x",
                "postgresql://u:hidden@db/x?sslmode=maybe",
                "postgresql://u:hidden@db/x?user=y",
                "not a url hidden"
            })
    void refusesTheRestWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("database.url cannot be used")
                .hasMessageNotContaining("hidden");
    }
}
