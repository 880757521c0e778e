package io.trunkline.control.cli;

/**
 * What was looked at, what was found, and what to do about it.
 *
 * @param advice empty when there is nothing to do
 */
record Check(String name, Level level, String finding, String advice) {
    /** How much it matters: WARN limits what the machine can do, FAIL keeps the server from starting. */
    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Check ok(String name, String finding) {
        return new Check(name, Level.OK, finding, "");
    }

    static Check warn(String name, String finding, String advice) {
        return new Check(name, Level.WARN, finding, advice);
    }

    static Check fail(String name, String finding, String advice) {
        return new Check(name, Level.FAIL, finding, advice);
    }
}
