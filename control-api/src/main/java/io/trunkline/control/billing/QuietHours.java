package io.trunkline.control.billing;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** Hours of the day, on the account's own clock, in which it places no calls; they may reach over midnight. */
record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {
    boolean cover(Instant moment) {
        LocalTime time = moment.atZone(zone).toLocalTime();
        boolean afterFrom = !time.isBefore(from);
        boolean beforeUntil = time.isBefore(until);
        return from.isBefore(until) ? afterFrom && beforeUntil : afterFrom || beforeUntil;
    }
}
