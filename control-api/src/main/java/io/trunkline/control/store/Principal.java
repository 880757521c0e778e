package io.trunkline.control.store;

import java.util.Optional;
import java.util.Set;

/**
 * Who a key speaks for.
 *
 * @param accountId empty: the operator's own admin key
 * @param applicationId empty: the operator's own admin key
 * @param dialect the key's, else its application's
 */
public record Principal(
        String keyId,
        Optional<String> accountId,
        Optional<String> applicationId,
        Set<String> scopes,
        Optional<String> dialect,
        Optional<String> lineId) {

    /** The operator of this installation. */
    public boolean operator() {
        return accountId.isEmpty();
    }

    public boolean may(String scope) {
        return operator() || scopes.contains(scope) || scopes.contains("admin");
    }

    /** The same, asking by another API's words. */
    public Principal speaking(String other) {
        return new Principal(keyId, accountId, applicationId, scopes, Optional.of(other), lineId);
    }

    /** Whose calls it sees. */
    public Scope scope() {
        if (operator()) {
            return Scope.ALL;
        }
        boolean wide = scopes.contains("account") || scopes.contains("admin") || applicationId.isEmpty();
        return wide ? new Scope(accountId, Optional.empty()) : new Scope(accountId, applicationId);
    }
}
