package io.trunkline.media.loop;

import java.util.Arrays;

/** The members of a loop, spread over twenty phases of a millisecond; a new one goes where there is most room. */
final class Phases {
    static final int COUNT = 20;
    private static final int FIRST_CAPACITY = 8;

    private final LoopMember[][] members = new LoopMember[COUNT][FIRST_CAPACITY];
    private final int[] sizes = new int[COUNT];
    private int joined;

    /** Returns the phase it was given; a member with short ticks is also in the phase half a turn later. */
    int add(LoopMember member) {
        int turns = turnsOf(member);
        int best = 0;
        for (int phase = 1; phase < COUNT / turns; phase++) {
            if (load(phase, turns) < load(best, turns)) {
                best = phase;
            }
        }
        for (int turn = 0; turn < turns; turn++) {
            append(best + turn * COUNT / turns, member);
        }
        joined++;
        return best;
    }

    private int load(int phase, int turns) {
        return turns == 1 ? sizes[phase] : sizes[phase] + sizes[phase + COUNT / 2];
    }

    private void append(int phase, LoopMember member) {
        if (sizes[phase] == members[phase].length) {
            members[phase] = Arrays.copyOf(members[phase], 2 * sizes[phase]);
        }
        members[phase][sizes[phase]++] = member;
    }

    /** Safe while a phase is walked from its end. */
    boolean remove(LoopMember member) {
        boolean found = false;
        for (int phase = 0; phase < COUNT; phase++) {
            found |= removeFrom(phase, member);
        }
        joined -= found ? 1 : 0;
        return found;
    }

    // An emptied place of the array holds nothing on purpose; a member is itself and no other.
    @SuppressWarnings({"NullAway", "ReferenceEquality"})
    private boolean removeFrom(int phase, LoopMember member) {
        LoopMember[] inPhase = members[phase];
        for (int i = 0; i < sizes[phase]; i++) {
            if (inPhase[i] == member) {
                int last = --sizes[phase];
                inPhase[i] = inPhase[last];
                inPhase[last] = null;
                return true;
            }
        }
        return false;
    }

    int size(int phase) {
        return sizes[phase];
    }

    LoopMember get(int phase, int index) {
        return members[phase][index];
    }

    int joined() {
        return joined;
    }

    static int turnsOf(LoopMember member) {
        return COUNT / member.tickMillis();
    }
}
