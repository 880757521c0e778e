package io.trunkline.control.billing;

import io.trunkline.control.call.Tariff;

/**
 * What numbers under a prefix cost.
 *
 * @param prefix digits alone; empty is every number
 * @param own the account's, which comes before the common ones
 */
record Rate(String prefix, boolean own, Tariff tariff) {}
