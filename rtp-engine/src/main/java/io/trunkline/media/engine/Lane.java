package io.trunkline.media.engine;

import io.trunkline.media.loop.MediaLoop;
import io.trunkline.media.record.RecordLane;
import io.trunkline.media.rtp.Workspace;

/** A media loop with what belongs to it: its buffers and its own way to the recording writer. */
record Lane(MediaLoop loop, Workspace workspace, RecordLane recordings) {}
