package io.trunkline.control.store;

/** The kinds of configuration, one table each, all of one shape. */
public enum ResourceKind {
    ACCOUNT("accounts", "acct", false),
    APPLICATION("applications", "app", false),
    TRUNK("trunks", "trk", true),
    LINE("lines", "line", false),
    NUMBER("numbers", "num", false),
    RATE("rates", "rate", true),
    MEDIA("media", "med", false);

    private final String table;
    private final String prefix;
    private final boolean shared;

    ResourceKind(String table, String prefix, boolean shared) {
        this.table = table;
        this.prefix = prefix;
        this.shared = shared;
    }

    String table() {
        return table;
    }

    public String prefix() {
        return prefix;
    }

    /** Whether one without an account serves all. */
    public boolean shared() {
        return shared;
    }
}
