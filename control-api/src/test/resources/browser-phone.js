// A phone in a page: what a user's own page would do with WebRTC, and what a test wants to know of it.
window.phone = {
  async open() {
    const sound = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    this.microphone = await navigator.mediaDevices.getUserMedia({ audio: sound });
    this.connection = new RTCPeerConnection();
    this.connection.ontrack = (event) => this.listen(event.track);
    this.sender = this.connection.addTrack(this.microphone.getAudioTracks()[0], this.microphone);
  },
  async gathered() {
    if (this.connection.iceGatheringState !== 'complete') {
      await new Promise((done) => {
        this.connection.onicegatheringstatechange = () =>
          this.connection.iceGatheringState === 'complete' && done();
      });
    }
    return this.connection.localDescription.sdp;
  },
  async offer() {
    await this.open();
    await this.connection.setLocalDescription(await this.connection.createOffer());
    return this.gathered();
  },
  async answer(sdp) {
    await this.open();
    await this.connection.setRemoteDescription({ type: 'offer', sdp });
    await this.connection.setLocalDescription(await this.connection.createAnswer());
    return this.gathered();
  },
  async accept(sdp) {
    await this.connection.setRemoteDescription({ type: 'answer', sdp });
  },
  listen(track) {
    const stream = new MediaStream([track]);
    // Chromium pulls a remote track only where an element plays it.
    this.element = Object.assign(new Audio(), { srcObject: stream, muted: true });
    this.element.play();
    const context = new AudioContext({ sampleRate: 48000 });
    this.analyser = context.createAnalyser();
    this.analyser.fftSize = 4096;
    this.analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(this.analyser);
  },
  // The level in dB at a frequency, the loudest of this many milliseconds.
  async level(hz, millis) {
    const bins = new Float32Array(this.analyser.frequencyBinCount);
    const bin = Math.round((hz * this.analyser.fftSize) / 48000);
    const end = performance.now() + millis;
    let loudest = -200;
    while (performance.now() < end) {
      this.analyser.getFloatFrequencyData(bins);
      loudest = Math.max(loudest, bins[bin - 1], bins[bin], bins[bin + 1]);
      await new Promise((next) => setTimeout(next, 20));
    }
    return loudest;
  },
  // The loudest sample of this many milliseconds, full scale being 1.
  async peak(millis) {
    const samples = new Float32Array(this.analyser.fftSize);
    const end = performance.now() + millis;
    let loudest = 0;
    while (performance.now() < end) {
      this.analyser.getFloatTimeDomainData(samples);
      loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), loudest);
      await new Promise((next) => setTimeout(next, 40));
    }
    return loudest;
  },
  // What the browser itself counts of the stream it receives.
  async received() {
    let packets = 0;
    (await this.connection.getStats()).forEach((report) => {
      if (report.type === 'inbound-rtp') packets = report.packetsReceived;
    });
    return packets;
  },
  press(digits) {
    this.sender.dtmf.insertDTMF(digits, 120, 80);
  },
  state() {
    return this.connection.connectionState;
  },
  hangUp() {
    this.connection.close();
  },
};
