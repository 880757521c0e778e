package io.trunkline.sip;

/** Hears of trunks going up and down. */
public interface TrunkListener {
    void onTrunkStatus(TrunkStatus status);
}
