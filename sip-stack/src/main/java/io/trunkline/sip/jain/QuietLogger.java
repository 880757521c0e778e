package io.trunkline.sip.jain;

import gov.nist.core.LogLevels;
import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAIN-SIP logs what attackers send, a line a packet; here that shows at debug only. The info level is always "on"
 * because it gates the message tap.
 */
public final class QuietLogger implements StackLogger {
    private static final Logger LOG = LoggerFactory.getLogger("io.trunkline.sip.jain");

    @Override
    public boolean isLoggingEnabled() {
        return LOG.isDebugEnabled();
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return level == LogLevels.TRACE_MESSAGES || (level < LogLevels.TRACE_MESSAGES && LOG.isDebugEnabled());
    }

    @Override
    public void logError(String message) {
        LOG.debug(message);
    }

    @Override
    public void logError(String message, Exception e) {
        LOG.debug(message, e);
    }

    @Override
    public void logWarning(String message) {
        LOG.debug(message);
    }

    @Override
    public void logFatalError(String message) {
        LOG.warn(message);
    }

    @Override
    public void logException(Throwable e) {
        LOG.debug("JAIN-SIP", e);
    }

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logInfo(String message) {}

    @Override
    public void logDebug(String message) {}

    @Override
    public void logDebug(String message, Exception e) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int level) {}

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String stamp) {}

    @Override
    public void setStackProperties(Properties properties) {}
}
