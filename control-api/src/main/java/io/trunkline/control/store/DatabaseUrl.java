package io.trunkline.control.store;

import io.trunkline.control.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL is and how to enter: {@code postgresql://user:password@host:port/database?sslmode=verify-full}.
 *
 * @param sslMode disable, prefer, require, verify-ca or verify-full
 * @param rootCertificate a PEM file to trust instead of the system's authorities
 */
public record DatabaseUrl(
        String host,
        int port,
        String database,
        String user,
        Optional<Secret> password,
        String sslMode,
        Optional<String> rootCertificate) {
    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");
    private static final Set<String> SSL_MODES = Set.of("disable", "prefer", "require", "verify-ca", "verify-full");
    private static final Pattern USER_INFO = Pattern.compile("([^:]*)(?::(.*))?");

    /** @throws StorageException that never repeats the URL, since it may carry a password */
    public static DatabaseUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
        } catch (URISyntaxException e) {
            throw wrong("it is no URL (" + e.getReason() + ")");
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
            throw wrong("it should look like postgresql://user:password@host:5432/database");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        Map<String, String> options = options(uri.getRawQuery());
        Matcher who =
                USER_INFO.matcher(Optional.ofNullable(uri.getRawUserInfo()).orElse("trunkline"));
        if (!who.matches()) {
            throw wrong("its user cannot be read");
        }
        DatabaseUrl url = new DatabaseUrl(
                uri.getHost().replaceAll("[\\[\\]]", ""),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                path.length() > 1 ? decode(path.substring(1)) : "trunkline",
                decode(who.group(1)),
                Optional.ofNullable(who.group(2)).map(DatabaseUrl::decode).map(Secret::new),
                options.getOrDefault("sslmode", "prefer"),
                Optional.ofNullable(options.get("sslrootcert")));
        if (!SSL_MODES.contains(url.sslMode)) {
            throw wrong("sslmode is one of " + SSL_MODES);
        }
        return url;
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.equals("sslmode") && !name.equals("sslrootcert")) {
                throw wrong("the options known here are sslmode and sslrootcert, not '" + name + "'");
            }
            options.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return options;
    }

    DatabaseUrl withDatabase(String name) {
        return new DatabaseUrl(host, port, name, user, password, sslMode, rootCertificate);
    }

    /** The same place for the JDBC driver, without user and password. */
    String jdbc() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        String url = "jdbc:postgresql://" + name + ":" + port + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8) + "?sslmode=" + sslMode
                + "&ApplicationName=trunkline-migrations&connectTimeout=10";
        return url
                + rootCertificate
                        .map(file -> "&sslrootcert=" + URLEncoder.encode(file, StandardCharsets.UTF_8))
                        .orElse(
                                sslMode.startsWith("verify")
                                        ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"
                                        : "");
    }

    /** Enters once, and asks the server its version. Blocks for ten seconds at most. */
    public String askVersion() {
        try (Connection connection = DriverManager.getConnection(
                jdbc(), user, password.map(Secret::value).orElse(""))) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new StorageException("the database at " + place() + " cannot be entered: " + e.getMessage(), e);
        }
    }

    /** The place as a person may see it. */
    public String place() {
        return host + ":" + port + "/" + database;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static StorageException wrong(String why) {
        return new StorageException("database.url cannot be used: " + why);
    }
}
